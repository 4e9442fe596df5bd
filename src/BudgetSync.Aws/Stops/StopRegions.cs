using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Spokes;
using BudgetSync.Core;
using BudgetSync.Core.Stops;

namespace BudgetSync.Aws.Stops;

/// <summary>What can be stopped in the regions that a stack names.</summary>
public static class StopRegions
{
    /// <summary>What stops there; null where no region is named.</summary>
    /// <param name="role">Name of the role that this runs by, as whose it knows what it has stopped.</param>
    public static StopExecutor? Executor(
        IReadOnlyCollection<string> regions,
        string role,
        AwsClients clients,
        AccountId account,
        string partition,
        AwsCaller caller,
        JsonLog log,
        TimeProvider time) =>
        regions.Count == 0 ? null : new StopExecutor(
            [.. regions.SelectMany(region => Of(region, clients, account, partition, caller))],
            [.. regions.Select(region => new IdleFindings(clients.Optimizer(region), region, caller))],
            new JournalParameter(clients.OwnSystems, StopJournal.ParameterName, role, account, partition, caller),
            account,
            log,
            time);

    private static IEnumerable<IStoppables> Of(string region, AwsClients clients, AccountId account, string partition, AwsCaller caller) =>
    [
        new GroupStops(clients.Scaling(region), region, caller),
        new InstanceStops(clients.Compute(region), region, account, partition, caller),
        new DatabaseStops(clients.Databases(region), region, caller),
        new DatabaseClusterStops(clients.Databases(region), region, caller),
        new NotebookStops(clients.Notebooks(region), region, caller),
        new ContainerStops(clients.Containers(region), region, caller),
    ];
}
