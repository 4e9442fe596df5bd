using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>A row in a line of <c>rows list</c>.</summary>
internal static class RowLine
{
    public static readonly IReadOnlyList<TextColumn> Columns =
    [
        new("SCOPE"),
        new("AMOUNT", Right: true),
        new("UNIT", Goes: 1),
        new("ALERTS", Goes: 2, Shortest: 18),
        new("NOTIFY", Goes: 3, Shortest: 14),
        new("RECIPIENTS", Goes: 4, Shortest: 18),
        new("BUDGET", Goes: 7, Shortest: 18),
        new("CHANGED", Goes: 5),
        new("BY", Goes: 6, Shortest: 12),
        new("NOTE", Goes: 8, Shortest: 20),
    ];

    public static IReadOnlyList<string> Of(RowImage row, StackDefaults defaults)
    {
        var amounts = RowAmount.Of(row, defaults);
        var (by, at, _) = RowProvenance.Of(row);
        return
        [
            row.Key,
            amounts is [var one] ? Number.Exact(one.Amount) : amounts.IsEmpty ? "" : $"{amounts.Length} budgets",
            string.Join(", ", amounts.Select(amount => $"{amount.Unit} {EditScreen.Period(amount.Period)}").Distinct(StringComparer.Ordinal)),
            Text(row, "Thresholds"),
            Text(row, "Notify"),
            Text(row, "EmailRecipients"),
            Text(row, "BudgetName"),
            at.Length > 10 ? at[..10] : at,
            // The last part of an ARN is who it was: a user, or the name of a session.
            by[(by.LastIndexOfAny(['/', ':']) + 1)..],
            string.Join("; ", new[] { Text(row, "Enabled") == "false" ? "disabled" : "", Text(row, "Note") }.Where(text => text.Length > 0)),
        ];
    }

    private static string Text(RowImage row, string name) => row.Attributes.TryGetValue(name, out var value) ? RowValueText.Plain(value) : "";
}
