using System.Globalization;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>An edit on a screen before it is made: what is rejected, the largest movements of money, then the sums.</summary>
internal static class EditScreen
{
    /// <summary>What a person reads before they answer a question.</summary>
    private const int MostRows = 40;

    private const int LongestValue = 60;

    /// <summary>Longer keys are no scopes, and must not push the amounts of the others away.</summary>
    private const int LongestKey = 24;

    public static void Write(ConsoleContext terminal, RowEdit edit, StackRows rows)
    {
        var output = terminal.Folded(indent: 6);
        // Who reads a file or a log reads whole values.
        var longest = terminal.LineLength == int.MaxValue ? int.MaxValue : LongestValue;
        var then = edit.Then(rows.Table);
        var renewals = edit.Writes.Select(change => (change.Key, Of: Renewal.Of(change, rows, then)))
            .Where(entry => !entry.Of.Descriptions.IsEmpty)
            .ToDictionary(entry => entry.Key, entry => entry.Of, StringComparer.Ordinal);
        var shown = Shown(edit, rows.Defaults, renewals);
        var keys = shown.Count == 0 ? 0 : Math.Min(shown.Max(change => Key(change).Length), LongestKey);
        foreach (var change in shown)
        {
            WriteLine(output, $"{Key(change).PadRight(keys)}  {Word(change.Kind),-8}  {Money(change, rows)}");
            if (change.Kind is RowChangeKind.Added && OrphanText.Of(Scope.TryParse(change.Key), rows.Tree) is { } orphan) WriteLine(output, $"    {orphan}");
            foreach (var reason in change.Reasons) WriteLine(output, $"    - {reason}");
            if (change.Kind == RowChangeKind.Removed) WriteLine(output, $"    {Removal.Describe(change.Key, change.Before, rows, then)}");
            foreach (var loss in renewals.GetValueOrDefault(change.Key)?.Descriptions ?? []) WriteLine(output, $"    {loss}");
            if (change.Kind is not (RowChangeKind.Added or RowChangeKind.Changed)) continue;
            foreach (var attribute in change.Attributes.Where(attribute => !IsTold(attribute.Name, change, rows.Defaults)))
            {
                var (before, after) = (Before(attribute, change.Kind, longest), Value(attribute.Name, attribute.After, longest));
                WriteLine(output, $"    {attribute.Name}: {before}{after}{Members(attribute)}");
            }

            if (Inheriting(change.Key, rows, then) is { } inheriting) WriteLine(output, $"    {inheriting}");
        }

        var told = edit.Changes.Count(change => change.Writes || IsOpen(change));
        if (told > shown.Count) output.WriteLine($"… and {Number.Count(told - shown.Count, "smaller change")}");
        if (shown.Count > 0) output.WriteLine();
        output.WriteLine(Sum(edit));
        foreach (var total in RowTotal.Of(edit, rows.Table, rows.Defaults).Where(total => total.Before != total.After))
            output.WriteLine($"All rows of accounts: {Movement(total.Before, total.After, total.Unit, total.Period)}.");
        if (renewals.Values.SelectMany(renewal => renewal.Accounts).Distinct().Count() is > 0 and var losing)
            output.WriteLine($"Budgets of {Number.Count(losing, "account")} are deleted at AWS: their history and calculated spend start over.");
        if (ArmedAccounts.Of(edit, rows).Told is { } arming) output.WriteLine(arming);
        foreach (var line in UnsupportedAttributes.Of(edit, rows)) output.WriteLine(line);
    }

    /// <summary>For example <c>3 rows: 1 added, 1 changed, 1 unchanged.</c></summary>
    public static string Sum(RowEdit edit)
    {
        var counts = edit.Changes.GroupBy(change => change.Kind)
            .OrderBy(group => group.Key)
            .Select(group => $"{Number.Of(group.Count())} {Word(group.Key)}");
        return $"{Number.Count(edit.Changes.Length, "row")}{(edit.Changes.IsEmpty ? "" : ": ")}{string.Join(", ", counts)}.";
    }

    /// <summary>For example <c>1,000 → 1,500 USD a month (+50 %)</c>.</summary>
    public static string Movement(decimal before, decimal after, string unit, TimeUnit period) => before == after
        ? $"{Number.Exact(after)} {unit} {Period(period)}"
        : $"{Number.Exact(before)} → {Number.Exact(after)} {unit} {Period(period)} ({(after > before ? "+" : "-")}{Number.Exact(Math.Abs(after - before))}"
            + $"{(before > 0 ? $", {Percent(before, after)}" : "")})";

    public static string Period(TimeUnit period) => period switch
    {
        TimeUnit.DAILY => "a day",
        TimeUnit.MONTHLY => "a month",
        TimeUnit.QUARTERLY => "a quarter",
        TimeUnit.CUSTOM => "in its period",
        _ => "a year",
    };

    private static string Percent(decimal before, decimal after)
    {
        // Of amounts at the two ends of what AWS takes a decimal could not hold the quotient.
        var percent = (((double)after / (double)before) - 1) * 100;
        return string.Create(CultureInfo.InvariantCulture, $"{(percent < 0 ? "-" : "+")}{Math.Abs(percent):#,0.#} %");
    }

    /// <summary>All in their order where they are few; else what is wrong first, then what is lost, then what moves most.</summary>
    private static List<RowChange> Shown(RowEdit edit, StackDefaults defaults, Dictionary<string, Renewal> renewals)
    {
        var all = edit.Changes.Where(change => change.Writes || IsOpen(change)).ToList();
        return all.Count <= MostRows ? all
            : [
                .. all.OrderByDescending(IsOpen)
                    .ThenByDescending(change => renewals.ContainsKey(change.Key))
                    .ThenByDescending(change => Moved(change, defaults))
                    .Take(MostRows)
            ];
    }

