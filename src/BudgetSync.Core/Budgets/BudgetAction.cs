using System.Collections.Immutable;

namespace BudgetSync.Core.Budgets;

/// <summary>What a budget action does when its threshold is passed: exactly one of AWS's three definitions.</summary>
public abstract record ActionDefinition
{
    private ActionDefinition()
    {
    }

    /// <summary>APPLY_IAM_POLICY: attaches a policy to roles, groups and users (names, not ARNs).</summary>
    public sealed record Iam(
        string PolicyArn,
        ImmutableSortedSet<string> Roles,
        ImmutableSortedSet<string> Groups,
        ImmutableSortedSet<string> Users) : ActionDefinition
    {
        public bool Equals(Iam? other) =>
            other is not null && PolicyArn == other.PolicyArn && Roles.SetEquals(other.Roles) && Groups.SetEquals(other.Groups) && Users.SetEquals(other.Users);

        public override int GetHashCode() => PolicyArn.GetHashCode(StringComparison.Ordinal);
    }

    /// <summary>APPLY_SCP_POLICY: attaches a service control policy to OUs or accounts; management account only.</summary>
    public sealed record Scp(string PolicyId, ImmutableSortedSet<string> TargetIds) : ActionDefinition
    {
        public bool Equals(Scp? other) => other is not null && PolicyId == other.PolicyId && TargetIds.SetEquals(other.TargetIds);

        public override int GetHashCode() => PolicyId.GetHashCode(StringComparison.Ordinal);
    }

    /// <summary>RUN_SSM_DOCUMENTS: stops EC2 or RDS instances of the budget's own account.</summary>
    public sealed record Ssm(ActionSubType SubType, string Region, ImmutableSortedSet<string> InstanceIds) : ActionDefinition
    {
        public bool Equals(Ssm? other) => other is not null && SubType == other.SubType && Region == other.Region && InstanceIds.SetEquals(other.InstanceIds);

        public override int GetHashCode() => Region.GetHashCode(StringComparison.Ordinal);
    }
}

/// <summary>
/// A budget action as AWS Budgets shapes it, without the id AWS gives it. ActionType follows from <see cref="Definition"/> and cannot be changed in place.
/// </summary>
/// <param name="ExecutionRoleArn">A role of the budget's own account that <c>budgets.amazonaws.com</c> may assume.</param>
public sealed record BudgetAction(
    NotificationType NotificationType,
    decimal Threshold,
    ThresholdType ThresholdType,
    ActionDefinition Definition,
    string ExecutionRoleArn,
    ApprovalModel ApprovalModel,
    ImmutableSortedSet<Subscriber> Subscribers)
{
    public ActionType ActionType => Definition switch
    {
        ActionDefinition.Iam => ActionType.APPLY_IAM_POLICY,
        ActionDefinition.Scp => ActionType.APPLY_SCP_POLICY,
        _ => ActionType.RUN_SSM_DOCUMENTS,
    };

    public bool Equals(BudgetAction? other) =>
        other is not null
        && (
            NotificationType,
            Threshold,
            ThresholdType,
            ExecutionRoleArn,
            ApprovalModel) == (other.NotificationType, other.Threshold, other.ThresholdType, other.ExecutionRoleArn, other.ApprovalModel)
        && Definition.Equals(other.Definition)
        && Subscribers.SetEquals(other.Subscribers);

    public override int GetHashCode() => HashCode.Combine(NotificationType, Threshold, Definition);
}
