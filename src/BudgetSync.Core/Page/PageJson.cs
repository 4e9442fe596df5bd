using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using BudgetSync.Core.Coverage;

namespace BudgetSync.Core.Page;

/// <summary>
/// A page without its parts as JSON, some 200 bytes a budget: what is kept beside the file, so that a widget shows ten thousand accounts without asking for
/// one of them.
/// </summary>
/// <example><code>
/// {"organization":"o-ab12cd34ef","at":"2026-11-28T13:00:00+00:00","rows":{"Applied":1},"lines":[{"account":"111122223333","spend":"Over","limit":1500,…}]}
/// </code></example>
public static class PageJson
{
    public static byte[] Format(SpendPage page) => JsonSerializer.SerializeToUtf8Bytes(
        new StoredPage(
            page.Organization,
            page.GeneratedAt,
            page.Coverage.Counts.ToDictionary(count => count.Key.ToString(), count => count.Value, StringComparer.Ordinal),
            [.. page.Lines.Select(StoredLine.Of)],
            [.. page.Envelopes.Select(StoredEnvelope.Of)],
            page.Models.IsEmpty ? null : [.. page.Models.Select(StoredModel.Of)],
            page.QuieterModels,
            [.. page.Unknown]),
        StoredPageJson.Default.StoredPage);

    /// <summary>The page; null where the text is none. Read tolerantly: who wrote it may be of another release.</summary>
    public static SpendPage? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, StoredPageJson.Default.StoredPage) is { Organization: { } organization } stored
                ? new SpendPage
                {
                    Organization = organization,
                    GeneratedAt = stored.At,
                    Coverage = new CoverageSummary(Counts(stored.Rows), null, 0),
                    Lines = [.. (stored.Lines ?? []).Where(line => line.Account is not null).Select(line => line.ToLine())],
                    Envelopes = [.. (stored.Envelopes ?? []).Where(unit => unit.Scope is not null).Select(unit => unit.ToEnvelope())],
                    Models = [.. (stored.Models ?? []).Where(model => model.Account is not null).Select(model => model.ToModel())],
                    QuieterModels = stored.QuieterModels,
                    Unknown = [.. stored.Unknown ?? []],
                }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ImmutableSortedDictionary<CoverageState, int> Counts(Dictionary<string, int>? rows) =>
        Enum.GetValues<CoverageState>().ToImmutableSortedDictionary(state => state, state => rows?.GetValueOrDefault(state.ToString()) ?? 0);
}

/// <summary>As <see cref="PageJson"/> writes it.</summary>
internal sealed record StoredPage(
    string? Organization,
    DateTimeOffset At,
    Dictionary<string, int>? Rows,
    StoredLine[]? Lines,
    StoredEnvelope[]? Envelopes,
    StoredModel[]? Models,
    int QuieterModels,
    string[]? Unknown);

/// <summary>Written and read without reflection, which a cold start would pay for.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(StoredPage))]
internal sealed partial class StoredPageJson : JsonSerializerContext;
