using System.Text.Json;

namespace BudgetSync.Aws.Apply;

/// <summary>
/// What makes a spoke look at its budgets without changing them: the schedule's input <c>{"look":true}</c>, or an alert of AWS Budgets by way of a topic
/// (SNS's event for Lambda: Lambda developer guide, "Invoking Lambda functions with Amazon SNS notifications").
/// </summary>
/// <param name="Because">Why, for the log: <c>schedule</c> or <c>alert</c>.</param>
/// <param name="Prose">
/// The alert's text as AWS wrote it. It is for people: AWS promises no format, so nothing is read from it and nothing decided by it.
/// </param>
public sealed record LookRequest(string Because, string? Prose)
{
    /// <summary>
    /// The hub asks, and reads the answer itself: all is to be told, also of what is lifted already. Whoever may invoke the function may say so, and gets a
    /// look.
    /// </summary>
    public bool IsOfHub => Because == "hub";

    /// <summary>Null where the event asks for an apply.</summary>
    public static LookRequest? TryParse(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) return null;
        if (root.TryGetProperty("look", out var look) && look.ValueKind == JsonValueKind.True)
            return new LookRequest(Text(root, "because") ?? "schedule", null);
        if (!root.TryGetProperty("Records", out var records) || records.ValueKind != JsonValueKind.Array || records.GetArrayLength() == 0) return null;
        var record = records[0];
        return Text(record, "EventSource") == "aws:sns"
            ? new LookRequest("alert", record.TryGetProperty("Sns", out var sns) ? Text(sns, "Subject") ?? Text(sns, "Message") : null)
            : null;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
