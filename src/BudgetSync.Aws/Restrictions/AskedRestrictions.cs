using BudgetSync.Core;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Aws.Restrictions;

/// <summary>What the hub asks to restrict.</summary>
/// <param name="Restrictions">Null where it cannot be told: then nothing is restricted and nothing lifted.</param>
/// <param name="Reason">Why the present parameter does not say it; null where it does.</param>
public sealed record AskedRestrictions(EquatableArray<DesiredRestriction>? Restrictions, string? Reason);
