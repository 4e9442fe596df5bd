using System.Collections.Immutable;

namespace BudgetSync.Core.Budgets;

/// <summary>A topic of notifications of which it is not sure that AWS Budgets may publish to it: what it is told is lost without a sign.</summary>
/// <param name="Topic">Its ARN.</param>
/// <param name="IsLost">True: AWS Budgets may not. False: it cannot be seen from the account.</param>
/// <param name="Reason">What is in the way, or cannot be seen, and what to do.</param>
public sealed record TopicAccess(string Topic, bool IsLost, string Reason)
{
    /// <summary>What AWS Budgets does with a key (Cost Management user guide, "Creating an Amazon SNS topic for budget notifications").</summary>
    private static readonly string[] KeyActions = ["kms:GenerateDataKey", "kms:Decrypt"];

    private const string Grant = "kms:GenerateDataKey* and kms:Decrypt to budgets.amazonaws.com (ROWS.md, SnsTopicArn)";

    /// <summary>Topics that are asked about at once; a row has ten notifications at most, and they share topics.</summary>
    public const int Most = 20;

    /// <summary>The topics that budgets ask for, each with the budgets that do.</summary>
    public static ImmutableArray<(string Topic, ImmutableArray<string> Budgets)> Asked(DesiredBudgets desired) =>
    [
        .. from budget in desired.Budgets
           from notification in budget.Notifications
           from subscriber in notification.Subscribers
           where subscriber.Type == SubscriptionType.SNS
           group budget.Settings.Name by subscriber.Address into topic
           orderby topic.Key
           select (topic.Key, topic.Distinct(StringComparer.Ordinal).ToImmutableArray()),
    ];

    /// <summary>What SNS and KMS answered of a topic.</summary>
    /// <param name="policy">Null where it has none.</param>
    /// <param name="key">That encrypts its messages; null where none does.</param>
    /// <param name="budgetArns">Of the budgets that publish there.</param>
    /// <returns>Null where AWS Budgets may publish.</returns>
    public static TopicAccess? Of(string topicArn, string? policy, TopicKey? key, IReadOnlyCollection<string> budgetArns, AccountId account)
    {
        var answers = budgetArns.Select(budget => policy is null ? false : ServicePolicy.Allows(policy, "sns:Publish", topicArn, budget, account)).ToList();
        if (answers.Contains(false))
            return new(topicArn, true, $"its policy does not let {ServicePolicy.Principal} publish for this account's budgets; add the statement of ROWS.md");
        var ofKey = key is null ? null : OfKey(topicArn, key, budgetArns, account);
        if (ofKey is { IsLost: true }) return ofKey;
        return answers.Contains(null)
            ? new(topicArn, false, $"its policy has conditions that are not known here; it must let {ServicePolicy.Principal} publish")
            : ofKey;
    }

    private static TopicAccess? OfKey(string topicArn, TopicKey key, IReadOnlyCollection<string> budgetArns, AccountId account)
    {
        if (TopicKey.IsManaged(key.Id))
            return new(topicArn, true, $"it is encrypted with {key.Id}, which AWS Budgets may not use; give it a key of yours that allows {Grant}");
        if (key.Policy is not { } policy)
            return new(topicArn, false, $"it is encrypted with {key.Id}, whose policy is not seen: {key.Unseen}; it must allow {Grant}");
        // A policy of a key says "*" for the key itself (KMS developer guide, "Key policies"), or its ARN.
        var answers = budgetArns.SelectMany(budget => KeyActions.Select(action => ServicePolicy.Allows(policy, action, key.Id, budget, account))).ToList();
        if (answers.Contains(false)) return new(topicArn, true, $"it is encrypted with {key.Id}, whose policy does not let AWS Budgets use it; allow {Grant}");
        return answers.Contains(null)
            ? new(topicArn, false, $"it is encrypted with {key.Id}, whose policy has conditions that are not known here; it must allow {Grant}")
            : null;
    }

    /// <summary>There is no such topic.</summary>
    public static TopicAccess Missing(string topicArn) => new(topicArn, true, "there is no such topic; create it, or name another in SnsTopicArn");

    /// <summary>It cannot be asked about.</summary>
    /// <param name="why">What SNS said.</param>
    public static TopicAccess Unseen(string topicArn, string why) => new(topicArn, false, $"it cannot be looked at: {why}");
}
