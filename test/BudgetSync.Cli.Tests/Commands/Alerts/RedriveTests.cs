using System.Text.Json.Nodes;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Alerts.Formats;
using BudgetSync.Core.Budgets;
using BudgetSync.LocalAws;

namespace BudgetSync.Cli.Tests.Commands.Alerts;

/// <summary>What <c>budgetsync alerts redrive</c> sends of what lies in the queue, in which order and how much of it.</summary>
public sealed class RedriveTests
{
    private const string Account = "111122223333";

    private static readonly Channel Pager = new("pager", ChannelKind.PagerDuty);

    [Fact]
    public async Task Messages_go_out_in_the_order_in_which_they_were_decided_whatever_the_order_in_the_queue()
    {
        await using var cloud = new LocalCloud();
        var environment = await AlertsTests.FilledAsync(cloud);
        await LoseAsync(cloud, environment, Phase(AlertPhase.Resolved, 90));
        await LoseAsync(cloud, environment, Phase(AlertPhase.Escalated, 60));
        await LoseAsync(cloud, environment, Phase(AlertPhase.Opened, 30), account: "222222222222");

        var run = await Tool.RunAsync(environment, "alerts", "redrive", "--yes");

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Equal(["Opened", "Escalated", "Resolved"], Sent(cloud));
    }

    [Fact]
    public async Task What_a_newer_message_of_its_alert_has_overtaken_is_not_sent_and_leaves_the_queue()
    {
        await using var cloud = new LocalCloud();
        var environment = await AlertsTests.FilledAsync(cloud);
        var (opened, resolved) = (Phase(AlertPhase.Opened, 30), Phase(AlertPhase.Resolved, 90));
        await LoseAsync(cloud, environment, opened);
        using var clients = new AwsClients(environment, cloud.CreateHandler());
        var ledger = new LedgerTable(clients.Dynamo, "BudgetSync-Ledger", AlertsTests.Caller);
        await ledger.AppendAsync(new ToldAlert(resolved.At, "pager", false, resolved), CancellationToken.None);

        var run = await Tool.RunAsync(environment, "alerts", "redrive", "--yes");

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Contains("1 message taken out unsent: a newer message of the same alert went out since.", run.Out, StringComparison.Ordinal);
        Assert.Empty(Sent(cloud));
        Assert.Contains("No message waits", (await Tool.RunAsync(environment, "alerts", "redrive")).Error, StringComparison.Ordinal);
    }

    /// <summary>As LocalAws leaves it and EventBridge may: the body alone, which for Slack has no key in it.</summary>
    [Fact]
    public async Task What_is_known_by_the_providers_body_alone_is_found_in_the_ledger()
    {
        await using var cloud = new LocalCloud();
        var environment = await AlertsTests.FilledAsync(cloud);
        Alert[] alerts = [Phase(AlertPhase.Resolved, 90, "b"), Phase(AlertPhase.Opened, 30), Phase(AlertPhase.Resolved, 60), Phase(AlertPhase.Opened, 40, "b")];
        using var clients = new AwsClients(environment, cloud.CreateHandler());
        var ledger = new LedgerTable(clients.Dynamo, "BudgetSync-Ledger", AlertsTests.Caller);
        foreach (var alert in alerts) await ledger.AppendAsync(new ToldAlert(alert.At, "pager", false, alert), CancellationToken.None);
        // The end of team-a was taken, all others were not.
        foreach (var alert in alerts.Where(alert => alert.Id != alerts[2].Id))
            await AlertsTests.LoseAsync(cloud, environment, AlertFormat.Body(alert, Pager));

        var run = await Tool.RunAsync(environment, "alerts", "redrive", "--yes");

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Contains("1 message taken out unsent", run.Out, StringComparison.Ordinal);
        var sent = cloud.Calls.Calls.Where(call => call.Call.Operation == "PutEvents").SelectMany(call => call.Call.Input["Entries"]!.AsArray())
            .Select(entry => JsonNode.Parse(entry!["Detail"]!.ToString())!["body"]!);
        Assert.Equal(
            ["trigger 111122223333/b/2026-11/SpendState", "resolve 111122223333/b/2026-11/SpendState"],
            sent.Select(body => $"{body["event_action"]} {body["dedup_key"]}"));
    }

    [Fact]
    public async Task What_is_beyond_the_channels_rate_stays_for_another_hour_with_all_that_follows_it()
    {
        await using var cloud = new LocalCloud();
        var environment = await AlertsTests.FilledAsync(cloud);
        // The channel takes four an hour, two of one account with what is below Critical.
        await LoseAsync(cloud, environment, Warning(AlertPhase.Opened, 1, "a"));
        await LoseAsync(cloud, environment, Warning(AlertPhase.Opened, 2, "b"));
        await LoseAsync(cloud, environment, Warning(AlertPhase.Opened, 3, "c"));
        await LoseAsync(cloud, environment, Warning(AlertPhase.Resolved, 4, "c"));
        await LoseAsync(cloud, environment, Phase(AlertPhase.Opened, 5));

        var run = await Tool.RunAsync(environment, "alerts", "redrive", "--yes");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Matches(@"(?m)^pager: it has had its messages of the hour; run it again after \d{4}-\d\d-\d\d \d\d:00 UTC$", run.Error);
        Assert.Contains("pager: it waits for an earlier message of its alert", run.Error, StringComparison.Ordinal);
        Assert.Contains("3 messages sent once more", run.Out, StringComparison.Ordinal);
        Assert.Contains("2 messages still in the queue.", run.Out, StringComparison.Ordinal);
        Assert.Equal(["Opened", "Opened", "Opened"], Sent(cloud));
    }

    [Fact]
    public async Task What_is_for_a_channel_that_was_removed_stays_in_the_queue()
    {
        await using var cloud = new LocalCloud();
        var environment = await AlertsTests.FilledAsync(cloud);
        await AlertsTests.LoseAsync(
            cloud, environment, """{"dedup_key":"k"}""", ("CHANNEL", "old"));

        var run = await Tool.RunAsync(environment, "alerts", "redrive", "--yes");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("old: it is no channel of this deployment", run.Error, StringComparison.Ordinal);
        Assert.Empty(Sent(cloud));
        Assert.Single(cloud.Sqs.Messages("arn:aws:sqs:us-east-1:999999999999:BudgetSync-Alerts-DeadLetters"));
    }

    private static Alert Phase(AlertPhase phase, int seconds, string budget = "team-a") =>
        AlertsTests.Critical with { Phase = phase, At = AlertsTests.Critical.At.AddSeconds(seconds), Budget = budget };

    private static Alert Warning(AlertPhase phase, int seconds, string budget) => Phase(phase, seconds, budget) with { Severity = AlertSeverity.Warning };

    private static Task LoseAsync(LocalCloud cloud, Dictionary<string, string> environment, Alert alert, string account = Account) =>
        AlertsTests.LoseAsync(
            cloud, environment, new JsonObject { ["detail"] = JsonNode.Parse(AlertJson.Notification(alert with { Account = account }, Pager)) }.ToJsonString());

    private static string[] Sent(LocalCloud cloud) =>
    [
        .. cloud.Calls.Calls.Where(call => call.Call.Operation == "PutEvents")
            .SelectMany(call => call.Call.Input["Entries"]!.AsArray())
            .Select(entry => JsonNode.Parse(entry!["Detail"]!.ToString())!["phase"]!.ToString()),
    ];
}
