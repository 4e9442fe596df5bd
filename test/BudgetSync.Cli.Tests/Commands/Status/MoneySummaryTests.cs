using BudgetSync.Cli.Commands.Status;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Tests.Commands.Status;

public sealed class MoneySummaryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    private static readonly BudgetPeriod November = new(new DateOnly(2026, 11, 1), new DateOnly(2026, 12, 1));

    [Fact]
    public void It_counts_states_from_the_worst_and_names_who_is_over_and_who_runs_out()
    {
        string[] told =
        [
            .. MoneySummary.Of(
            [
                Line("111111111111", SpendState.OnTarget, 100, 80, new DateOnly(2026, 11, 26)),
                Line("222222222222", SpendState.Over, 100, 105),
                Line("333333333333", SpendState.Critical, 100, 240, new DateOnly(2026, 11, 9)),
                Line("444444444444", SpendState.Over, 100, 119),
                Line("555555555555", SpendState.Over, 100, 101),
                Line("666666666666", SpendState.OnTarget, 100, 80, new DateOnly(2026, 12, 4)),
                Line("777777777777", SpendState.Unknown, 100, null),
            ]),
        ];

        // Who is above the limit already, and whose money lasts into the next period, does not run out in this one.
        Assert.Equal(
            [
                "Money of 6 budgets, as last looked at: 1 Critical, 3 Over, 2 OnTarget.",
                "Over or worse: 333333333333 team 240 %, 444444444444 team 119 %, 222222222222 team 105 % and 1 more ('budgetsync report --html FILE' has "
                    + "them all).",
                "Out of money before the period ends: 111111111111 team on 2026-11-26.",
            ],
            told);
    }

    [Fact]
    public void A_budget_that_is_over_below_its_limit_says_what_makes_it_so()
    {
        var byForecast = Line("111111111111", SpendState.Over, 100, 96, forecast: 118);
        string[] why = ["actual 95.0 % is at or above 80", "Over stays until two looks 8 hours apart say less"];
        var falling = Line("222222222222", SpendState.Over, 100, 95, why: why);

        Assert.Equal(
            "Over or worse: 111111111111 team 96 %, 118 % expected, 222222222222 team 95 %, Over stays until two looks 8 hours apart say less.",
            MoneySummary.Of([byForecast, falling]).Last());
    }

    [Fact]
    public void Without_a_single_amount_it_says_nothing() => Assert.Empty(MoneySummary.Of([Line("111111111111", SpendState.Unknown, 100, null)]));

    private static CoverageLine Line(
        string account,
        SpendState state,
        decimal limit,
        decimal? spent,
        DateOnly? exhausted = null,
        decimal? forecast = null,
        string[]? why = null) => new(
        account,
        "",
        IsAccount: true,
        CoverageState.Applied,
        [],
        "",
        new StatusRow
        {
            Key = account,
            State = AccountState.Applied,
            FirstSeenAt = Now,
            Budgets = [new ReportedBudget("team", limit, "USD", spent, forecast, state)],
            Spend =
            [
                new SpendStanding("team", SpendMemory.None with { State = state, Period = November, Actual = spent })
                {
                    ExhaustedOn = exhausted,
                    Why = [.. why ?? []],
                },
            ],
        });
}
