using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary><c>budgetsync rows validate</c>: one line per problem, in the form editors jump to.</summary>
internal static class RowsValidation
{
    public static int Run(string file, IReadOnlyList<RowEntry> rows, StackDefaults defaults, bool json, ConsoleContext terminal)
    {
        var path = RowFile.NameOf(file);
        var checks = new RowChecks(rows, defaults);
        // Of the envelopes only that of default is over accounts which the file knows; they may be fewer than it covers, so what is too much stays too much.
        var envelopes = EnvelopeChecks.Of(rows, [], OrganizationTree.None, defaults, terminal.Time.GetUtcNow());
        var found = rows.Select(row => (Row: row, Problems: WithEnvelope(row, checks.Problems(row), envelopes))).ToList();
        if (json)
        {
            var array = new JsonArray([.. found.Select(entry => new JsonObject
            {
                ["accountId"] = entry.Row.Image.Key,
                ["position"] = entry.Row.Position,
                ["valid"] = entry.Problems.Count == 0,
                ["problems"] = new JsonArray([.. entry.Problems.Select(problem => JsonValue.Create(problem))]),
            })]);
            terminal.Whole.WriteLine(array.ToJsonString(JsonOutput.Options));
        }
        else
        {
            foreach (var (row, problem) in Told(found))
                terminal.WriteFolded($"{path}: {row.PlaceOf(problem)}: {Printable.Key(row.Image.Key)}: {problem}", indent: 4);
        }

        foreach (var warning in envelopes.Warnings
            .Concat(ModelWarnings.Of(rows, defaults))
            .Concat(NeverBegun.Of(rows, defaults, terminal.Time.GetUtcNow()))) terminal.TellFolded($"Warning: {warning}", indent: 2);
        var wrong = found.Count(entry => entry.Problems.Count > 0);
        var problems = Told(found).Count();
        terminal.Error.WriteLine(wrong == 0
            ? $"{Number.Count(rows.Count, "row")}, all valid."
            : $"{Number.Count(rows.Count, "row")}, {Number.Of(rows.Count - wrong)} valid, {Number.Of(wrong)} rejected with "
                + $"{Number.Count(problems, "problem")}.");
        FixHint.Tell(terminal, file, found.Where(entry => entry.Problems.Count > 0).Select(entry => entry.Row));
        if (checks.NeedsOrganization)
            terminal.Error.WriteLine(
                "Rows for OUs or the root are in the file: each was checked alone; which accounts inherit from them is known in the organization only "
                    + "(budgetsync plan).");
        if (defaults.Channels is null && rows.Any(row => row.Image.Attributes.ContainsKey("Notify")))
            terminal.Error.WriteLine("Channels that Notify names were not checked: which there are is known of a deployment only (budgetsync plan).");
        return wrong == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static IReadOnlyList<string> WithEnvelope(RowEntry row, IReadOnlyList<string> problems, EnvelopeEdit envelopes) =>
        [.. problems, .. envelopes.Refusals.Where(refusal => refusal.Key == row.Image.Key).Select(refusal => refusal.Text)];

    private static IEnumerable<(RowEntry Row, string Problem)> Told(IEnumerable<(RowEntry Row, IReadOnlyList<string> Problems)> found) =>
        found.SelectMany(entry => entry.Problems.Select(problem => (entry.Row, Problem: problem)))
            // A key that stands in several lines is one problem, which names them all; any other is one in each line.
            .DistinctBy(told => RowFile.IsDuplicate(told.Problem) ? told.Problem : $"{told.Row.Position}: {told.Problem}");
}
