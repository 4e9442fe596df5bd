using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;

namespace BudgetSync.Core.Tests.Responses;

/// <summary>
/// What is known of a period, held against the limit of the row: a raised limit ends a restriction although AWS shows nothing until it has computed the budget
/// anew (UpdateBudget drops the calculated spend), and although the spoke cannot be asked.
/// </summary>
public sealed class KnownSpendTests
{
    private const string Armed = """[{"At":"100","Do":"DENY_NEW","Mode":"ARMED"}]""";
    private const string ByState = """[{"At":"Over","Do":"QUARANTINE","Mode":"ARMED"}]""";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly SpokeWord Silent = new SpokeWord.Silent("the role cannot be assumed");

    [Theory]
    [InlineData(Armed)]
    [InlineData(ByState)]
    [InlineData("""[{"At":"Runway 5","Do":"DENY_NEW","Mode":"ARMED"}]""")]
    public void A_raised_limit_ends_it_by_what_is_known_and_asks_nobody(string responses)
    {
        var account = InForce(responses, 1050);
        account.Word = Silent;

        Assert.Equal("Revoked", Raised(account, 5000, 1050).Decided());
    }

    /// <summary>The look after the edit found zero before anything was decided: the last true amounts stand in.</summary>
    [Fact]
    public void A_raised_limit_ends_it_while_AWS_computes_the_budget_anew()
    {
        var account = InForce(Armed, 1050);
        account.Word = Silent;

        Raised(account, 5000, 1050, memory => memory with { Freshness = new Freshness.Held(account.Now, "the budget was written") });

        Assert.Equal("Revoked", account.Decided());
    }

    [Fact]
    public void Amounts_that_are_held_under_the_old_limit_end_nothing()
    {
        var account = InForce(Armed, 1050);
        account.Spent(10, memory => memory with { Freshness = new Freshness.Held(account.Now, "the budget was written") });

        Assert.Equal("InForce", account.Decided());
    }

    [Theory]
    [InlineData(1040)]
    [InlineData(1050)]
    public void A_limit_that_is_raised_too_little_ends_nothing_although_events_say_less(decimal limit)
    {
        var account = InForce(Armed, 1050);
        account.Word = Silent;

        Assert.Equal("InForce", Raised(account, limit, 10).Decided());
        Assert.Contains("the role cannot be assumed", account.Only.HeldBack, StringComparison.Ordinal);
    }

    /// <summary>A report that says less, or names another period, forgets nothing; one that says more is of the account's own making.</summary>
    [Fact]
    public void Events_raise_what_is_known_and_lower_nothing()
    {
        var account = InForce(Armed, 1050);
        account.Word = Silent;
        var shorter = new BudgetPeriod(new DateOnly(2026, 11, 12), new DateOnly(2026, 11, 13));

        account.Spent(1200).Decide();
        account.Spent(10).Decide();
        account.Spent(20, memory => memory with { Period = shorter }, budget => budget with { Period = shorter }).Decide();
        account.Spent(30, budget: budget => budget with { Unit = "EUR" }).Decide();

        Assert.Equal((1200, false), (account.Only.Known?.Actual, account.Only.Known?.IsPartial));
        Assert.Equal("InForce", account.Only.State.Name);
    }

    [Fact]
    public void What_the_spoke_answers_lowers_what_is_known_and_zero_does_not()
    {
        var account = InForce(Armed, 1050);
        account.Spent(1010).Word = Answer(account, 1200);
        account.Spent(900).Decide();
        Assert.Equal(("InForce", 1200), (account.Only.State.Name, account.Only.Known?.Actual));

        account.Word = Answer(account, 0);
        account.Decide();
        Assert.Equal(("InForce", 1200), (account.Only.State.Name, account.Only.Known?.Actual));

        account.Word = Answer(account, 900);
        account.Decide();
        Assert.Equal(("Revoked", 900), (account.Only.State.Name, account.Only.Known?.Actual));
    }

    internal static Spending InForce(string responses, decimal actual)
    {
        var account = new Spending(responses, actual);
        account.Decide();
        account.After(Hour).Decide();
        Assert.Equal("InForce", account.Only.State.Name);
        return account;
    }

    /// <summary>The row has another limit, and so has what the account reports.</summary>
    internal static Spending Raised(
        Spending account,
        decimal limit,
        decimal actual,
        Func<SpendMemory, SpendMemory>? memory = null,
        Func<ReportedBudget, ReportedBudget>? budget = null)
    {
        account.RowText = account.RowText.Replace(
            account.RowText[account.RowText.IndexOf("\"BudgetValue\"", StringComparison.Ordinal)..account.RowText.IndexOf(",\"Resp", StringComparison.Ordinal)],
            $"\"BudgetValue\":{limit}",
            StringComparison.Ordinal);
        var state = SpendBounds.Default.StateOf(new SpendAmount(limit, "USD"), new SpendAmount(actual, "USD"), null);
        return account.Spent(
            actual,
            known => (memory ?? (same => same))(known with { Limit = limit, State = state }),
            known => (budget ?? (same => same))(known with { Limit = limit }));
    }

    internal static SpokeWord.Said Answer(Spending account, decimal actual) => new SpokeWord.Said(
        new Report { Outcome = ReportOutcome.Looked, Budgets = [Assert.Single(account.Row.Budgets) with { ActualSpend = actual }], At = account.Now }, null);
}
