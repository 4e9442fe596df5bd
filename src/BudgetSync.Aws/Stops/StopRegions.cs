using System.Collections.Immutable;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Core;

namespace BudgetSync.Aws.Stops;

/// <summary>What can be stopped in the regions that a stack names.</summary>
public static class StopRegions
{
    public static ImmutableArray<IStoppables> Of(
        IReadOnlyCollection<string> regions, AwsClients clients, AccountId account, string partition, AwsCaller caller) =>
    [
        .. regions.SelectMany(region => new IStoppables[]
        {
            new GroupStops(clients.Scaling(region), region, caller),
            new InstanceStops(clients.Compute(region), region, account, partition, caller),
        }),
    ];
}
