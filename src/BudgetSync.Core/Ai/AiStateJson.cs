using System.Globalization;
using System.Text.Json;

namespace BudgetSync.Core.Ai;

/// <summary>
/// A state as JSON, for reports and tables: <c>{"name":"Suspended","since":"2026-11-29T10:00:00.0000000+00:00","ends":"a new window has begun"}</c>. What is
/// none reads as Active, so that what a table lost suspends nobody.
/// </summary>
public static class AiStateJson
{
    public static void Write(Utf8JsonWriter json, AiState state)
    {
        json.WriteStartObject();
        json.WriteString("name", state.Name);
        switch (state)
        {
            case AiState.Grace(var until, var refused) grace:
                json.WriteString("until", Text(until));
                if (grace.Approved) json.WriteBoolean("approved", true);
                if (grace.RefusedForSure) json.WriteBoolean("refusedForSure", true);
                if (!refused.IsEmpty)
                {
                    json.WriteStartArray("refused");
                    foreach (var reason in refused) json.WriteStringValue(reason);
                    json.WriteEndArray();
                }

                break;
            case AiState.Suspended(var since, var ends, var byHand):
                json.WriteString("since", Text(since));
                if (ends is not null) json.WriteString("ends", ends);
                if (byHand) json.WriteBoolean("byHand", true);
                break;
            case AiState.Restored(var at, var why, var byHand):
                json.WriteString("at", Text(at));
                json.WriteString("why", why);
                if (byHand) json.WriteBoolean("byHand", true);
                break;
            default:
                break;
        }

        json.WriteEndObject();
    }

    /// <summary>Of what is not known any more: <c>{"name":"Unknown","last":"Suspended","why":"its spoke has told…"}</c>. Nobody reads it back.</summary>
    public static void WriteUnknown(Utf8JsonWriter json, AiState last, string why)
    {
        json.WriteStartObject();
        json.WriteString("name", AiLine.Unknown);
        json.WriteString("last", last.Name);
        json.WriteString("why", why);
        json.WriteEndObject();
    }

    public static AiState Read(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object) return new AiState.Active();
        return (JsonMember.Text(item, "name"), JsonMember.Time(item, "until") ?? JsonMember.Time(item, "since") ?? JsonMember.Time(item, "at")) switch
        {
            (nameof(AiState.Warned), _) => new AiState.Warned(),
            (nameof(AiState.Critical), _) => new AiState.Critical(),
            (nameof(AiState.Exceeded), _) => new AiState.Exceeded(),
            (nameof(AiState.Grace), { } until) => new AiState.Grace(until, [.. Refused(item)])
            {
                Approved = JsonMember.Flag(item, "approved"),
                RefusedForSure = JsonMember.Flag(item, "refusedForSure"),
            },
            (nameof(AiState.Suspended), { } since) => new AiState.Suspended(since, JsonMember.Text(item, "ends"), JsonMember.Flag(item, "byHand")),
            (nameof(AiState.Restored), { } at) => new AiState.Restored(at, AiText.Cut(JsonMember.Text(item, "why") ?? ""), JsonMember.Flag(item, "byHand")),
            _ => new AiState.Active(),
        };
    }

    private static IEnumerable<string> Refused(JsonElement item) =>
        JsonMember.Items(item, "refused").Take(MostReasons).Select(JsonMember.TextOf).OfType<string>().Where(reason => reason.Length > 0).Select(AiText.Cut);

    private const int MostReasons = 5;

    private static string Text(DateTimeOffset instant) => instant.ToString("O", CultureInfo.InvariantCulture);
}
