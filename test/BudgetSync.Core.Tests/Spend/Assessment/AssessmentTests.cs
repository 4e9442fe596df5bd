using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;

namespace BudgetSync.Core.Tests.Spend.Assessment;

public sealed class AssessmentTests
{
    private static readonly DateTimeOffset At = Looks.Noon12;

    private static readonly NotificationKey Eighty = new(NotificationType.ACTUAL, ComparisonOperator.GREATER_THAN, 80, ThresholdType.PERCENTAGE);

    [Fact]
    public void A_state_rises_at_once_and_says_from_what()
    {
        var first = Looks.First(Looks.At(At, 10));
        Assert.Equal(new StateChange(SpendState.Unknown, SpendState.Under), first.Change);
        var second = first.Then(Looks.At(At.AddMinutes(1), 1_500));
        Assert.Equal((SpendState.Shutdown, new StateChange(SpendState.Under, SpendState.Shutdown)), (second.State, second.Change));
        Assert.Null(second.Then(Looks.At(At.AddMinutes(2), 1_501)).Change);
    }

    [Fact]
    public void A_look_that_rises_again_begins_the_fall_anew()
    {
        var over = Looks.First(Looks.At(At, 1_001)).Then(Looks.At(At.AddHours(1), 10)).Then(Looks.At(At.AddHours(2), 1_002));
        Assert.Equal(SpendState.Over, over.Then(Looks.At(At.AddHours(9), 10)).State);
        Assert.Equal(SpendState.Under, over.Then(Looks.At(At.AddHours(9), 10)).Then(Looks.At(At.AddHours(17), 10)).State);
    }

    [Fact]
    public void A_new_period_or_another_limit_lets_a_state_fall_at_once()
    {
        var over = Looks.First(Looks.At(At, 1_001));
        Assert.Equal(SpendState.Under, over.Then(Looks.At(At.AddDays(20), 10)).State);
        Assert.Equal(SpendState.Under, over.Then(Looks.At(At.AddHours(1), 1_001) with { Limit = 5_000 }).State);
    }

    // Local time lapses showed it: on the first of the month all that had been over was told as over in the new month, until AWS computed it.
    [Fact]
    public void The_amount_of_the_month_before_is_none_of_the_new_month_until_AWS_has_computed_it()
    {
        var turn = new DateTimeOffset(2026, 12, 1, 1, 0, 0, TimeSpan.Zero);
        var over = Looks.First(Looks.At(turn.AddHours(-2), 1_200) with { Thresholds = [new(Eighty, true)] });

        // What the last hours of November took is in it.
        var first = over.Then(Looks.At(turn, 1_260) with { Thresholds = [new(Eighty, true)] });
        Assert.Equal((SpendState.Unknown, null), (first.State, first.Change));
        Assert.Equal("AWS has not computed the period that began on 2026-12-01", Assert.IsType<Freshness.Held>(first.Freshness).Reason);
        Assert.Empty(first.Thresholds);
        Assert.Equal(Looks.November, first.Memory.Period);

        var computed = first.Then(Looks.At(turn.AddHours(9), 3) with { Thresholds = [new(Eighty, false)] });
        Assert.Equal((SpendState.Under, "a new period began"), (computed.State, Assert.IsType<ThresholdChange.Cleared>(computed.Thresholds[0]).Why));

        // Another amount is the new month's, and so is any after a day.
        Assert.Equal(SpendState.Shutdown, over.Then(Looks.At(turn, 1_500)).State);
        Assert.Equal(SpendState.Shutdown, over.Then(Looks.At(turn.AddHours(23), 1_500)).State);
        Assert.Equal(SpendState.Critical, first.Then(Looks.At(turn.AddHours(23), 1_260)).State);
        var byDay = Looks.At(turn, 1_260) with { Period = new BudgetPeriod(new(2026, 12, 1), new(2026, 12, 2)) };
        var dayBefore = Looks.First(byDay with { At = turn.AddHours(-2), Period = new BudgetPeriod(new(2026, 11, 30), new(2026, 12, 1)) });
        Assert.Equal(SpendState.Critical, dayBefore.Then(byDay).State);
    }

