using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Status;
using BudgetSync.Cli.Tests.Commands.Local;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Tests.Commands.Status;

/// <summary>Topics that AWS Budgets cannot publish to, as status tells of them.</summary>
public sealed class TopicsTextTests
{
    private const string Account = "111122223334";

    /// <summary>A user's case: Applied, in sync, and no alert ever came.</summary>
    [Fact]
    public async Task A_topic_that_is_not_there_is_told_although_its_budget_is_applied()
    {
        using var file = new RowsOnDisk($$"""
            [{ "AccountId": "{{Account}}", "BudgetValue": 300, "SnsTopicArn": "arn:aws:sns:eu-west-1:{AccountId}:no-such-topic" }]
            """);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        local.Cloud.EventBridge.FireSchedules(Account);
        await local.Cloud.Work.WhenIdleAsync();

        var all = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "status");
        var one = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "status", Account);
        var json = JsonNode.Parse((await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "status", "--json")).Out)!;

        var told = string.Join(' ', all.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("1 Applied", told, StringComparison.Ordinal);
        Assert.Contains(
            $"Alerts are lost, AWS Budgets cannot publish: arn:aws:sns:eu-west-1:{Account}:no-such-topic of {Account} (there is no such topic; ",
            told,
            StringComparison.Ordinal);
        Assert.Contains("no-such-topic: alerts are lost, there is no such topic", one.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        var topic = json["accounts"]!.AsArray().Single(line => (string?)line!["accountId"] == Account)!["topics"]![0]!;
        Assert.Equal((true, $"arn:aws:sns:eu-west-1:{Account}:no-such-topic"), ((bool)topic["lost"]!, (string)topic["topic"]!));
    }

    [Fact]
    public void What_is_lost_and_what_is_not_seen_are_told_apart_and_the_first_are_named()
    {
        var lost = Enumerable.Range(1, 5).Select(number => Line($"11111111111{number}", new TopicAccess($"arn:t{number}", true, "why"))).ToList();
        var unseen = Line("222222222222", new TopicAccess("arn:k", false, "a key"));

        Assert.Equal(
            [
                "Alerts are lost, AWS Budgets cannot publish: arn:t1 of 111111111111 (why); arn:t2 of 111111111112 (why); arn:t3 of 111111111113 (why) and "
                    + "2 more ('budgetsync status --json' has them all).",
                "Not seen whether AWS Budgets may publish to 1 topic: 'budgetsync status ACCOUNT' says why, of 222222222222.",
            ],
            TopicsText.Of([.. lost, unseen]));
        Assert.Equal("arn:k: not seen, a key", TopicsText.Of(unseen.Status!.Topics[0]));
        Assert.Empty(TopicsText.Of([Line("333333333333")]));
    }

    private static CoverageLine Line(string account, params TopicAccess[] topics) => new(
        account,
        "",
        IsAccount: true,
        CoverageState.Applied,
        [],
        "",
        new StatusRow { Key = account, State = AccountState.Applied, FirstSeenAt = DateTimeOffset.UnixEpoch, Topics = [.. topics] });
}
