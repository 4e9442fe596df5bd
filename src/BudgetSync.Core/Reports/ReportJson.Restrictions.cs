using System.Text.Json;

namespace BudgetSync.Core.Reports;

/// <content>
/// What a report says of restrictions: <c>"restrictions":[{"id":"r-0123456789ab","state":"InForce","did":[{"resource":"arn:…","before":"running"}]}]</c>,
/// with <c>"givenBack":true</c> of a resource that was given back.
/// Absent where the spoke restricts nothing because it cannot: an older one, or one without the feature.
/// </content>
public static partial class ReportJson
{
    private static void WriteRestrictions(Utf8JsonWriter json, EquatableArray<ReportedRestriction>? restrictions, bool holds)
    {
        if (restrictions is not { } list) return;
        json.WriteStartArray("restrictions");
        var (room, roomOfHolds) = (ReportLimits.RestrictionBytes, ReportLimits.RestrictionBytes);
        foreach (var restriction in list.Take(ReportedRestriction.Most))
        {
            json.WriteStartObject();
            json.WriteString("id", ReportLimits.Cut(restriction.Id, ReportLimits.WordLength));
            json.WriteString("state", restriction.State.ToString());
            var written = WriteResources(json, "did", restriction.Did, "omitted", restriction.Omitted, ref room);
            var givenBack = restriction.OmittedGivenBack + restriction.Did.Items.Skip(written).Count(one => one.IsGivenBack);
            if (givenBack > 0) json.WriteNumber("omittedGivenBack", givenBack);
            if (holds) WriteResources(json, "holds", restriction.Holds, "holdsOmitted", restriction.HoldsOmitted, ref roomOfHolds);
            WriteTexts(json, "reasons", restriction.Reasons, ReportLimits.RestrictionReasonBytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static int WriteResources(
        Utf8JsonWriter json, string name, EquatableArray<RestrictedResource> resources, string nameOfOmitted, int omitted, ref int room)
    {
        var written = resources.IsEmpty ? 0 : WriteResources(json, name, resources, ref room);
        omitted += resources.Length - written;
        if (omitted > 0) json.WriteNumber(nameOfOmitted, omitted);
        return written;
    }

    private static int WriteResources(Utf8JsonWriter json, string name, EquatableArray<RestrictedResource> resources, ref int room)
    {
        json.WriteStartArray(name);
        var written = 0;
        foreach (var resource in resources)
        {
            var (arn, was) = (ReportLimits.Cut(resource.Resource, ReportLimits.TextLength), ReportLimits.Cut(resource.Before, ReportLimits.NameLength));
            room -= ReportLimits.Bytes(arn) + ReportLimits.Bytes(was) + ReportLimits.ResourceBytes + (resource.IsGivenBack ? ReportLimits.GivenBackBytes : 0);
            if (room < 0) break;
            json.WriteStartObject();
            json.WriteString("resource", arn);
            json.WriteString("before", was);
            if (resource.IsGivenBack) json.WriteBoolean("givenBack", true);
            json.WriteEndObject();
            written++;
        }

        json.WriteEndArray();
        return written;
    }

    private static EquatableArray<ReportedRestriction>? Restrictions(JsonElement root) =>
        root.TryGetProperty("restrictions", out var list) && list.ValueKind == JsonValueKind.Array
            ? new EquatableArray<ReportedRestriction>(
                [.. JsonMember.Items(root, "restrictions").Take(ReportedRestriction.Most).Select(Restriction).OfType<ReportedRestriction>()])
            : null;

    private static ReportedRestriction? Restriction(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object
            || JsonMember.Text(item, "id") is not { } id
            || Word<RestrictionOutcome>(item, "state", null) is not { } state)
            return null;
        return new ReportedRestriction(ReportLimits.Cut(id, ReportLimits.WordLength), state)
        {
            Did = Resources(item, "did"),
            Omitted = Count(item, "omitted"),
            OmittedGivenBack = Math.Min(Count(item, "omitted"), Count(item, "omittedGivenBack")),
            Holds = Resources(item, "holds"),
            HoldsOmitted = Count(item, "holdsOmitted"),
            Reasons = ReportLimits.Fit(Texts(item, "reasons"), ReportLimits.RestrictionReasonBytes + ReportLimits.LastLineBytes),
        };
    }

    private static EquatableArray<RestrictedResource> Resources(JsonElement item, string name) =>
        [.. JsonMember.Items(item, name).Take(ReportLimits.Resources).Select(Resource).OfType<RestrictedResource>()];

    private static int Count(JsonElement item, string name) =>
        item.TryGetProperty(name, out var more) && more.ValueKind == JsonValueKind.Number && more.TryGetInt32(out var count) && count > 0 ? count : 0;

    private static RestrictedResource? Resource(JsonElement item) => item.ValueKind == JsonValueKind.Object && JsonMember.Text(item, "resource") is { } resource
        ? new RestrictedResource(
            ReportLimits.Cut(resource, ReportLimits.TextLength), ReportLimits.Cut(JsonMember.Text(item, "before") ?? "", ReportLimits.NameLength))
        {
            IsGivenBack = item.TryGetProperty("givenBack", out var back) && back.ValueKind == JsonValueKind.True,
        }
        : null;
}
