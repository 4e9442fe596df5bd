using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Core.Alerts;

namespace BudgetSync.Aws.Notify;

/// <summary>
/// Publishes to the topics of channels. A rule of EventBridge could not: it hands every target JSON, so that a mail would come as one line in quotation marks
/// (EventBridge user guide, "Input transformation"; LocalStack's tests of it, recorded of AWS).
/// </summary>
/// <param name="arnPrefix">What the topics' ARNs begin with, for example <c>arn:aws:sns:eu-west-1:999999999999:</c>.</param>
public sealed class TopicPublisher(IAmazonSimpleNotificationService topics, string arnPrefix, AwsCaller caller)
{
    public string ArnOf(Channel channel) => ArnOf(channel.Name);

    /// <param name="channel">Its name.</param>
    public string ArnOf(string channel) => arnPrefix + Channel.TopicOf(channel);

    /// <param name="subject">Of a mail; null: SNS gives it its own.</param>
    /// <returns>SNS's id of the message.</returns>
    /// <exception cref="AwsFaultException">The topic did not take it.</exception>
    public async Task<string> PublishAsync(string channel, string? subject, string text, CancellationToken cancellation)
    {
        var request = new PublishRequest { TopicArn = ArnOf(channel), Subject = subject, Message = text };
        var answer = await caller.CallAsync("sns", "Publish", token => topics.PublishAsync(request, token), cancellation);
        return answer.MessageId ?? "";
    }
}
