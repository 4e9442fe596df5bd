using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Local.TimeLapse;

/// <summary>What is told of the rows that a time lapse plays before it begins: in what it plays nobody sees why a row has no budget.</summary>
internal static class LapseRows
{
    /// <summary>What the local deployment with responses has for them (LocalFeature.Responses).</summary>
    private static readonly DeployedResponses Local = new(StopRegions: true, ControlPolicies: false, DenyLists: true);

    /// <returns>How many rows are rejected.</returns>
    public static int Tell(IReadOnlyList<RowEntry> rows, LocalSettings settings, ConsoleContext terminal)
    {
        var checks = new RowChecks(rows, settings.Defaults);
        var wrong = rows.Select(row => (Row: row, Problems: checks.Problems(row))).Where(entry => entry.Problems.Count > 0).ToList();
        foreach (var (row, problem) in wrong.SelectMany(entry => entry.Problems.Select(problem => (entry.Row, problem))))
            terminal.TellFolded($"{row.PlaceOf(problem)}: {Printable.Key(row.Image.Key)}: {problem}", indent: 4);
        if (!settings.Responses) return wrong.Count;
        var defaults = settings.Defaults with { Responses = Local };
        foreach (var warning in NeverBegun.Of(rows, defaults, terminal.Time.GetUtcNow())) terminal.TellFolded($"Warning: {warning}", indent: 2);
        return wrong.Count;
    }
}
