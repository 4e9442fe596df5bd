using System.Text.Json.Nodes;

namespace BudgetSync.Cli.Tests.Commands.Channels;

/// <summary>Topics that take messages which nobody gets: SNS says nothing of it, so the tool does.</summary>
public sealed class AudienceTests
{
    private const string Operations = $"arn:aws:sns:us-east-1:{ChannelWorld.Account}:BudgetSync-Operations";

    [Fact]
    public async Task A_topic_that_nobody_hears_fails_the_list_with_how_to_subscribe_and_to_confirm()
    {
        await using var world = await ChannelWorld.CreateAsync();
        foreach (var subscription in world.Cloud.Sns.Subscriptions) world.Cloud.Sns.Unsubscribe(subscription.Arn);
        world.Cloud.Sns.Subscribe($"arn:aws:sns:us-east-1:{ChannelWorld.Account}:BudgetSync-Channel-mail", "email", "new@example.com");

        var run = await Tool.RunAsync(world.Environment, "channels", "list");
        var json = JsonNode.Parse((await Tool.RunAsync(world.Environment, "channels", "list", "--json")).Out)!.AsArray();

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        var narrow = await Tool.RunAsync(terminal => terminal with { Environment = world.Environment, Width = 80 }, "channels", "list");
        ViewTests.Fits("channels list", narrow, 80);
        Assert.Contains(
            $"\n'aws sns subscribe --topic-arn {Operations} --protocol email --notification-endpoint ADDRESS',\n", narrow.Out, StringComparison.Ordinal);
        Assert.Contains("Nobody hears mail: follow the link in the mail that SNS sent to each address", run.Out, StringComparison.Ordinal);
        Assert.Contains($"Nobody hears operations: 'aws sns subscribe --topic-arn {Operations} --protocol email", run.Out, StringComparison.Ordinal);
        Assert.Equal(["nobody, 1 pending", "nobody"], json.Skip(4).Select(channel => (string?)channel!["subscriptions"]));
    }

    [Fact]
    public async Task A_test_that_nobody_gets_has_failed_and_one_to_a_topic_that_is_gone_says_so()
    {
        await using var world = await ChannelWorld.CreateAsync();
        foreach (var subscription in world.Cloud.Sns.Subscriptions) world.Cloud.Sns.Unsubscribe(subscription.Arn);
        world.Cloud.Sns.DeleteTopic($"arn:aws:sns:us-east-1:{ChannelWorld.Account}:BudgetSync-Channel-mail");

        var unheard = await Tool.RunAsync(world.Environment, "channels", "test", "operations", "--yes");
        var gone = await Tool.RunAsync(world.Environment, "channels", "test", "mail", "--yes");
        var list = await Tool.RunAsync(world.Environment, "channels", "list");

        Assert.Matches(
            @"^operations: failed; SNS took it for the topic BudgetSync-Operations \(message [^)]+\), but nobody gets it \(nobody\): 'aws", unheard.Out);
        Assert.StartsWith(
            "mail: failed; the topic BudgetSync-Channel-mail did not take it: sns:Publish answered NotFound", gone.Out, StringComparison.Ordinal);
        Assert.Matches("(?m)^mail .* MISSING$", list.Out);
        Assert.Equal((ExitCode.Failed, ExitCode.Failed, ExitCode.Failed), (unheard.ExitCode, gone.ExitCode, list.ExitCode));
    }

    [Fact]
    public async Task Who_may_not_ask_is_told_so_and_the_channel_is_not_called_silent()
    {
        await using var world = await ChannelWorld.CreateAsync();
        world.Cloud.Faults.OnCalls(call => call.Operation == "GetTopicAttributes"
            ? new LocalAws.Kernel.Fault.Refusal(new LocalAws.Kernel.AwsException("AuthorizationError", "not authorized", 403))
            : null);

        var list = await Tool.RunAsync(world.Environment, "channels", "list");
        var test = await Tool.RunAsync(world.Environment, "channels", "test", "mail", "--yes");

        Assert.Matches("(?m)^mail .* not seen$", list.Out);
        Assert.Contains("who gets it is not known: sns:GetTopicAttributes answered AuthorizationError", test.Out, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Done, ExitCode.Done), (list.ExitCode, test.ExitCode));
    }
}
