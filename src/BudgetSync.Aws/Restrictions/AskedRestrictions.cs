using BudgetSync.Core;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Aws.Restrictions;

/// <summary>What the hub asks to restrict.</summary>
/// <param name="Restrictions">Null where it cannot be told: then nothing is restricted and nothing lifted.</param>
/// <param name="Reason">Why the present parameter does not say it; null where it does.</param>
public sealed record AskedRestrictions(EquatableArray<DesiredRestriction>? Restrictions, string? Reason)
{
    /// <summary>Ids of stops that earlier versions of the hub's asked for and the newest does not, as far back as AWS remembers: a hundred versions.</summary>
    public EquatableArray<string> EarlierStops { get; init; } = [];
}
