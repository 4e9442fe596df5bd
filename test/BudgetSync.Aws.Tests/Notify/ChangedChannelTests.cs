using System.Text.Json.Nodes;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Alerts.Formats;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Aws.Tests.Notify;

/// <summary>
/// A channel that was put right since its messages were refused: what lies in the queue is in the shape that was wrong, and is sent in the one that is right.
/// </summary>
public sealed class ChangedChannelTests
{
    private static readonly Channel Wrong = new("tickets", ChannelKind.Jira) { Project = "FINOSP", IssueType = "Incident" };

    private static readonly Channel Slack = new("tickets", ChannelKind.Slack) { Conversation = "C0000000001" };

    private static readonly Alert Told = new(
        AlertKind.SpendState, AlertSeverity.Critical, AlertPhase.Opened, World.Alpha, "team-a", "2026-03", "Critical", "team-a is over.", World.Start);

    public static TheoryData<bool, string> Changes => new()
    {
        // As EventBridge may leave it: the body alone, or the whole event.
        { false, "project" }, { true, "project" }, { false, "issue type" }, { true, "issue type" }, { false, "kind" }, { true, "kind" },
        { false, "conversation" }, { true, "conversation" }, { false, "topic" }, { true, "topic" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task What_was_refused_is_sent_as_the_channel_takes_it_now(bool whole, string change)
    {
        var (before, now) = change switch
        {
            "project" => (Wrong, Wrong with { Project = "FINOPS" }),
            "issue type" => (Wrong, Wrong with { IssueType = "Task" }),
            "kind" => (Wrong, new Channel("tickets", ChannelKind.ServiceNow)),
            "conversation" => (Slack, Slack with { Conversation = "C0000000002" }),
            _ => (Slack, new Channel("finops", ChannelKind.Email)),
        };
        before = before with { Name = now.Name };
        await using var world = await NotifyWorld.CreateAsync();
        await world.Ledger.AppendAsync(new ToldAlert(Told.At, now.Name, Counted: false, Told), CancellationToken.None);
        await LoseAsync(world, before, whole);

        Assert.Null(Assert.Single(await RedriveRun.Async(world, now)).Kept);

        Assert.Empty(world.Undelivered);
        if (now.IsTopic) Assert.Equal([AlertFormat.Body(Told, now)], world.Bodies);
        else Assert.True(JsonNode.DeepEquals(JsonNode.Parse(AlertFormat.Body(Told, now)), Assert.Single(world.Sent)["body"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_the_ledger_does_not_know_is_sent_as_it_was(bool whole)
    {
        await using var world = await NotifyWorld.CreateAsync();
        await LoseAsync(world, Wrong, whole);

        Assert.Null(Assert.Single(await RedriveRun.Async(world, Wrong with { Project = "FINOPS" })).Kept);

        Assert.Equal("FINOSP", Assert.Single(world.Sent)["body"]!["fields"]!["project"]!["key"]!.ToString());
    }

    private static async Task LoseAsync(NotifyWorld world, Channel channel, bool whole) =>
        await world.World.As(World.Management).Queues.SendMessageAsync(new()
        {
            QueueUrl = $"https://sqs.us-east-1.amazonaws.com/{World.Management}/BudgetSync-Alerts-DeadLetters",
            MessageBody = whole
                ? new JsonObject { ["detail"] = JsonNode.Parse(AlertJson.Notification(Told, channel)) }.ToJsonString()
                : AlertFormat.Body(Told, channel),
            MessageAttributes = new()
            {
                ["RULE_ARN"] = new()
                {
                    DataType = "String",
                    StringValue = $"arn:aws:events:us-east-1:{World.Management}:rule/BudgetSync/BudgetSync-Alerts-{channel.Name}",
                },
            },
        });
}
