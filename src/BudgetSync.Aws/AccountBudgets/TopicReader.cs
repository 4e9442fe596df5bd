using System.Collections.Immutable;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Planning;

namespace BudgetSync.Aws.AccountBudgets;

/// <summary>
/// Looks whether AWS Budgets may publish to the topics that rows name, and to the spoke's own. It takes any topic for a notification, and loses what the
/// topic does not take.
/// </summary>
/// <param name="topics">SNS of a region.</param>
/// <param name="keys">KMS of a region.</param>
/// <param name="alertTopic">ARN of the spoke's own topic; null where it has none.</param>
public sealed class TopicReader(
    Func<string, IAmazonSimpleNotificationService> topics,
    Func<string, IAmazonKeyManagementService> keys,
    AccountId account,
    string partition,
    string? alertTopic,
    AwsCaller caller)
{
    private const int RegionPart = 3;

    /// <returns>Those of which it is not sure; a topic that cannot be asked about is one, so this throws nothing that AWS answers.</returns>
    public async Task<ImmutableArray<TopicAccess>> ReadAsync(DesiredBudgets desired, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<TopicAccess>();
        // As Apply subscribes it; what a person subscribed instead is not known here, and makes one question too many.
        var asked = TopicAccess.Asked(AlertTopic.Added(desired, alertTopic, new ActualBudgets([])));
        foreach (var (topic, budgets) in asked.Take(TopicAccess.Most))
            if (await ReadAsync(topic, budgets, cancellation) is { } access) found.Add(access);
        return found.ToImmutable();
    }

    private async Task<TopicAccess?> ReadAsync(string topic, ImmutableArray<string> budgets, CancellationToken cancellation)
    {
        // A row's topic is an ARN (RowRules), with a region in it.
        var region = topic.Split(':')[RegionPart];
        var client = topics(region);
        try
        {
            var request = new GetTopicAttributesRequest { TopicArn = topic };
            var answer = await caller.CallAsync("sns", "GetTopicAttributes", token => client.GetTopicAttributesAsync(request, token), cancellation);
            var attributes = answer.Attributes ?? [];
            var key = attributes.GetValueOrDefault("KmsMasterKeyId") is { Length: > 0 } id ? await KeyAsync(id, region, cancellation) : null;
            string[] arns = [.. budgets.Select(budget => $"arn:{partition}:budgets::{account}:budget/{budget}")];
            return TopicAccess.Of(topic, attributes.GetValueOrDefault("Policy"), key, arns, account);
        }
        catch (AwsFaultException refused)
        {
            return refused.Fault.Code is "NotFound" or "NotFoundException" ? TopicAccess.Missing(topic) : TopicAccess.Unseen(topic, refused.Fault.Reason);
        }
    }

    /// <summary>Only a customer's own key is asked for its policy: that of AWS's own is known.</summary>
    private async Task<TopicKey> KeyAsync(string id, string region, CancellationToken cancellation)
    {
        if (TopicKey.IsManaged(id)) return new TopicKey(id, null, "");
        if (!TopicKey.CanBeAsked(id)) return TopicKey.OfAlias(id);
        try
        {
            var request = new GetKeyPolicyRequest { KeyId = id };
            var answer = await caller.CallAsync("kms", "GetKeyPolicy", token => keys(region).GetKeyPolicyAsync(request, token), cancellation);
            return new TopicKey(id, answer.Policy, "");
        }
        catch (AwsFaultException refused)
        {
            return new TopicKey(id, null, refused.Fault.Reason);
        }
    }
}
