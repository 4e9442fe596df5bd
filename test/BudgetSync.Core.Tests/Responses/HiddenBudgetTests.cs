using BudgetSync.Core.Reports;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;

namespace BudgetSync.Core.Tests.Responses;

/// <summary>
/// Whoever may put events on the account's bus can make up that a budget is missing, or is another. What is due begins all the same, by the spoke's own answer.
/// </summary>
public sealed class HiddenBudgetTests
{
    private const string Armed = """[{"At":"100","Do":"DENY_NEW","Mode":"ARMED"}]""";
    private const string Confirm = """[{"At":"100","Do":"DENY_NEW","Mode":"CONFIRM","Grace":"0m"}]""";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static TheoryData<string> Forgeries => ["missing", "not told", "another limit", "another currency", "computed anew", "of another period"];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void What_is_due_begins_by_the_spokes_own_answer(string forgery)
    {
        var account = Planned(Armed, forgery);

        Assert.True(ResponsePlan.Decide(account.Facts, Sweep(account)).AsksSpoke);
        Assert.Equal("InForce", account.Decided());
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void What_was_approved_begins_by_the_spokes_own_answer(string forgery)
    {
        var account = Planned(Confirm, forgery).Approve();

        Assert.True(ResponsePlan.Decide(account.Facts, Sweep(account) with { Brake = null }).AsksSpoke);
        Assert.Equal("InForce", account.Decided());
    }

    [Fact]
    public void What_the_spoke_does_not_find_either_does_not_begin()
    {
        foreach (var said in new Func<ReportedBudget, ReportedBudget>[]
        {
            truth => truth with { Missing = true },
            truth => truth with { ActualSpend = 0, UpdatedAt = truth.AsOf },
            truth => truth with { HealthProblem = "FILTER_INVALID" },
            truth => truth with { Unit = "EUR" },
            truth => truth with { Limit = 100 },
        })
        {
            var account = Planned(Armed, "missing");
            account.Word = Said(account, said);
            Assert.Equal("Planned", account.Decided());
            Assert.NotEqual("", account.Only.HeldBack);
        }
    }

    [Fact]
    public void While_the_spoke_says_nothing_it_is_held_back_and_the_reason_says_so()
    {
        var account = Planned(Armed, "missing");
        account.Word = new SpokeWord.Silent("the role cannot be assumed");

        Assert.Equal("Planned", account.Decided());
        Assert.Contains("its spoke was asked, and did not answer: the role cannot be assumed", account.Only.HeldBack, StringComparison.Ordinal);
    }

    /// <summary>An event that came while it was asked, and says that it is of later, makes the answer no older one.</summary>
    [Fact]
    public void An_event_that_says_that_it_is_newer_does_not_outlive_the_answer()
    {
        var account = Planned(Armed, "another limit");
        var standing = Assert.Single(account.Row.Spend);
        var later = standing with { Memory = standing.Memory with { LastLookAt = account.Now.AddMinutes(1), Actual = 5000, State = SpendState.Unknown } };
        account.Row = account.Row with { Spend = [later] };

        Assert.Equal("InForce", account.Decided());
    }

    [Fact]
    public void Nobody_is_asked_for_what_could_not_begin_anyway()
    {
        Assert.False(Asks(Planned(Armed, "missing"), new MassBrake(0, 1), armed: false));
        Assert.False(Asks(Planned(Armed, "missing"), brake: null));
        Assert.False(Asks(Planned(Armed, "missing"), brake: new MassBrake(11, 100)));
        Assert.False(Asks(Planned(Confirm, "missing"), brake: null));
        var early = new Spending(Armed, 1050);
        early.Decide();
        Assert.False(Asks(Forged(early, "missing"), new MassBrake(0, 1)));

        static bool Asks(Spending account, MassBrake? brake, bool armed = true) =>
            ResponsePlan.Decide(account.Facts, new ResponseContext(account.Now, armed, brake)).AsksSpoke;
    }

    private static ResponseContext Sweep(Spending account) => new(account.Now, Armed: true, new MassBrake(0, 1));

    /// <summary>It was found in truth, an hour passed, and then the event came.</summary>
    private static Spending Planned(string responses, string forgery)
    {
        var account = new Spending(responses, 1050);
        account.Decide();
        account.After(Hour);
        var truth = Said(account, budget => budget);
        Forged(account, forgery).Word = truth;
        return account;
    }

    private static SpokeWord.Said Said(Spending account, Func<ReportedBudget, ReportedBudget> said)
    {
        var period = new BudgetPeriod(new DateOnly(2026, 11, 1), new DateOnly(2026, 12, 1));
        var truth = new ReportedBudget("SpokeAccountBudget", 1000, "USD", 1050, null, SpendState.Unknown) { AsOf = account.Now, Period = period };
        return new SpokeWord.Said(new Report { Outcome = ReportOutcome.Looked, Budgets = [said(truth)], At = account.Now }, null);
    }

    private static Spending Forged(Spending account, string forgery)
    {
        var shorter = new BudgetPeriod(new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 13));
        switch (forgery)
        {
            case "missing":
                account.Row = account.Row with { Budgets = [account.Row.Budgets[0] with { Missing = true }] };
                break;
            case "not told":
                account.Row = account.Row with { Budgets = [], Spend = [] };
                break;
            case "another limit":
                account.Spent(1050, memory => memory with { Limit = 9000 }, budget => budget with { Limit = 9000 });
                break;
            case "another currency":
                account.Spent(1050, null, budget => budget with { Unit = "EUR" });
                break;
            case "of another period":
                account.Spent(1050, memory => memory with { Period = shorter }, budget => budget with { Period = shorter });
                break;
            default:
                account.Spent(1050, memory => memory with { Freshness = new Freshness.Held(null, "the budget was written") });
                break;
        }

        return account;
    }
}
