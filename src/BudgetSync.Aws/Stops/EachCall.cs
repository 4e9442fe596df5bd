using BudgetSync.Aws.Calls;
using BudgetSync.Core.Stops;

namespace BudgetSync.Aws.Stops;

/// <summary>Calls of services that stop one resource at a time.</summary>
internal static class EachCall
{
    public static async Task CallEachAsync<T>(
        this AwsCaller caller,
        string service,
        string operation,
        IReadOnlyList<StoppableResource> resources,
        Func<StoppableResource, CancellationToken, Task<T>> call,
        CancellationToken cancellation)
    {
        foreach (var resource in resources) await caller.CallAsync(service, operation, token => call(resource, token), cancellation);
    }
}
