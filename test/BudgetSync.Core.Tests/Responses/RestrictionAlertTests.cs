using System.Collections.Immutable;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;

namespace BudgetSync.Core.Tests.Responses;

public sealed class RestrictionAlertTests
{
    private static readonly ImmutableDictionary<string, Channel> Channels =
        ChannelSettings.Parse("""[{"name":"finops","kind":"Webhook","perHour":100}]""").Channels;

    [Fact]
    public void People_are_told_before_at_and_after_and_how_to_stop_it()
    {
        var account = new Spending("""[{"At":"Over","Do":"DENY_NEW","Mode":"CONFIRM"}]""", 1210);
        var told = new AccountAlerts(account.Account.Value);
        account.Decide();
        var id = account.Only.Id;

        Assert.Equal<string[]>(
            [$"Opened: DENY_NEW at Over is planned for 2026-11-12 13:00 UTC. SpokeAccountBudget is Critical: 1,210 USD (121.0 %) of 1,000 USD. "
                + "Stop it: budgetsync snooze 111122223333 --until DAY --because TEXT."],
            Tell());
        Assert.Empty(Tell());
        account.After(TimeSpan.FromHours(1)).Decide();
        Assert.Equal<string[]>(
            [$"Escalated: DENY_NEW at Over waits for approval until 2026-11-13 13:00 UTC. SpokeAccountBudget is Critical: 1,210 USD (121.0 %) of 1,000 USD. "
                + $"Let it begin: budgetsync approve 111122223333 {id}."],
            Tell());
        account.Approve().Decide();
        Assert.StartsWith("Escalated: DENY_NEW at Over is in force. ", Assert.Single(Tell()), StringComparison.Ordinal);
        account.Lift().Decide();
        Assert.Empty(Tell());
        account.Wait(TimeSpan.FromHours(1)).Reported().Decide();
        Assert.Equal<string[]>([$"Resolved: DENY_NEW at Over is lifted: {Spending.Jane} took it back: a slip (SpokeAccountBudget of 111122223333)."], Tell());

        string[] Tell()
        {
            var found = RestrictionAlerts.Of(account.Row, null, account.Now);
            var after = AlertDecision.Next(
                told,
                found,
                [new AlertRoute("finops", AlertSeverity.Warning)],
                Channels,
                open => SpendAlerts.Over(open, account.Account.Value, account.Row, account.Now),
                "claim",
                account.Now);
            told = after with { Pending = [] };
            return [.. after.Pending.Select(message => $"{message.Alert.Phase}: {message.Alert.Text}")];
        }
    }

    /// <summary>The spoke reports after the message that it begins was sent.</summary>
    [Fact]
    public void Who_is_not_bound_and_who_is_bound_yet_is_told_once_when_the_spoke_has_said_it()
    {
        var account = new Spending("""[{"At":"100","Do":"DENY_NEW","Mode":"ARMED"}]""", 1050);
        account.Decide();
        account.After(TimeSpan.FromHours(1)).Decide();
        Assert.Equal("InForce", Alert().Level);

        account.Reported(Reported(RestrictionOutcome.InForce, "3 roles are changed by AWS alone"));
        Assert.Equal("InForceInPart", Alert().Level);
        Assert.Contains(" Its spoke says: 3 roles are changed by AWS alone. Take it back: ", Alert().Text, StringComparison.Ordinal);
        Assert.Equal("InForce", Assert.Single(RestrictionAlerts.Of(account.Lift().Row, null, account.Now)).Level);
        account.Wait(TimeSpan.FromMinutes(1)).Reported(Reported(RestrictionOutcome.Failed, "DenyNew is still attached to role/x"));
        Assert.Equal("NotGivenBack", Alert().Level);
        Assert.Contains(" Its spoke says: DenyNew is still attached to role/x. ", Alert().Text, StringComparison.Ordinal);

        account.Wait(TimeSpan.FromMinutes(1)).Reported(Reported(RestrictionOutcome.Lifted, "a person attached DenyNew to role/y"));
        var told = new OpenAlert(AlertKind.Restriction, account.Only.Budget, account.Only.Id);
        var over = SpendAlerts.Over(told, account.Account.Value, account.Row, account.Now);
        Assert.EndsWith("(SpokeAccountBudget of 111122223333). Its spoke says: a person attached DenyNew to role/y.", over.Text, StringComparison.Ordinal);

        Alert Alert() => Assert.Single(RestrictionAlerts.Of(account.Row, null, account.Now));
        ReportedRestriction Reported(RestrictionOutcome outcome, string reason) => new(account.Only.Id, outcome) { Reasons = [reason] };
    }

    [Fact]
    public void What_is_only_watched_is_a_warning_and_says_that_nothing_is_done()
    {
        var account = new Spending("""[{"At":"Over","Do":"STOP_ALL"}]""", 1210);
        account.Decide();

        var alert = Assert.Single(RestrictionAlerts.Of(account.Row, "ask Jane", account.Now));

        Assert.Equal((AlertSeverity.Warning, "Watched", "ask Jane"), (alert.Severity, alert.Level, alert.Note));
        Assert.Contains("Nothing is done: the row says WATCH.", alert.Text, StringComparison.Ordinal);
    }
}
