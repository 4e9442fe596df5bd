using System.Text.Json.Nodes;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Alerts.Formats;
using BudgetSync.LocalAws;

namespace BudgetSync.Cli.Tests.Commands.Alerts;

/// <summary>What <c>budgetsync alerts</c> says of messages that the ledger has as sent and the dead-letter queue as lost.</summary>
public sealed class LostAlertsTests
{
    private const string Account = "111122223333";
    private const string Other = "222222222222";
    private const string Lost = "undelivered: SDK_CLIENT_ERROR: 403 Forbidden, after 0 retries";

    private static readonly Channel Pager = new("pager", ChannelKind.PagerDuty);

    private static readonly Alert Theirs = AlertsTests.Critical with { Account = Other, Budget = "b" };

    /// <summary>As EventBridge may leave it: the whole event, or the provider's body alone.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_that_lies_in_the_queue_is_lost_and_not_sent_and_told_with_its_account_and_key(bool whole)
    {
        await using var cloud = new LocalCloud();
        var environment = await AlertsTests.FilledAsync(cloud);
        await TellAsync(cloud, environment, AlertsTests.Critical with { Budget = "told" });
        await LoseAsync(cloud, environment, AlertsTests.Critical, whole);
        await LoseAsync(cloud, environment, Theirs, whole);

        var run = await Tool.RunAsync(environment, "alerts", Account);
        var json = JsonNode.Parse((await Tool.RunAsync(environment, "alerts", Account, "--json")).Out)!;
        var all = JsonNode.Parse((await Tool.RunAsync(environment, "alerts", "--json")).Out)!;

        Assert.Matches($@"(?m)^[^ ]+ [^ ]+ +pager +Opened: Critical +team-a +{Lost}$", run.Out);
        Assert.Matches("(?m)^[^ ]+ [^ ]+ +pager +Opened: Critical +told +sent$", run.Out);
        Assert.Contains("1 message that no channel took", run.Out, StringComparison.Ordinal);
        Assert.Matches($@"(?m)^pager +{Account}/team-a/2026-11/SpendState +SDK_CLIENT_ERROR", run.Out);
        Assert.Equal(
            ["sent", "counted", "undelivered", "sent"],
            json["told"]!.AsArray().OrderBy(one => $"{one!["channel"]}/{one["dedupKey"]}/{one["counted"]}" switch
            {
                var key when key.StartsWith("finops", StringComparison.Ordinal) => 0,
                var key when key.EndsWith("true", StringComparison.Ordinal) => 1,
                var key when key.Contains("team-a", StringComparison.Ordinal) => 2,
                _ => 3,
            }).Select(one => (string?)one!["state"]));
        Assert.Equal($"{Account} {Account}/team-a/2026-11/SpendState", Lines(json).Single());
        Assert.Equal([$"{Account} {Account}/team-a/2026-11/SpendState", $"{Other} {Other}/b/2026-11/SpendState"], Lines(all).Order());

        static IEnumerable<string> Lines(JsonNode json) => json["undelivered"]!.AsArray().Select(one => $"{one!["accountId"]} {one["dedupKey"]}");
    }

    [Fact]
    public async Task What_was_sent_once_more_is_sent_and_what_the_ledger_does_not_know_names_no_account()
    {
        await using var cloud = new LocalCloud();
        var environment = await AlertsTests.FilledAsync(cloud);
        await LoseAsync(cloud, environment, AlertsTests.Critical, whole: true);
        Assert.Equal(ExitCode.Done, (await Tool.RunAsync(environment, "alerts", "redrive", "--yes")).ExitCode);
        await AlertsTests.LoseAsync(cloud, environment, """{"dedup_key":"k"}""");

        var run = await Tool.RunAsync(environment, "alerts", Account);
        var all = JsonNode.Parse((await Tool.RunAsync(environment, "alerts", "--json")).Out)!;

        Assert.DoesNotContain("no channel took", run.Out, StringComparison.Ordinal);
        var unknown = Assert.Single(all["undelivered"]!.AsArray())!;
        Assert.Equal((null, null, "pager"), ((string?)unknown["accountId"], (string?)unknown["dedupKey"], (string?)unknown["channel"]));
    }

    private static async Task TellAsync(LocalCloud cloud, Dictionary<string, string> environment, Alert alert)
    {
        using var clients = new AwsClients(environment, cloud.CreateHandler());
        await new LedgerTable(clients.Dynamo, "BudgetSync-Ledger", AlertsTests.Caller)
            .AppendAsync(new ToldAlert(alert.At.AddSeconds(1), "pager", false, alert), CancellationToken.None);
    }

    private static async Task LoseAsync(LocalCloud cloud, Dictionary<string, string> environment, Alert alert, bool whole)
    {
        await TellAsync(cloud, environment, alert);
        var body = whole
            ? new JsonObject { ["detail"] = JsonNode.Parse(AlertJson.Notification(alert, Pager)) }.ToJsonString()
            : AlertFormat.Body(alert, Pager);
        await AlertsTests.LoseAsync(cloud, environment, body);
    }
}
