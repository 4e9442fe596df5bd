using BudgetSync.LocalAws.Billing;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>What AWS makes of an account's costs for one of its budgets, at one moment.</summary>
internal sealed class ComputedSpend(CostLedger ledger, string accountId, BudgetTerms terms, DateTimeOffset now)
{
    /// <summary>AWS writes thousandths; more it does not charge for.</summary>
    private const int Decimals = 3;

    /// <summary>AWS forecasts after about five weeks of usage (UG "Managing your costs with AWS Budgets").</summary>
    private const int DaysBeforeForecast = 35;

    /// <summary>Over whose mean the forecast here goes on; how AWS does it is not published.</summary>
    private const int DaysOfMean = 28;

    private readonly Func<string, CostLine, bool> counts = CountedCosts.Of(terms);

    /// <summary>The first day with usage; the last day there is where there is none.</summary>
    public DateOnly Begins { get; } = ledger.SeenBy(accountId).Select(seen => seen.Costs.Begins).DefaultIfEmpty(DateOnly.MaxValue).Min();

    /// <summary>
    /// What is known of the days from <paramref name="start"/> until before <paramref name="end"/>. Never negative: an amount of Budgets has no sign.
    /// </summary>
    public Amount Between(DateTimeOffset start, DateTimeOffset end) => Of(Sum(DayOf(start), DayOf(end), false));

    /// <summary>Null where there is too little usage for one, or the budget has none.</summary>
    public Amount? Forecast(DateTimeOffset start, DateTimeOffset end)
    {
        var today = DayOf(now);
        if (terms.TimeUnit == "DAILY" || Begins.DayNumber > today.DayNumber - DaysBeforeForecast) return null;
        var mean = Sum(LastWhole(today).AddDays(1 - DaysOfMean), LastWhole(today).AddDays(1), true) / DaysOfMean;
        return Of(Sum(DayOf(start), DayOf(end), false) + (mean * RestOf(start, end)));
    }

    /// <summary>The last day of which everything is known.</summary>
    private DateOnly LastWhole(DateOnly today)
    {
        while (ledger.KnownPart(today, now) < 1) today = today.AddDays(-1);
        return today;
    }

    /// <summary>Days of the period that nothing is known of yet, parts of days included.</summary>
    private decimal RestOf(DateTimeOffset start, DateTimeOffset end)
    {
        var rest = 0m;
        for (var day = DayOf(start); day < DayOf(end); day = day.AddDays(1)) rest += 1 - ledger.KnownPart(day, now);
        return rest;
    }

    /// <param name="ordinary">True: without what comes once a month, which would be forecast for every day.</param>
    private decimal Sum(DateOnly from, DateOnly to, bool ordinary)
    {
        var sum = 0m;
        foreach (var (linked, costs) in ledger.SeenBy(accountId))
        {
            for (var day = from < costs.Begins ? costs.Begins : from; day < to; day = day.AddDays(1))
            {
                if (ledger.KnownPart(day, now) is not (> 0 and var part)) break;
                foreach (var line in costs.On(day))
                {
                    if ((!ordinary || line.RecordType == "Usage") && counts(linked, line)) sum += line.Amount * part;
                }
            }
        }

        return sum;
    }

    private static Amount Of(decimal amount) => Amount.Of(Math.Max(0, decimal.Round(amount, Decimals)));

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}
