using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Notify;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Spend;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.Notify;

public sealed class NotifierTests
{
    private const string Alpha = World.Alpha;

    [Fact]
    public async Task The_channels_that_rows_name_are_told_once_and_again_when_it_gets_worse_and_once_when_it_is_over()
    {
        await using var world = await NotifyWorld.CreateAsync();
        foreach (var state in new[] { SpendState.Over, SpendState.Over, SpendState.Critical, SpendState.Over, SpendState.Under, SpendState.Under })
        {
            await world.SpendAsync(state);
            await world.NotifyAsync();
            await world.NotifyAsync();
        }

        Assert.Equal(
            [
                $"finops Opened Over {Alpha}", $"finops Escalated Critical {Alpha}", $"pager Opened Critical {Alpha}",
                $"finops Resolved Critical {Alpha}", $"pager Resolved Critical {Alpha}",
            ],
            world.Told);
    }

    [Fact]
    public async Task The_hourly_round_finds_what_an_event_that_was_lost_would_have_told()
    {
        await using var world = await NotifyWorld.CreateAsync();
        await world.SpendAsync(SpendState.Critical);

        Assert.Equal(0, await world.SweepAsync());
        await world.SweepAsync();

        Assert.Equal([$"finops Opened Critical {Alpha}", $"pager Opened Critical {Alpha}"], world.Told);
    }

    [Fact]
    public async Task What_stays_Critical_is_told_every_three_days()
    {
        await using var world = await NotifyWorld.CreateAsync();
        await world.SpendAsync(SpendState.Critical);
        for (var hour = 0; hour < 24 * 7; hour++)
        {
            await world.SweepAsync();
            world.World.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(2, world.Told.Count(line => line == $"finops Reminder Critical {Alpha}"));
        Assert.Equal(6, world.Told.Count);
    }

    [Fact]
    public async Task A_storm_gives_a_channel_its_rate_and_one_line_whose_number_is_exact()
    {
        const int accounts = 300;
        await using var world = await NotifyWorld.CreateAsync();
        var names = Enumerable.Range(1, accounts).Select(number => $"{number:000000000000}").ToList();
        foreach (var account in names) await world.SpendAsync(SpendState.Over, account);

        await Task.WhenAll(names.Select(world.NotifyAsync));
        await world.SweepAsync();
        Assert.Equal(20, world.Told.Count);

        world.World.Clock.Advance(TimeSpan.FromHours(1));
        await world.SweepAsync();
        await world.SweepAsync();
        Assert.Equal("finops Opened and 280 more", world.Told[^1]);
        Assert.Equal(21, world.Told.Count);

        // Only those that were told by name are resolved by name, at the channel's rate too.
        foreach (var account in names) await world.SpendAsync(SpendState.Under, account);
        await world.SweepAsync();
        Assert.Equal(20, world.Told.Count(line => line.StartsWith("finops Resolved", StringComparison.Ordinal)));
        Assert.Equal(41, world.Told.Count);
        world.World.Clock.Advance(TimeSpan.FromDays(1));
        await world.SweepAsync();
        Assert.Equal(41, world.Told.Count);
        Assert.All(await world.Ledger.ReadAllAsync(CancellationToken.None), alerts => Assert.True(alerts.IsEmpty));
    }

    [Fact]
    public async Task An_end_waits_for_an_hour_with_room_and_is_never_only_counted()
    {
        await using var world = await NotifyWorld.CreateAsync(perHour: 1);
        await world.SpendAsync(SpendState.Over);
        await world.NotifyAsync();
        await world.SpendAsync(SpendState.Under);
        await world.NotifyAsync();
        Assert.Equal([$"finops Opened Over {Alpha}"], world.Told);

        world.World.Clock.Advance(TimeSpan.FromHours(1));
        await world.SweepAsync();
        Assert.Equal([$"finops Opened Over {Alpha}", $"finops Resolved Over {Alpha}"], world.Told);
    }

    [Theory]
    [InlineData(ChannelKind.Webhook, false)]
    [InlineData(ChannelKind.Webhook, true)]
    [InlineData(ChannelKind.Email, false)]
    [InlineData(ChannelKind.Email, true)]
    public async Task Any_crash_tells_twice_at_worst_and_never_not(ChannelKind kind, bool afterTheEffect)
    {
        var calls = 0;
        for (var fatal = 1; fatal == 1 || fatal <= calls; fatal++)
        {
            await using var world = await NotifyWorld.CreateAsync(kind: kind);
            await world.SpendAsync(SpendState.Critical);
            if (fatal == 1) calls = await CountAsync(world);
            else
            {
                world.DieAt(fatal - 1, afterTheEffect);
                try
                {
                    await world.NotifyAsync();
                }
                catch (AwsFaultException)
                {
                    // It is dead.
                }

                world.World.Cloud.Faults.Reset();
            }

            // Lambda delivers again, and each hour there is a round: by then the dead one's claim has ended.
            await world.NotifyAsync();
            world.World.Clock.Advance(TimeSpan.FromHours(1));
            await world.SweepAsync();
            await world.SweepAsync();
            foreach (var channel in new[] { NotifyWorld.Finops, NotifyWorld.Pager })
                Assert.InRange(world.Told.Count(line => line == $"{channel} Opened Critical {Alpha}"), 1, 2);

            await world.SpendAsync(SpendState.Under);
            await world.SweepAsync();
            await world.SweepAsync();
            Assert.Equal(2, world.Told.Count(line => line.Contains("Resolved", StringComparison.Ordinal)));
        }

        Assert.InRange(calls, 8, 40);

        static async Task<int> CountAsync(NotifyWorld world)
        {
            var before = world.World.Cloud.Calls.Calls.Count;
            await world.NotifyAsync();
            return world.World.Cloud.Calls.Calls.Count - before;
        }
    }

    [Fact]
    public async Task Two_at_once_for_one_account_tell_once()
    {
        await using var world = await NotifyWorld.CreateAsync();
        await world.SpendAsync(SpendState.Critical);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.NotifyAsync()));

