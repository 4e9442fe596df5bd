using BudgetSync.Core.Alerts;
using BudgetSync.Core.Alerts.Formats;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;
using BudgetSync.Core.Status;
using BudgetSync.Core.Tests.Responses;
using static BudgetSync.Core.Tests.Status.SpendSteps;

namespace BudgetSync.Core.Tests.Alerts;

/// <summary>
/// Kinds and severities of spend-and-response.md, F10, in the words that providers have for them (PagerDuty, Events API v2: info, warning, error, critical).
/// What F10 gives no severity is marked with ours.
/// </summary>
public sealed class AlertSeverityTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1050, "Over warning")]
    [InlineData(1250, "Critical error")]
    [InlineData(1600, "Shutdown critical")]
    public void Of_a_state_of_spending(int spent, string severity) => Assert.Equal([severity], Words(Applied(null, Noon, Spent(spent, Noon))));

    /// <summary>Warning at the limit, info below it: F10 says both and not which.</summary>
    [Theory]
    [InlineData(80, "info")]
    [InlineData(100, "warning")]
    public void Of_a_threshold(int percent, string severity)
    {
        var row = Applied(null, Noon, Spent(950, Noon));
        var standing = Assert.Single(row.Spend);
        row = row with { Spend = [standing with { Memory = standing.Memory with { Alarms = [Eighty with { Threshold = percent }] } }] };

        Assert.Equal([$"{percent} % ACTUAL {severity}"], Words(row));
    }

    [Theory]
    [InlineData(10, "info")]
    [InlineData(7, "warning")]
    [InlineData(4, "error")]
    public void Of_money_that_runs_out(int days, string severity)
    {
        var row = Applied(null, Noon, Spent(600, Noon));
        var standing = Assert.Single(row.Spend) with { RunwayDays = days, BurnPerDay = 66 };
        row = row with { Spend = [standing with { Memory = standing.Memory with { RunwayLevel = days } }] };

        Assert.Equal([$"Runs out within {days} days {severity}"], Words(row));
    }

    /// <summary>F10 has a warning of what F1 calls Blind, a forecast that is absent after five weeks among it.</summary>
    [Theory]
    [InlineData(BlindCause.Unhealthy)]
    [InlineData(BlindCause.NotLooked)]
    [InlineData(BlindCause.Frozen)]
    [InlineData(BlindCause.Ended)]
    [InlineData(BlindCause.NoForecast)]
    public void Of_a_budget_that_AWS_does_not_compute(BlindCause cause)
    {
        var row = Applied(null, Noon, Spent(600, Noon));
        var standing = Assert.Single(row.Spend);
        var blind = new Freshness.Blind([new BlindReason(cause, "is not seen")]);
        row = row with { Spend = [standing with { Memory = standing.Memory with { Freshness = blind } }] };

        Assert.Equal(["Blind warning"], Words(row));
    }

    /// <summary>A plan is told when a round has counted it.</summary>
    [Fact]
    public void Of_a_restriction_that_is_planned_has_begun_has_failed_and_is_lifted()
    {
        var account = new Spending("""[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED"}]""", 1210);
        account.Decide();
        account.After(TimeSpan.FromMinutes(15)).Decide();
        Assert.Equal("Planned warning", Word(Of(account)));
        account.After(TimeSpan.FromHours(1)).Decide();
        Assert.Equal("InForce error", Word(Of(account)));
        account.Reported(new ReportedRestriction(account.Only.Id, RestrictionOutcome.Failed) { Reasons = ["AccessDenied"] });
        Assert.Equal("Failed critical", Word(Of(account)));
        account.Lift().Decide();
        account.Wait(TimeSpan.FromHours(1)).Reported().Decide();
        var told = new OpenAlert(AlertKind.Restriction, "b", account.Only.Id) { Severity = AlertSeverity.Emergency, Levels = ["Failed"] };
        Assert.Equal("info", Word(SpendAlerts.Over(told, account.Account.Value, account.Row, account.Now)).Split(' ')[^1]);
    }

    /// <summary>Critical, because it waits for a person and expires: ours.</summary>
    [Fact]
    public void Of_a_restriction_that_waits_for_a_person_or_only_watches()
    {
        var asked = new Spending("""[{"At":"Over","Do":"DENY_NEW","Mode":"CONFIRM"}]""", 1210);
        asked.Decide();
        asked.After(TimeSpan.FromHours(1)).Decide();
        var watched = new Spending("""[{"At":"Over","Do":"DENY_NEW"}]""", 1210);
        watched.Decide();

        Assert.Equal(("AwaitingApproval error", "Watched warning"), (Word(Of(asked)), Word(Of(watched))));
    }

    /// <summary>F10, ApprovalExpired: who was asked hears that nothing came of it, and is asked no more.</summary>
    [Fact]
    public void Of_an_approval_that_nobody_has_given_in_time()
    {
        var asked = new Spending("""[{"At":"Over","Do":"DENY_NEW","Mode":"CONFIRM"}]""", 1210);
        asked.Decide();
        asked.After(TimeSpan.FromHours(1)).Decide();
        var told = new OpenAlert(AlertKind.Restriction, "b", asked.Only.Id) { Severity = AlertSeverity.Critical, Levels = ["AwaitingApproval"] };
        asked.After(TimeSpan.FromHours(24)).Decide();

        Assert.Empty(RestrictionAlerts.Of(asked.Row, null, asked.Now));
        var over = SpendAlerts.Over(told, asked.Account.Value, asked.Row, asked.Now);
        Assert.Equal((AlertPhase.Resolved, "info"), (over.Phase, Word(over).Split(' ')[^1]));
        Assert.Contains("DENY_NEW at Over is cancelled: was not approved within 1d", over.Text, StringComparison.Ordinal);
    }

    /// <summary>design.md, 13 and F12: a message before. By F10's warning alone whoever takes what is Critical would hear of it when it is in force.</summary>
    [Fact]
    public void Who_hears_that_a_restriction_has_begun_is_told_before_and_of_no_other_warning()
    {
        var channels = ChannelSettings.Parse("[]").Channels;
        var account = new Spending("""[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED"}]""", 1210);
        account.Decide();
        account.After(TimeSpan.FromMinutes(15)).Decide();
        var planned = Of(account);
        Assert.Equal(AlertRoute.Operations, Assert.Single(AlertTakers.Of(planned, [AlertRoute.Default], channels)));
        Assert.Empty(AlertTakers.Of(planned with { Level = "Watched" }, [AlertRoute.Default], channels));
        Assert.Empty(AlertTakers.Of(planned, [AlertRoute.Default with { From = AlertSeverity.Emergency }], channels));
    }

    [Fact]
    public void That_it_is_in_force_after_it_had_failed_is_told_too()
    {
        var channels = ChannelSettings.Parse("[]").Channels;
        var account = new Spending("""[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED"}]""", 1210);
        account.Decide();
        account.After(TimeSpan.FromMinutes(15)).Decide();
        var planned = Of(account);
        var levels = new List<string>();
        var before = new AccountAlerts(account.Account.Value);
        foreach (var alert in new[] { planned, planned with { Level = "Failed", Severity = AlertSeverity.Emergency }, InForce(), InForce() })
        {
            before = AlertDecision.Next(before, [alert], [AlertRoute.Default], channels, _ => alert, "claim", account.Now);
            levels.AddRange(before.Pending.Select(message => message.Alert.Level));
            before = before with { Pending = [] };
        }

        Assert.Equal(["Planned", "Failed", "InForce"], levels);

        Alert InForce() => planned with { Level = "InForce", Severity = AlertSeverity.Critical };
    }

    [Fact]
    public void Of_a_silent_spoke_and_of_all_together()
    {
        var row = Applied(null, Noon, Spent(600, Noon)) with { DesiredRevision = "aaaa" };
        Assert.Equal("Spoke silent warning", Word(SilenceAlerts.Of(row, null, Noon.AddHours(27))!));
        var many = Enumerable.Range(1, 30).Select(number => row with { Key = $"{number:000000000000}" }).ToList();
        Assert.Equal("More than 10 spokes silent error", Word(Assert.Single(SilenceAlerts.OfMany(many, Noon.AddHours(27)))));
    }

    [Theory]
    [InlineData(SpendState.Over, "Over warning")]
    [InlineData(SpendState.Critical, "Critical error")]
    [InlineData(SpendState.Shutdown, "Shutdown critical")]
    public void Of_an_envelope_as_of_a_budget(SpendState state, string severity) =>
        Assert.Equal(severity, Word(EnvelopeAlerts.Of(EnvelopeAlertsTests.Line(state), null, null, Noon)!));

    /// <summary>F10 gives an anomaly none: a warning is ours.</summary>
    [Fact]
    public void Of_an_anomaly() =>
        Assert.Equal("Unusual costs warning", Word(new CostAnomaly("a", "111122223333", 120, null, "", "", Noon).ToAlert(null, null, Noon)));

    private static string[] Words(StatusRow row) => [.. SpendAlerts.Of(row, null, Noon).Select(Word)];

    private static Alert Of(Spending account) => Assert.Single(RestrictionAlerts.Of(account.Row, null, account.Now));

    /// <summary>As PagerDuty has it, whatever the phase.</summary>
    private static string Word(Alert alert)
    {
        var body = SampleAlerts.Parsed(AlertFormat.Body(alert with { Phase = AlertPhase.Opened }, SampleAlerts.Channel(ChannelKind.PagerDuty)));
        return $"{alert.Level} {body.GetProperty("payload").GetProperty("severity").GetString()}";
    }
}
