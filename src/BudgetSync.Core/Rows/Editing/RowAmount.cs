using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Editing;

/// <summary>The money that one budget of a row asks for.</summary>
/// <param name="Amount">The limit; of planned limits and of those that take over the highest, with all grants.</param>
/// <param name="Unit">The currency, or what a USAGE budget counts.</param>
public sealed record RowAmount(decimal Amount, string Unit, TimeUnit Period)
{
    /// <summary>
    /// The amounts that a row gives itself, in its order; none where it inherits them, where AWS computes them, and where it cannot be read. Percentages of RI
    /// and Savings Plans budgets are no money.
    /// </summary>
    public static EquatableArray<RowAmount> Of(RowImage? row, StackDefaults defaults)
    {
        if (row is null) return [];
        var draft = RowReader.Read(row, "", new ProblemList());
        return [.. (draft.Budgets is { Value: var budgets } ? budgets : [draft.Flat]).Select(budget => Of(budget, defaults)).OfType<RowAmount>()];
    }

    /// <summary>
    /// The amounts of budgets that rows give an account, of its own or inherited; none where AWS computes them, and of RI and Savings Plans budgets.
    /// </summary>
    public static IEnumerable<RowAmount> Of(IEnumerable<DesiredBudget> budgets) =>
        budgets.Where(budget => budget.Settings.Type is BudgetType.COST or BudgetType.USAGE).Select(Of).OfType<RowAmount>();

    private static RowAmount? Of(DesiredBudget budget)
    {
        SpendAmount? limit = budget.Settings.Amount switch
        {
            BudgetAmount.Fixed { Limit: var one } => one,
            BudgetAmount.Planned { Limits.Items: { IsEmpty: false } limits } => limits.Values.MaxBy(one => one.Amount),
            _ => null,
        };
        return limit is not { } known ? null
            : new RowAmount(
                Math.Max(known.Amount, budget.Changes.Select(change => change.Amount).DefaultIfEmpty().Max()) + budget.Grants.Sum(grant => grant.Amount),
                known.Unit,
                budget.Settings.TimeUnit);
    }

    private static RowAmount? Of(BudgetDraft budget, StackDefaults defaults)
    {
        var type = budget.Type?.Value ?? BudgetType.COST;
        if (type is not (BudgetType.COST or BudgetType.USAGE)) return null;
        var amount = budget.Value?.Value ?? (budget.Planned is { Value: { IsEmpty: false } limits } ? limits.Max(limit => limit.Amount) : null);
        if (budget.Changes is { Value: { IsEmpty: false } changes }) amount = Math.Max(amount ?? 0, changes.Max(change => change.Amount));
        if (amount is not null) amount += (budget.Grants?.Value ?? []).Sum(grant => grant.Amount);
        var unit = budget.Unit?.Value ?? (type != BudgetType.COST ? "" : defaults.Currencies is { IsEmpty: false } currencies ? currencies[0] : "");
        return amount is { } known ? new RowAmount(known, unit, budget.TimeUnit?.Value ?? TimeUnit.MONTHLY) : null;
    }
}
