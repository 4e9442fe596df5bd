using BudgetSync.Aws.Faults;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Spend;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.Notify;

/// <summary>What would keep a message from people: a row that is as large as rows may be, and a Notify that dies while a topic refuses.</summary>
public sealed class HostileNotifyTests
{
    private const string Alpha = World.Alpha;

    /// <summary>Each message has the note of its row, and the ledger and the bus have bounds: 400 KB for an item, 256 KB for an event.</summary>
    [Theory]
    [InlineData(ChannelKind.Webhook)]
    [InlineData(ChannelKind.Email)]
    public async Task A_note_as_large_as_a_row_may_be_silences_nobody(ChannelKind kind)
    {
        await using var world = await NotifyWorld.CreateAsync(kind: kind);
        await world.World.PutRowAsync(
            Alpha, ("BudgetValue", World.Number("1")), ("Notify", World.Text("finops, pager")), ("Note", World.Text(new string('x', 390_000))));
        await world.SpendAsync(SpendState.Critical);

        await world.NotifyAsync();

        Assert.Equal(
            [$"finops Opened Critical {Alpha}", $"pager Opened Critical {Alpha}"], world.Told.Order(StringComparer.Ordinal));
        Assert.All(await world.Ledger.ToldAsync(Alpha, CancellationToken.None), told => Assert.Equal(500, told.Alert.Note!.Length));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_topic_refuses_is_in_the_queue_wherever_Notify_dies_and_twice_at_worst(bool afterTheEffect)
    {
        var calls = 0;
        for (var fatal = 0; fatal <= calls; fatal++)
        {
            await using var world = await NotifyWorld.CreateAsync(kind: ChannelKind.Email);
            await world.SpendAsync(SpendState.Over);
            calls = Math.Max(calls, await RunAsync(world, fatal, afterTheEffect));

            world.World.Clock.Advance(TimeSpan.FromHours(1));
            world.World.Cloud.Faults.Reset();
            world.World.Cloud.Faults.OnCalls(Refusal);
            await world.SweepAsync();
            await world.SweepAsync();

            Assert.InRange(world.Undelivered.Count, 1, 2);
            Assert.Empty((await world.Ledger.ReadAsync(Alpha, CancellationToken.None)).Pending);
        }

        Assert.InRange(calls, 8, 40);
    }

    private static async Task<int> RunAsync(NotifyWorld world, int fatal, bool afterTheEffect)
    {
        var number = 0;
        world.World.Cloud.Faults.OnCalls(call => ++number == fatal
            ? afterTheEffect ? new Fault.ResponseLoss() : new Fault.RequestLoss()
            : fatal > 0 && number > fatal ? new Fault.Refusal(new AwsException("AccessDeniedException", "The function is dead.")) : Refusal(call));
        try
        {
            await world.NotifyAsync();
        }
        catch (AwsFaultException)
        {
            // It is dead.
        }

        return number;
    }

    private static Fault? Refusal(AwsCall call) =>
        call.Operation == "Publish" ? new Fault.Refusal(new AwsException("NotFound", "Topic does not exist", 404)) : null;
}
