using System.Collections.Immutable;
using BudgetSync.Core.Spend;

namespace BudgetSync.Core.Reports;

/// <summary>A budget that went from one state of spending to another: the detail of a <c>BudgetSync Spend State Changed</c> event.</summary>
public sealed record SpendChange(string BudgetName, SpendState Before, SpendState After)
{
    /// <summary>
    /// The changes between two reports of one spoke, in order of budget name. A budget that is new counts from Unknown. Turning Unknown is no change:
    /// not knowing is no news, and a target that pages people must not hear of it.
    /// </summary>
    public static ImmutableArray<SpendChange> Between(ImmutableArray<ReportedBudget> before, ImmutableArray<ReportedBudget> after)
    {
        var known = before.GroupBy(budget => budget.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().SpendState, StringComparer.Ordinal);
        return
        [
            .. from budget in after
               let earlier = known.GetValueOrDefault(budget.Name, SpendState.Unknown)
               where budget.SpendState != SpendState.Unknown && budget.SpendState != earlier
               orderby budget.Name
               select new SpendChange(budget.Name, earlier, budget.SpendState),
        ];
    }
}
