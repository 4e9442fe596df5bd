using System.Collections.Immutable;
using System.Globalization;

namespace BudgetSync.Core.Ai.Offers;

/// <summary>A list of prices with what offer files say in it, and how it differs from what it was.</summary>
/// <param name="Entries">The list as it would be, in order of model, Region and kind. Prices that no file speaks of stay as they are.</param>
/// <param name="Changes">In the same order.</param>
/// <param name="Told">What was left out for its own sake, a line each.</param>
public sealed record PriceRefresh(ImmutableArray<PriceEntry> Entries, ImmutableArray<PriceChange> Changes, ImmutableArray<string> Told)
{
    /// <summary>Ours: AWS has changed no price of a model tenfold, and a unit that is read wrongly changes it a thousandfold.</summary>
    private const decimal Most = 10m;

    /// <summary>Ours: between the dearest and the cheapest kind of tokens of a model, an embedding's input and a written cache, lies less.</summary>
    private const decimal Widest = 500m;

    /// <param name="isLargeTaken">A person has said that prices that are far from what they were, or older, are to be taken too.</param>
    public static PriceRefresh Of(PriceList before, IReadOnlyList<OfferFile> files, ModelNames names, bool isLargeTaken = false)
    {
        var told = new SortedSet<string>(StringComparer.Ordinal);
        var prices = before.Entries.ToDictionary(Key);
        var rates = files.SelectMany(file => file.Rates.Select(rate => (Offer: file, Rate: rate, Id: Id(rate, names, told))))
            .Where(one => one.Id.Length > 0)
            .GroupBy(one => (Model: one.Id, one.Rate.Region, one.Rate.Kind));
        var changes = new List<PriceChange>();
        foreach (var group in rates)
        {
            var place = $"{group.Key.Model} in {group.Key.Region} ({group.Key.Kind})";
            var newest = group.MaxBy(one => one.Offer.On).Offer;
            if (Entry(group.Key, [.. group.Select(one => one.Rate)], newest, place, told) is not { } found) continue;
            var known = prices.GetValueOrDefault(group.Key);
            var entry = known is null ? found : WithCaches(found, known);
            // A source that says the same again is no other price.
            if (known is not null && known.Price == entry.Price) continue;
            if (Doubt(known, entry, isLargeTaken) is { } why)
            {
                told.Add($"{place}: {why}");
                continue;
            }

            prices[group.Key] = entry;
            changes.Add(new PriceChange(known, entry));
        }

        return new PriceRefresh(
            [.. prices.Values.OrderBy(Order, StringComparer.Ordinal)],
            [.. changes.OrderBy(change => Order(change.After), StringComparer.Ordinal)],
            [.. told]);
    }

    private static PriceEntry? Entry(
        (string Model, string Region, ModelKind Kind) key, ImmutableArray<OfferRate> rates, OfferFile file, string place, SortedSet<string> told)
    {
        var byTokens = rates.GroupBy(rate => rate.Tokens).ToDictionary(group => group.Key, group => group.ToList());
        var twofold = byTokens.Where(group => group.Value.Select(rate => rate.Usd).Distinct().Count() > 1).ToList();
        foreach (var (tokens, several) in twofold)
        {
            var each = several.Select(rate => $"{Text(rate.Usd)} of {rate.Sku}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            told.Add($"{place}: {tokens} has several prices ({string.Join(", ", each)})");
        }

        if (twofold.Count > 0) return null;
        if (Usd(TokenKind.Input) is { } input && Usd(TokenKind.Output) is { } output)
        {
            return new PriceEntry(
                key.Model,
                key.Region,
                key.Kind,
                input,
                output,
                $"AWS offer file {file.Code} {file.Version}".TrimEnd(),
                file.On,
                Usd(TokenKind.CacheRead),
                Usd(TokenKind.CacheWrite));
        }

        var missing = new[] { TokenKind.Input, TokenKind.Output }.Where(tokens => !byTokens.ContainsKey(tokens));
        told.Add($"{place}: no price of {string.Join(" and ", missing)} tokens");
        return null;

        decimal? Usd(TokenKind tokens) => byTokens.TryGetValue(tokens, out var of) ? of[0].Usd : null;
    }

    /// <summary>What the file does not say of caches stays, with where that was read.</summary>
    private static PriceEntry WithCaches(PriceEntry entry, PriceEntry known)
    {
        var (read, write) = (entry.CacheRead ?? known.CacheRead, entry.CacheWrite ?? known.CacheWrite);
        if ((read, write) == (entry.CacheRead, entry.CacheWrite)) return entry;
        var at = known.Source.IndexOf(OfCaches, StringComparison.Ordinal);
        var source = at < 0 ? known.Source : known.Source[(at + OfCaches.Length)..];
        return entry with { CacheRead = read, CacheWrite = write, Source = $"{entry.Source}{OfCaches}{source}" };
    }

    private const string OfCaches = "; of caches: ";

    /// <summary>Why an entry is not believed; null where it is.</summary>
    private static string? Doubt(PriceEntry? known, PriceEntry entry, bool isLargeTaken)
    {
        if (known is not null && !isLargeTaken)
        {
            if (known.On > entry.On)
                return $"the file is of {DayText.Format(entry.On)}, and the list has a price of {DayText.Format(known.On)}; {TakeIt}";
            foreach (var (was, usd) in Prices(known).Zip(Prices(entry)))
            {
                if (was is > 0 and var one && usd is > 0 and var other && Math.Max(one, other) / Math.Min(one, other) >= Most)
                    return $"{Text(one)} -> {Text(other)} USD for a million tokens may be another unit; {TakeIt}";
            }
        }

        var each = Prices(entry).OfType<decimal>().Where(usd => usd > 0).ToList();
        return each.Max() / each.Min() > Widest
            ? $"{Text(each.Min())} and {Text(each.Max())} USD for a million tokens of one model: one has another unit"
            : null;
    }

    private const string TakeIt = "--allow-large takes it";

    private static decimal?[] Prices(PriceEntry entry) => [entry.Input, entry.Output, entry.CacheRead, entry.CacheWrite];

    private static string Id(OfferRate rate, ModelNames names, SortedSet<string> told)
    {
        if (names.Find(rate.Name, out var why) is { } id) return id;
        told.Add($"{rate.Name}: {why}");
        return "";
    }

    private static (string Model, string Region, ModelKind Kind) Key(PriceEntry entry) => (entry.Model, entry.Region, entry.Kind);

    private static string Order(PriceEntry entry) => $"{entry.Model}\n{entry.Region}\n{entry.Kind}";

    private static string Text(decimal usd) => usd.ToString(CultureInfo.InvariantCulture);
}
