using System.Text.Json.Nodes;
using BudgetSync.Cli.Tests.Commands.Alerts;
using BudgetSync.Cli.Tests.Commands.Local;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Status;

/// <summary>What <c>budgetsync status</c> says of messages that no channel took, and of channels that get none.</summary>
public sealed class AlertTroubleTests
{
    private const string Account = "222222222201";

    private const string Rows = $$"""[{ "AccountId": "{{Account}}", "BudgetValue": 1000, "Notify": "pager Critical, finops" }]""";

    // Found by a newcomer: four Emergencies lay in the queue, and no screen but 'alerts' had a word of them.
    [Fact]
    public async Task Undelivered_messages_and_channels_that_get_nothing_are_lines_of_status()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--channels", "--rows", file.Path);
        var environment = local.EnvironmentOf(RunningLocal.Management);
        var well = await Tool.RunAsync(environment, "status");
        var before = (await Tool.RunAsync(environment, "status", "--json")).JsonObject["summary"]!;
        await AlertsTests.LoseAsync(local.Cloud, environment, """{"dedup_key":"k"}""");
        await local.Cloud.Gateway.InvokeAsync(
            local.Cloud.EventBridge,
            new AwsCall(
                "events", "DeleteApiDestination", Caller.Root(RunningLocal.Management), "us-east-1", new JsonObject { ["Name"] = "BudgetSync-Channel-pager" }),
            CancellationToken.None);

        var status = await Tool.RunAsync(environment, "status");
        var json = (await Tool.RunAsync(environment, "status", "--json")).JsonObject["summary"]!;

        Assert.DoesNotContain("undelivered", well.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("EventBridge sends nothing", well.Out, StringComparison.Ordinal);
        Assert.Equal(0, (int)before["undelivered"]!);
        Assert.Contains("1 message undelivered, in the dead-letter queue: 'budgetsync alerts' says why", status.Out, StringComparison.Ordinal);
        Assert.Contains("EventBridge sends nothing to pager: it has no API destination BudgetSync-Channel-pager", status.Out, StringComparison.Ordinal);
        Assert.Equal(1, (int)json["undelivered"]!);
        Assert.Contains(json["channelProblems"]!.AsArray(), text => ((string)text!).StartsWith("EventBridge sends nothing to pager", StringComparison.Ordinal));
    }

    // Found by a newcomer: no screen said who hears what.
    [Fact]
    public async Task Who_hears_an_account_is_on_every_screen_that_is_of_it()
    {
        using var file = new RowsOnDisk($$"""{{Rows[..^1]}}, { "AccountId": "222222222202", "BudgetValue": 7 }]""");
        await using var local = await RunningLocal.StartAsync("--channels", "--rows", file.Path);
        var environment = local.EnvironmentOf(RunningLocal.Management);

        var list = await Tool.RunAsync(environment, "rows", "list");
        var get = await Tool.RunAsync(environment, "rows", "get", Account);
        var silent = await Tool.RunAsync(environment, "rows", "get", "222222222202");
        var json = (await Tool.RunAsync(environment, "rows", "get", "222222222202", "--json")).JsonObject;
        var status = await Tool.RunAsync(environment, "status", "222222222202");
        var csv = await Tool.RunAsync(environment, "status", "--csv");
        var all = (await Tool.RunAsync(environment, "status", "--json")).JsonObject["accounts"]!.AsArray();

        Assert.Matches(@"(?m)^SCOPE .* NOTIFY", list.Out);
        Assert.Matches($"(?m)^{Account} .*pager Critical, finops", list.Out);
        Assert.Matches($@"(?m)^  notify +pager Critical, finops \(row {Account}\)$", get.Out);
        Assert.Matches(@"(?m)^  notify +operations Critical \(no row has Notify; nobody hears operations\)$", silent.Out);
        Assert.Equal("operations Critical", (string?)Assert.Single(json["notify"]!.AsArray()));
        Assert.Matches(@"(?m)^  notify +operations Critical \(no row has Notify; nobody hears operations\)$", status.Out);
        Assert.Matches($@"(?m)^{Account},.*,""pager Critical, finops""\r?$", csv.Out);
        Assert.Equal(["pager Critical", "finops"], all.Single(one => (string?)one!["accountId"] == Account)!["notify"]!.AsArray().Select(one => (string?)one));
    }

    [Fact]
    public async Task A_deployment_without_channels_says_that_no_Notify_tells_anybody_and_has_nothing_to_redrive()
    {
        using var file = new RowsOnDisk($$"""[{ "AccountId": "{{Account}}", "BudgetValue": 1000 }]""");
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        var environment = local.EnvironmentOf(RunningLocal.Management);

        var refused = await Tool.RunAsync(environment, "rows", "set", Account, "--attribute", "Notify=finops", "--yes");
        var set = await Tool.RunAsync(environment, "rows", "set", Account, "--attribute", "Notify=operations", "--yes");
        var get = await Tool.RunAsync(environment, "rows", "get", Account);
        var redrive = await Tool.RunAsync(environment, "alerts", "redrive");

        Assert.Contains("or, where it has that setting, write operations", refused.Out + refused.Error, StringComparison.Ordinal);
        Assert.Contains($"Warning: {Account}: Notify tells nobody: alerts are off in this deployment", set.Error, StringComparison.Ordinal);
        Assert.Matches($@"(?m)^  notify +nobody: alerts are off in this deployment \(row {Account}\)$", get.Out);
        Assert.Equal(ExitCode.Failed, redrive.ExitCode);
        Assert.Contains("alerts are off in this deployment; its setting channels turns them on", redrive.Error, StringComparison.Ordinal);
    }
}
