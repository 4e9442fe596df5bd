using System.Collections.Immutable;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Aws.AccountBudgets;

/// <summary>
/// Looks whether AWS Budgets may publish to the topics that rows name. It takes any topic for a notification, and loses what the topic does not take.
/// </summary>
/// <param name="topics">SNS of a region.</param>
public sealed class TopicReader(Func<string, IAmazonSimpleNotificationService> topics, AccountId account, string partition, AwsCaller caller)
{
    private const int RegionPart = 3;

    /// <returns>Those of which it is not sure; a topic that cannot be asked about is one, so this throws nothing that AWS answers.</returns>
    public async Task<ImmutableArray<TopicAccess>> ReadAsync(DesiredBudgets desired, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<TopicAccess>();
        foreach (var (topic, budgets) in TopicAccess.Asked(desired).Take(TopicAccess.Most))
            if (await ReadAsync(topic, budgets, cancellation) is { } access) found.Add(access);
        return found.ToImmutable();
    }

    private async Task<TopicAccess?> ReadAsync(string topic, ImmutableArray<string> budgets, CancellationToken cancellation)
    {
        // A row's topic is an ARN (RowRules), with a region in it.
        var client = topics(topic.Split(':')[RegionPart]);
        try
        {
            var request = new GetTopicAttributesRequest { TopicArn = topic };
            var answer = await caller.CallAsync("sns", "GetTopicAttributes", token => client.GetTopicAttributesAsync(request, token), cancellation);
            var attributes = answer.Attributes ?? [];
            return TopicAccess.Of(
                topic,
                attributes.GetValueOrDefault("Policy"),
                attributes.GetValueOrDefault("KmsMasterKeyId") ?? "",
                budgets.Select(budget => $"arn:{partition}:budgets::{account}:budget/{budget}"),
                account);
        }
        catch (AwsFaultException refused)
        {
            return refused.Fault.Code is "NotFound" or "NotFoundException" ? TopicAccess.Missing(topic) : TopicAccess.Unseen(topic, refused.Fault.Reason);
        }
    }
}
