using System.Globalization;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>
/// Reads members of a request, whatever protocol brought it: its operation's <see cref="Shape"/> has been checked, so that every member is known and of
/// its type. A member that is absent or null is null.
/// </summary>
internal static class JsonMembers
{
    public static bool Has(this JsonObject members, string name) => members[name] is not null;

    public static string? Text(this JsonObject members, string name) => members[name]?.GetValue<string>();

    /// <summary>A member that the shape requires.</summary>
    public static string RequiredText(this JsonObject members, string name) =>
        members.Text(name) ?? throw new InvalidOperationException($"Member {name} is missing, although the shape of its request requires it.");

    public static JsonObject? Structure(this JsonObject members, string name) => members[name] as JsonObject;

    /// <summary>A structure that the shape requires.</summary>
    public static JsonObject RequiredStructure(this JsonObject members, string name) =>
        members.Structure(name) ?? throw new InvalidOperationException($"Member {name} is missing, although the shape of its request requires it.");

    public static bool? Flag(this JsonObject members, string name) => members[name]?.GetValue<bool>();

    /// <summary>A number of any kind, exactly: the node may hold text from the wire or a number of the caller's type.</summary>
    public static decimal? Number(this JsonObject members, string name) =>
        members[name] is { } number ? decimal.Parse(number.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    /// <summary>A number that the shape wants whole, and bounds to what an int holds.</summary>
    public static int? Whole(this JsonObject members, string name) => (int?)members.Number(name);

    /// <summary>A timestamp in epoch seconds.</summary>
    public static DateTimeOffset? Moment(this JsonObject members, string name) =>
        members.Number(name) is { } seconds ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond)) : null;

    public static IEnumerable<JsonObject> Structures(this JsonObject members, string name) =>
        members[name] is JsonArray items ? items.OfType<JsonObject>() : [];

    public static IEnumerable<string> Texts(this JsonObject members, string name) =>
        members[name] is JsonArray items ? items.OfType<JsonValue>().Select(item => item.GetValue<string>()) : [];

    /// <summary>A map of texts.</summary>
    public static IEnumerable<KeyValuePair<string, string>> TextMap(this JsonObject members, string name) =>
        (members.Structure(name) ?? []).Select(entry => KeyValuePair.Create(entry.Key, entry.Value!.GetValue<string>())); // The shape refuses null.

    /// <summary>Epoch seconds with milliseconds, as the JSON protocols write timestamps.</summary>
    public static JsonNode ToEpochSeconds(this DateTimeOffset time) => JsonValue.Create(time.ToUnixTimeMilliseconds() / 1000m);

    /// <summary>To the second in UTC, as events and the XML protocols write timestamps: <c>2026-01-31T12:00:00Z</c>.</summary>
    public static string ToUtcSeconds(this DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
