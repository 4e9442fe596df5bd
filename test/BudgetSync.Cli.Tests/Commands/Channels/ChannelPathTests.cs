using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Channels;

/// <summary>What brings alerts to a channel, where a part of it is not there: each alert dies, whatever the provider says of a test.</summary>
public sealed class ChannelPathTests
{
    private const string Anew = "deploy the management stack without the channel, then with it";

    // Found by a newcomer: the list said AUTHORIZED and the test 'arrived' while each alert died with "API destination … does not exist".
    [Theory]
    [InlineData(
        "DeleteApiDestination", """{"Name":"BudgetSync-Channel-pager"}""", "NO DESTINATION", "it has no API destination BudgetSync-Channel-pager: " + Anew)]
    [InlineData("DeleteConnection", """{"Name":"BudgetSync-Channel-pager"}""", "MISSING", "it has no connection BudgetSync-Channel-pager: " + Anew)]
    [InlineData(
        "DisableRule", """{"Name":"BudgetSync-Alerts-pager","EventBusName":"BudgetSync"}""", "RULE DISABLED",
        "its rule BudgetSync-Alerts-pager is disabled: 'aws events enable-rule --name BudgetSync-Alerts-pager --event-bus-name BudgetSync'")]
    [InlineData(
        "RemoveTargets", """{"Rule":"BudgetSync-Alerts-pager","EventBusName":"BudgetSync","Ids":["Channel"]}""", "NO TARGET",
        "its rule BudgetSync-Alerts-pager does not lead to the API destination BudgetSync-Channel-pager: " + Anew)]
    public async Task A_path_that_is_broken_fails_the_list_and_the_test_with_what_is_missing(string operation, string input, string cell, string why)
    {
        await using var world = await ChannelWorld.CreateAsync();
        if (operation == "DisableRule")
            await world.EventsAsync(
                "PutRule", """{"Name":"BudgetSync-Alerts-pager","EventBusName":"BudgetSync","EventPattern":"{\"a\":[1]}","State":"DISABLED"}""");
        else await world.EventsAsync(operation, input);

        var list = await Tool.RunAsync(world.Environment, "channels", "list");
        var json = (await Tool.RunAsync(world.Environment, "channels", "list", "--json")).JsonArray;
        var test = await Tool.RunAsync(world.Environment, "channels", "test", "pager", "--yes");
        var other = await Tool.RunAsync(world.Environment, "channels", "test", "finops", "--yes");

        Assert.Equal((ExitCode.Failed, ExitCode.Failed, ExitCode.Done), (list.ExitCode, test.ExitCode, other.ExitCode));
        Assert.Matches($"(?m)^pager .* {cell}$", list.Out);
        Assert.Contains($"EventBridge sends nothing to pager: {why}.", list.Out, StringComparison.Ordinal);
        Assert.Equal([why], json.Select(one => (string?)one!["problem"]).OfType<string>());
        Assert.Equal($"pager: failed; HTTP 200: {{}}. But EventBridge sends nothing there: {why}.\n", test.Out);
    }

    /// <summary>A rule that is gone, a destination that somebody made again, which has another ARN, and one with another connection.</summary>
    [Fact]
    public async Task A_rule_that_is_gone_and_parts_that_belong_to_others_are_seen()
    {
        await using var world = await ChannelWorld.CreateAsync();
        await world.EventsAsync("RemoveTargets", """{"Rule":"BudgetSync-Alerts-finops","EventBusName":"BudgetSync","Ids":["Channel"]}""");
        await world.EventsAsync("DeleteRule", """{"Name":"BudgetSync-Alerts-finops","EventBusName":"BudgetSync"}""");
        var old = await world.DescribeAsync("DescribeApiDestination", "pager");
        await world.EventsAsync("DeleteApiDestination", """{"Name":"BudgetSync-Channel-pager"}""");
        await world.DestinationAsync("pager", old["ConnectionArn"]!.ToString());
        await world.EventsAsync("DeleteApiDestination", """{"Name":"BudgetSync-Channel-teams"}""");
        await world.DestinationAsync("teams", old["ConnectionArn"]!.ToString());

        var list = await Tool.RunAsync(world.Environment, "channels", "list");

        Assert.Equal(ExitCode.Failed, list.ExitCode);
        Assert.Contains($"nothing to finops: its bus BudgetSync has no rule BudgetSync-Alerts-finops: {Anew}.", list.Out, StringComparison.Ordinal);
        Assert.Contains("nothing to pager: its rule BudgetSync-Alerts-pager does not lead to the API destination", list.Out, StringComparison.Ordinal);
        Assert.Contains("nothing to teams: its API destination BudgetSync-Channel-teams has another connection", list.Out, StringComparison.Ordinal);
        Assert.Matches("(?m)^tickets .* AUTHORIZED$", list.Out);
    }

    [Fact]
    public async Task Who_may_not_look_at_the_path_is_told_so_and_the_channel_is_not_called_broken()
    {
        await using var world = await ChannelWorld.CreateAsync();
        world.Cloud.Faults.OnCalls(call => call.Operation == "DescribeRule"
            ? new Fault.Refusal(new AwsException("AccessDeniedException", "not authorized", 400))
            : null);

        var list = await Tool.RunAsync(world.Environment, "channels", "list");
        var test = await Tool.RunAsync(world.Environment, "channels", "test", "pager", "--yes");

        Assert.Matches("(?m)^pager .* AUTHORIZED, rest not seen$", list.Out);
        const string unseen = "Not seen whether messages get to finops, pager, tickets, teams: events:DescribeRule answered AccessDenied: not authorized.";
        Assert.True(list.Out.Contains(unseen, StringComparison.Ordinal), list.Out);
        Assert.Contains("Whether EventBridge sends alerts there is not known: events:DescribeRule answered", test.Out, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Done, ExitCode.Done), (list.ExitCode, test.ExitCode));
    }

    [Fact]
    public async Task A_test_says_what_it_proved_and_programs_get_it_as_JSON()
    {
        await using var world = await ChannelWorld.CreateAsync(request => new ProviderAnswer(request.Host == "teams.example.com" ? 404 : 201, "{}"));

        var text = await Tool.RunAsync(world.Environment, "channels", "test", "pager", "--yes");
        var run = await Tool.RunAsync(world.Environment, "channels", "test", "--yes", "--json");

        Assert.Equal("pager: the provider took it; HTTP 201: {}.\n", text.Out);
        Assert.Contains("A provider got it from here, not from EventBridge", text.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        var json = run.JsonArray.ToDictionary(one => one!["name"]!.ToString(), one => (JsonObject)one!);
        Assert.Equal(["finops", "pager", "tickets", "teams", "mail", "operations"], json.Keys);
        Assert.Equal((true, "provider"), ((bool)json["pager"]["isTaken"]!, (string?)json["pager"]["by"]));
        Assert.Equal((true, "SNS"), ((bool)json["mail"]["isTaken"]!, (string?)json["mail"]["by"]));
        Assert.Equal((false, null), ((bool)json["teams"]["isTaken"]!, (string?)json["teams"]["by"]));
        Assert.StartsWith("HTTP 404: {}. The address is gone or wrong", (string?)json["teams"]["why"], StringComparison.Ordinal);
    }
}
