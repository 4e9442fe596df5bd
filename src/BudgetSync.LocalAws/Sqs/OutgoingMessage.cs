using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Sqs;

/// <summary>What a caller wants to send: a body with attributes, checked (SQS API reference, SendMessage and MessageAttributeValue).</summary>
/// <param name="Delay">Null where the queue's own delay applies.</param>
internal sealed partial record OutgoingMessage(string Body, JsonObject Attributes, TimeSpan? Delay)
{
    /// <summary>In bytes, with the names, types and values of the attributes.</summary>
    public int Size { get; private init; }

    /// <exception cref="AwsException">InvalidParameterValue or InvalidMessageContents.</exception>
    public static OutgoingMessage Read(JsonObject input)
    {
        var body = input.RequiredText("MessageBody");
        var attributes = (JsonObject?)input.Structure("MessageAttributes")?.DeepClone() ?? [];
        if (attributes.Count > AwsLimits.Sqs.MessageAttributes)
            throw Invalid($"Number of message attributes [{attributes.Count}] exceeds the allowed maximum [{AwsLimits.Sqs.MessageAttributes}].");
        var size = Encoding.UTF8.GetByteCount(body);
        foreach (var (name, node) in attributes)
        {
            var (type, value) = Check(name, (JsonObject)node!); // The shape refuses null.
            size += Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(type) + Encoding.UTF8.GetByteCount(value);
        }

        if (!Printable().IsMatch(body))
            throw new AwsException(
                "InvalidMessageContents",
                "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.");
        return new OutgoingMessage(body, attributes, input.Whole("DelaySeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null) { Size = size };
    }

    public void RequireAtMost(int limit)
    {
        if (Size == 0 || Size > limit || Body.Length == 0)
            throw Invalid($"One or more parameters are invalid. Reason: Message must be shorter than {limit} bytes and not empty; it has {Size}.");
    }

    private static (string Type, string Value) Check(string name, JsonObject attribute)
    {
        if (!Name().IsMatch(name)
            || name.StartsWith("AWS.", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("Amazon.", StringComparison.OrdinalIgnoreCase))
            throw Invalid(
                $"The message attribute name '{name}' is invalid. Attribute name can contain A-Z, a-z, 0-9, underscore, hyphen and period, and does not "
                    + $"begin with AWS or Amazon.");
        var type = attribute.RequiredText("DataType");
        if (!Type().IsMatch(type))
            throw Invalid($"The message attribute '{name}' has an invalid message attribute type, LocalAws knows String and Number, with a label or without.");
        return attribute.Text("StringValue") is { Length: > 0 } value
            ? (type, value)
            : throw Invalid($"The message attribute '{name}' must contain non-empty message attribute value for message attribute type '{type}'.");
    }

    private static AwsException Invalid(string message) => new("InvalidParameterValue", message);

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{1,256}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^(String|Number)(\.[^.].*)?\z")]
    private static partial Regex Type();

    // Surrogates stand in pairs here: the request was well-formed Unicode.
    [GeneratedRegex(@"^[\u0009\u000A\u000D\u0020-\uFFFD]*\z")]
    private static partial Regex Printable();
}
