using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend.Trend;

namespace BudgetSync.Core.Spend.Assessment;

/// <summary>What the amounts of one look say by themselves, before anything that was is weighed.</summary>
/// <param name="Why">A line for each bound that was reached.</param>
internal sealed record FoundState(SpendState State, EquatableArray<string> Why)
{
    private static readonly FoundState Unknown = new(SpendState.Unknown, ["AWS has not said what was spent, or there is no limit of money"]);

    /// <param name="critical">A settled forecast is at <see cref="SpendBounds.ForecastCriticalFrom"/>.</param>
    /// <param name="shutdown">A settled forecast is at <see cref="SpendBounds.ForecastShutdownFrom"/>.</param>
    public static FoundState Of(
        SpendBounds bounds,
        SpendAmount? limit,
        SpendAmount? actual,
        decimal? aws,
        SpendForecast own,
        bool critical,
        bool shutdown)
    {
        // AWS's forecast decides where there is one; ours only with the end of its interval that is sure.
        var forecast = aws ?? own.Low;
        var state = bounds.StateOf(limit, actual, forecast is { } amount && limit is { } known ? known with { Amount = amount } : null);
        if (state == SpendState.Unknown || limit is not { } ceiling || actual is not { } spent) return Unknown;
        var settled = shutdown ? SpendState.Shutdown : critical ? SpendState.Critical : SpendState.Unknown;

        var why = ImmutableArray.CreateBuilder<string>();
        var used = (Statistics.Ratio(spent.Amount, ceiling.Amount) ?? 0) * 100;
        why.Add(used switch
        {
            _ when used >= bounds.ShutdownFrom => Line("actual", used, $"at or above {bounds.ShutdownFrom}"),
            _ when used >= bounds.CriticalFrom => Line("actual", used, $"at or above {bounds.CriticalFrom}"),
            _ when used > bounds.OverAbove => Line("actual", used, $"above {bounds.OverAbove}"),
            _ when used >= bounds.OnTargetFrom => Line("actual", used, $"at or above {bounds.OnTargetFrom}"),
            _ when used > bounds.UnusedUpTo => Line("actual", used, $"below {bounds.OnTargetFrom}"),
            _ => Line("actual", used, $"not above {bounds.UnusedUpTo}"),
        });
        var expected = forecast is { } guess ? (Statistics.Ratio(guess, ceiling.Amount) ?? 0) * 100 : 0;
        var whose = aws is null ? "our forecast's low end" : "forecast";
        if (shutdown) why.Add(Line($"settled {whose}", expected, $"at or above {bounds.ForecastShutdownFrom}"));
        else if (critical) why.Add(Line($"settled {whose}", expected, $"at or above {bounds.ForecastCriticalFrom}"));
        else if (expected > bounds.ForecastOverAbove) why.Add(Line(whose, expected, $"above {bounds.ForecastOverAbove}"));
        else if (expected >= bounds.OnTargetFrom) why.Add(Line(whose, expected, $"at or above {bounds.OnTargetFrom}"));
        return new(settled > state ? settled : state, why.ToImmutable());
    }

    private static string Line(string what, decimal percent, string rule) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} {percent:#,##0.0} % is {rule}");
}
