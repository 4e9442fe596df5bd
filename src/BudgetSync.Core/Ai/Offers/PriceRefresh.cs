using System.Collections.Immutable;
using System.Globalization;

namespace BudgetSync.Core.Ai.Offers;

/// <summary>A list of prices with what offer files say in it, and how it differs from what it was.</summary>
/// <param name="Entries">The list as it would be, in order of model, Region and kind. Prices that no file speaks of stay as they are.</param>
/// <param name="Changes">In the same order.</param>
/// <param name="Told">What was left out for its own sake, a line each.</param>
public sealed record PriceRefresh(ImmutableArray<PriceEntry> Entries, ImmutableArray<PriceChange> Changes, ImmutableArray<string> Told)
{
    public static PriceRefresh Of(PriceList before, IReadOnlyList<OfferFile> files, ModelNames names)
    {
        var told = new SortedSet<string>(StringComparer.Ordinal);
        var prices = before.Entries.ToDictionary(Key);
        var found = files.SelectMany(file => file.Rates.Select(rate => (Offer: file, Rate: rate, Id: Id(rate, names, told))))
            .Where(one => one.Id.Length > 0)
            .GroupBy(one => (Model: one.Id, one.Rate.Region, one.Rate.Kind));
        var changes = new List<PriceChange>();
        foreach (var group in found)
        {
            var place = $"{group.Key.Model} in {group.Key.Region} ({group.Key.Kind})";
            var newest = group.MaxBy(one => one.Offer.On).Offer;
            if (Entry(group.Key, [.. group.Select(one => one.Rate)], newest, place, told) is not { } entry) continue;
            var known = prices.GetValueOrDefault(group.Key);
            // A source that says the same again is no other price.
            if (known is not null && known.Price == entry.Price) continue;
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
