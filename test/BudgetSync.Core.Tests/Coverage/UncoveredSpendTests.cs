using System.Collections.Immutable;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Costs;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Tests.Coverage;

public sealed class UncoveredSpendTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 28, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Accounts_without_a_budget_are_those_that_no_row_covers_and_those_that_have_got_none()
    {
        CoverageLine[] lines =
        [
            Line("111111111111", CoverageState.Applied, budgets: 1),
            Line("222222222222", CoverageState.Uncovered, budgets: 0),
            Line("333333333333", CoverageState.Blocked, budgets: 0),
            // Its spoke went silent; the budget is there all the same.
            Line("444444444444", CoverageState.Unchecked, budgets: 1),
            // On its way.
            Line("555555555555", CoverageState.Pending, budgets: 0),
            Line("ou-ab12-11111111", CoverageState.Orphan, budgets: 0) with { IsAccount = false },
        ];

        var uncovered = UncoveredSpend.Of(lines, Month(("111111111111", 900), ("222222222222", 40.5m), ("333333333333", 60), ("999999999999", 7)));

        // 40.50 and 60; the account that has left the organization is none of its accounts.
        Assert.Equal((2, 100.5m, "USD", At), (uncovered.Accounts, uncovered.Spent, uncovered.Unit, uncovered.AsOf));
        Assert.Equal(["333333333333", "222222222222"], uncovered.Largest.Select(account => account.Account.Value));
    }

    [Fact]
    public void Without_Cost_Explorer_they_are_counted_and_nothing_is_claimed_of_their_costs()
    {
        var uncovered = UncoveredSpend.Of([Line("222222222222", CoverageState.Uncovered, budgets: 0)], null);

        Assert.Equal((1, null, null), (uncovered.Accounts, uncovered.Spent, uncovered.AsOf));
        Assert.Empty(uncovered.Largest);
    }

    [Fact]
    public void The_three_that_spent_most_are_named()
    {
        string[] accounts = ["111111111111", "222222222222", "333333333333", "444444444444", "555555555555"];
        var lines = accounts.Select(account => Line(account, CoverageState.Uncovered, budgets: 0));

        var uncovered = UncoveredSpend.Of(lines, Month((accounts[0], 1), (accounts[1], 5), (accounts[2], 3), (accounts[3], 4)));

        Assert.Equal([accounts[1], accounts[3], accounts[2]], uncovered.Largest.Select(account => account.Account.Value));
        Assert.Equal((5, 13m), (uncovered.Accounts, uncovered.Spent));
    }

    private static MonthToDate Month(params (string Account, decimal Cost)[] costs) =>
        new(new(2026, 11, 1), "USD", costs.ToImmutableDictionary(cost => AccountId.Parse(cost.Account), cost => cost.Cost), At);

    private static CoverageLine Line(string key, CoverageState state, int budgets)
    {
        var status = StatusChange.Rejected(null, key, ["any"], At, At) with
        {
            Budgets = [.. Enumerable.Range(0, budgets).Select(number => new ReportedBudget($"b{number}", 100, "USD", 1, null, SpendState.Under))],
        };
        return new(key, "", IsAccount: true, state, ["any"], "", status);
    }
}
