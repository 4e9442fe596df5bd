using System.Collections.Immutable;

namespace BudgetSync.Core.Spend.Costs;

/// <summary>What the accounts of the organization have cost in a month so far, credits and refunds left out.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="At">When Cost Explorer was asked; of several answers the oldest.</param>
public sealed record MonthToDate(DateOnly Month, string Unit, ImmutableDictionary<AccountId, decimal> Costs, DateTimeOffset At);
