using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Building;

/// <summary>Puts a budget's actions together.</summary>
internal static class ActionBuilder
{
    /// <summary>The one policy of AWS's own that takes rights away (cdk/Spoke/ActionRole.cs allows no other).</summary>
    private const string DenyAll = ":policy/AWSDenyAll";

    public static ImmutableArray<BudgetAction> Actions(
        BudgetDraft draft, BudgetType type, TimeUnit timeUnit, ImmutableSortedSet<Subscriber> recipients, BuildContext context, ProblemList problems)
    {
        if (draft.Actions is not { Value.Length: > 0 } given)
            return [];
        if (type is not (BudgetType.COST or BudgetType.USAGE))
            problems.Add(RowRules.ActionOfType, given.Path, $"a {type} budget has no actions; remove them");
        else if (timeUnit == TimeUnit.DAILY)
            problems.Add(RowRules.ActionNotDaily, given.Path, "a DAILY budget has no actions; remove them, or write another TimeUnit");
        var built = ImmutableArray.CreateBuilder<BudgetAction>(given.Value.Length);
        foreach (var action in given.Value)
        {
            if (Build(action, type, timeUnit, recipients, context, draft, problems) is not { } one)
                continue;
            if (built.Contains(one))
                problems.Add(RowRules.ActionsDistinct, action.Path, "stands there twice; remove one");
            built.Add(one);
        }

        return built.ToImmutable();
    }

    private static BudgetAction? Build(
        ActionDraft action,
        BudgetType type,
        TimeUnit timeUnit,
        ImmutableSortedSet<Subscriber> recipients,
        BuildContext context,
        BudgetDraft draft,
        ProblemList problems)
    {
        // A draft that was read has them all; they are nullable only while it is being read.
        if (action is not
            {
                NotificationType: { } kind,
                Threshold: { } threshold,
                ThresholdType: { } thresholdType,
                Definition: { } definition,
                ApprovalModel: { } approval
            })
            return null;
        var role = action.ExecutionRoleArn ?? $"arn:{context.Defaults.Partition}:iam::{BudgetShapes.AccountPlaceholder}:role/{StackDefaults.ActionRole}";
        AlertBuilder.CheckKind(kind, type, timeUnit, action.Path, problems);
        role = context.Arn(role, Patterns.RoleArn(), RowRules.RoleAccount, action.Path + ".ExecutionRoleArn", problems);
        definition = Definition(definition, action.Path + ".Definition", context, problems);
        var subscribers = action.Subscribers is { } own ? Subscribers(own, action.Path + ".Subscribers", context, problems) : recipients;
        var mayBeElsewhere = action.Subscribers is null
            && (draft.IsBroken("EmailRecipients") || draft.IsBroken("SnsTopicArn") || (context.Alone && (draft.Emails is null || draft.Topic is null)));
        if (subscribers.IsEmpty && !mayBeElsewhere)
            problems.Add(
                RowRules.ActionSubscribers,
                action.Path + ".Subscribers",
                "has no subscriber; AWS requires one for every action, so add one, or EmailRecipients or SnsTopicArn to the budget");
        var built = new BudgetAction(kind, threshold, thresholdType, definition, role, approval, subscribers);
        if (action.ActionType is { } wanted && wanted != built.ActionType)
            problems.Add(RowRules.DefinitionOne, action.Path + ".Definition", $"is that of {built.ActionType}, but ActionType is {wanted}; make them agree");
        return built;
    }

    private static ActionDefinition Definition(ActionDefinition definition, string path, BuildContext context, ProblemList problems)
    {
        switch (definition)
        {
            case ActionDefinition.Iam iam:
                if (Patterns.PolicyArn().Match(iam.PolicyArn).Groups["account"].Value == "aws" && !iam.PolicyArn.EndsWith(DenyAll, StringComparison.Ordinal))
                    problems.Add(
                        RowRules.PolicyOfAws,
                        path + ".IamActionDefinition.PolicyArn",
                        $"{ValueAt.Quote(iam.PolicyArn)} is AWS's own, and the role of actions may attach AWSDenyAll only of those; write "
                            + $"arn:{context.Defaults.Partition}:iam::aws{DenyAll}, or a policy of the account, arn:{context.Defaults.Partition}:iam::"
                            + "{AccountId}:policy/NAME, that says the same");
                return iam with
                {
                    PolicyArn = context.Arn(
                        iam.PolicyArn,
                        Patterns.PolicyArn(),
                        RowRules.PolicyAccount,
                        path + ".IamActionDefinition.PolicyArn",
                        problems,
                        awsOwned: true)
                };
            case ActionDefinition.Scp when context.Account is { } account && context.Defaults.ManagementAccount is { } management && account != management:
                problems.Add(
                    RowRules.ScpAccount,
                    path,
                    $"a service control policy can be applied from the management account {management} only; move the action to its row");
                return definition;
            default:
                return definition;
        }
    }

    private static ImmutableSortedSet<Subscriber> Subscribers(ImmutableArray<Subscriber> given, string path, BuildContext context, ProblemList problems)
    {
        var subscribers = given
            .Select((subscriber, index) => subscriber.Type == SubscriptionType.SNS
                ? subscriber with { Address = AlertBuilder.Topic(subscriber.Address, $"{path}[{index}].Address", context, problems) }
                : subscriber)
            .ToImmutableSortedSet();
        var topics = subscribers.Count(subscriber => subscriber.Type == SubscriptionType.SNS);
        if (topics > 1 || subscribers.Count - topics > AwsLimits.EmailsPerNotification)
            problems.Add(
                RowRules.ActionSubscribers,
                path,
                $"{topics} topics and {subscribers.Count - topics} addresses; AWS takes one and {AwsLimits.EmailsPerNotification}");
        return subscribers;
    }
}
