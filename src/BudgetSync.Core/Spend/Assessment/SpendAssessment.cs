using System.Collections.Immutable;
using BudgetSync.Core.Spend.Trend;

namespace BudgetSync.Core.Spend.Assessment;

/// <summary>What a look at a budget means, given all looks before: a <see cref="SpendMemory"/> goes in, and the next one comes out.</summary>
/// <param name="State">The state in force. Unknown where nothing can be said now; the memory keeps the last known one.</param>
/// <param name="Why">Lines that say how the state came about.</param>
/// <param name="Memory">What the next look needs.</param>
public sealed record SpendAssessment(SpendState State, Freshness Freshness, EquatableArray<string> Why, SpendMemory Memory)
{
    /// <summary>Periods in a row that nothing was spent in before an account counts as idle.</summary>
    private const int IdlePeriods = 3;

    /// <summary>A period counts as unused when it was seen so at the end, and not only in its first days.</summary>
    private static readonly TimeSpan SeenAtEnd = TimeSpan.FromHours(48);

    /// <summary>Null where the state is the one of before. Turning Unknown is no change, for not knowing is no news.</summary>
    public StateChange? Change { get; init; }

    public EquatableArray<ThresholdChange> Thresholds { get; init; } = [];

    /// <summary>10, 7 or 4 where money runs out within so many days and that has not been told in this period; else null.</summary>
    public int? RunwayLevel { get; init; }

    /// <summary>
    /// True where three full periods closed without spending, and this one has none either. <see cref="SpendMemory.LastSpentOn"/> says since when.
    /// </summary>
    public bool Idle { get; init; }

    /// <summary>What is known now, without a look; of use to whoever sweeps.</summary>
    public static SpendAssessment WithoutLook(SpendMemory memory, DateTimeOffset now)
    {
        if (now - memory.LastLookAt <= BlindChecks.LooksApart) return Unchanged(memory);
        var blind = new Freshness.Blind([BlindChecks.NotLooked(memory.LastLookAt)]);
        return Unchanged(memory) with { Freshness = blind, Memory = memory with { Freshness = blind } };
    }

    /// <summary>A look that is older than the last one, or the same once more, says nothing and changes nothing.</summary>
    public static SpendAssessment Of(SpendMemory memory, SpendLook look, SpendBounds bounds)
    {
        if (look.At <= memory.LastLookAt) return Unchanged(memory);
        var samePeriod = memory.Period == look.Period;
        var amounts = LookAmounts.Of(memory, look);
        var trusted = amounts.Trusted;
        var spend = new PeriodSpend(look.Period, look.Day, look.Limit ?? 0, amounts.Actual ?? 0, look.Unit) { Days = look.Days, IsRunning = true };
        var found = FoundState.Of(memory, look, spend, amounts, bounds);
        var newLimit = samePeriod && memory.Limit != look.Limit;
        var read = amounts.Freshness is Freshness.Held ? ThresholdChange.StillInAlarm(memory.Alarms, look.Thresholds) : look.Thresholds;
        var thresholds = read is { } states
            ? ThresholdChange.Between(memory.Alarms, states, WhyCleared(samePeriod, newLimit && look.Limit > memory.Limit))
            : [];
        var seen = memory with
        {
            LastLookAt = look.At,
            Freshness = amounts.Freshness,
            Alarms = read is { } now ? now.Where(state => state.Alarm).Select(state => state.Key).ToImmutableSortedSet() : memory.Alarms,
        };
        // Nothing is known of the amounts: what was known of a period before stays, so that the step into this one is made when something is.
        if (found.State == SpendState.Unknown) return new(SpendState.Unknown, amounts.Freshness, found.Why, seen) { Thresholds = thresholds };

        var (state, falling) = Hysteresis.Step(memory, found.State, look.At, trusted, renewed: !samePeriod || newLimit);
        var why = state == found.State
            ? found.Why
            : [.. found.Why, $"{state} stays until two looks 8 hours apart say less{(trusted ? "" : "; held or blind amounts do not count")}"];
        var unused = samePeriod ? memory.UnusedPeriods : ClosedUnused(memory, look.Period) ? memory.UnusedPeriods + 1 : 0;
        var spentMore = trusted && amounts.Actual > (samePeriod ? memory.Actual ?? 0 : 0);
        // A raised limit is another amount of money, which runs out anew.
        var told = samePeriod && !(newLimit && look.Limit > memory.Limit) ? memory.RunwayLevel : null;
        var runway = Runway.Of(spend);
        var level = trusted ? RunwayLevels.Of(spend, runway) : null;
        var tell = level < (told ?? int.MaxValue) ? level : null;
        var over = tell is null && told is not null && (memory.RunwayOver || (trusted && RunwayLevels.IsOver(spend, runway)));
        return new(state, amounts.Freshness, why, seen with
        {
            State = state,
            Period = look.Period,
            // A limit counts as new until true amounts have been measured against it.
            Limit = trusted ? look.Limit : memory.Limit,
            Actual = amounts.Actual,
            Forecast = amounts.Forecast,
            AmountsAt = trusted ? look.At : memory.AmountsAt,
            ActualSince = samePeriod && memory.Actual == amounts.Actual ? memory.ActualSince : look.At,
            Falling = falling,
            ForecastCriticalSince = found.CriticalSince,
            ForecastShutdownSince = found.ShutdownSince,
            UnusedPeriods = unused,
            FirstSpentOn = memory.FirstSpentOn ?? (spentMore ? look.Day : null),
            LastSpentOn = spentMore ? look.Day : memory.LastSpentOn,
            RunwayLevel = tell ?? told,
            RunwayOver = over,
        })
        {
            Change = state == memory.State ? null : new StateChange(memory.State, state),
            Thresholds = thresholds,
            RunwayLevel = tell,
            Idle = unused >= IdlePeriods && state == SpendState.Unused,
        };
    }

    private static SpendAssessment Unchanged(SpendMemory memory) =>
        new(memory.State, memory.Freshness, [], memory) { Idle = memory is { UnusedPeriods: >= IdlePeriods, State: SpendState.Unused } };

    /// <summary>True where the period remembered is the one before, was seen to its end and had no spending.</summary>
    private static bool ClosedUnused(SpendMemory memory, BudgetPeriod next) =>
        memory is { State: SpendState.Unused, Period: { } closed, AmountsAt: { } at }
            && closed.End == next.Start
            && at >= new DateTimeOffset(closed.End, TimeOnly.MinValue, TimeSpan.Zero) - SeenAtEnd;

    private static string WhyCleared(bool samePeriod, bool raised) =>
        !samePeriod ? "a new period began" : raised ? "the limit was raised" : "the amount went below it";
}

/// <summary>A state that followed another.</summary>
public readonly record struct StateChange(SpendState Before, SpendState After);
