using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Building;

/// <summary>Puts a budget's notifications together: the thresholds, and whom each of them tells.</summary>
internal static class AlertBuilder
{
    /// <summary>What holds where no row gives thresholds: 90 percent of actual spend.</summary>
    private const decimal DefaultThreshold = 90;

    /// <summary>Utilization and coverage are watched for falling, cost and usage for rising.</summary>
    public static ComparisonOperator DefaultComparison(BudgetType type) =>
        type is BudgetType.COST or BudgetType.USAGE ? ComparisonOperator.GREATER_THAN : ComparisonOperator.LESS_THAN;

    /// <summary>Whom the budget tells where a threshold or an action names no recipient itself.</summary>
    public static ImmutableSortedSet<Subscriber> Recipients(BudgetDraft draft, BuildContext context, ProblemList problems)
    {
        var topic = draft.Topic is { Value.Length: > 0 } given ? Topic(given.Value, given.Path, context, problems) : "";
        ImmutableArray<string> emails = draft.Emails?.Value ?? context.Defaults.EmailRecipients;
        if (draft.MoreEmails is not { } more)
            return Subscribers(emails, topic);
        ImmutableArray<string> all = [.. emails.Concat(more.Value).Distinct(StringComparer.Ordinal)];
        // Looked at alone, a row adds to recipients that are not known.
        if (all.Length > AwsLimits.EmailsPerNotification && (draft.Emails is not null || !context.Alone))
            problems.Add(
                RowRules.EmailCount,
                more.Path,
                $"{all.Length} addresses with those of EmailRecipients; AWS takes {AwsLimits.EmailsPerNotification}, so write to a mailing list or use "
                    + $"SnsTopicArn");
        return Subscribers(all, topic);
    }

    public static ImmutableArray<Notification> Notifications(
        BudgetDraft draft, BudgetType type, TimeUnit timeUnit, ImmutableSortedSet<Subscriber> recipients, BuildContext context, ProblemList problems)
    {
        var path = draft.Thresholds?.Path ?? draft.Prefix + "Thresholds";
        var thresholds = draft.Thresholds?.Value ?? [new ThresholdDraft(DefaultThreshold, path)];
        if (draft.IsBroken("Thresholds"))
            return [];
        if (thresholds.Length > AwsLimits.Notifications)
            problems.Add(RowRules.ThresholdCount, path, $"{thresholds.Length} thresholds; AWS takes {AwsLimits.Notifications}");
        var built = new SortedDictionary<NotificationKey, Notification>();
        foreach (var threshold in thresholds)
        {
            var key = new NotificationKey(
                threshold.Type ?? NotificationType.ACTUAL,
                threshold.Comparison ?? DefaultComparison(type),
                threshold.Threshold ?? 0,
                threshold.ThresholdType ?? ThresholdType.PERCENTAGE);
            CheckKind(key.Type, type, timeUnit, threshold.Path, problems);
            if (threshold is { IsBare: true, Threshold: > 0 and < 1 } && !context.FromDocument)
                problems.Add(
                    RowRules.ThresholdFraction,
                    threshold.Path,
                    $"{NumberText.Format(key.Threshold)} is less than one percent; write {NumberText.Format(key.Threshold * 100)} if it is a spreadsheet's "
                        + $"{NumberText.Format(key.Threshold * 100)} %, or \"{NumberText.Format(key.Threshold)} PERCENTAGE\" if it is meant");
            if (key.Comparison != ComparisonOperator.LESS_THAN && type is not (BudgetType.COST or BudgetType.USAGE))
                problems.Add(
                    RowRules.OperatorOfUtilization,
                    threshold.Path,
                    $"{key.Comparison} does not fit a {type} budget, which alerts when it falls below; write LESS_THAN or leave it out");
            if (!built.TryAdd(key, new Notification(key, SubscribersOf(threshold, draft, recipients, context, problems))))
                problems.Add(RowRules.ThresholdsDistinct, threshold.Path, $"{NumberText.Format(key.Threshold)} {key.Type} stands there twice; remove one");
        }

        return [.. built.Values];
    }

    /// <summary>Whether a forecast can be had of such a budget; for notifications and actions alike.</summary>
    public static void CheckKind(NotificationType kind, BudgetType type, TimeUnit timeUnit, string path, ProblemList problems)
    {
        if (kind != NotificationType.FORECASTED)
            return;
        if (timeUnit == TimeUnit.DAILY)
            problems.Add(RowRules.ForecastNotDaily, path, "FORECASTED does not go with a DAILY budget; write ACTUAL, or another TimeUnit");
        if (type is not (BudgetType.COST or BudgetType.USAGE))
            problems.Add(RowRules.ForecastOfType, path, $"FORECASTED does not go with a {type} budget; write ACTUAL");
    }

    public static string Topic(string arn, string path, BuildContext context, ProblemList problems) =>
        context.Arn(arn, Patterns.TopicArn(), RowRules.TopicAccount, path, problems);

    private static ImmutableSortedSet<Subscriber> SubscribersOf(
        ThresholdDraft threshold, BudgetDraft draft, ImmutableSortedSet<Subscriber> recipients, BuildContext context, ProblemList problems)
    {
        var told = recipients;
        if (threshold.Emails is not null || threshold.Topic is not null)
        {
            var topic = threshold.Topic switch
            {
                null => recipients.FirstOrDefault(subscriber => subscriber.Type == SubscriptionType.SNS).Address ?? "",
                "" => "",
                var own => Topic(own, threshold.Path + ".SnsTopicArn", context, problems),
            };
            var emails = threshold.Emails
                ?? [.. recipients.Where(subscriber => subscriber.Type == SubscriptionType.EMAIL).Select(subscriber => subscriber.Address)];
            told = Subscribers(emails, topic);
        }

        // Looked at alone, a row may leave the recipients to another.
        var mayBeElsewhere = context.Alone && (draft.Emails is null || draft.Topic is null);
        if (told.IsEmpty && !mayBeElsewhere && !draft.IsBroken("EmailRecipients") && !draft.IsBroken("AddEmailRecipients") && !draft.IsBroken("SnsTopicArn"))
            problems.Add(
                RowRules.Recipient,
                threshold.Path,
                $"has no recipient at {NumberText.Format(threshold.Threshold ?? 0)}; add EmailRecipients or SnsTopicArn, or write [] in Thresholds for a "
                    + $"budget without alerts");
        return told;
    }

    private static ImmutableSortedSet<Subscriber> Subscribers(ImmutableArray<string> emails, string topic)
    {
        var subscribers = ImmutableSortedSet.CreateBuilder<Subscriber>();
        foreach (var email in emails)
            subscribers.Add(new Subscriber(SubscriptionType.EMAIL, email));
        if (topic.Length > 0)
            subscribers.Add(new Subscriber(SubscriptionType.SNS, topic));
        return subscribers.ToImmutable();
    }
}
