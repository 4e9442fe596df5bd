using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Rows.Editing;

/// <summary>What makes an edit so large that a slip of the keyboard is likelier than a wish: such an edit needs a second word.</summary>
public static class RowBrake
{
    /// <summary>A budget that grows or shrinks by more than this was mistyped more often than meant.</summary>
    public const decimal LargestFactor = 10;

    /// <summary>So many rows may go whatever part of the table they are, and so many accounts' rows may rename their budgets.</summary>
    internal const int FewRows = 3;

    /// <summary>Every reason to stop; empty where the edit is of an ordinary size.</summary>
    /// <param name="largestTotal">What all rows of accounts may ask for together, in each currency and period; null: anything.</param>
    public static ImmutableArray<string> Reasons(RowEdit edit, IReadOnlyList<RowImage> table, StackDefaults defaults, decimal? largestTotal)
    {
        var reasons = ImmutableArray.CreateBuilder<string>();
        foreach (var change in edit.Writes)
        {
            if (Jump(RowAmount.Of(change.Before, defaults), RowAmount.Of(change.After, defaults)) is { } jump) reasons.Add($"{change.Key}: {jump}");
        }

        reasons.AddRange(RowTotal.Of(edit, table, defaults)
            .Where(total => largestTotal is { } most && total.After > most && total.After > total.Before)
            .Select(total => $"all rows together would ask for {Number(total.After)} {total.Unit} ({total.Period}), more than {Number(largestTotal ?? 0)}"));
        var removed = edit.Changes.Count(change => change.Kind == RowChangeKind.Removed);
        if (removed > FewRows && removed * 2 > table.Count)
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $"{removed} of {table.Count} rows would be removed"));
        if (Renames(edit) is { } renames) reasons.Add(renames);
        return reasons.ToImmutable();
    }

    /// <summary>
    /// To AWS Budgets another name is another budget: the old one is deleted, and the new one knows nothing of what was spent and alerted. A new default name
    /// does that in every account.
    /// </summary>
    internal static string? Renames(RowEdit edit)
    {
        var renamed = edit.Writes
            .Select(change => (change.Key, Before: RowNames.Of(change.Before), After: RowNames.Of(change.After)))
            .Where(row => row.Before.Length > 0 && row.Before.Except(row.After).Any() && row.After.Except(row.Before).Any())
            .ToList();
        if (renamed.Count <= FewRows && renamed.TrueForAll(row => Scope.TryParse(row.Key) is Scope.Account)) return null;
        var (key, before, after) = renamed[0];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{renamed.Count} {(renamed.Count == 1 ? "row renames its budget" : "rows rename their budgets")} ({key}: {Told(before.Except(after))} to "
                + $"{Told(after.Except(before))}), and AWS Budgets knows a new name as a new budget, without the history and alerts of the old one");
    }

    private static string Told(IEnumerable<string> names) =>
        string.Join(", ", names.Select(name => name.Length == 0 ? "the inherited name" : $"\"{name}\""));

    /// <summary>How one moves by more than <see cref="LargestFactor"/>; null where none does, and where there are not as many as before.</summary>
    internal static string? Jump(EquatableArray<RowAmount> before, EquatableArray<RowAmount> after)
    {
        if (before.Length == 0 || before.Length != after.Length) return null;
        foreach (var (was, now) in before.Zip(after))
        {
            // In another currency the numbers say nothing about one another; in another period they do, over a year.
            if (was.Unit != now.Unit || was.Amount <= 0 || now.Amount <= 0) continue;
            var (yearBefore, yearAfter) = (OfYear(was), OfYear(now));
            if (yearAfter / yearBefore <= LargestFactor && yearBefore / yearAfter <= LargestFactor) continue;
            return was.Period == now.Period
                ? $"{Number(was.Amount)} to {Number(now.Amount)} {now.Unit} is {Factor(yearBefore, yearAfter)}"
                : $"{Number(was.Amount)} {now.Unit} ({was.Period}) to {Number(now.Amount)} {now.Unit} ({now.Period}) is {Factor(yearBefore, yearAfter)}";
        }

        return null;
    }

    internal static decimal OfYear(RowAmount amount) => amount.Amount * PeriodsOf(amount.Period);

    private static int PeriodsOf(TimeUnit period) => period switch
    {
        TimeUnit.DAILY => 365,
        TimeUnit.MONTHLY => 12,
        TimeUnit.QUARTERLY => 4,
        _ => 1,
    };

    private static string Factor(decimal was, decimal now) => now > was
        ? string.Create(CultureInfo.InvariantCulture, $"{now / was:#,0.#} times as much")
        : string.Create(CultureInfo.InvariantCulture, $"a {was / now:#,0.#}th");

    private static string Number(decimal amount) =>
        amount.ToString(amount == decimal.Truncate(amount) ? "#,0" : "#,0.00########", CultureInfo.InvariantCulture);
}
