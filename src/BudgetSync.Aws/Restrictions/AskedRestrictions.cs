using BudgetSync.Core;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Aws.Restrictions;

/// <summary>What the hub asks to restrict.</summary>
/// <param name="Restrictions">Null where it cannot be told: then nothing is restricted and nothing lifted.</param>
/// <param name="Reason">Why the present parameter does not say it; null where it does.</param>
public sealed record AskedRestrictions(EquatableArray<DesiredRestriction>? Restrictions, string? Reason)
{
    /// <summary>All that the versions of the hub's ask for, the newest first, as far back as AWS remembers: a hundred versions.</summary>
    public EquatableArray<DesiredRestriction> History { get; init; } = [];

    /// <summary>Whether the hub has asked for anything that it does not ask for now.</summary>
    public bool HasEarlier => History.Select(one => one.Id).Except((Restrictions ?? []).Select(one => one.Id)).Any();
}
