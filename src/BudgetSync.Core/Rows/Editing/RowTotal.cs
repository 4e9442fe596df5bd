using System.Collections.Immutable;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Rows.Editing;

/// <summary>What all rows of accounts ask for together, before an edit and after it. A row for an OU is for each of its accounts, so it is in no sum.</summary>
public sealed record RowTotal(string Unit, TimeUnit Period, decimal Before, decimal After)
{
    /// <summary>A sum for each currency and period, the largest first.</summary>
    public static ImmutableArray<RowTotal> Of(RowEdit edit, IReadOnlyList<RowImage> table, StackDefaults defaults)
    {
        var before = Sums(table, defaults);
        var after = Sums(edit.Then(table).Values, defaults);
        return
        [
            .. before.Keys.Union(after.Keys)
                .Select(key => new RowTotal(key.Unit, key.Period, before.GetValueOrDefault(key), after.GetValueOrDefault(key)))
                .OrderByDescending(total => Math.Max(total.Before, total.After))
                .ThenBy(total => total.Unit, StringComparer.Ordinal)
                .ThenBy(total => total.Period)
        ];
    }

    private static Dictionary<(string Unit, TimeUnit Period), decimal> Sums(IEnumerable<RowImage> rows, StackDefaults defaults) => rows
        .Where(row => Scope.TryParse(row.Key) is Scope.Account)
        .SelectMany(row => RowAmount.Of(row, defaults))
        .GroupBy(amount => (amount.Unit, amount.Period))
        .ToDictionary(group => group.Key, group => Sum(group.Select(amount => amount.Amount)));

    /// <summary>Amounts that AWS would refuse anyway may not add up: then the largest number there is stands for the sum.</summary>
    private static decimal Sum(IEnumerable<decimal> amounts)
    {
        var sum = 0m;
        foreach (var amount in amounts) sum = sum > decimal.MaxValue - Math.Max(amount, 0) ? decimal.MaxValue : sum + amount;
        return sum;
    }
}
