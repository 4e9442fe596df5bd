using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Plan;

/// <summary><c>budgetsync plan FILE</c>: what importing these rows would change, account by account, before anything is written.</summary>
internal static class PlanCommand
{
    public static Command Create(ConsoleContext terminal)
    {
        var file = new Argument<string>("FILE") { Description = RowFile.Description };
        var json = new Option<bool>("--json") { Description = "Print an array with one object per account that would change or be rejected" };
        var command = new Command(
            "plan",
            "Show what importing these rows would change, account by account; writes nothing. Exit 0 where nothing would, 2 where something would, 1 "
                + "where rows are rejected")
            {
                file,
                json
            };
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var defaults = stack.Defaults;
            var rows = await RowFile.ReadAsync(parsed.GetRequiredValue(file), terminal, cancellation);
            stack.Progress.Now("reading the table and the organization");
            var tree = stack.TreeAsync(cancellation);
            var table = stack.Budgets.ScanAsync(cancellation);
            await Task.WhenAll(tree, table);
            var lines = ImportPlan.Of(rows, await table, await tree, defaults, stack.Time.GetUtcNow());
            var envelopes = EnvelopeChecks.Of(rows, await table, await tree, defaults, stack.Time.GetUtcNow());
            foreach (var warning in envelopes.Warnings) await terminal.Error.WriteLineAsync(Printable.Line($"Warning: {warning}"));
            var changes = lines.Where(line => line.Change != ImportChange.None).ToList();
            if (parsed.GetValue(json)) await terminal.Out.WriteLineAsync(new JsonArray([.. changes.Select(ToJson)]).ToJsonString(JsonOutput.Options));
            else changes.ForEach(line => Write(terminal.Out, line));
            // Part of the result for a person, talk beside it for a script.
            await (parsed.GetValue(json) ? terminal.Error : terminal.Out).WriteLineAsync(Sum(rows.Count, lines));
            if (changes.Exists(line => line.Change == ImportChange.Reject)) return ExitCode.Failed;
            return changes.Count > 0 ? ExitCode.Differences : ExitCode.Done;
        });
        return command.WithExamples("budgetsync plan rows.csv", "budgetsync plan rows.csv --json");
    }

    private static string Sum(int rows, IReadOnlyCollection<ImportLine> lines)
    {
        var counts = lines.GroupBy(line => line.Change)
            .OrderBy(group => group.Key)
            .Where(group => group.Key != ImportChange.None)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{Number.Of(group.Count())} {Word(group.Key)}"));
        var text = string.Join(", ", counts);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Number.Count(rows, "row")}: {(text.Length == 0 ? "nothing would change" : text)}. Nothing was written.");
    }

    private static string Word(ImportChange change) => change switch
    {
        ImportChange.Create => "to create",
        ImportChange.Update => "to update",
        ImportChange.Reject => "rejected",
        ImportChange.Leave => "to leave alone",
        _ => "unchanged",
    };

    private static void Write(TextWriter output, ImportLine line)
    {
        output.WriteLine(Printable.Line(
            $"{(line.Key.Length == 0 ? "(no AccountId)" : line.Key)}  "
                + $"{Word(line.Change)}{(line.From.IsEmpty ? "" : $"  from {string.Join(", ", line.From)}")}"));
        foreach (var word in line.Words) output.WriteLine(Printable.Line($"  {(line.Change == ImportChange.Reject ? "-" : "~")} {word}"));
    }

    private static JsonObject ToJson(ImportLine line) => new()
    {
        ["accountId"] = line.Key,
        ["change"] = line.Change.ToString(),
        ["changes"] = new JsonArray([.. (line.Change == ImportChange.Reject ? [] : line.Words).Select(word => JsonValue.Create(word))]),
        ["reasons"] = new JsonArray([.. (line.Change == ImportChange.Reject ? line.Words : []).Select(word => JsonValue.Create(word))]),
        ["from"] = new JsonArray([.. line.From.Select(scope => JsonValue.Create(scope))]),
        ["revisionNow"] = line.RevisionNow,
        ["revisionThen"] = line.RevisionThen,
    };
}
