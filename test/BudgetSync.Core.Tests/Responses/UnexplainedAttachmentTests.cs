using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Tests.Responses;

/// <summary>
/// A restriction by a policy that is attached, and of which nothing says whose it is, is not known to be given back by silence (RESPONSES.md, "Whose an
/// attachment is").
/// </summary>
public sealed class UnexplainedAttachmentTests
{
    private const string Armed = """[{"At":"100","Do":"DENY_NEW","Mode":"ARMED"}]""";
    private const string Bound = "DenyNew is attached to role/developer, and nothing says any more whether BudgetSync or a person did that";

    [Fact]
    public void What_may_be_bound_yet_stays_Revoked_with_its_reason_until_nothing_is()
    {
        var account = InForce().Lift();

        Report(account, Found("DenyNew", account.Now));
        Assert.Equal(("Revoked", Bound), (account.Only.State.Name, Assert.Single(account.Only.Remarks)));

        account.Wait(TimeSpan.FromHours(1));
        Report(account);
        Assert.Equal("Lifted", account.Only.State.Name);
    }

    /// <summary>Of another policy; of what was there before this one was in force; and where the spoke knows that this very one is given back.</summary>
    [Theory]
    [InlineData("DenyAi", 0, false)]
    [InlineData("DenyNew", -2, false)]
    [InlineData("DenyNew", 0, true)]
    public void What_is_not_of_this_restriction_keeps_it_from_nothing(string policy, int hours, bool named)
    {
        var account = InForce().Lift();

        Report(account, Found(policy, account.Now.AddHours(hours)), named ? [new ReportedRestriction(account.Only.Id, RestrictionOutcome.Lifted)] : []);

        Assert.Equal("Lifted", account.Only.State.Name);
    }

    /// <summary>What a person attached deliberately in an account in which nothing is being lifted is nobody's failure.</summary>
    [Fact]
    public void Where_nothing_is_being_lifted_nothing_follows()
    {
        var (free, other) = (new Spending(Armed), new Spending(Armed));
        Report(free, Found("DenyNew", free.Now));
        Report(other);
        Assert.Equal((other.Row.State, 0), (free.Row.State, free.Row.Restrictions.Length));

        var account = InForce();
        Report(account, Found("DenyNew", account.Now), [new ReportedRestriction(account.Only.Id, RestrictionOutcome.InForce)]);
        Assert.Equal(("InForce", 0), (account.Only.State.Name, account.Only.Remarks.Length));
    }

    private static UnexplainedAttachments Found(string policy, DateTimeOffset since) => new(policy, since, Bound);

    /// <summary>By an event, and by the spoke's own answer.</summary>
    private static void Report(Spending account, UnexplainedAttachments? unexplained = null, EquatableArray<ReportedRestriction> restrictions = default)
    {
        var report = new Report
        {
            Outcome = ReportOutcome.Applied,
            Budgets = account.Row.Budgets,
            Restrictions = restrictions,
            Unexplained = unexplained is null ? [] : [unexplained],
            At = account.Now,
        };
        account.Row = StatusChange.Reported(account.Row, account.Account.Value, report, SpendBounds.Default, account.Now);
        account.Row = StatusChange.SpokeAnswered(account.Row, report with { Outcome = ReportOutcome.Looked }, account.Now);
    }

    private static Spending InForce()
    {
        var account = new Spending(Armed, 1050);
        account.Decide();
        account.After(TimeSpan.FromHours(1)).Decide();
        return account.Reported(new ReportedRestriction(account.Only.Id, RestrictionOutcome.InForce));
    }
}