    [Fact]
    public void What_UpdateBudget_zeroed_is_held_from_before_and_no_state_falls_by_it()
    {
        var over = Looks.First(Looks.At(At, 1_001, 1_200));
        var held = over.Then(Looks.At(At.AddHours(4), 0) with { Limit = 5_000, UpdatedAt = At.AddHours(1) });
        Assert.Equal(new Freshness.Held(At, "the budget was written at 2026-11-12 13:00 UTC"), held.Freshness);
        Assert.Equal((SpendState.Over, 1_001m, At), (held.State, held.Memory.Actual, held.Memory.AmountsAt));
        // A limit that was raised while nothing was computed still counts as new when it is.
        Assert.Equal(SpendState.Under, held.Then(Looks.At(At.AddHours(12), 1_003) with { Limit = 5_000, UpdatedAt = At.AddHours(1) }).State);
        // After a day it is no longer UpdateBudget's doing.
        Assert.IsType<Freshness.Current>(over.Then(Looks.At(At.AddHours(25), 0) with { UpdatedAt = At.AddHours(1) }).Freshness);
    }

    [Fact]
    public void Held_amounts_may_raise_a_state() =>
        Assert.Equal(
            SpendState.Shutdown,
            Looks.First(Looks.At(At, 900)).Then(Looks.At(At.AddHours(1), null) with { Limit = 500, UpdatedAt = At.AddMinutes(30) }).State);

    [Fact]
    public void A_budget_just_made_is_unknown_and_not_unused()
    {
        var made = Looks.First(Looks.At(At, 0) with { UpdatedAt = At.AddHours(-1) });
        Assert.Equal((SpendState.Unknown, (StateChange?)null), (made.State, made.Change));
        var next = Looks.First(Looks.At(At, 1_001)).Then(Looks.At(At.AddDays(20), 0) with { UpdatedAt = At.AddDays(20).AddHours(-1) });
        Assert.Equal(SpendState.Unknown, next.State);
        // The step from November to December is made when December is known.
        Assert.Equal(new StateChange(SpendState.Over, SpendState.Under), next.Then(Looks.At(At.AddDays(21), 10)).Change);
    }

    [Fact]
    public void An_unhealthy_budget_is_blind_in_words_and_its_state_does_not_fall()
    {
        var over = Looks.First(Looks.At(At, 1_001));
        var blind = over.Then(Looks.At(At.AddHours(20), 10) with { HealthProblem = "BILLING_VIEW_NO_ACCESS", HealthSince = At.AddHours(2) });
        Assert.Equal(SpendState.Over, blind.State);
        Assert.Equal(
            "Blind: team-a of 111122223333 has not been computed by AWS since 2026-11-12 14:00 UTC (BILLING_VIEW_NO_ACCESS). "
                + "Alerts and responses of this budget do not fire.",
            Assert.IsType<Freshness.Blind>(blind.Freshness).Text("team-a", "111122223333"));
        Assert.Equal(SpendState.Over, blind.Then(Looks.At(At.AddHours(40), 10) with { HealthProblem = "BILLING_VIEW_NO_ACCESS" }).State);
    }

    [Fact]
    public void A_budget_that_ended_is_blind() =>
        Assert.Equal(
            [new BlindReason(BlindCause.Ended, "ended on 2026-11-12 12:00 UTC")],
            Reasons(Looks.First(Looks.At(At, 10) with { BudgetEnd = At })));

