using System.Globalization;
using BudgetSync.Core.Ai.Offers;

namespace BudgetSync.Core.Ai.Billing;

/// <summary>What was metered of an account's models, and what AWS billed for them, on the days that both know.</summary>
/// <param name="First">The first day that is compared.</param>
/// <param name="Last">The last, which ended more than 72 hours ago.</param>
public sealed record BillComparison(AccountId Account, DateOnly First, DateOnly Last)
{
    /// <summary>How far apart both may be, in percent of the bill or in USD, before anything is said of it.</summary>
    private const decimal TolerancePercent = 10;

    private const decimal ToleranceUsd = 1;

    /// <summary>The greatest difference first.</summary>
    public EquatableArray<BillLine> Lines { get; init; } = [];

    /// <summary>Causes that are in the numbers themselves.</summary>
    public EquatableArray<string> Known { get; init; } = [];

    /// <summary>What else it may be; nothing here says that it is.</summary>
    public EquatableArray<string> Guesses { get; init; } = [];

    public decimal Metered => Lines.Sum(line => line.Metered);

    public decimal Billed => Lines.Sum(line => line.Billed);

    /// <summary>USD of the bill that were used through <c>bedrock-mantle</c>.</summary>
    public decimal Mantle { get; init; }

    /// <summary>True where both are further apart than by what rounding and late bills make.</summary>
    public bool Differs => Apart(Metered, Billed);

    /// <param name="metered">Of the account, as its spoke told.</param>
    /// <param name="billed">Of the account and the days; what else is in it is left out.</param>
    public static BillComparison Of(
        AccountId account, IEnumerable<AiDayCost> metered, IEnumerable<BilledUsage> billed, (DateOnly First, DateOnly Last) days, ModelNames names)
    {
        var counted = metered.Where(day => day.Day >= days.First && day.Day <= days.Last).ToList();
        var paid = billed.Where(usage => usage.Account == account && usage.Day >= days.First && usage.Day <= days.Last && usage.Amount != 0).ToList();
        var lines = counted.Select(day => (Name: day.Model, Metered: day.Cost, Billed: 0m))
            .Concat(paid.Select(usage => (Name: NameOf(usage, names), Metered: 0m, Billed: usage.Amount)))
            .GroupBy(part => part.Name, StringComparer.Ordinal)
            .Select(parts => new BillLine(parts.Key, parts.Sum(part => part.Metered), parts.Sum(part => part.Billed)))
            .OrderByDescending(line => Math.Abs(line.Difference)).ThenBy(line => line.Name, StringComparer.Ordinal);
        var comparison = new BillComparison(account, days.First, days.Last)
        {
            Lines = [.. lines],
            Known = [.. Causes(counted, paid, names)],
            Mantle = paid.Where(usage => usage.IsMantle).Sum(usage => usage.Amount),
        };
        return comparison with { Guesses = [.. Suppositions(comparison, counted, paid, names)] };
    }

    private static bool Apart(decimal metered, decimal billed) =>
        Math.Abs(billed - metered) > ToleranceUsd || Math.Abs(billed - metered) * 100 > Math.Abs(billed) * TolerancePercent;

    /// <summary>The model; where its name is not known what the bill calls it, and of mantle that it is.</summary>
    private static string NameOf(BilledUsage usage, ModelNames names) =>
        usage.IsMantle ? $"bedrock-mantle: {usage.Service} {usage.UsageType}".TrimEnd()
        : usage.Model(names) ?? $"{usage.Service} {usage.UsageType}".TrimEnd();

    private static IEnumerable<string> Causes(List<AiDayCost> metered, List<BilledUsage> billed, ModelNames names)
    {
        var mantle = billed.Where(usage => usage.IsMantle).Sum(usage => usage.Amount);
        if (mantle > 0) yield return $"{Usd(mantle)} are billed for bedrock-mantle, whose calls are in no invocation log: deny it (DENY_AI)";
        var unpriced = metered.Sum(day => day.UnpricedCalls);
        if (unpriced > 0)
        {
            var models = metered.Where(day => day.UnpricedCalls > 0).Select(day => day.Model)
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{unpriced:#,0} calls have no price here and are in no metered sum: {string.Join(", ", models.Take(5))} (budgetsync ai prices refresh)");
        }

        var uncounted = metered.Sum(day => day.UncountedCalls);
        if (uncounted > 0)
        {
            var models = metered.Where(day => day.UncountedCalls > 0).Select(day => day.Model)
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{uncounted:#,0} calls have no counted tokens in the log and are not, or not whole, in a metered sum: {string.Join(", ", models.Take(5))}");
        }

        foreach (var tier in billed.Where(usage => !usage.IsMantle && usage.Tier.Length > 0).GroupBy(usage => usage.Tier).OrderBy(tier => tier.Key))
            yield return $"{Usd(tier.Sum(usage => usage.Amount))} are billed as {tier.Key}, which the log does not tell from calls on demand, or does not have";
        var unnamed = billed.Where(usage => !usage.IsMantle && usage.Tier.Length == 0 && usage.Model(names) is null).ToList();
        if (unnamed.Count > 0)
        {
            yield return $"{Usd(unnamed.Sum(usage => usage.Amount))} are billed under names that no model here is known by, so they stand on lines of their "
                + "own beside what was metered of them";
        }

        if (metered.Count == 0 || billed.Count == 0) yield break;
        var (first, early) = (metered.Min(day => day.Day), billed.Where(usage => usage.Day < metered.Min(day => day.Day)).Sum(usage => usage.Amount));
        if (early > 0) yield return $"{Usd(early)} are billed for days before the first that was metered, {DayText.Format(first)}";
    }

    private static IEnumerable<string> Suppositions(BillComparison found, List<AiDayCost> metered, List<BilledUsage> billed, ModelNames names)
    {
        if (!found.Differs) yield break;
        if (metered.Count == 0 && billed.Count > 0)
        {
            yield return "perhaps nothing was metered yet on these days, or the spoke is of a release that does not tell its days";
            yield break;
        }

        // What of a bill nothing above explains.
        var plain = billed.Where(usage => !usage.IsMantle && usage.Tier.Length == 0).ToList();
        var rest = plain.Sum(usage => usage.Amount) - metered.Sum(day => day.Cost);
        if (rest > ToleranceUsd)
        {
            yield return $"perhaps {Usd(rest)} are of Regions that are not metered, of records that were lost, of images, video, guardrails or agents, "
                + "or the price list is older than the bill";
        }

        if (rest < -ToleranceUsd)
        {
            yield return $"perhaps {Usd(-rest)} are discounts that the row's DiscountPercent does not say, batch or flex calls priced on demand, or a bill "
                + "that is not final yet";
        }

        if (plain.Exists(usage => usage.Model(names) is null) && Math.Abs(rest) <= ToleranceUsd)
            yield return "perhaps the lines whose names are not known are the models that were metered without a line in the bill";
    }

    private static string Usd(decimal amount) => amount.ToString("#,0.00## USD", CultureInfo.InvariantCulture);
}

/// <summary>One model, or what a bill calls something that is none that is known.</summary>
/// <param name="Metered">USD.</param>
/// <param name="Billed">USD.</param>
public sealed record BillLine(string Name, decimal Metered, decimal Billed)
{
    /// <summary>More than zero: more is billed than was metered.</summary>
    public decimal Difference => Billed - Metered;
}
