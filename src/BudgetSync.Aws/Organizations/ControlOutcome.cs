using BudgetSync.Core;
using BudgetSync.Core.Reports;

namespace BudgetSync.Aws.Organizations;

/// <summary>What became of the organization's policies.</summary>
/// <param name="Reported">By account: every restriction that is asked for there. An account that is not here has none in force.</param>
/// <param name="Unfinished">
/// Accounts that are not yet as they should be, and of which nothing is said: silence about a restriction that is being lifted would say that it is lifted.
/// </param>
public sealed record ControlOutcome(
    IReadOnlyDictionary<AccountId, EquatableArray<ReportedRestriction>> Reported, IReadOnlySet<AccountId> Unfinished);
