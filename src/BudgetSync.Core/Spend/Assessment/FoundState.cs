using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend.Trend;

namespace BudgetSync.Core.Spend.Assessment;

/// <summary>What the amounts of one look say by themselves, before anything that was is weighed.</summary>
/// <param name="Why">A line for each bound that was reached.</param>
/// <param name="CriticalSince">The next <see cref="SpendMemory.ForecastCriticalSince"/>.</param>
/// <param name="ShutdownSince">The next <see cref="SpendMemory.ForecastShutdownSince"/>.</param>
internal sealed record FoundState(SpendState State, EquatableArray<string> Why, DateTimeOffset? CriticalSince, DateTimeOffset? ShutdownSince)
{
    private const string NothingKnown = "AWS has not said what was spent, or there is no limit of money";

    public static FoundState Of(SpendMemory memory, SpendLook look, PeriodSpend spend, LookAmounts amounts, SpendBounds bounds)
    {
        var own = SpendForecast.Own(spend);
        var criticalSince = Since(bounds.ForecastCriticalFrom, memory.ForecastCriticalSince);
        var shutdownSince = Since(bounds.ForecastShutdownFrom, memory.ForecastShutdownSince);
        // AWS's forecast decides where there is one; ours only with the end of its interval that is sure.
        var forecast = amounts.Forecast ?? own.Low;
        var state = bounds.StateOf(Amount(look.Limit), Amount(amounts.Actual), Amount(forecast));
        if (state == SpendState.Unknown || look.Limit is not { } limit || amounts.Actual is not { } actual)
            return new(SpendState.Unknown, [NothingKnown], criticalSince, shutdownSince);
        var settled = IsSettled(bounds.ForecastShutdownFrom, shutdownSince) ? SpendState.Shutdown
            : IsSettled(bounds.ForecastCriticalFrom, criticalSince) ? SpendState.Critical
            : SpendState.Unknown;
        var whose = amounts.Forecast is null ? "our forecast's low end" : "forecast";
        var why = Lines(bounds, Percent(actual, limit), Percent(forecast ?? 0, limit), whose, settled);
        return new(settled > state ? settled : state, why, criticalSince, shutdownSince);

        SpendAmount? Amount(decimal? amount) => amount is { } known ? new SpendAmount(known, look.Unit) : null;

        bool IsSettled(decimal? bound, DateTimeOffset? since) =>
            SettledForecast.Reaches(bound, spend, amounts.Forecast, own, since, look.At, amounts.Trusted);

        DateTimeOffset? Since(decimal? bound, DateTimeOffset? before)
        {
            var earlier = memory.Period == look.Period ? before : null;
            return amounts.Trusted ? SettledForecast.Since(bound, amounts.Forecast, spend.Limit, earlier, look.At) : earlier;
        }
    }

    private static ImmutableArray<string> Lines(SpendBounds bounds, decimal used, decimal expected, string whose, SpendState settled)
    {
        var why = ImmutableArray.CreateBuilder<string>();
        why.Add(used switch
        {
            _ when used >= bounds.ShutdownFrom => Line("actual", used, $"at or above {bounds.ShutdownFrom}"),
            _ when used >= bounds.CriticalFrom => Line("actual", used, $"at or above {bounds.CriticalFrom}"),
            _ when used > bounds.OverAbove => Line("actual", used, $"above {bounds.OverAbove}"),
            _ when used >= bounds.OnTargetFrom => Line("actual", used, $"at or above {bounds.OnTargetFrom}"),
            _ when used > bounds.UnusedUpTo => Line("actual", used, $"below {bounds.OnTargetFrom}"),
            _ => Line("actual", used, $"not above {bounds.UnusedUpTo}"),
        });
        if (settled == SpendState.Shutdown) why.Add(Line($"settled {whose}", expected, $"at or above {bounds.ForecastShutdownFrom}"));
        else if (settled == SpendState.Critical) why.Add(Line($"settled {whose}", expected, $"at or above {bounds.ForecastCriticalFrom}"));
        else if (expected > bounds.ForecastOverAbove) why.Add(Line(whose, expected, $"above {bounds.ForecastOverAbove}"));
        // That a forecast comes near the limit is nothing where more is spent already.
        else if (expected >= bounds.OnTargetFrom && used <= bounds.OverAbove) why.Add(Line(whose, expected, $"at or above {bounds.OnTargetFrom}"));
        return why.ToImmutable();
    }

    private static decimal Percent(decimal amount, decimal limit) => (Statistics.Ratio(amount, limit) ?? 0) * 100;

    private static string Line(string what, decimal percent, string rule) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} {percent:#,##0.0} % is {rule}");
}
