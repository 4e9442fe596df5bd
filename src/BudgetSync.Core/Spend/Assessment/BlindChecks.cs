using System.Collections.Immutable;

namespace BudgetSync.Core.Spend.Assessment;

/// <summary>The ways in which amounts can be wrong without anything looking wrong.</summary>
internal static class BlindChecks
{
    /// <summary>A day, and two hours for a daily look that was late.</summary>
    public static readonly TimeSpan LooksApart = TimeSpan.FromHours(26);

    /// <summary>Four to six of AWS's refreshes: an amount that stood still for so long is not computed.</summary>
    private static readonly TimeSpan FrozenAfter = TimeSpan.FromHours(48);

    /// <summary>"AWS requires approximately 5 weeks of usage data to generate budget forecasts" (user guide, Budgets best practices).</summary>
    private const int ForecastAfterDays = 35;

    /// <summary>Shorter periods are not forecast: a DAILY budget takes no FORECASTED notification either.</summary>
    private const int ForecastPeriodDays = 28;

    public static ImmutableArray<BlindReason> Of(SpendMemory memory, SpendLook look, bool held)
    {
        var reasons = ImmutableArray.CreateBuilder<BlindReason>();
        if (look.HealthProblem is { } problem)
        {
            var since = (look.HealthSince ?? memory.AmountsAt) is { } time ? $" since {AmountText.Of(time)}" : "";
            reasons.Add(new(BlindCause.Unhealthy, $"has not been computed by AWS{since} ({problem})"));
        }

        if (look.BudgetEnd <= look.At) reasons.Add(new(BlindCause.Ended, $"ended on {AmountText.Of(look.BudgetEnd.Value)}"));
        if (!held && look.AccountSpends && memory is { Actual: { } actual, ActualSince: { } stood } && memory.Period == look.Period && actual == look.Actual
            && look.At - stood > FrozenAfter)
        {
            reasons.Add(new(BlindCause.Frozen, $"has stood at {AmountText.Of(actual, look.Unit)} since {AmountText.Of(stood)} although the account spends"));
        }

        if (!held && look is { Forecast: null, Actual: > 0 } && look.Period.Days >= ForecastPeriodDays
            && memory.FirstSpentOn is { } first && look.Day.DayNumber - first.DayNumber > ForecastAfterDays)
        {
            reasons.Add(new(BlindCause.NoForecast, $"has no forecast of AWS although spending was seen from {AmountText.Of(first)} on"));
        }

        return reasons.ToImmutable();
    }

    public static BlindReason NotLooked(DateTimeOffset? last) =>
        new(BlindCause.NotLooked, last is { } at ? $"has not been looked at since {AmountText.Of(at)}" : "has never been looked at");
}
