using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Tests.Lambda;

namespace BudgetSync.LocalAws.Tests.EventBridge;

public sealed class ScheduleTests : IAsyncDisposable
{
    private readonly World world = new();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_schedule_fires_by_the_clock_and_is_never_outstanding_work()
    {
        world.Function(World.Spoke, "Apply");
        Schedule("rate(1 hour)");
        Assert.Equal(0, world.Cloud.Work.Outstanding);
        Assert.Equal(world.Clock.GetUtcNow().AddHours(1), world.Cloud.EventBridge.NextSchedule);

        world.Clock.Advance(TimeSpan.FromMinutes(59));
        await world.RunReadyAsync();
        Assert.Empty(world.Received["Apply"]);
        world.Clock.Advance(TimeSpan.FromMinutes(61));
        await world.RunReadyAsync();

        Assert.Equal(2, world.Received["Apply"].Count);
        Assert.Equal("Scheduled Event", world.Received["Apply"][0]["detail-type"]!.ToString());
        Assert.Equal("2026-01-01T01:00:00Z", world.Received["Apply"][0]["time"]!.ToString());
        Assert.Equal($"arn:aws:events:us-east-1:{World.Spoke}:rule/schedule", world.Received["Apply"][0]["resources"]![0]!.ToString());
    }

    [Fact]
    public async Task A_schedule_fires_at_once_for_who_cannot_wait_and_at_its_time_too()
    {
        world.Function(World.Spoke, "Apply");
        Schedule("rate(1 hour)");
        world.Clock.Advance(TimeSpan.FromMinutes(59));

        world.Cloud.EventBridge.FireSchedules(World.Management);
        world.Cloud.EventBridge.FireSchedules(World.Spoke);
        await world.RunReadyAsync();
        Assert.Equal("2026-01-01T00:59:00Z", Assert.Single(world.Received["Apply"])["time"]!.ToString());
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.RunReadyAsync();

        Assert.Equal(2, world.Received["Apply"].Count);
    }

    [Fact]
    public async Task A_deleted_or_disabled_schedule_no_longer_fires()
    {
        world.Function(World.Spoke, "Apply");
        Schedule("rate(1 hour)");
        var rule = world.Cloud.EventBridge.FindRule(World.Spoke, "default", "schedule")!;
        world.Cloud.EventBridge.PutRule(rule with { Enabled = false });
        Assert.Null(world.Cloud.EventBridge.NextSchedule);
        world.Cloud.EventBridge.PutRule(rule);
        world.Cloud.EventBridge.DeleteRule(World.Spoke, "default", "schedule");

        world.Clock.Advance(TimeSpan.FromHours(2));
        await world.RunReadyAsync();

        Assert.Empty(world.Received["Apply"]);
    }

    [Theory]
    [InlineData("cron(0 6 * * ? *)", "2026-01-01T06:00:00Z")]
    [InlineData("cron(15/20 0 * * ? *)", "2026-01-01T00:15:00Z")]
    [InlineData("cron(0 0 1 FEB,MAR ? *)", "2026-02-01T00:00:00Z")]
    [InlineData("cron(30 23 ? * MON-WED *)", "2026-01-05T23:30:00Z")]
    [InlineData("cron(0 0 29 2 ? *)", "2028-02-29T00:00:00Z")]
    [InlineData("rate(1 day)", "2026-01-02T00:00:00Z")]
    public void A_schedule_expression_names_its_next_time(string expression, string next)
    {
        Schedule(expression);

        Assert.Equal(DateTimeOffset.Parse(next, System.Globalization.CultureInfo.InvariantCulture), world.Cloud.EventBridge.NextSchedule);
    }

    [Theory]
    [InlineData("cron(0 6 * * * *)")]
    [InlineData("cron(0 6 ? * ? *)")]
    [InlineData("cron(60 6 * * ? *)")]
    [InlineData("cron(0 6 L * ? *)")]
    [InlineData("rate(0 hours)")]
    [InlineData("rate(1 hours)")]
    [InlineData("every hour")]
    public void A_schedule_expression_that_is_none_is_refused(string expression) =>
        Assert.Equal("ValidationException", Assert.Throws<AwsException>(() => Schedule(expression)).Code);

    private void Schedule(string expression)
    {
        var target = new RuleTarget("1", $"arn:aws:lambda:us-east-1:{World.Spoke}:function:Apply");
        var arn = world.Cloud.EventBridge.PutRule(new Rule(World.Spoke, "default", "schedule") { Schedule = expression, Targets = [target] });
        if (world.Cloud.Lambda.FindFunction(World.Spoke, "Apply") is not null) world.LetRuleInvoke(World.Spoke, "Apply", arn);
    }
}
