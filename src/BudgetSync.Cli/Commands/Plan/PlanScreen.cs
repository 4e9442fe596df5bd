using System.Globalization;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Plan;

/// <summary>What an import would change, on a screen: a line for each account or group of accounts, and below it each change or reason.</summary>
internal static class PlanScreen
{
    public static void Write(ConsoleContext terminal, IEnumerable<PlanGroup> groups)
    {
        foreach (var group in groups)
        {
            var from = string.Join(", ", group.From);
            var place = group.Position.Length == 0 ? "" : $"  {group.Position}";
            terminal.WriteFolded($"{group.Title}  {Word(group.Change)}{place}{(from.Length == 0 ? "" : $"  from {from}")}", indent: 4);
            if (group.Members is { } members) terminal.WriteFolded($"    {members}", indent: 4);
            foreach (var word in group.First.Details) terminal.WriteFolded($"  {(group.Change == ImportChange.Reject ? "-" : "~")} {word}", indent: 4);
        }
    }

    /// <summary>For example <c>2 rows: 1 to create, 1 to update. Nothing was written.</c></summary>
    public static string Sum(int rows, IReadOnlyCollection<ImportLine> lines) =>
        $"{Number.Count(rows, "row")}: {(Counts(lines) is { Length: > 0 } counts ? counts : "nothing would change")}. Nothing was written.";

    /// <summary>For example <c>1 to create, 1 to update</c>; "" where nothing would change.</summary>
    public static string Counts(IEnumerable<ImportLine> lines) => string.Join(", ", lines.GroupBy(line => line.Change)
        .OrderBy(group => group.Key)
        .Where(group => group.Key != ImportChange.None)
        .Select(group => string.Create(CultureInfo.InvariantCulture, $"{Number.Of(group.Count())} {Word(group.Key)}")));

    public static string Word(ImportChange change) => change switch
    {
        ImportChange.Create => "to create",
        ImportChange.Update => "to update",
        ImportChange.Reject => "rejected",
        ImportChange.Leave => "to leave alone",
        _ => "unchanged",
    };
}
