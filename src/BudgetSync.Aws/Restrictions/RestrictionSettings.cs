using System.Collections.Immutable;

namespace BudgetSync.Aws.Restrictions;

/// <summary>What the stack gave this spoke to restrict with.</summary>
/// <param name="Policies">Names of the stack's policies: whatever else a document names is not there, and refused.</param>
/// <param name="ExemptRoles">Patterns of role names that are never bound, beside those that never are anywhere.</param>
public sealed record RestrictionSettings(ImmutableArray<string> Policies, ImmutableArray<string> ExemptRoles)
{
    /// <summary>Name of the role that the hub writes the parameter by; what any other wrote restricts nobody and frees nobody.
    /// "" of a stack from before the journal of denies, in which whatever was attached was ours.</summary>
    public string HubRole { get; init; } = "";

    /// <summary>Name of the role that this function runs by, as whose it knows what it has attached and stopped.</summary>
    public string OwnRole { get; init; } = "";

    /// <summary>Where it may stop what runs; none: it stops nothing.</summary>
    public ImmutableArray<string> StopRegions { get; init; } = [];
}
