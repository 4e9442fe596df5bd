using BudgetSync.Core.Budgets;

namespace BudgetSync.Cli.Commands.Plan;

/// <summary>By how much the limits of an account's budgets move together; see <see cref="ImportLine.Movement"/>.</summary>
internal static class LimitMovement
{
    /// <summary>A limit that moves by itself, or is planned by period, counts as none.</summary>
    public static decimal Of(DesiredBudgets before, DesiredBudgets after) =>
        before.Budgets.Concat(after.Budgets).Select(budget => budget.Settings.Name).Distinct(StringComparer.Ordinal)
            .Sum(name => Math.Abs(Monthly(after, name) - Monthly(before, name)));

    private static decimal Monthly(DesiredBudgets budgets, string name) => budgets.Budgets.Where(budget => budget.Settings.Name == name)
        .Sum(budget => (budget.Settings.Amount is BudgetAmount.Fixed(var limit) ? limit.Amount : 0) * budget.Settings.TimeUnit switch
        {
            TimeUnit.DAILY => 30,
            TimeUnit.QUARTERLY => 1 / 3m,
            TimeUnit.ANNUALLY => 1 / 12m,
            _ => 1,
        });
}
