using System.Collections.Immutable;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Plan;

/// <summary>What an import changes beside budgets and models: who is told, and what happens where money runs out or a row goes.</summary>
internal static class AttributeChanges
{
    /// <summary>Those that the nearest row decides. What makes a budget, or says what models may cost, is told by what becomes of it.</summary>
    private static readonly string[] Inherited = ["Notify", "Responses", "Snooze", "OnDelete", "Weight", "Note"];

    /// <param name="before">The account's rows, nearest first.</param>
    /// <param name="after">The same with the file's rows over them.</param>
    /// <returns>A line for each attribute, for example <c>Notify: finops → finops, pager Critical</c>.</returns>
    public static ImmutableArray<string> Between(ImmutableArray<RowImage> before, ImmutableArray<RowImage> after) =>
        [.. Inherited.Select(name => Change(name, Nearest(before, name), Nearest(after, name))).OfType<string>()];

    /// <summary>An envelope stands in the row of an OU, the root or default, and binds all that it covers together.</summary>
    public static ImmutableArray<string> OfEnvelope(RowImage? before, RowImage after) =>
        Change("Envelope", Own(before, "Envelope"), Own(after, "Envelope")) is { } change ? [change] : [];

    /// <summary>All that a row would say otherwise, whomever it bears on.</summary>
    public static ImmutableArray<string> OfRow(RowChange row) =>
        [.. row.Attributes.Select(change => $"{change.Name}: {Text(change.Name, change.Before)} → {Text(change.Name, change.After)}")];

    private static string? Change(string name, RowValue? before, RowValue? after) =>
        RowEquivalence.SameAttribute(name, before, after) || (before is not null && after is not null && Text(name, before) == Text(name, after))
            ? null
            : $"{name}: {Text(name, before)} → {Text(name, after)}";

    private static RowValue? Nearest(ImmutableArray<RowImage> rows, string name) =>
        rows.Select(row => Own(row, name)).FirstOrDefault(value => value is not null);

    private static RowValue? Own(RowImage? row, string name) => row?.Attributes.Items.GetValueOrDefault(name);

    private static string Text(string name, RowValue? value) =>
        value is null ? "none" : Printable.Line(ResponseWords.Of(name, value) ?? RowValueText.Plain(value));
}
