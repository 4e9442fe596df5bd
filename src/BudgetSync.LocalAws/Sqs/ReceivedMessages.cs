using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Sqs;

/// <summary>The answer of ReceiveMessage, with the attributes that were asked for and no others.</summary>
internal static class ReceivedMessages
{
    private static readonly FrozenSet<string> SystemNames = FrozenSet.Create(
        StringComparer.Ordinal,
        "All", "SenderId", "SentTimestamp", "ApproximateReceiveCount", "ApproximateFirstReceiveTimestamp", "SequenceNumber", "MessageDeduplicationId",
        "MessageGroupId", "AWSTraceHeader", "DeadLetterQueueSourceArn");

    /// <exception cref="AwsException">InvalidAttributeName: something is asked for that no message has.</exception>
    public static void CheckNames(JsonObject input)
    {
        if (input.Texts("MessageSystemAttributeNames").Concat(input.Texts("AttributeNames")).FirstOrDefault(name => !SystemNames.Contains(name)) is { } unknown)
            throw new AwsException("InvalidAttributeName", $"Unknown Attribute {unknown}.");
    }

    public static JsonObject Answer(IReadOnlyList<Message> messages, JsonObject input)
    {
        if (messages.Count == 0) return [];
        var system = input.Texts("MessageSystemAttributeNames").Concat(input.Texts("AttributeNames")).ToHashSet(StringComparer.Ordinal);
        var own = input.Texts("MessageAttributeNames").ToHashSet(StringComparer.Ordinal);
        return new JsonObject { ["Messages"] = new JsonArray([.. messages.Select(message => Shape(message, system, own))]) };
    }

    private static JsonObject Shape(Message message, HashSet<string> system, HashSet<string> own)
    {
        var shape = new JsonObject
        {
            ["MessageId"] = message.Id,
            ["ReceiptHandle"] = message.Receipt,
            ["Body"] = message.Body,
            ["MD5OfBody"] = Digest.OfBody(message.Body),
        };
        var attributes = new JsonObject(SystemAttributes(message).Where(attribute => system.Contains("All") || system.Contains(attribute.Key)));
        if (attributes.Count > 0) shape["Attributes"] = attributes;
        var asked = new JsonObject(message.Attributes.Where(attribute => own.Contains("All") || own.Contains(".*") || own.Contains(attribute.Key))
            .Select(attribute => KeyValuePair.Create(attribute.Key, attribute.Value?.DeepClone())));
        if (asked.Count > 0)
        {
            shape["MD5OfMessageAttributes"] = Digest.OfAttributes(asked);
            shape["MessageAttributes"] = asked;
        }

        return shape;
    }

    private static Dictionary<string, JsonNode?> SystemAttributes(Message message) => new()
    {
        ["SentTimestamp"] = Milliseconds(message.SentAt),
        ["ApproximateReceiveCount"] = message.ReceiveCount.ToString(CultureInfo.InvariantCulture),
        ["ApproximateFirstReceiveTimestamp"] = Milliseconds(message.FirstReceivedAt ?? message.SentAt),
    };

    private static JsonNode Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
