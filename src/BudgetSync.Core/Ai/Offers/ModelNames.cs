using System.Collections.Immutable;
using System.Text.Json;

namespace BudgetSync.Core.Ai.Offers;

/// <summary>
/// Which model's id a name of an offer means: as Bedrock itself names it (<c>aws bedrock list-foundation-models</c>), or by the table of names that are written
/// otherwise there. Letters' case aside, names are compared whole; one that means two models means none.
/// </summary>
public sealed class ModelNames
{
    /// <summary>The file of the table: names that offers use, and what they mean.</summary>
    public const string ResourceName = "BudgetSync.Core.Ai.Offers.model-names.json";

    private readonly Dictionary<string, ImmutableSortedSet<string>> ids = new(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, string> table;

    /// <summary>The table by <see cref="Bare"/> names.</summary>
    private readonly Dictionary<string, string> bare;

    private ModelNames(Dictionary<string, string> table)
    {
        this.table = table;
        bare = table.ToDictionary(entry => Bare(entry.Key), entry => entry.Value, StringComparer.Ordinal);
    }

    /// <summary>The table that is in the program, and no more.</summary>
    public static ModelNames BuiltIn()
    {
        using var stream = typeof(ModelNames).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"{ResourceName} is missing in this build.");
        using var document = JsonDocument.Parse(stream);
        return new ModelNames(document.RootElement.EnumerateArray().ToDictionary(
            entry => entry.GetProperty("name").GetString()!, // The file is ours, and a test reads it.
            entry => entry.GetProperty("model").GetString()!, // As above.
            StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The id that the table has for a name, of which letters and digits alone count; null where it has none.</summary>
    /// <param name="name">For example <c>Nova Pro</c> or <c>NovaPro</c>.</param>
    public string? FindBare(string name) => bare.GetValueOrDefault(Bare(name));

    /// <summary>All that the table names.</summary>
    public IReadOnlyDictionary<string, string> Table => table;

    /// <summary>True where it is an answer of ListFoundationModels.</summary>
    public static bool IsAnswer(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("modelSummaries", out var models) && models.ValueKind == JsonValueKind.Array;

    /// <summary>Takes the names of an answer of ListFoundationModels; models that are only there by the hour are not meant by prices of tokens.</summary>
    public void Add(JsonElement answer)
    {
        foreach (var model in JsonMember.Items(answer, "modelSummaries").Where(model => model.ValueKind == JsonValueKind.Object))
        {
            if (JsonMember.Text(model, "modelId") is not { } id || JsonMember.Text(model, "modelName") is not { } name) continue;
            var types = JsonMember.Items(model, "inferenceTypesSupported").Select(JsonMember.TextOf).ToList();
            if (types.Count > 0 && !types.Exists(type => type is "ON_DEMAND" or "INFERENCE_PROFILE")) continue;
            ids[name.Trim()] = ids.GetValueOrDefault(name.Trim(), ImmutableSortedSet.Create<string>(StringComparer.Ordinal)).Add(id);
        }
    }

    /// <summary>The id; null with why where it is not known.</summary>
    public string? Find(string name, out string why)
    {
        why = "";
        if (table.TryGetValue(name, out var known)) return known;
        if (ids.GetValueOrDefault(name) is not { } found)
        {
            why = "no model of this name is known; give what 'aws bedrock list-foundation-models' prints as one of the files";
            return null;
        }

        if (found.Count == 1) return found[0];
        why = $"the name means several models: {string.Join(", ", found)}";
        return null;
    }

    private static string Bare(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}
