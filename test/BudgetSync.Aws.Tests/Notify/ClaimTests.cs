using System.Globalization;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Spend;

namespace BudgetSync.Aws.Tests.Notify;

/// <summary>Who sends what: a Notify that was killed is followed by Lambda's own next try, and one that is slow by nobody.</summary>
public sealed class ClaimTests
{
    /// <summary>
    /// Of an event whose function failed: one minute after the first try and two after the second (Lambda developer guide, "How Lambda handles errors and
    /// retries with asynchronous invocation").
    /// </summary>
    private static readonly TimeSpan NextTry = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(ChannelKind.Webhook, false)]
    [InlineData(ChannelKind.Webhook, true)]
    [InlineData(ChannelKind.Email, false)]
    [InlineData(ChannelKind.Email, true)]
    public async Task Wherever_Notify_is_killed_Lambdas_next_try_of_the_event_tells_what_is_left_and_twice_at_worst(ChannelKind kind, bool afterTheEffect)
    {
        var calls = 0;
        for (var fatal = 0; fatal <= calls; fatal++)
        {
            await using var world = await NotifyWorld.CreateAsync(kind: kind);
            await world.SpendAsync(SpendState.Critical);
            var before = world.World.Cloud.Calls.Calls.Count;
            if (fatal > 0) world.DieAt(fatal, afterTheEffect);
            await Record.ExceptionAsync(() => world.NotifyAsync());
            if (fatal == 0) calls = world.World.Cloud.Calls.Calls.Count - before;
            world.World.Cloud.Faults.Reset();
            world.World.Clock.Advance(NextTry);
            await world.NotifyAsync();

            foreach (var channel in new[] { NotifyWorld.Finops, NotifyWorld.Pager })
                Assert.InRange(world.Told.Count(line => line == $"{channel} Opened Critical {World.Alpha}"), 1, 2);
            Assert.Empty((await world.Ledger.ReadAsync(World.Alpha, CancellationToken.None)).Pending);
        }

        Assert.InRange(calls, 8, 40);
    }

    [Fact]
    public async Task Who_lives_and_is_slow_keeps_its_claim()
    {
        await using var world = await NotifyWorld.CreateAsync();
        await world.ManyAsync(8);
        var ages = new List<TimeSpan>();
        world.World.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation != "PutEvents") return null;
            var written = world.World.Cloud.Calls.Calls.Last(one => one.Call.Operation == "PutItem" && one.Call.Input["Item"]!["Pending"] is not null);
            ages.Add(world.World.Clock.GetUtcNow() - written.Call.Input["Item"]!["Pending"]!["L"]!.AsArray()
                .Select(message => DateTimeOffset.Parse(message!["M"]!["ClaimedAt"]!["S"]!.ToString(), CultureInfo.InvariantCulture)).Min());
            // Each takes ten seconds: all of them longer than a claim lasts.
            world.World.Clock.Advance(TimeSpan.FromSeconds(10));
            return null;
        });

        await world.NotifyAsync();

        Assert.Equal(8, ages.Count);
        Assert.All(ages, age => Assert.InRange(age, TimeSpan.Zero, PendingClaims.ClaimRenewed));
    }

    [Fact]
    public void What_another_has_taken_over_is_not_claimed_back()
    {
        var late = new PendingAlert("finops", Alert(), "mine", World.Start);
        var alerts = new AccountAlerts(World.Alpha) { Pending = [late with { Claim = "another" }] };

        Assert.True(PendingClaims.IsAging(late, World.Start + PendingClaims.ClaimRenewed));
        Assert.Equal("another", Assert.Single(PendingClaims.Renewed(alerts, "mine", World.Start.AddMinutes(1)).Pending).Claim);
    }

    private static Alert Alert() => new(
        AlertKind.SpendState, Core.Budgets.AlertSeverity.Critical, AlertPhase.Opened, World.Alpha, "team-a", "2026-03", "Critical", "", World.Start);
}
