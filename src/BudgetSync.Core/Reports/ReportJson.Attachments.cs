using System.Globalization;
using System.Text.Json;

namespace BudgetSync.Core.Reports;

/// <content>
/// What a report says of attachments that nothing explains:
/// <c>"unexplained":[{"policy":"DenyNew","since":"2026-11-29T10:00:00.0000000+00:00","reason":"…"}]</c>. Absent where there is none.
/// </content>
public static partial class ReportJson
{
    private static void WriteUnexplained(Utf8JsonWriter json, EquatableArray<UnexplainedAttachments> unexplained)
    {
        if (unexplained.IsEmpty) return;
        json.WriteStartArray("unexplained");
        foreach (var one in unexplained.Items.Take(UnexplainedAttachments.Most))
        {
            json.WriteStartObject();
            json.WriteString("policy", ReportLimits.CutToBytes(one.Policy, ReportLimits.PolicyBytes));
            json.WriteString("since", one.Since.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("reason", ReportLimits.CutToBytes(one.Reason, ReportLimits.UnexplainedReasonBytes));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static EquatableArray<UnexplainedAttachments> Unexplained(JsonElement root) =>
        [.. JsonMember.Items(root, "unexplained").Take(UnexplainedAttachments.Most).Select(UnexplainedOf).OfType<UnexplainedAttachments>()];

    private static UnexplainedAttachments? UnexplainedOf(JsonElement item) => item.ValueKind == JsonValueKind.Object
        && JsonMember.Text(item, "policy") is { } policy && JsonMember.Time(item, "since") is { } since && JsonMember.Text(item, "reason") is { } reason
        ? new UnexplainedAttachments(ReportLimits.Cut(policy, ReportLimits.NameLength), since, ReportLimits.Cut(reason, ReportLimits.TextLength))
        : null;
}
