using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.EventBridge;
using Amazon.SQS;
using Amazon.SQS.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Collect;
using BudgetSync.Aws.Faults;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Aws.Notify;

/// <summary>A message that no channel took.</summary>
/// <param name="Why">The error of EventBridge or SNS, and how often was tried again.</param>
public sealed record UndeliveredAlert(string Id, string Channel, string Why, string Body)
{
    internal string Receipt { get; init; } = "";

    /// <summary>Until when nobody else receives it.</summary>
    internal DateTimeOffset HiddenUntil { get; init; }

    /// <summary>It was for a topic: no rule of the bus would take it.</summary>
    internal bool IsOfTopic { get; init; }

    /// <summary>What opens and resolves it at the provider; "" where the queue has only the provider's body.</summary>
    public string Key { get; init; } = "";

    /// <summary>The message's own id; "" where the queue has only the provider's body.</summary>
    public string AlertId { get; init; } = "";

    /// <summary>Info where the queue has only the provider's body.</summary>
    internal AlertSeverity Severity { get; init; }

    /// <summary>The message as the ledger has it; null where it does not know it.</summary>
    internal Alert? Alert { get; init; }

    /// <summary>When it was decided; where that is not known, when it came into the queue.</summary>
    internal DateTimeOffset At { get; init; }

    /// <summary>Whether the queue has this body of a provider, however its JSON is written.</summary>
    internal bool Is(string body)
    {
        try
        {
            return JsonNode.DeepEquals(JsonNode.Parse(Body), JsonNode.Parse(body));
        }
        catch (JsonException)
        {
            return Body == body;
        }
    }

    /// <summary>The line for all that an hour had no room for, which takes no place of any.</summary>
    internal bool IsSum => Key.Split('/')[^1] == nameof(AlertKind.Overflow);

    /// <summary>Whose message it is, as the ledger keeps it.</summary>
    public string Account => Key.Split('/')[0] is { Length: > 0 } account ? account : RestrictionAlerts.EveryAccount;
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
                WaitTimeSeconds = Limits.QueueWaitSeconds,
                MessageAttributeNames = ["All"],
                MessageSystemAttributeNames = ["SentTimestamp"],
                VisibilityTimeout = (int)hidden.TotalSeconds,
            };
            // Counted from before the call, whose answer may have been long on its way.
            var until = caller.Now + hidden;
            var answer = await caller.CallAsync("sqs", "ReceiveMessage", token => queues.ReceiveMessageAsync(request, token), cancellation);
            // What is not hidden is received again and again: nothing new is as good as nothing.
            var fresh = (answer.Messages ?? []).Count(message => found.TryAdd(message.MessageId, Read(message) with { HiddenUntil = until }));
            empty = fresh == 0 ? empty + 1 : 0;
        }

        return [.. found.Values];
    }

    /// <summary>
    /// Publishes a message to its channel's topic, or puts it on the bus again, where its channel's rule takes it, and takes it out of the queue. What the
    /// ledger knows goes out as the channel takes it now: a project, a conversation or a kind that was put right since is why it was refused.
    /// </summary>
    /// <param name="channel">Its channel, as it is deployed now.</param>
    /// <returns>False where the bus refused it: it is still in the queue.</returns>
    /// <exception cref="AwsFaultException">The bus, the topic or SQS failed: the message is still in the queue then.</exception>
    public async Task<bool> RedriveAsync(UndeliveredAlert message, Channel channel, CancellationToken cancellation)
    {
        var detail = message.Alert is { } alert
            ? JsonNode.Parse(AlertJson.Notification(alert, channel))!.AsObject()
            : Detail(message.Channel, message.Body);
        if (message.Alert is null ? message.IsOfTopic : channel.IsTopic)
            await topics.PublishAsync(message.Channel, (string?)detail["subject"], Text(detail["body"]), cancellation);
        else if (await bus.PutAsync(NotificationSender.DetailType, detail.ToJsonString(), cancellation) is not null) return false;
        // What is not deleted is sent again with the next redrive: twice, and never not.
        await RemoveAsync(message, cancellation);
        return true;
    }

    /// <summary>Takes a message out of the queue.</summary>
    /// <exception cref="AwsFaultException">SQS failed: it may still be there.</exception>
    public async Task RemoveAsync(UndeliveredAlert message, CancellationToken cancellation)
    {
        var request = new DeleteMessageBatchRequest
        {
            QueueUrl = await UrlAsync(cancellation),
            Entries = [new DeleteMessageBatchRequestEntry { Id = "sent", ReceiptHandle = message.Receipt }],
        };
        await caller.CallAsync("sqs", "DeleteMessageBatch", token => queues.DeleteMessageBatchAsync(request, token), cancellation);
    }

    /// <summary>The whole event, or only what its rule hands on: the documentation does not say which EventBridge puts there, so both are taken.</summary>
    private static JsonObject Detail(string channel, string text)
    {
        var body = TryParse(text);
        if (body is JsonObject root && root["detail"] is JsonObject detail && detail.ContainsKey("body")) return detail;
        return new JsonObject { ["channel"] = channel, ["body"] = body ?? JsonValue.Create(text) };
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
        var detail = Detail(channel, message.Body);
        var id = TextOf("id");
        return new UndeliveredAlert(message.MessageId, channel, why, message.Body)
        {
            Key = TextOf("dedupKey"),
            AlertId = id,
            Severity = Enum.TryParse<AlertSeverity>(TextOf("severity"), out var severity) ? severity : AlertSeverity.Info,
            At = Moment(id.Split('/')[^1], 1_000) ?? Moment((message.Attributes ?? []).GetValueOrDefault("SentTimestamp") ?? "", 1) ?? DateTimeOffset.UnixEpoch,
            Receipt = message.ReceiptHandle,
            IsOfTopic = Attribute("TARGET_ARN").Split(':') is [_, _, "sns", ..],
        };

        string TextOf(string name) => (detail[name] as JsonValue)?.TryGetValue<string>(out var text) is true ? text : "";

        static DateTimeOffset? Moment(string number, long milliseconds) =>
            long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var units) && units < int.MaxValue * 1_000L
                ? DateTimeOffset.FromUnixTimeMilliseconds(units * milliseconds)
                : null;

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
