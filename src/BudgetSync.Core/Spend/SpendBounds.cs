using System.Globalization;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Spend;

/// <summary>
/// Where each state of spending begins, in percent of the limit. The defaults follow the thresholds people set: 80 is the usual first alert, 100 the limit,
/// 120 and 150 the usual places of budget actions that block and that stop.
/// </summary>
/// <remarks>
/// A forecast is a guess, so it raises a state to <see cref="SpendState.Over"/> at most, and only when it is clearly above the limit. Whoever sets
/// <see cref="ForecastCriticalFrom"/> or <see cref="ForecastShutdownFrom"/> lets one go further that is settled (<see cref="Assessment.SettledForecast"/>).
/// </remarks>
public sealed record SpendBounds
{
    public static SpendBounds Default { get; } = new();

    /// <summary>At or below: <see cref="SpendState.Unused"/>, unless the forecast says more.</summary>
    public decimal UnusedUpTo { get; init; }

    /// <summary>Actual or forecast at or above: <see cref="SpendState.OnTarget"/>.</summary>
    public decimal OnTargetFrom { get; init; } = 80;

    /// <summary>Actual above: <see cref="SpendState.Over"/>. Exactly the limit is still on target.</summary>
    public decimal OverAbove { get; init; } = 100;

    /// <summary>Forecast above: <see cref="SpendState.Over"/>.</summary>
    public decimal ForecastOverAbove { get; init; } = 110;

    /// <summary>Actual at or above: <see cref="SpendState.Critical"/>.</summary>
    public decimal CriticalFrom { get; init; } = 120;

    /// <summary>Actual at or above: <see cref="SpendState.Shutdown"/>.</summary>
    public decimal ShutdownFrom { get; init; } = 150;

    /// <summary>A settled forecast at or above: <see cref="SpendState.Critical"/>. Null: a forecast raises a state to Over at most.</summary>
    public decimal? ForecastCriticalFrom { get; init; }

    /// <summary>A settled forecast at or above: <see cref="SpendState.Shutdown"/>. Null: no forecast does.</summary>
    public decimal? ForecastShutdownFrom { get; init; }

