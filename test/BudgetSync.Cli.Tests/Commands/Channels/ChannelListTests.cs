using System.Text.Json.Nodes;

namespace BudgetSync.Cli.Tests.Commands.Channels;

/// <summary>What <c>budgetsync channels list</c> tells of channels, and when it fails.</summary>
public sealed class ChannelListTests
{
    [Fact]
    public async Task Channels_are_listed_with_where_they_go_and_how_EventBridge_stands_with_them()
    {
        await using var world = await ChannelWorld.CreateAsync();

        var run = await Tool.RunAsync(world.Environment, "channels", "list");
        var json = JsonNode.Parse((await Tool.RunAsync(world.Environment, "channels", "list", "--json")).Out)!;

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Matches(@"(?m)^finops +Slack +slack.com/api/chat.postMessage +20 +slack +AUTHORIZED$", run.Out);
        Assert.Matches(@"(?m)^mail +Email +topic BudgetSync-Channel-mail +20 +1 confirmed$", run.Out);
        Assert.Matches(@"(?m)^operations +Email +topic BudgetSync-Operations +20 +1 confirmed$", run.Out);
        Assert.Equal(["finops", "pager", "tickets", "teams", "mail", "operations"], json.AsArray().Select(channel => channel!["name"]!.ToString()));
    }

    [Fact]
    public async Task A_channel_whose_connection_is_gone_is_listed_so_and_fails_the_command()
    {
        await using var world = await ChannelWorld.CreateAsync();
        await world.DisconnectAsync("pager");

        var run = await Tool.RunAsync(world.Environment, "channels", "list");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Matches(@"(?m)^pager .* MISSING$", run.Out);
    }

    /// <summary>EventBridge user guide, "Connection states in EventBridge": what is none of these passes, or is how it should be.</summary>
    [Theory]
    [InlineData("DEAUTHORIZED", "the provider refused the secret")]
    [InlineData("DEAUTHORIZING", "the provider refused the secret")]
    [InlineData("FAILED_CONNECTIVITY", "it cannot reach its endpoint")]
    [InlineData("AUTHORIZING", null)]
    public async Task A_connection_that_is_given_up_fails_the_list_as_it_fails_the_test(string state, string? why)
    {
        await using var world = await ChannelWorld.CreateAsync();
        world.Cloud.EventBridge.SetConnectionState(ChannelWorld.Account, "BudgetSync-Channel-pager", state);

        var list = await Tool.RunAsync(world.Environment, "channels", "list");
        var test = await Tool.RunAsync(world.Environment, "channels", "test", "pager", "--yes");

        var exit = why is null ? ExitCode.Done : ExitCode.Failed;
        Assert.Equal((exit, exit), (list.ExitCode, test.ExitCode));
        Assert.Matches($"(?m)^pager .* {state}$", list.Out);
        if (why is null) Assert.DoesNotContain("sends nothing", list.Out, StringComparison.Ordinal);
        else Assert.Contains($"EventBridge sends nothing to pager: {why}", list.Out, StringComparison.Ordinal);
        var told = $"{{}}. But EventBridge sends nothing there: {why}";
        Assert.Equal(why is not null, test.Out.Contains(told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deployment_without_alerts_is_told_how_to_turn_them_on_and_one_without_channels_has_the_operations_topic()
    {
        await using var world = await ChannelWorld.CreateAsync();
        await world.ParameterAsync("/BudgetSync/Stack", """{"BudgetName":"b","EmailRecipient":"a@example.com","Channels":" "}""");
        var none = await Tool.RunAsync(world.Environment, "channels", "list");
        await world.ParameterAsync("/BudgetSync/Stack", """{"BudgetName":"b","EmailRecipient":"a@example.com"}""");
        var off = await Tool.RunAsync(world.Environment, "channels", "list");

        Assert.Matches("(?m)^operations ", none.Out);
        Assert.Contains("alerts are off in this deployment", off.Error, StringComparison.Ordinal);
    }
}
