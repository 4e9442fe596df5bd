using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Core.Parameter;

/// <summary>
/// What an edit makes of the budgets that accounts have, where the edited row alone does not say it: an amount that was inherited until now or is from now on,
/// a budget more, and budgets that go with a row of many accounts.
/// </summary>
public static class AccountBrake
{
    /// <summary>Every reason to stop, those of <see cref="RowBrake"/> first; empty where the edit is of an ordinary size.</summary>
    /// <param name="tree">Whom a row for an OU, the root or all reaches; with none only rows of accounts are judged by what their accounts have.</param>
    /// <param name="largestTotal">As <see cref="RowBrake"/> takes it.</param>
    public static ImmutableArray<string> Reasons(
        RowEdit edit,
        IReadOnlyList<RowImage> table,
        OrganizationTree tree,
        StackDefaults defaults,
        decimal? largestTotal) =>
        [.. RowBrake.Reasons(edit, table, defaults, largestTotal), .. OfAccounts(edit, table, tree, defaults)];

    private static IEnumerable<string> OfAccounts(RowEdit edit, IReadOnlyList<RowImage> table, OrganizationTree tree, StackDefaults defaults)
    {
        var now = table.ToDictionary(row => row.Key, StringComparer.Ordinal);
        var then = edit.Then(table);
        var jumps = new Dictionary<string, int>(StringComparer.Ordinal);
        var lost = new SortedSet<AccountId>();
        foreach (var change in edit.Writes.Where(change => !IsSaidByRow(change, defaults)))
        {
            // What a row of RETAIN leaves behind stays as it is.
            if (Scope.TryParse(change.Key) is not { } scope || OnDeleteOf(change) == nameof(OnDelete.RETAIN)) continue;
            foreach (var account in tree.CoveredBy(scope))
            {
                if (BudgetsOf(account, tree, now, defaults) is not { Length: > 0 } before) continue;
                var after = BudgetsOf(account, tree, then, defaults);
                if (scope is not Scope.Account && Loses(change, before, after)) lost.Add(account);
                if (Jump(before, after ?? [], defaults) is not { } jump) continue;
                var text = $"{change.Key}: {jump}";
                jumps[text] = jumps.GetValueOrDefault(text) + 1;
            }
        }

        foreach (var (text, accounts) in jumps) yield return accounts == 1 ? text : $"{text} in {Count(accounts)} accounts";
        if (lost.Count > RowBrake.FewRows && RowBrake.Renames(edit) is null)
            yield return $"in {Count(lost.Count)} accounts budgets would be deleted at AWS, the first of them {lost.Min}";
    }

    /// <summary>The row gives as many amounts itself as before, so that its own say how far they move, or they say already that it is too far.</summary>
    private static bool IsSaidByRow(RowChange change, StackDefaults defaults)
    {
        var (before, after) = (RowAmount.Of(change.Before, defaults), RowAmount.Of(change.After, defaults));
        return RowBrake.Jump(before, after) is not null
            || (!before.IsEmpty && before.Length == after.Length && RowNames.Of(change.Before).Equals(RowNames.Of(change.After)));
    }

    /// <summary>Null where rows give the account none: it is not covered, or they are wrong.</summary>
    private static EquatableArray<DesiredBudget>? BudgetsOf(
        AccountId account,
        OrganizationTree tree,
        IReadOnlyDictionary<string, RowImage> rows,
        StackDefaults defaults) =>
        RowPath.Of(account, tree, rows) is { IsEmpty: false } path && Resolver.Resolve(account, path, defaults) is Resolution.Desired desired
            ? desired.Budgets.Budgets
            : null;

    /// <summary>What an adopted budget becomes no row says: it is given back or deleted.</summary>
    private static bool Loses(RowChange change, EquatableArray<DesiredBudget> before, EquatableArray<DesiredBudget>? after)
    {
        var stays = OnDeleteOf(change) == nameof(OnDelete.DELETE) || after is not { } left ? []
            : left.Select(budget => budget.Settings.Name).ToHashSet(StringComparer.Ordinal);
        return before.Any(budget => !budget.Adopt && !stays.Contains(budget.Settings.Name));
    }

    /// <summary>Of a row that goes; "" where it says nothing itself, and of one that stays.</summary>
    private static string OnDeleteOf(RowChange change) =>
        change is { After: null, Before: { } row } && row.Attributes.TryGetValue("OnDelete", out var value) ? RowValueText.Plain(value) : "";

    private static string? Jump(EquatableArray<DesiredBudget> before, EquatableArray<DesiredBudget> after, StackDefaults defaults)
    {
        foreach (var budget in before)
        {
            if (after.FirstOrDefault(other => other.Settings.Name == budget.Settings.Name) is { } same
                && RowBrake.Jump([.. RowAmount.Of([budget])], [.. RowAmount.Of([same])]) is { } jump) return jump;
        }

        // What is adopted is there already, by another hand.
        var made = after.Where(budget => !budget.Adopt || before.Any(other => other.Settings.Name == budget.Settings.Name));
        var (was, now) = (RowAmount.Of(before).ToList(), RowAmount.Of(made).ToList());
        if (was is [var one] && now is [var other]) return RowBrake.Jump([one], [other]);
        return was.Concat(now).Select(amount => amount.Unit).Distinct(StringComparer.Ordinal)
            .Select(unit => RowBrake.Jump([Year(was, unit)], [Year(now, unit)]))
            .FirstOrDefault(jump => jump is not null) is { } sum ? $"all budgets of an account together, {sum}" : null;
    }

    private static RowAmount Year(IEnumerable<RowAmount> amounts, string unit) =>
        new(amounts.Where(amount => amount.Unit == unit).Sum(RowBrake.OfYear), unit, TimeUnit.ANNUALLY);

    private static string Count(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