    /// <summary>Reads bounds as a setting spells them: <c>OnTargetFrom=75, CriticalFrom=130</c>. What is not named keeps its default.</summary>
    /// <returns>The bounds, and everything that is wrong with the text; where something is, the defaults.</returns>
    public static (SpendBounds Bounds, IReadOnlyList<string> Problems) Parse(string text)
    {
        var bounds = Default;
        var problems = new List<string>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, number) = part.Split('=', 2, StringSplitOptions.TrimEntries) is [var left, var right] ? (left, right) : (part, "");
            if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var percent))
            {
                problems.Add($"\"{part}\" is no bound; write a name and percent, for example OnTargetFrom=80");
                continue;
            }

            switch (name)
            {
                case nameof(UnusedUpTo): bounds = bounds with { UnusedUpTo = percent }; break;
                case nameof(OnTargetFrom): bounds = bounds with { OnTargetFrom = percent }; break;
                case nameof(OverAbove): bounds = bounds with { OverAbove = percent }; break;
                case nameof(ForecastOverAbove): bounds = bounds with { ForecastOverAbove = percent }; break;
                case nameof(CriticalFrom): bounds = bounds with { CriticalFrom = percent }; break;
                case nameof(ShutdownFrom): bounds = bounds with { ShutdownFrom = percent }; break;
                case nameof(ForecastCriticalFrom): bounds = bounds with { ForecastCriticalFrom = percent }; break;
                case nameof(ForecastShutdownFrom): bounds = bounds with { ForecastShutdownFrom = percent }; break;
                default:
                    problems.Add(
                        $"\"{name}\" is no bound; there are UnusedUpTo, OnTargetFrom, OverAbove, ForecastOverAbove, CriticalFrom, ShutdownFrom, "
                            + "ForecastCriticalFrom and ForecastShutdownFrom");
                    break;
            }
        }

        problems.AddRange(bounds.Problems());
        return problems.Count == 0 ? (bounds, []) : (Default, problems);
    }

    /// <summary>What is wrong with the bounds, in words; empty when each state begins above the one before it.</summary>
    public IReadOnlyList<string> Problems()
    {
        (string Name, decimal Percent)[] order =
        [
            (nameof(UnusedUpTo), UnusedUpTo), (nameof(OnTargetFrom), OnTargetFrom), (nameof(OverAbove), OverAbove),
            (nameof(CriticalFrom), CriticalFrom), (nameof(ShutdownFrom), ShutdownFrom),
        ];
        var problems = order.Zip(order.Skip(1))
            .Where(pair => pair.First.Percent >= pair.Second.Percent)
            .Select(pair => $"{pair.Second.Name}: {pair.Second.Percent} percent must be more than {pair.First.Name}, which is {pair.First.Percent}")
            .ToList();
        if (UnusedUpTo < 0)
            problems.Add($"{nameof(UnusedUpTo)}: {UnusedUpTo} percent is negative; 0 means nothing spent");
        if (ForecastOverAbove < OverAbove)
            problems.Add($"{nameof(ForecastOverAbove)}: {ForecastOverAbove} percent must be at least {nameof(OverAbove)}, which is {OverAbove}");
        if (ForecastCriticalFrom < ForecastOverAbove)
        {
            problems.Add(
                $"{nameof(ForecastCriticalFrom)}: {ForecastCriticalFrom} percent must be at least {nameof(ForecastOverAbove)}, which is {ForecastOverAbove}");
        }

        var (name, below) = ForecastCriticalFrom is { } critical ? (nameof(ForecastCriticalFrom), critical) : (nameof(ForecastOverAbove), ForecastOverAbove);
        if (ForecastShutdownFrom <= below)
            problems.Add($"{nameof(ForecastShutdownFrom)}: {ForecastShutdownFrom} percent must be more than {name}, which is {below}");
        return problems;
    }

    /// <summary>The state of a spend against a limit. Amounts of different units cannot be compared and are <see cref="SpendState.Unknown"/>.</summary>
    /// <param name="limit">Null where AWS has not said it (an auto-adjusting budget before its first period).</param>
    public SpendState StateOf(SpendAmount? limit, SpendAmount? actual, SpendAmount? forecast)
    {
        // RI and Savings Plans budgets measure utilization: 100 PERCENTAGE is the goal, not a limit of money.
        if (limit is not { Amount: > 0 } ceiling || ceiling.Unit == "PERCENTAGE" || actual is not { } spent || spent.Unit != ceiling.Unit)
            return SpendState.Unknown;
        var reached = Percent(spent, ceiling);
        var expected = forecast is { } guess && guess.Unit == ceiling.Unit ? Percent(guess, ceiling) : 0;
        return reached switch
        {
            _ when reached >= ShutdownFrom => SpendState.Shutdown,
            _ when reached >= CriticalFrom => SpendState.Critical,
            _ when reached > OverAbove || expected > ForecastOverAbove => SpendState.Over,
            _ when reached >= OnTargetFrom || expected >= OnTargetFrom => SpendState.OnTarget,
            _ when reached > UnusedUpTo || expected > UnusedUpTo => SpendState.Under,
            _ => SpendState.Unused,
        };
    }

    /// <summary>
    /// A quotient beyond a decimal's range would be an exception for the sake of one absurd number: from here on it is "more than any bound".
    /// </summary>
    private static decimal Percent(SpendAmount part, SpendAmount whole) =>
        Math.Abs((double)part.Amount / (double)whole.Amount) < LargestRatio ? part.Amount / whole.Amount * 100 : Math.Sign(part.Amount) * (decimal)LargestRatio;

    private const double LargestRatio = 1e9;
}