    [Fact]
    public void An_amount_that_stands_still_is_blind_only_where_the_account_spends()
    {
        var first = Looks.First(Looks.At(At, 10));
        var still = Looks.At(At.AddHours(49), 10);
        Assert.IsType<Freshness.Current>(first.Then(still).Freshness);
        Assert.IsType<Freshness.Current>(first.Then(Looks.At(At.AddHours(48), 10) with { AccountSpends = true }).Freshness);
        Assert.Equal(
            [new BlindReason(BlindCause.Frozen, "has stood at 10 USD since 2026-11-12 12:00 UTC although the account spends")],
            Reasons(first.Then(still with { AccountSpends = true })));
    }

    [Fact]
    public void A_forecast_that_stays_away_is_blind_after_five_weeks_and_the_amounts_still_count()
    {
        var first = Looks.First(Looks.At(At, 1_001));
        Assert.IsType<Freshness.Current>(first.Then(Looks.At(At.AddDays(35), 10)).Freshness);
        var later = first.Then(Looks.At(At.AddDays(36), 10));
        Assert.Equal([new BlindReason(BlindCause.NoForecast, "has no forecast of AWS although spending was seen from 2026-11-12 on")], Reasons(later));
        Assert.Equal(SpendState.Under, later.State);
        Assert.IsType<Freshness.Current>(first.Then(Looks.At(At.AddDays(36), 10, 20)).Freshness);
    }

    [Fact]
    public void Nobody_having_looked_for_26_hours_is_blind_and_changes_no_state()
    {
        var over = Looks.First(Looks.At(At, 1_001));
        Assert.IsType<Freshness.Current>(SpendAssessment.WithoutLook(over.Memory, At.AddHours(26)).Freshness);
        var blind = SpendAssessment.WithoutLook(over.Memory, At.AddHours(27));
        Assert.Equal([new BlindReason(BlindCause.NotLooked, "has not been looked at since 2026-11-12 12:00 UTC")], Reasons(blind));
        Assert.Equal((SpendState.Over, (StateChange?)null), (blind.State, blind.Change));
        Assert.IsType<Freshness.Blind>(SpendAssessment.WithoutLook(SpendMemory.None, At).Freshness);
        Assert.IsType<Freshness.Current>(blind.Then(Looks.At(At.AddHours(28), 1_002)).Freshness);
    }

    [Fact]
    public void A_forecast_before_the_seventh_day_settles_nothing()
    {
        var bounds = SpendBounds.Default with { ForecastCriticalFrom = 130 };
        var sixth = new DateTimeOffset(2026, 11, 5, 22, 0, 0, TimeSpan.Zero);
        var first = Looks.First(Looks.At(sixth, 500, 2_000), bounds).Then(Looks.At(sixth.AddHours(21), 500, 2_000), bounds);
        Assert.Equal(SpendState.Over, first.State);
        Assert.Equal(SpendState.Critical, first.Then(Looks.At(sixth.AddHours(42), 500, 2_000), bounds).State);
        Assert.Equal(SpendState.Over, first.Then(Looks.At(sixth.AddHours(42), 500, 2_000)).State);
    }

    [Fact]
    public void A_forecast_that_went_below_in_between_must_settle_again()
    {
        var bounds = SpendBounds.Default with { ForecastCriticalFrom = 130 };
        var below = Looks.First(Looks.At(At, 500, 1_400), bounds).Then(Looks.At(At.AddHours(10), 500, 1_290), bounds);
        Assert.Equal(SpendState.Over, below.Then(Looks.At(At.AddHours(21), 500, 1_400), bounds).State);
    }

    [Fact]
    public void Without_AWS_the_low_end_of_our_own_forecast_decides()
    {
        var look = Looks.At(At, 640) with { Days = Looks.FirstExample };
        Assert.Equal(["actual 64.0 % is below 80", "our forecast's low end 170.6 % is above 110"], Looks.First(look).Why);
        Assert.Equal(SpendState.Critical, Looks.First(look, SpendBounds.Default with { ForecastCriticalFrom = 170 }).State);
        Assert.Equal(SpendState.Over, Looks.First(look, SpendBounds.Default with { ForecastCriticalFrom = 171 }).State);
    }

