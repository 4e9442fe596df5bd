using System.Text.Json.Nodes;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary><c>budgetsync rows validate</c>: one line per problem, in the form editors jump to.</summary>
internal static class RowsValidation
{
    public static int Run(string path, IReadOnlyList<RowEntry> rows, StackDefaults defaults, bool json, ConsoleContext terminal)
    {
        var checks = new RowChecks(rows, defaults);
        var found = rows.Select(row => (Row: row, Problems: checks.Problems(row))).ToList();
        if (json)
        {
            var array = new JsonArray([.. found.Select(entry => new JsonObject
            {
                ["accountId"] = entry.Row.Image.Key,
                ["position"] = entry.Row.Position,
                ["valid"] = entry.Problems.Count == 0,
                ["problems"] = new JsonArray([.. entry.Problems.Select(problem => JsonValue.Create(problem))]),
            })]);
            terminal.Out.WriteLine(array.ToJsonString(JsonOutput.Options));
        }
        else
        {
            foreach (var (row, problems) in found)
            {
                foreach (var problem in problems)
                    terminal.Out.WriteLine($"{path}: {row.Position}: {(row.Image.Key.Length == 0 ? "(no AccountId)" : row.Image.Key)}: {problem}");
            }
        }

        var wrong = found.Count(entry => entry.Problems.Count > 0);
        terminal.Error.WriteLine(wrong == 0
            ? $"{Count(rows.Count, "row")}, all valid."
            : $"{Count(rows.Count, "row")}, {rows.Count - wrong} valid, {wrong} rejected with {Count(found.Sum(entry => entry.Problems.Count), "problem")}.");
        if (checks.NeedsOrganization)
            terminal.Error.WriteLine(
                "Rows for OUs or the root are in the file: each was checked alone; which accounts inherit from them is known in the organization only "
                    + "(budgetsync plan).");
        return wrong == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static string Count(int count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";
}
