using System.Collections.Immutable;
using BudgetSync.Core.Stops;

namespace BudgetSync.Aws.Stops;

/// <summary>One kind of what can be stopped, in one region of the account. None of the implementations has a call that terminates or deletes.</summary>
public interface IStoppables
{
    StoppableKind Kind { get; }

    string Region { get; }

    /// <summary>How many resources one call takes.</summary>
    int AtOnce { get; }

    /// <summary>Those that are there.</summary>
    /// <param name="marked">Only those that have our mark.</param>
    Task<ImmutableArray<StoppableResource>> ListAsync(bool marked, CancellationToken cancellation);

    Task MarkAsync(IReadOnlyList<StoppableResource> resources, StopMark mark, CancellationToken cancellation);

    Task StopAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation);

    /// <summary>Makes each what its own mark says it was.</summary>
    Task GiveBackAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation);

    Task UnmarkAsync(IReadOnlyList<StoppableResource> resources, CancellationToken cancellation);
}
