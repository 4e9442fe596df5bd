using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.SQS;
using Amazon.SQS.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Core.Alerts;

namespace BudgetSync.Aws.Notify;

/// <summary>
/// Where EventBridge puts what a provider refused, and Notify what a topic refused: in the same shape, so that people find and send both in one way
/// (EventBridge user guide, "Using dead-letter queues to process undelivered events").
/// </summary>
public sealed class UndeliveredQueue(IAmazonSQS queues, string url, AwsCaller caller)
{
    internal const string Channel = "CHANNEL";

    /// <param name="target">The ARN of the topic, or the name of the bus.</param>
    /// <exception cref="AwsFaultException">SQS failed.</exception>
    public Task PutAsync(Alert alert, Channel channel, string target, AwsFault fault, int retries, CancellationToken cancellation)
    {
        var request = new SendMessageRequest
        {
            QueueUrl = url,
            MessageBody = new JsonObject { ["detail"] = JsonNode.Parse(AlertJson.Notification(alert, channel)) }.ToJsonString(),
            MessageAttributes = new Dictionary<string, MessageAttributeValue>
            {
                [Channel] = Text(channel.Name),
                ["TARGET_ARN"] = Text(target),
                ["ERROR_CODE"] = Text(fault.Code),
                ["ERROR_MESSAGE"] = Text(Redaction.Clean(fault.Message) is { Length: > 0 } why ? why : fault.Code),
                ["RETRY_ATTEMPTS"] = Text(retries.ToString(CultureInfo.InvariantCulture)),
            },
        };
        return caller.CallAsync("sqs", "SendMessage", token => queues.SendMessageAsync(request, token), cancellation);
    }

    private static MessageAttributeValue Text(string value) => new() { DataType = "String", StringValue = value };
}