        Assert.Equal(2, world.Told.Count);
    }

    [Fact]
    public async Task Each_message_stands_in_the_ledger_with_its_channel()
    {
        await using var world = await NotifyWorld.CreateAsync();
        await world.SpendAsync(SpendState.Over);
        await world.NotifyAsync();

        var entries = await world.World.As(World.Management).Dynamo.QueryAsync(new()
        {
            TableName = "BudgetSync-Ledger",
            KeyConditionExpression = "AccountId = :account",
            ExpressionAttributeValues = new() { [":account"] = World.Text(Alpha) },
        });
        var entry = Assert.Single(entries.Items);
        Assert.Equal("finops", entry["Channel"].S);
        Assert.Equal(AlertKind.SpendState, AlertJson.Read(entry["Alert"].S)!.Kind);
    }

    [Fact]
    public async Task Unusual_costs_are_told_once_by_the_accounts_row_and_over_when_AWS_has_told_no_more_of_them()
    {
        await using var world = await NotifyWorld.CreateAsync();
        var anomaly = new CostAnomaly("a-1", Alpha, 412.3m, 73.2m, "Amazon EC2, us-east-1", "2026-03-01", world.World.Clock.GetUtcNow());
        await world.AnomalyAsync(anomaly);
        await world.AnomalyAsync(anomaly with { Impact = 500, SeenAt = world.World.Clock.GetUtcNow() });
        await world.SweepAsync();
        Assert.Equal([$"finops Opened Unusual costs {Alpha}"], world.Told);
        Assert.Equal($"Costs of {Alpha} are unusual since 2026-03-01: 412.30 USD more than expected (73.2 %), mostly Amazon EC2, us-east-1.", world.Texts[0]);

        world.World.Clock.Advance(TimeSpan.FromDays(6));
        await world.SweepAsync();
        Assert.Single(world.Told);
        world.World.Clock.Advance(TimeSpan.FromDays(2));
        await world.SweepAsync();
        await world.SweepAsync();
        Assert.Equal($"finops Resolved Unusual costs {Alpha}", Assert.Single(world.Told.Skip(1)));
    }

    [Fact]
    public async Task Unusual_costs_that_grow_tenfold_are_told_again_and_an_event_that_comes_late_makes_them_no_smaller()
    {
        await using var world = await NotifyWorld.CreateAsync();
        var anomaly = new CostAnomaly("a-1", Alpha, 412.3m, 73.2m, "Amazon EC2, us-east-1", "2026-03-01", world.World.Clock.GetUtcNow());
        await world.AnomalyAsync(anomaly);
        await world.AnomalyAsync(anomaly with { Impact = 60_000 });
        await world.AnomalyAsync(anomaly with { Impact = 2_000, SeenAt = world.World.Clock.GetUtcNow().AddDays(3) });
        await world.SweepAsync();

        Assert.Equal([$"finops Opened Unusual costs {Alpha}", $"finops Escalated Unusual costs above 10,000 USD {Alpha}"], world.Told);
        world.World.Clock.Advance(TimeSpan.FromDays(9));
        await world.SweepAsync();
        Assert.Equal(2, world.Told.Count);
        world.World.Clock.Advance(TimeSpan.FromDays(2));
        await world.SweepAsync();
        Assert.Equal($"finops Resolved Unusual costs above 10,000 USD {Alpha}", world.Told[^1]);
    }

    [Fact]
    public async Task Unusual_costs_that_the_event_could_not_tell_are_found_by_the_hourly_round()
    {
        await using var world = await NotifyWorld.CreateAsync();
        await world.Ledger.KeepAsync(new CostAnomaly("a-1", World.Beta, 60, null, "", "", world.World.Clock.GetUtcNow()), CancellationToken.None);

        await world.SweepAsync();

        Assert.Equal([$"finops Opened Unusual costs {World.Beta}"], world.Told);
    }

    [Fact]
    public async Task A_channel_with_a_digest_gets_one_a_day_of_its_accounts_and_others_none()
    {
        await using var world = await NotifyWorld.CreateAsync(digest: DigestInterval.Daily);
        await world.SpendAsync(SpendState.Under);
        await world.SpendAsync(SpendState.Under, World.Beta);
        await world.World.PutRowAsync(World.Beta, ("Notify", World.Text("pager")));
        for (var hour = 0; hour < 72; hour++)
        {
            await world.SweepAsync();
            world.World.Clock.Advance(TimeSpan.FromHours(1));
        }

        // The first comes with the next morning, and tells of the one account whose alerts go there.
        Assert.Equal(3, world.Told.Count);
        Assert.All(world.Told, line => Assert.StartsWith("finops Opened Daily digest of 2026-03-", line, StringComparison.Ordinal));
        Assert.All(world.Texts, text => Assert.StartsWith("1 budget of 1 account: ", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_digest_has_what_rose_envelopes_unusual_costs_and_what_the_deployment_costs()
    {
        await using var world = await NotifyWorld.CreateAsync(digest: DigestInterval.Daily, kind: ChannelKind.Email);
        await world.SpendAsync(SpendState.Under);
        await world.SpendAsync(SpendState.Under, World.Beta);
        await world.World.PutRowAsync(World.Beta, ("BudgetValue", World.Number("500")), ("Notify", World.Text("pager")));
        await world.World.PutRowAsync("default", ("BudgetValue", World.Number("1")), ("Notify", World.Text("finops")), ("Envelope", new AttributeValue
        {
            M = new() { ["Amount"] = new() { N = "100" } },
        }));
        await world.SweepAsync();
        world.World.Clock.Advance(TimeSpan.FromDays(12));
        await world.RiseAsync(World.Alpha, before: 10, now: 40);
        await world.RiseAsync(World.Beta, before: 1, now: 900);
        await world.Ledger.KeepAsync(new CostAnomaly("a-1", World.Alpha, 60, null, "EC2", "", world.World.Clock.GetUtcNow()), CancellationToken.None);
        var today = DateOnly.FromDateTime(world.World.Clock.GetUtcNow().UtcDateTime);
        foreach (var counter in new[] { CostCounter.Track, CostCounter.Drivers })
            Assert.True(await world.Requests.TakeRequestAsync(counter, today, 10, CancellationToken.None));

        await world.SweepAsync();

        var digest = Assert.Single(world.Bodies, body => body.Contains("Daily digest", StringComparison.Ordinal));
        Assert.Contains("Rose most: 111111111111 +30 USD a day (10 before, 40 now)\n", digest, StringComparison.Ordinal);
        Assert.Contains("Unusual costs: 111111111111 +60 USD (EC2)\n", digest, StringComparison.Ordinal);
        Assert.Contains("Envelopes: default of 100 USD: allocated 501.0 %", digest, StringComparison.Ordinal);
        Assert.Contains("BudgetSync itself: about ", digest, StringComparison.Ordinal);
        Assert.Contains("2 requests of Cost Explorer this month: 0.02 USD", digest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_digest_waits_for_an_hour_with_room_and_comes_once_where_the_ledger_fails()
    {
        await using var world = await NotifyWorld.CreateAsync(perHour: 1, digest: DigestInterval.Weekly);
        await world.SpendAsync(SpendState.Under);
        await world.SweepAsync();
        world.World.Clock.Advance(TimeSpan.FromDays(7));
        await world.SpendAsync(SpendState.Over);
        await world.NotifyAsync();
        await world.SweepAsync();
        Assert.Equal([$"finops Opened Over {Alpha}"], world.Told);

        world.World.Clock.Advance(TimeSpan.FromHours(1));
        world.World.Cloud.Faults.OnCalls(call => call.Operation == "PutItem" ? new Fault.Refusal(new AwsException("AccessDeniedException", "dead")) : null);
        await Assert.ThrowsAsync<AwsFaultException>(() => world.SweepAsync());
        world.World.Cloud.Faults.Reset();
        for (var hour = 0; hour < 5; hour++)
        {
            world.World.Clock.Advance(TimeSpan.FromHours(1));
            await world.SweepAsync();
        }

        Assert.Equal([$"finops Opened Over {Alpha}", "finops Opened Weekly digest of 2026-03-09"], world.Told);
    }

    [Theory]
    [InlineData("""{"source":"budgetsync","detail":{"accountId":"111122223333"}}""", "111122223333")]
    [InlineData("""{"detail":{"accountId":"1"}}""", null)]
    [InlineData("""{"source":"aws.events","detail":{}}""", null)]
    [InlineData("[]", null)]
    public void An_event_says_only_which_account_to_look_at(string json, string? account)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Equal(account, Notifier.AccountOf(document.RootElement)?.Value);
    }
}
