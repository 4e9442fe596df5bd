using System.Collections.Immutable;
using BudgetSync.Aws.Notify;
using BudgetSync.Core.Alerts;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.Notify;

/// <summary>A run of <c>alerts redrive</c> against a world, whose clocks go on while SQS waits.</summary>
internal static class RedriveRun
{
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(2);

    /// <param name="channels">Those of the deployment.</param>
    public static async Task<ImmutableArray<RedrivenAlert>> Async(NotifyWorld world, params Channel[] channels)
    {
        var clients = world.World.As(World.Management);
        var topics = new TopicPublisher(clients.OwnTopics, $"arn:aws:sns:us-east-1:{World.Management}:", world.World.Caller);
        var queue = new UndeliveredAlerts(clients.Queues, clients.Events, topics, "BudgetSync-Alerts-DeadLetters", "BudgetSync", world.World.Caller);
        var run = new UndeliveredRedrive(queue, world.Ledger, [.. channels], world.World.Clock).RunAsync(Hidden, CancellationToken.None);
        // SQS waits for more messages until the time of a receive is over.
        while (!run.IsCompleted)
        {
            ((VirtualClock)world.World.Cloud.Options.Time).Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        return await run;
    }

    public static void Advance(NotifyWorld world, TimeSpan by)
    {
        world.World.Clock.Advance(by);
        ((VirtualClock)world.World.Cloud.Options.Time).Advance(by);
    }
}
