using System.Globalization;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Sns;

/// <summary>The attributes of a topic (SNS API reference, SetTopicAttributes and GetTopicAttributes) that have a meaning here.</summary>
internal static class TopicAttributes
{
    /// <summary>
    /// What a topic's policy may be about, without wildcards: the actions of the policy that SNS itself gives a topic (SNS developer guide, "Example cases for
    /// Amazon SNS access control"; the refusal: aws-cli issue 3143).
    /// </summary>
    private static readonly HashSet<string> Actions = new(StringComparer.OrdinalIgnoreCase)
    {
        "sns:GetTopicAttributes", "sns:SetTopicAttributes", "sns:AddPermission", "sns:RemovePermission", "sns:DeleteTopic", "sns:Subscribe",
        "sns:ListSubscriptionsByTopic", "sns:Publish", "sns:Receive",
    };

    /// <exception cref="AwsException">InvalidParameter: it cannot be set, or not to this.</exception>
    public static Topic Set(Topic topic, string name, string value) => name switch
    {
        "Policy" => topic with { Policy = value.Length == 0 ? null : Policy(value) },
        "DisplayName" when value.Length <= AwsLimits.Sns.DisplayName => topic with { DisplayName = value },
        "DisplayName" => throw Invalid($"DisplayName Reason: must be at most {AwsLimits.Sns.DisplayName} characters"),
        "KmsMasterKeyId" => topic with { KmsKeyId = value },
        _ => throw Invalid($"AttributeName Reason: LocalAws knows Policy, DisplayName and KmsMasterKeyId, and not {name}"),
    };

    public static string Get(Topic topic, string name) => name switch
    {
        "Policy" => topic.Policy?.Json ?? "",
        "DisplayName" => topic.DisplayName,
        _ => topic.KmsKeyId,
    };

    public static IEnumerable<KeyValuePair<string, string>> Of(string topicArn, Topic topic, IReadOnlyList<Subscription> subscriptions)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TopicArn"] = topicArn,
            ["Owner"] = Arn.AccountOf(topicArn),
            ["DisplayName"] = topic.DisplayName,
            ["SubscriptionsConfirmed"] = subscriptions.Count(one => one.Confirmed).ToString(CultureInfo.InvariantCulture),
            ["SubscriptionsPending"] = subscriptions.Count(one => !one.Confirmed).ToString(CultureInfo.InvariantCulture),
            ["SubscriptionsDeleted"] = "0",
        };
        if (topic.Policy is not null) attributes["Policy"] = topic.Policy.Json;
        if (topic.KmsKeyId.Length > 0) attributes["KmsMasterKeyId"] = topic.KmsKeyId;
        return attributes;
    }

    /// <exception cref="AwsException">InvalidParameter: it is no policy, or of other actions than those on one topic.</exception>
    public static PolicyDocument Policy(string value)
    {
        PolicyDocument policy;
        try
        {
            policy = PolicyDocument.Parse(value);
        }
        catch (AwsException malformed)
        {
            throw Invalid($"Policy Reason: {malformed.Message}");
        }

        return policy.Statements.SelectMany(statement => statement.Actions).All(action => Actions.Contains(action))
            ? policy
            : throw Invalid("Policy statement action out of service scope!");
    }

    private static AwsException Invalid(string what) => new("InvalidParameter", $"Invalid parameter: {what}");
}
