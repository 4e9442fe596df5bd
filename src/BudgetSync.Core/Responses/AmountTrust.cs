using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend.Assessment;

namespace BudgetSync.Core.Responses;

/// <summary>Whether a restriction may follow from what is known of a budget. A state of spending may be told on less.</summary>
public static class AmountTrust
{
    /// <summary>Why nothing may follow; null where the amounts are as good as AWS's own.</summary>
    /// <param name="desired">The account's budgets as its rows ask for them today; null where they are not known.</param>
    /// <param name="mayBeHeld">Whether the last true amounts will do where AWS computes the budget anew.</param>
    public static string? Doubt(SpendStanding standing, ReportedBudget? reported, DesiredBudgets? desired, DateTimeOffset now, bool mayBeHeld = false)
    {
        if (reported is null or { Missing: true }) return "the budget is missing in the account";
        if (desired is null) return "the rows of the account are wrong";
        if (!mayBeHeld && standing.Memory.Freshness is Freshness.Held)
            return "AWS is computing the budget anew, and the amounts are those from before";
        if (standing.Memory.Freshness is Freshness.Blind(var reasons)) return $"the budget {string.Join("; it ", reasons.Select(reason => reason.Text))}";
        if (standing.Memory.LastLookAt is not { } last || now - last > BlindChecks.LooksApart) return "nothing has looked at the budget for more than a day";
        if (standing.Memory.Limit is not > 0 || reported.Limit is not > 0) return "the budget has no limit, or one of zero";
        if (standing.Memory.Limit != reported.Limit) return "the state of its spending is that under another limit";
        return OfLimit(standing.BudgetName, reported, desired);
    }

    /// <summary>
    /// Amounts count against the limit that the rows ask for, in its own currency: a limit that was just edited, or changed by hand, or is of another currency,
    /// says nothing about whether money runs out.
    /// </summary>
    private static string? OfLimit(string name, ReportedBudget reported, DesiredBudgets desired)
    {
        if (desired.Budgets.FirstOrDefault(budget => budget.Settings.Name == name) is not { } asked) return "no row asks for the budget";
        if (asked.Settings.Type != BudgetType.COST) return "the budget is not one of money";
        if (asked.Settings.Amount is not BudgetAmount.Fixed(var limit)) return null;
        if (limit.Unit != reported.Unit) return $"the budget counts {reported.Unit}, and its row is in {limit.Unit}";
        return limit.Amount == reported.Limit ? null : "the budget's limit is not the one that its row asks for";
    }
}
