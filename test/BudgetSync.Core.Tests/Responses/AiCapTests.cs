using BudgetSync.Core.Ai;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Tests.Responses;

/// <summary>What the organization does for the cap of an account's models.</summary>
public sealed class AiCapTests
{
    private const string Armed = """ ,"Ai":{"AccountCap":{"Limit":100,"Mode":"ARMED"}} """;

    [Fact]
    public void What_the_spoke_asks_for_is_planned_and_denied_after_the_hour_of_every_response()
    {
        var account = Asking(Armed);

        Assert.Equal("Planned", account.Decided());
        Assert.Equal("Ai.AccountCap is Grace: $120.50 of $100.00 (120 %)", account.Only.Fact);
        Assert.Null(account.Row.TravellingAi(AiPolicy.Empty)?.AccountDenied is true ? "denied" : null);
        Assert.Equal("InForce", account.After(TimeSpan.FromHours(1)).Decided());

        Assert.Equal((RestrictionKind.DENY_AI, true), (account.Only.Rule.Do, account.Only.IsOfOrganization));
        Assert.Empty(account.Row.Travelling);
        Assert.Equal(AiCap.Rule, Core.Rows.Building.ResponseText.Parse(Core.Rows.Building.ResponseText.Format(AiCap.Rule)));
    }

    /// <summary>Asked for is not in force: the spoke is told when the organization says that it is done, until it says that it is undone.</summary>
    [Fact]
    public void The_spoke_hears_of_it_from_when_the_organization_confirms_until_it_is_undone()
    {
        var account = Asking(Armed);
        account.Decide();
        account.After(TimeSpan.FromHours(1)).Decide();
        Assert.Equal(("InForce", false), (account.Only.State.Name, Denied(account)));

        account.Row = Enforced(account, RestrictionOutcome.Failed);
        Assert.Equal(("Failed", false), (account.Only.State.Name, Denied(account)));
        account.Row = Enforced(account, RestrictionOutcome.InForce);
        Assert.Equal(("InForce", true), (account.Only.State.Name, Denied(account)));
        Assert.Same(account.Row, Enforced(account, RestrictionOutcome.InForce));

        account.Row = account.Row with { Ai = account.Row.Ai! with { DenyAccount = false } };
        Assert.Equal(("Revoked", true), (account.Decided(), Denied(account)));
        account.Row = Core.Status.StatusChange.Enforced(account.Row, [], account.Now);
        Assert.Equal(("Lifted", false), (account.Only.State.Name, Denied(account)));

        static Core.Status.StatusRow Enforced(Spending account, RestrictionOutcome outcome) => Core.Status.StatusChange.Enforced(
            account.Row,
            [new ReportedRestriction(account.Only.Id, outcome) { Reasons = outcome == RestrictionOutcome.Failed ? ["five already"] : [] }],
            account.Now);
        static bool Denied(Spending account) => (account.Row with { Meters = true }).TravellingAi(AiPolicy.Empty)!.AccountDenied;
    }

    [Fact]
    public void It_ends_when_the_spoke_does_not_ask_any_more_or_the_row_does_not()
    {
        var account = Asking(Armed);
        account.Decide();
        account.After(TimeSpan.FromHours(1)).Decide();
        account.Row = account.Row with { Ai = account.Row.Ai! with { DenyAccount = false } };
        Assert.Equal("Revoked", account.Decided());

        var other = Asking(Armed);
        other.Decide();
        other.After(TimeSpan.FromHours(1)).Decide();
        other.Respond("[]").Decide();
        Assert.Equal("its row does not ask for it any more", Assert.IsType<RestrictionState.Revoked>(other.Only.State).Why);
    }

    [Theory]
    [InlineData("")]
    [InlineData(""" ,"Ai":{"AccountCap":{"Limit":100}} """)]
    [InlineData(""" ,"Ai":{"Default":{"Mode":"ARMED"}} """)]
    public void A_spoke_alone_restricts_nothing(string more) => Assert.Equal("", Asking(more).Decided());

    [Fact]
    public void On_an_old_report_nothing_begins_and_nothing_ends()
    {
        var account = Asking(Armed);
        account.Decide();
        account.After(TimeSpan.FromHours(1)).Decide();

        account.Row = account.Row with { Ai = account.Row.Ai! with { DenyAccount = false, At = account.Now.AddHours(-27) } };

        Assert.Equal("InForce", account.Decided());
        account = Asking(Armed);
        account.Row = account.Row with { Ai = account.Row.Ai! with { At = account.Now.AddHours(-27) } };
        Assert.Equal("", account.Decided());
    }

    private static Spending Asking(string more)
    {
        var account = new Spending("[]").Respond("[]", more);
        var line = new AiLine(
            new AiSubject.Account(), AiWindow.ThirtyDays.Of(Spending.Noon), 120.5m, 100, ResponseMode.ARMED, new AiState.Grace(Spending.Noon, []));
        account.Row = account.Row with { Ai = new AiReport(Spending.Noon) { Lines = [line], DenyAccount = true } };
        return account;
    }
}
