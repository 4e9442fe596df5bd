using System.Text.Json;

namespace BudgetSync.Core.Reports;

/// <content>
/// What a report says of restrictions: <c>"restrictions":[{"id":"r-0123456789ab","state":"InForce","did":[{"resource":"arn:…","before":"running"}]}]</c>.
/// Absent where the spoke restricts nothing because it cannot: an older one, or one without the feature.
/// </content>
public static partial class ReportJson
{
    private static void WriteRestrictions(Utf8JsonWriter json, EquatableArray<ReportedRestriction>? restrictions)
    {
        if (restrictions is not { } list) return;
        json.WriteStartArray("restrictions");
        var room = ReportLimits.RestrictionBytes;
        foreach (var restriction in list.Take(ReportLimits.Restrictions))
        {
            json.WriteStartObject();
            json.WriteString("id", ReportLimits.Cut(restriction.Id, ReportLimits.WordLength));
            json.WriteString("state", restriction.State.ToString());
            var written = WriteDid(json, restriction.Did, ref room);
            if (restriction.Omitted + restriction.Did.Length - written is > 0 and var omitted) json.WriteNumber("omitted", omitted);
            WriteTexts(json, "reasons", restriction.Reasons, ReportLimits.RestrictionReasonBytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static int WriteDid(Utf8JsonWriter json, EquatableArray<RestrictedResource> did, ref int room)
    {
        if (did.IsEmpty) return 0;
        json.WriteStartArray("did");
        var written = 0;
        foreach (var (resource, before) in did)
        {
            var (name, was) = (ReportLimits.Cut(resource, ReportLimits.TextLength), ReportLimits.Cut(before, ReportLimits.NameLength));
            room -= ReportLimits.Bytes(name) + ReportLimits.Bytes(was) + ReportLimits.ResourceBytes;
            if (room < 0) break;
            json.WriteStartObject();
            json.WriteString("resource", name);
            json.WriteString("before", was);
            json.WriteEndObject();
            written++;
        }

        json.WriteEndArray();
        return written;
    }

    private static EquatableArray<ReportedRestriction>? Restrictions(JsonElement root) =>
        root.TryGetProperty("restrictions", out var list) && list.ValueKind == JsonValueKind.Array
            ? new EquatableArray<ReportedRestriction>(
                [.. JsonMember.Items(root, "restrictions").Take(ReportLimits.Restrictions).Select(Restriction).OfType<ReportedRestriction>()])
            : null;

    private static ReportedRestriction? Restriction(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object
            || JsonMember.Text(item, "id") is not { } id
            || Word<RestrictionOutcome>(item, "state", null) is not { } state)
            return null;
        return new ReportedRestriction(ReportLimits.Cut(id, ReportLimits.WordLength), state)
        {
            Did = [.. JsonMember.Items(item, "did").Take(ReportLimits.Resources).Select(Resource).OfType<RestrictedResource>()],
            Omitted = item.TryGetProperty("omitted", out var more) && more.ValueKind == JsonValueKind.Number && more.TryGetInt32(out var omitted) && omitted > 0
                ? omitted
                : 0,
            Reasons = ReportLimits.Fit(Texts(item, "reasons"), ReportLimits.RestrictionReasonBytes + ReportLimits.LastLineBytes),
        };
    }

    private static RestrictedResource? Resource(JsonElement item) => item.ValueKind == JsonValueKind.Object && JsonMember.Text(item, "resource") is { } resource
        ? new RestrictedResource(
            ReportLimits.Cut(resource, ReportLimits.TextLength), ReportLimits.Cut(JsonMember.Text(item, "before") ?? "", ReportLimits.NameLength))
        : null;
}
