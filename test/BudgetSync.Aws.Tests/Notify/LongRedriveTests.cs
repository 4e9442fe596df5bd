using System.Text.Json.Nodes;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Aws.Tests.Notify;

/// <summary>A redrive that takes longer than its messages are hidden from others, and while which more is told.</summary>
public sealed class LongRedriveTests
{
    private static readonly Channel Pager = new(NotifyWorld.Pager, ChannelKind.PagerDuty);

    [Fact]
    public async Task What_another_run_may_have_received_meanwhile_is_not_sent_and_goes_out_with_the_next_run_once_and_in_order()
    {
        await using var world = await NotifyWorld.CreateAsync();
        await LoseAsync(world, Alert("a", AlertPhase.Opened, 1));
        await LoseAsync(world, Alert("b", AlertPhase.Opened, 2));
        await LoseAsync(world, Alert("b", AlertPhase.Resolved, 3));
        await LoseAsync(world, Alert("c", AlertPhase.Opened, 4));
        // The first message takes three minutes.
        world.World.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation == "PutEvents") RedriveRun.Advance(world, TimeSpan.FromMinutes(3));
            return null;
        });
        var first = await RedriveRun.Async(world, Pager);
        world.World.Cloud.Faults.Reset();

        Assert.Equal(["a"], Sent(world));
        Assert.Equal(3, first.Count(message => message.Kept == "the time of this run was up before its turn; run it again"));
        Assert.All(await RedriveRun.Async(world, Pager), message => Assert.Null(message.Kept));
        Assert.Equal(["a", "b", "b", "c"], Sent(world));
        Assert.Empty(world.Undelivered);
    }

    [Fact]
    public async Task What_is_told_while_a_run_goes_on_overtakes_what_the_run_has_not_sent_yet()
    {
        await using var world = await NotifyWorld.CreateAsync();
        await LoseAsync(world, Alert("a", AlertPhase.Opened, 1));
        await LoseAsync(world, Alert("b", AlertPhase.Opened, 2));
        var end = Alert("b", AlertPhase.Resolved, 60);
        Task? told = null;
        world.World.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation != "PutEvents") return null;
            // Notify resolves b while a is on its way.
            told ??= Task.Run(() => world.Ledger.AppendAsync(new ToldAlert(end.At, Pager.Name, Counted: false, end), CancellationToken.None));
            Assert.True(told.Wait(TimeSpan.FromSeconds(10)));
            return null;
        });

        var done = await RedriveRun.Async(world, Pager);

        Assert.Equal(["a"], Sent(world));
        Assert.Equal([false, true], done.Select(message => message.Overtaken));
        Assert.Empty(world.Undelivered);
    }

    [Fact]
    public async Task An_opening_that_is_found_after_its_end_was_sent_once_more_is_overtaken()
    {
        await using var world = await NotifyWorld.CreateAsync();
        var end = Alert("b", AlertPhase.Resolved, 3);
        await LoseAsync(world, end);
        RedriveRun.Advance(world, TimeSpan.FromHours(1));
        await world.Ledger.AppendAsync(new ToldAlert(end.At, Pager.Name, Counted: false, end) { Undelivered = "no" }, CancellationToken.None);
        Assert.Null(Assert.Single(await RedriveRun.Async(world, Pager)).Kept);

        // SQS asks a sample of its servers, and may show the earlier one only now.
        await LoseAsync(world, Alert("b", AlertPhase.Opened, 2));
        Assert.True(Assert.Single(await RedriveRun.Async(world, Pager)).Overtaken);

        Assert.Equal(["b"], Sent(world));
        Assert.Null((await world.Ledger.ToldAsync(World.Alpha, CancellationToken.None))[^1].Undelivered);
    }

    /// <summary>One account has fifteen places of an hour of the pager, three quarters of twenty.</summary>
    [Fact]
    public async Task A_backlog_goes_on_in_the_next_hour_where_the_run_before_ended_and_nothing_is_sent_twice()
    {
        await using var world = await NotifyWorld.CreateAsync();
        string[] budgets = [.. Enumerable.Range(1, 40).Select(number => $"b{number:00}")];
        foreach (var (budget, place) in budgets.Select((budget, place) => (budget, place)).Reverse())
            await LoseAsync(world, Alert(budget, AlertPhase.Opened, place));

        foreach (var sent in new[] { 15, 15, 30, 40, 40 })
        {
            var done = await RedriveRun.Async(world, Pager);
            Assert.Equal(budgets[..sent], Sent(world));
            Assert.Equal(40 - sent, done.Count(message => message.Kept is not null));
            Assert.Equal(40 - sent, world.Undelivered.Count);
            // The second run is in the hour of the first one.
            RedriveRun.Advance(world, sent == 15 && done.Length == 40 ? TimeSpan.FromMinutes(5) : TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public async Task A_sum_takes_no_place_of_an_hour_that_has_none()
    {
        await using var world = await NotifyWorld.CreateAsync();
        await LoseAsync(world, Overflow.Of(Pager, [new ChannelHour("2026-02-28T20", 7)], World.Start));
        var now = world.World.Clock.GetUtcNow();
        while (await world.Ledger.TakeAsync(Pager, RestrictionAlerts.EveryAccount, AlertSeverity.Warning, now, CancellationToken.None))
        {
        }

        Assert.Null(Assert.Single(await RedriveRun.Async(world, Pager)).Kept);
    }

    private static async Task LoseAsync(NotifyWorld world, Alert alert)
    {
        var detail = new JsonObject { ["detail"] = JsonNode.Parse(AlertJson.Notification(alert, Pager)) };
        await world.World.As(World.Management).Queues.SendMessageAsync(new()
        {
            QueueUrl = $"https://sqs.us-east-1.amazonaws.com/{World.Management}/BudgetSync-Alerts-DeadLetters",
            MessageBody = detail.ToJsonString(),
            MessageAttributes = new() { ["CHANNEL"] = new() { DataType = "String", StringValue = Pager.Name } },
        });
    }

    private static string[] Sent(NotifyWorld world) => [.. world.Body("dedup_key").Select(key => key.ToString().Split('/')[1])];

    private static Alert Alert(string budget, AlertPhase phase, int second) =>
        new(AlertKind.SpendState, AlertSeverity.Critical, phase, World.Alpha, budget, "2026-03", "Critical", "", World.Start.AddSeconds(second));
}
