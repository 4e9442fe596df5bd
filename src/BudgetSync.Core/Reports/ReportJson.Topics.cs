using System.Text.Json;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Reports;

/// <content>
/// What a look says of topics: <c>"topics":[{"topic":"arn:…","lost":true,"reason":"…"}]</c>, empty where all is well. Absent where nobody looked.
/// </content>
public static partial class ReportJson
{
    private static void WriteTopics(Utf8JsonWriter json, EquatableArray<TopicAccess>? topics)
    {
        if (topics is not { } list) return;
        json.WriteStartArray("topics");
        foreach (var topic in list.Take(TopicAccess.Most))
        {
            json.WriteStartObject();
            json.WriteString("topic", ReportLimits.Cut(topic.Topic, ReportLimits.TextLength));
            if (topic.IsLost) json.WriteBoolean("lost", true);
            json.WriteString("reason", ReportLimits.Cut(topic.Reason, ReportLimits.TextLength));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static EquatableArray<TopicAccess>? Topics(JsonElement root) =>
        root.TryGetProperty("topics", out var list) && list.ValueKind == JsonValueKind.Array
            ? new EquatableArray<TopicAccess>([.. JsonMember.Items(root, "topics").Take(TopicAccess.Most).Select(Topic).OfType<TopicAccess>()])
            : null;

    private static TopicAccess? Topic(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && JsonMember.Text(item, "topic") is { } topic && JsonMember.Text(item, "reason") is { } reason
            ? new TopicAccess(
                ReportLimits.Cut(topic, ReportLimits.TextLength), JsonMember.Flag(item, "lost"), ReportLimits.Cut(reason, ReportLimits.TextLength))
            : null;
}