    /// <summary>What the edit does not do, although it was asked for.</summary>
    private static bool IsOpen(RowChange change) => change.Kind is RowChangeKind.Rejected or RowChangeKind.Left;

    private static decimal Moved(RowChange change, StackDefaults defaults) =>
        Math.Abs(RowAmount.Of(change.After, defaults).Sum(amount => amount.Amount) - RowAmount.Of(change.Before, defaults).Sum(amount => amount.Amount));

    private static string Key(RowChange change) => Printable.Key(change.Key);

    private static string Money(RowChange change, StackRows rows)
    {
        var before = RowAmount.Of(change.Before, rows.Defaults);
        var after = RowAmount.Of(change.After, rows.Defaults);
        return change.Kind switch
        {
            RowChangeKind.Rejected or RowChangeKind.Left => change.Position,
            RowChangeKind.Removed => Amounts(before),
            _ when before is [var was] && after is [var now] && was.Unit == now.Unit && was.Period == now.Period && was != now =>
                Movement(was.Amount, now.Amount, now.Unit, now.Period),
            // In another period or currency no difference says anything: both stand there whole.
            _ when !before.IsEmpty && !after.IsEmpty && before != after => $"{Amounts(before)} → {Amounts(after)}",
            RowChangeKind.Added when Inherited(change.Key, rows) is { IsEmpty: false } inherited => $"{Amounts(inherited)} (inherited) → {Amounts(after)}",
            _ => Amounts(after),
        };
    }

    /// <summary>What the account of a row has until now by the rows above it.</summary>
    private static EquatableArray<RowAmount> Inherited(string key, StackRows rows) =>
        Scope.TryParse(key) is Scope.Account { Id: var account } && rows.Resolve(account, rows.ByKey) is Resolution.Desired desired
            ? [.. RowAmount.Of(desired.Budgets.Budgets)]
            : [];

    private static string Amounts(EquatableArray<RowAmount> amounts) =>
        string.Join(", ", amounts.Select(amount => $"{Number.Exact(amount.Amount)} {amount.Unit} {Period(amount.Period)}"));

    /// <summary>The line of the row says it already.</summary>
    private static bool IsTold(string attribute, RowChange change, StackDefaults defaults) => attribute switch
    {
        "BudgetValue" => RowAmount.Of(change.After, defaults).Length == 1 && (change.Before is null || RowAmount.Of(change.Before, defaults).Length == 1),
        "Unit" or "TimeUnit" => change.Kind == RowChangeKind.Added,
        _ => false,
    };

    private static string Before(AttributeChange attribute, RowChangeKind kind, int longest) =>
        kind == RowChangeKind.Added ? "" : $"{Value(attribute.Name, attribute.Before, longest)} → ";

    private static string Value(string name, RowValue? value, int longest)
    {
        if (value is null) return RowEquivalence.IsUsersOwn(name) ? "(none)" : "(inherited)";
        if (ResponseWords.Of(name, value) is { } words) return words;
        var text = RowValueText.Plain(value);
        return text.Length == 0 ? "\"\"" : text.Length <= longest ? text : text[..(longest - 1)] + "…";
    }

    /// <summary>Of lists that are too long to stand there whole (addresses mostly), what comes and goes stands there all the same.</summary>
    private static string Members(AttributeChange attribute)
    {
        if (attribute is not { Before: { } before, After: { } after } || new[] { before, after }.All(value => RowValueText.Plain(value).Length <= LongestValue))
            return "";
        // Of JSON no part between two commas is a member.
        if (new[] { before, after }.Any(value => RowValueText.Plain(value).Contains('{', StringComparison.Ordinal))) return "";
        var (was, now) = (MembersOf(before), MembersOf(after));
        if (was.Length < 2 && now.Length < 2) return "";
        var (comes, goes) = (now.Except(was, StringComparer.Ordinal).ToList(), was.Except(now, StringComparer.Ordinal).ToList());
        return $"{(comes.Count > 0 ? $"; new: {string.Join(", ", comes)}" : "")}{(goes.Count > 0 ? $"; gone: {string.Join(", ", goes)}" : "")}";
    }

    private static string[] MembersOf(RowValue value) =>
        RowValueText.Plain(value).Trim('[', ']').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whom a row bears on that stands for several accounts; null of a row for one account.</summary>
    private static string? Inheriting(string key, StackRows rows, IReadOnlyDictionary<string, RowImage> then)
    {
        if (Scope.TryParse(key) is null or Scope.Account) return null;
        var covered = rows.CoveredBy(key);
        var inheriting = covered.Count(account => rows.Resolve(account, then) is Resolution.Desired desired && desired.Parameter.FromKeys.Contains(key));
        return $"inherited by {Number.Of(inheriting)} of the {Number.Count(covered.Length, "account")} it covers";
    }

    private static string Word(RowChangeKind kind) => kind switch
    {
        RowChangeKind.Added => "added",
        RowChangeKind.Changed => "changed",
        RowChangeKind.Removed => "removed",
        RowChangeKind.Unchanged => "unchanged",
        RowChangeKind.Left => "left",
        _ => "rejected",
    };

    private static void WriteLine(TextWriter output, string line) => output.WriteLine(Printable.Line(line.TrimEnd()));
}
