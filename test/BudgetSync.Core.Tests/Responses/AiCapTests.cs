using BudgetSync.Core.Ai;
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
        Assert.True((account.Row with { Meters = true }).TravellingAi(AiPolicy.Empty)!.AccountDenied);
        Assert.Empty(account.Row.Travelling);
        Assert.Equal(AiCap.Rule, Core.Rows.Building.ResponseText.Parse(Core.Rows.Building.ResponseText.Format(AiCap.Rule)));
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
