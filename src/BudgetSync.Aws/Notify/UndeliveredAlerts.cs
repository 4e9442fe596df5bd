using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.EventBridge;
using Amazon.SQS;
using Amazon.SQS.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Collect;
using BudgetSync.Aws.Faults;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Aws.Notify;

/// <summary>A message that no channel took.</summary>
/// <param name="Why">The error of EventBridge or SNS, and how often was tried again.</param>
public sealed record UndeliveredAlert(string Id, string Channel, string Why, string Body)
{
    internal string Receipt { get; init; } = "";

    /// <summary>It was for a topic: no rule of the bus would take it.</summary>
    internal bool IsOfTopic { get; init; }
}

/// <summary>The queue of what a channel refused or did not take within a day, for people.</summary>
/// <param name="topics">Where messages of channels with a topic go once more.</param>
public sealed class UndeliveredAlerts(
    IAmazonSQS queues, IAmazonEventBridge events, TopicPublisher topics, string queueName, string busName, AwsCaller caller)
{
    private const string RulePrefix = "BudgetSync-Alerts-";

    private readonly ManagementBus bus = new(events, busName, caller);

    /// <summary>What lies there now; it stays there. Null where there is no such queue.</summary>
    /// <param name="hidden">For how long what is received is hidden from others: nothing where one only looks.</param>
    /// <exception cref="AwsFaultException">SQS failed.</exception>
    public async Task<ImmutableArray<UndeliveredAlert>?> LookAsync(TimeSpan hidden, CancellationToken cancellation)
    {
        var url = await UrlAsync(cancellation);
        if (url is null) return null;
        var found = new Dictionary<string, UndeliveredAlert>(StringComparer.Ordinal);
        for (var empty = 0; empty < Limits.EmptyReceives && found.Count < Limits.DeadLetters;)
        {
            var request = new ReceiveMessageRequest
            {
                QueueUrl = url,
                MaxNumberOfMessages = AwsLimits.QueuePage,
                MessageAttributeNames = ["All"],
                VisibilityTimeout = (int)hidden.TotalSeconds,
            };
            var answer = await caller.CallAsync("sqs", "ReceiveMessage", token => queues.ReceiveMessageAsync(request, token), cancellation);
            // What is not hidden is received again and again: nothing new is as good as nothing.
            var fresh = (answer.Messages ?? []).Count(message => found.TryAdd(message.MessageId, Read(message)));
            empty = fresh == 0 ? empty + 1 : 0;
        }

        return [.. found.Values];
    }

    /// <summary>
    /// Publishes a message to its channel's topic, or puts it on the bus again, where its channel's rule takes it, and takes it out of the queue.
    /// </summary>
    /// <returns>False where the bus refused it: it is still in the queue.</returns>
    /// <exception cref="AwsFaultException">The bus, the topic or SQS failed: the message is still in the queue then.</exception>
    public async Task<bool> RedriveAsync(UndeliveredAlert message, CancellationToken cancellation)
    {
        var detail = Detail(message);
        if (message.IsOfTopic)
            await topics.PublishAsync(message.Channel, (string?)detail["subject"], Text(detail["body"]), cancellation);
        else if (await bus.PutAsync(NotificationSender.DetailType, detail.ToJsonString(), cancellation) is not null) return false;
        // What is not deleted is sent again with the next redrive: twice, and never not.
        var request = new DeleteMessageBatchRequest
        {
            QueueUrl = await UrlAsync(cancellation),
            Entries = [new DeleteMessageBatchRequestEntry { Id = "sent", ReceiptHandle = message.Receipt }],
        };
        await caller.CallAsync("sqs", "DeleteMessageBatch", token => queues.DeleteMessageBatchAsync(request, token), cancellation);
        return true;
    }

    /// <summary>The whole event, or only what its rule hands on: the documentation does not say which EventBridge puts there, so both are taken.</summary>
    private static JsonObject Detail(UndeliveredAlert message)
    {
        var body = TryParse(message.Body);
        if (body is JsonObject root && root["detail"] is JsonObject detail && detail.ContainsKey("body")) return detail;
        return new JsonObject { ["channel"] = message.Channel, ["body"] = body ?? JsonValue.Create(message.Body) };
    }

    private static string Text(JsonNode? body) => body is JsonValue value && value.TryGetValue<string>(out var text) ? text : body?.ToJsonString() ?? "";

    private static JsonNode? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static UndeliveredAlert Read(Message message)
    {
        var rule = Attribute("RULE_ARN").Split('/')[^1];
        var channel = Attribute(UndeliveredQueue.Channel) is { Length: > 0 } named ? named
            : rule.StartsWith(RulePrefix, StringComparison.Ordinal) ? rule[RulePrefix.Length..]
            : rule;
        var tries = Attribute("RETRY_ATTEMPTS") is { Length: > 0 } count ? $", after {count} retries" : "";
        var why = Redaction.Clean($"{Attribute("ERROR_CODE")}: {Attribute("ERROR_MESSAGE")}{tries}");
        return new UndeliveredAlert(message.MessageId, channel, why, message.Body)
        {
            Receipt = message.ReceiptHandle,
            IsOfTopic = Attribute("TARGET_ARN").Split(':') is [_, _, "sns", ..],
        };

        string Attribute(string name) => (message.MessageAttributes ?? []).TryGetValue(name, out var value) ? value.StringValue ?? "" : "";
    }

    private async Task<string?> UrlAsync(CancellationToken cancellation)
    {
        try
        {
            var answer = await caller.CallAsync("sqs", "GetQueueUrl", token => queues.GetQueueUrlAsync(queueName, token), cancellation);
            return answer.QueueUrl;
        }
        catch (AwsFaultException refused) when (refused.Fault.Code.Contains("QueueDoesNotExist", StringComparison.Ordinal)
            || refused.Fault.Code.Contains("NonExistentQueue", StringComparison.Ordinal))
        {
            return null;
        }
    }
}