    [Fact]
    public void A_threshold_is_told_when_it_is_crossed_and_when_it_is_cleared_and_why()
    {
        var crossed = Looks.First(Looks.At(At, 900) with { Thresholds = [new(Eighty, true)] });
        Assert.Equal([new ThresholdChange.Crossed(Eighty)], crossed.Thresholds);
        Assert.Empty(crossed.Then(Looks.At(At.AddHours(4), 910) with { Thresholds = [new(Eighty, true)] }).Thresholds);
        Assert.Empty(crossed.Then(Looks.At(At.AddHours(4), 910) with { Thresholds = null }).Then(Ok(At.AddHours(8)) with { Thresholds = [] }).Thresholds);
        Assert.Equal([new ThresholdChange.Cleared(Eighty, "the amount went below it")], crossed.Then(Ok(At.AddHours(4))).Thresholds);
        Assert.Equal([new ThresholdChange.Cleared(Eighty, "the limit was raised")], crossed.Then(Ok(At.AddHours(4)) with { Limit = 2_000 }).Thresholds);
        Assert.Equal([new ThresholdChange.Cleared(Eighty, "a new period began")], crossed.Then(Ok(At.AddDays(20))).Thresholds);

        static SpendLook Ok(DateTimeOffset at) => Looks.At(at, 700) with { Thresholds = [new(Eighty, false)] };
    }

    [Fact]
    public void Running_out_is_told_once_at_each_level_of_a_period()
    {
        var first = Looks.First(Looks.At(At, 640) with { Days = Looks.FirstExample });
        Assert.Equal(7, first.RunwayLevel);
        var same = first.Then(Looks.At(At.AddHours(4), 640) with { Days = Looks.FirstExample });
        Assert.Null(same.RunwayLevel);
        Assert.Equal(4, same.Then(Looks.At(At.AddHours(8), 800) with { Days = Looks.FirstExample }).RunwayLevel);
        Assert.Null(Looks.First(Looks.At(At, 640) with { Limit = 3_201, Days = Looks.FirstExample }).RunwayLevel);
    }

    [Fact]
    public void Three_periods_without_spending_make_an_account_idle_and_a_cent_ends_it()
    {
        var assessment = Looks.First(Looks.At(new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero), 5));
        foreach (var day in (DateOnly[])[new(2026, 2, 27), new(2026, 3, 30), new(2026, 4, 30)])
        {
            assessment = assessment.Then(Looks.At(new(day, new TimeOnly(12, 0), TimeSpan.Zero), 0));
            Assert.False(assessment.Idle);
        }

        assessment = assessment.Then(Looks.At(new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero), 0));
        Assert.True(assessment.Idle);
        Assert.Equal(new DateOnly(2026, 1, 31), assessment.Memory.LastSpentOn);
        Assert.False(assessment.Then(Looks.At(new(2026, 5, 2, 12, 0, 0, TimeSpan.Zero), 0.01m)).Idle);
    }

    [Fact]
    public void A_period_that_was_not_seen_to_its_end_is_no_unused_one()
    {
        var march = Looks.At(new(2026, 3, 1, 1, 0, 0, TimeSpan.Zero), 0);
        var early = Looks.First(Looks.At(new(2026, 2, 26, 23, 0, 0, TimeSpan.Zero), 0));
        Assert.Equal(0, early.Then(march).Memory.UnusedPeriods);
        Assert.Equal(1, early.Then(Looks.At(new(2026, 2, 27, 0, 0, 0, TimeSpan.Zero), 0)).Then(march).Memory.UnusedPeriods);
    }

    private static EquatableArray<BlindReason> Reasons(SpendAssessment assessment) => Assert.IsType<Freshness.Blind>(assessment.Freshness).Reasons;
}
