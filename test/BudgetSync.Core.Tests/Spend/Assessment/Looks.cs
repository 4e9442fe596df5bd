using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;
using BudgetSync.Core.Spend.Trend;

namespace BudgetSync.Core.Tests.Spend.Assessment;

/// <summary>Looks at one budget of 1,000 USD, made short.</summary>
internal static class Looks
{
    public static readonly BudgetPeriod November = new(new(2026, 11, 1), new(2026, 12, 1));

    public static readonly DateTimeOffset Noon12 = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    public static SpendLook At(DateTimeOffset at, decimal? actual, decimal? forecast = null) => new()
    {
        At = at,
        Period = BudgetPeriod.Of(Core.Budgets.TimeUnit.MONTHLY, DateOnly.FromDateTime(at.UtcDateTime)),
        Unit = "USD",
        Limit = 1_000,
        Actual = actual,
        Forecast = forecast,
    };

    /// <summary>The days of the README's first example: 640 by the 12th of November.</summary>
    public static EquatableArray<DailyAmount> FirstExample { get; } =
    [
        .. new decimal[] { 103, 30, 30, 30, 30, 58, 61, 70, 61, 40, 65, 62 }
            .Select((amount, index) => new DailyAmount(November.Start.AddDays(index), amount)),
    ];

    public static SpendAssessment Then(this SpendAssessment before, SpendLook look, SpendBounds? bounds = null) =>
        SpendAssessment.Of(before.Memory, look, bounds ?? SpendBounds.Default);

    public static SpendAssessment First(SpendLook look, SpendBounds? bounds = null) =>
        SpendAssessment.Of(SpendMemory.None, look, bounds ?? SpendBounds.Default);
}
