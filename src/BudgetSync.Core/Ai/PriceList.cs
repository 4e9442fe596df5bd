using System.Collections.Frozen;
using System.Collections.Immutable;

namespace BudgetSync.Core.Ai;

/// <summary>
/// Prices of models by Region, each with where it was read and when. What is not in it is not known: a price is never derived from another Region's or
/// another model's, because a wrong price is worse than a gap that shows.
/// </summary>
public sealed class PriceList
{
    /// <summary>The file of a list: <c>prices.schema.json</c> beside it is its schema.</summary>
    public const string ResourceName = "BudgetSync.Core.Ai.prices.json";

    private readonly FrozenDictionary<(string Model, string Region, ModelKind Kind), ModelPrice> prices;

    private PriceList(ImmutableArray<PriceEntry> entries)
    {
        Entries = entries;
        prices = entries.ToFrozenDictionary(entry => (entry.Model, entry.Region, entry.Kind), entry => entry.Price);
    }

    /// <summary>The list that is in the program.</summary>
    public static PriceList BuiltIn { get; } = ReadBuiltIn();

    public ImmutableArray<PriceEntry> Entries { get; }

    /// <summary>Reads a list of one's own.</summary>
    /// <exception cref="FormatException">It is none: every reason, and the way out.</exception>
    public static PriceList Parse(string json)
    {
        var (entries, problems) = PriceListReader.Read(json);
        problems =
        [
            .. problems,
            .. entries.SelectMany(entry => entry.Problems()),
            .. entries.GroupBy(entry => (entry.Model, entry.Region, entry.Kind)).Where(group => group.Count() > 1)
                .Select(group => $"{group.Key.Model} in {group.Key.Region} ({group.Key.Kind}) has {group.Count()} prices; keep one"),
        ];
        return problems.IsEmpty ? new PriceList(entries) : throw new FormatException(string.Join("; ", problems));
    }

    /// <summary>The price of a model where it is called; null where it is not known.</summary>
    public ModelPrice? Find(BedrockModel model, string region) =>
        model.Kind == ModelKind.Provisioned ? ModelPrice.Free : prices.GetValueOrDefault((model.Id, region, model.Kind));

    /// <summary>Which price is missing for a call: <c>no price of cache reads</c>; "" where none is.</summary>
    public string Missing(BedrockModel model, string region, TokenCount tokens)
    {
        if (tokens.All == 0) return "";
        if (model.Kind == ModelKind.UnknownProfile) return "no model is known of this application inference profile";
        if (model.Kind == ModelKind.Unknown) return "this is no id of a model that has a price by token";
        if (Find(model, region) is not { } price)
        {
            var others = Entries.Where(entry => entry.Model == model.Id && entry.Region == region).Select(entry => entry.Kind.ToString()).ToList();
            return others.Count == 0 ? $"no price of {model.Kind} calls" : $"no price of {model.Kind} calls, only of {string.Join(" and ", others)} ones";
        }

        return (tokens.CacheRead > 0 && price.CacheRead is null, tokens.CacheWrite > 0 && price.CacheWrite is null) switch
        {
            (true, true) => "no price of cache reads and writes",
            (true, false) => "no price of cache reads",
            (false, true) => "no price of cache writes",
            _ => "",
        };
    }

    private static PriceList ReadBuiltIn()
    {
        using var stream = typeof(PriceList).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"{ResourceName} is missing in this build.");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }
}
