using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;
using BudgetSync.Core.Tests.Generators;

namespace BudgetSync.Core.Tests.Spend.Assessment;

public sealed class AssessmentPropertyTests
{
    private static readonly SpendBounds Bounds = SpendBounds.Default with { ForecastCriticalFrom = 130, ForecastShutdownFrom = 160 };

    [Fact]
    public void A_look_told_twice_or_too_late_changes_nothing() => Property.ForAllSeeds(random =>
    {
        var memory = SpendMemory.None;
        SpendLook? earlier = null;
        foreach (var look in Sequence(random))
        {
            var next = SpendAssessment.Of(memory, look, Bounds).Memory;
            foreach (var repeated in new[] { look, earlier ?? look })
            {
                var again = SpendAssessment.Of(next, repeated, Bounds);
                Assert.Equal(next, again.Memory);
                Assert.Null(again.Change);
                Assert.Empty(again.Thresholds);
                Assert.Null(again.RunwayLevel);
            }

            (memory, earlier) = (next, look);
        }
    });

    [Fact]
    public void Whatever_was_lost_two_true_looks_eight_hours_apart_say_what_the_amounts_say() => Property.ForAllSeeds(SaysWhatTheAmountsSay);

    /// <summary>A world in which both looks are in the first day of a month and find what the last month's amount was; few seeds have one.</summary>
    [Fact]
    public void An_amount_like_the_last_months_is_in_doubt_for_a_day_and_no_longer() => SaysWhatTheAmountsSay(new Random(351101072));

    private static void SaysWhatTheAmountsSay(Random random)
    {
        var looks = Sequence(random);
        var memory = looks.Where(_ => random.Next(3) > 0).Aggregate(SpendMemory.None, (before, look) => SpendAssessment.Of(before, look, Bounds).Memory);
        var at = looks[^1].At.AddHours(1);
        var last = Looks.At(at, random.Next(0, 2_000), random.Next(0, 2_500));
        var second = SpendAssessment.Of(SpendAssessment.Of(memory, last, Bounds).Memory, last with { At = at.AddHours(8) }, Bounds);
        var fresh = SpendAssessment.Of(SpendMemory.None, last, Bounds).State;
        // A forecast may have been settled by looks before.
        if (last.Forecast >= 1_300 || Looks.At(at.AddHours(8), 0).Period != last.Period) return;
        if (second.Freshness is not Freshness.Held)
        {
            Assert.Equal(fresh, second.State);
            return;
        }

        // In the first day of a month an amount like the last month's may still be that month's, and none other; with the day ends the doubt.
        var began = new DateTimeOffset(last.Period.Start, TimeOnly.MinValue, TimeSpan.Zero);
        Assert.True(at.AddHours(8) < began.AddDays(1), $"held at {at.AddHours(8):u}");
        Assert.InRange(last.Actual ?? 0, memory.Actual ?? 0, (memory.Actual ?? 0) * 1.1m);
        Assert.Equal(fresh, SpendAssessment.Of(second.Memory, last with { At = began.AddDays(1) }, Bounds).State);
    }

    [Fact]
    public void Within_a_period_and_a_limit_a_state_falls_only_to_what_all_looks_of_eight_hours_kept_to() => Property.ForAllSeeds(random =>
    {
        var memory = SpendMemory.None;
        var found = new List<(DateTimeOffset At, SpendState State)>();
        foreach (var look in Sequence(random))
        {
            var next = SpendAssessment.Of(memory, look, Bounds);
            if (look.Actual is not null && IsTrusted(next.Freshness))
            {
                if (memory.Period != look.Period || memory.Limit != look.Limit) found.Clear();
                found.Add((look.At, ByAmounts(look)));
            }

            if (next.Change is { } change && change.After < change.Before && memory.Period == look.Period && memory.Limit == look.Limit)
                Assert.True(found.AsEnumerable().Reverse().TakeWhile(one => one.State <= change.After).Last().At <= look.At.AddHours(-8));
            memory = next.Memory;
        }

        static bool IsTrusted(Freshness freshness) =>
            freshness is Freshness.Current || (freshness is Freshness.Blind { Reasons: var reasons } && reasons.All(one => one.Cause == BlindCause.NoForecast));

        static SpendState ByAmounts(SpendLook look) => Bounds.StateOf(Usd(look.Limit), Usd(look.Actual), Usd(look.Forecast));

        static SpendAmount? Usd(decimal? amount) => amount is { } known ? new SpendAmount(known, "USD") : null;
    });

    [Fact]
    public void An_amount_that_AWS_forgot_makes_no_state_fall_and_nothing_unused() => Property.ForAllSeeds(random =>
    {
        var memory = Sequence(random).Aggregate(SpendMemory.None, (before, look) => SpendAssessment.Of(before, look, Bounds).Memory);
        var at = memory.LastLookAt!.Value.AddHours(random.Next(1, 1_000));
        var forgotten = Looks.At(at, random.Next(2) == 0 ? 0 : null) with { UpdatedAt = at.AddHours(-random.Next(24)), Limit = random.Next(1, 3_000) };
        var assessment = SpendAssessment.Of(memory, forgotten, Bounds);
        Assert.True(assessment.State == SpendState.Unknown || assessment.State >= memory.State);
        if (memory.Period != forgotten.Period) Assert.Equal(SpendState.Unknown, assessment.State);
    });

    [Fact]
    public void Absurd_amounts_are_assessed_like_others() => Property.ForAllSeeds(random =>
    {
        decimal?[] absurd = [null, 0, 1, -1, 0.0000000001m, decimal.MaxValue, decimal.MinValue, 1e27m];
        var memory = SpendMemory.None;
        foreach (var look in Sequence(random))
        {
            var assessment = SpendAssessment.Of(memory, look with { Limit = Any(), Actual = Any(), Forecast = Any() }, Bounds);
            Assert.True(assessment.State == SpendState.Unknown || !assessment.Why.IsEmpty);
            memory = assessment.Memory;
        }

        decimal? Any() => absurd[random.Next(absurd.Length)];
    });

    private static ImmutableArray<SpendLook> Sequence(Random random)
    {
        var at = new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero).AddHours(random.Next(1_000));
        var looks = ImmutableArray.CreateBuilder<SpendLook>();
        for (var count = random.Next(1, 20); count > 0; count--)
        {
            at = at.AddHours(random.Next(1, random.Next(4) == 0 ? 400 : 12));
            looks.Add(Looks.At(at, random.Next(6) == 0 ? null : random.Next(0, 1_700), random.Next(3) == 0 ? null : random.Next(0, 2_000)) with
            {
                Limit = random.Next(8) == 0 ? 2_000 : 1_000,
                UpdatedAt = random.Next(5) == 0 ? at.AddHours(-random.Next(48)) : null,
                HealthProblem = random.Next(10) == 0 ? "FILTER_INVALID" : null,
                AccountSpends = random.Next(2) == 0,
                Thresholds = random.Next(4) == 0 ? null : [.. Enumerable.Range(1, 3).Select(ten => new ThresholdState(Key(ten * 10), random.Next(2) == 0))],
            });
        }

        return looks.ToImmutable();
    }

    private static NotificationKey Key(decimal threshold) =>
        new(NotificationType.ACTUAL, ComparisonOperator.GREATER_THAN, threshold, ThresholdType.PERCENTAGE);
}
