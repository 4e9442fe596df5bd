
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
        EquatableSet<string> Roles,
        EquatableSet<string> Groups,
        EquatableSet<string> Users) : ActionDefinition;

    /// <summary>APPLY_SCP_POLICY: attaches a service control policy to OUs or accounts; management account only.</summary>
    public sealed record Scp(string PolicyId, EquatableSet<string> TargetIds) : ActionDefinition;

    /// <summary>RUN_SSM_DOCUMENTS: stops EC2 or RDS instances of the budget's own account.</summary>
    public sealed record Ssm(ActionSubType SubType, string Region, EquatableSet<string> InstanceIds) : ActionDefinition;
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
    EquatableSet<Subscriber> Subscribers)
{
    public ActionType ActionType => Definition switch
    {
        ActionDefinition.Iam => ActionType.APPLY_IAM_POLICY,
        ActionDefinition.Scp => ActionType.APPLY_SCP_POLICY,
        _ => ActionType.RUN_SSM_DOCUMENTS,
    };
}
