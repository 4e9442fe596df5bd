using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Simulation.Tests.Worlds;

/// <summary>What is out of order for long: services, whole spokes, quotas, and stream records that are gone without a trace.</summary>
internal sealed class OutageEdits(SimulatedWorld world, Random random)
{
    private static readonly string[] Services = ["dynamodb", "sts", "ssm", "budgets", "organizations", "sqs", "events"];

    public void Make()
    {
        if (world.Faults.CallRate == 0) return;
        var accounts = world.Cloud.Organizations.AccountIds;
        var account = accounts[random.Next(accounts.Count)];
        switch (random.Next(6))
        {
            case 0:
                world.Journal.Write($"nothing works in {account}");
                world.Faults.CutOff(account, TimeSpan.FromHours(random.Next(1, 96)));
                break;
            case 1:
                world.Journal.Write($"{account} takes no more budgets");
                world.Faults.FillQuota(account, TimeSpan.FromHours(random.Next(1, 48)));
                break;
            case 2:
                world.Journal.Write("dynamodb throttles");
                world.Faults.Throttle("dynamodb", TimeSpan.FromMinutes(random.Next(1, 240)));
                break;
            case 3:
                PurgeDeadLetters();
                break;
            default:
                var service = Services[random.Next(Services.Length)];
                world.Journal.Write($"{service} breaks down");
                world.Faults.BreakDown(service, TimeSpan.FromMinutes(random.Next(1, 240)));
                break;
        }
    }

    /// <summary>
    /// What the dead-letter queue knows of is lost, as are stream records that were older than a day before anybody got to them: nothing is left that tells of
    /// an edit but the row itself.
    /// </summary>
    private void PurgeDeadLetters()
    {
        try
        {
            foreach (var url in world.Manual.Ask(world.Cloud.Sqs, SimulatedWorld.Management, "ListQueues", [])["QueueUrls"]?.AsArray() ?? [])
                world.Manual.Try(world.Cloud.Sqs, SimulatedWorld.Management, "PurgeQueue", new JsonObject { ["QueueUrl"] = url?.ToString() });
        }
        catch (AwsException refused)
        {
            world.Journal.Write($"not purged: {refused.Code}");
        }
    }
}
