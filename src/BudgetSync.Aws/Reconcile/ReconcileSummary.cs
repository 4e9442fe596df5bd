using System.Collections.Immutable;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Reconcile;

/// <summary>What a reconcile found and did.</summary>
/// <param name="Accounts">How many accounts there are, by state.</param>
/// <param name="Written">Parameters written.</param>
/// <param name="Remaining">Accounts that still need something, because the time was up: the next reconcile begins with them.</param>
/// <param name="DeadLetters">Messages taken from the dead-letter queue and done with.</param>
public sealed record ReconcileSummary(ImmutableSortedDictionary<AccountState, int> Accounts, int Written, int Unreachable, int Remaining, int DeadLetters);
