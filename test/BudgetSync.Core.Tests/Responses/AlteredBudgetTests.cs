using BudgetSync.Core.Budgets;
using BudgetSync.Core.Planning;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Spend;

namespace BudgetSync.Core.Tests.Responses;

/// <summary>A budget that somebody made narrower truly says less, and not of what the row asks for.</summary>
public sealed class AlteredBudgetTests
{
    private const string Armed = """[{"At":"100","Do":"DENY_NEW","Mode":"ARMED"}]""";

    [Theory]
    [InlineData("altered", "it finds that the budget counts something else than its row asks for")]
    [InlineData("another parameter", "its parameter is not what BudgetSync last asked for")]
    public void What_it_answers_ends_nothing(string how, string why)
    {
        var account = InForce().Spent(10);
        account.Row = account.Row with { DesiredRevision = "0123456789abcdef" };
        var truth = Assert.Single(account.Row.Budgets);
        account.Word = Said(account, truth with { IsAltered = how == "altered" }, how == "altered" ? "0123456789abcdef" : "fedcba9876543210");

        Assert.Equal("InForce", account.Decided());
        Assert.Contains(why, account.Only.HeldBack, StringComparison.Ordinal);
        Assert.Equal(1050, account.Only.Known?.Actual);

        account.Word = Said(account, truth, "0123456789abcdef");
        Assert.Equal("Revoked", account.Decided());
    }

    [Fact]
    public void A_look_tells_what_counts_something_else_and_not_another_limit()
    {
        var desired = Assert.IsType<DesiredBudgets>(new Spending("[]").Facts.Desired);
        var settings = Assert.Single(desired.Budgets).Settings;

        Assert.False(Look(settings).IsAltered);
        Assert.False(Look(settings with { Amount = new BudgetAmount.Fixed(new SpendAmount(9000, "USD")) }).IsAltered);
        var narrower = settings with { CostFilters = settings.CostFilters.Items.SetItem("Service", ["AWS Lambda"]) };
        Assert.True(Look(narrower).IsAltered);
        Assert.NotEmpty(BudgetComparison.Differences(settings, narrower));

        ReportedBudget Look(BudgetSettings actual) => Assert.Single(
            ReportedBudget.Seen(desired, new ActualBudgets([new ActualBudget(actual, [], [], Managed: true)]), Spending.Noon, SpendBounds.Default));
    }

    [Fact]
    public void It_travels_in_the_report()
    {
        var budget = new ReportedBudget("SpokeAccountBudget", 1000, "USD", 10, null, SpendState.Unused) { IsAltered = true };
        var report = new Report { Outcome = ReportOutcome.Looked, Budgets = [budget], At = Spending.Noon };

        var read = Assert.IsType<ParsedReport.Read>(ReportJson.Parse(ReportJson.Format(report)));

        Assert.True(Assert.Single(read.Report.Budgets).IsAltered);
    }

    private static SpokeWord.Said Said(Spending account, ReportedBudget budget, string revision) => new SpokeWord.Said(
        new Report { Outcome = ReportOutcome.Looked, Budgets = [budget], Revision = revision, At = account.Now }, null);

    private static Spending InForce()
    {
        var account = new Spending(Armed, 1050);
        account.Decide();
        account.After(TimeSpan.FromHours(1)).Decide();
        Assert.Equal("InForce", account.Only.State.Name);
        return account;
    }
}
