using System.CommandLine;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary><c>budgetsync rows list</c>: the rows of the table, a line each.</summary>
internal static class ListCommand
{
    public static Command Create(ConsoleContext terminal)
    {
        var unit = RowSelection.Unit("Only rows that stand in this OU: its own, its OUs' and its accounts'");
        var filter = new Option<string?>("--filter") { Description = "Only rows that have this text in a name or a value", HelpName = "TEXT" };
        var json = new Option<bool>("--json") { Description = "Print an array of the rows, with all their attributes" };
        var csv = new Option<bool>("--csv") { Description = "Print CSV, with all their attributes" };
        var command = new Command(
            "list",
            "Show the rows of the table")
            {
                unit,
                filter,
                json,
                csv,
            };
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(csv)) result.AddError("--csv: and --json are two ways to print; give one of the two");
        });
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var ou = parsed.GetValue(unit);
            var rows = await ReadAsync(stack, ou, cancellation);
            var chosen = rows.Where(row => parsed.GetValue(filter) is not { } text || RowSelection.Holds(row, text)).ToList();
            if (parsed.GetValue(csv)) await terminal.Out.WriteAsync(RowText.Of(RowFormat.Csv, chosen));
            else if (parsed.GetValue(json))
                await terminal.Whole.WriteLineAsync(
                    new JsonArray([.. chosen.Select(row => RowValueText.Node(new RowValue.Map(row.Attributes)))]).ToJsonString(JsonOutput.Options));
            else Write(terminal, chosen, stack.Defaults);
            await terminal.Error.WriteLineAsync($"{Number.Count(chosen.Count, "row")}{(chosen.Count == rows.Count ? "" : $" of {Number.Of(rows.Count)}")}.");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>All rows in order, or those within an OU.</summary>
    public static async Task<IReadOnlyList<RowImage>> ReadAsync(DeployedStack stack, string? unit, CancellationToken cancellation)
    {
        stack.Progress.Now("reading the table");
        var table = await stack.Budgets.ScanAsync(cancellation);
        if (unit is null) return [.. RowOrder.Sort(table)];
        stack.Progress.Now("reading the organization");
        return RowSelection.Within(unit, table, await stack.TreeAsync(cancellation));
    }

    private static void Write(ConsoleContext terminal, List<RowImage> rows, StackDefaults defaults)
    {
        if (rows.Count == 0) return;
        // A column that no row has anything for would only take the place of others.
        var cells = rows.Select(row => RowLine.Of(row, defaults)).ToList();
        var used = Enumerable.Range(0, RowLine.Columns.Count).Where(column => column < 2 || cells.Exists(row => row[column].Length > 0)).ToList();
        TableScreen.Write(
            terminal,
            [.. used.Select(column => RowLine.Columns[column])],
            [.. cells.Select(row => used.Select(column => row[column]).ToList())]);
    }
}
