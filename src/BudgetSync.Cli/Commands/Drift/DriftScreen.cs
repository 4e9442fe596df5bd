using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Drift;

/// <summary>What was found in the accounts, on a screen: a line for each, and below it how it drifted or why it is unchecked.</summary>
internal static class DriftScreen
{
    /// <summary>Fewer accounts are told one by one.</summary>
    private const int FewestAlike = 3;

    /// <summary>How many accounts of a group are named.</summary>
    private const int NamedAlike = 5;

    public static void Write(ConsoleContext terminal, IReadOnlyList<DriftLine> lines)
    {
        // A wrong role is one reason and not a thousand: unchecked accounts that differ in nothing but their id are told together.
        var alike = lines.Where(line => line.State == DriftState.Unchecked)
            .GroupBy(line => string.Join('\n', line.Details).Replace(line.AccountId, "ACCOUNT", StringComparison.Ordinal), StringComparer.Ordinal)
            .Where(group => group.Count() >= FewestAlike)
            .ToList();
        foreach (var group in alike)
        {
            var ids = group.Select(line => line.AccountId).ToList();
            terminal.WriteFolded(
                $"{Number.Of(ids.Count)} accounts  {Word(DriftState.Unchecked)}  {string.Join(", ", ids.Take(NamedAlike))}"
                    + (ids.Count > NamedAlike ? $" and {Number.Of(ids.Count - NamedAlike)} more (--json has all)" : ""),
                indent: 4);
            foreach (var word in group.Key.Split('\n')) terminal.WriteFolded($"  - {word}", indent: 4);
        }

        var told = alike.SelectMany(group => group).ToHashSet();
        foreach (var line in lines.Where(line => !told.Contains(line)))
        {
            terminal.WriteFolded($"{line.AccountId}  {Word(line.State)}{(line.Name.Length > 0 ? $"  {line.Name}" : "")}", indent: 4);
            foreach (var word in line.Details) terminal.WriteFolded($"  {(line.State == DriftState.Drifted ? "~" : "-")} {word}", indent: 4);
        }
    }

    public static string Sum(IReadOnlyList<DriftLine> lines) => $"{Number.Count(lines.Count, "account")}: " + string.Join(
        ", ",
        lines.GroupBy(line => line.State).OrderBy(group => group.Key).Select(group => $"{Number.Of(group.Count())} {Word(group.Key)}")) + ".";

    private static string Word(DriftState state) => state switch
    {
        DriftState.InSync => "in sync",
        DriftState.Drifted => "drifted",
        DriftState.Unchecked => "unchecked",
        _ => "uncovered",
    };
}
