using System.Collections.Immutable;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Plan;

/// <summary>Accounts of which a plan says the same: one change of a row that many inherit is read once and not a thousand times.</summary>
internal sealed class PlanGroup
{
    /// <summary>Fewer accounts are told one by one, which says no more lines than a group would.</summary>
    private const int Fewest = 3;

    /// <summary>So many accounts of a group are named; <c>--csv</c> and <c>--json</c> name each.</summary>
    private const int Named = 12;

    private PlanGroup(ImmutableArray<ImportLine> lines) => Lines = lines;

    /// <summary>In order of id; at least one.</summary>
    public ImmutableArray<ImportLine> Lines { get; }

    public ImportLine First => Lines[0];

    /// <summary>What the group is sorted by: the account, of a group the first.</summary>
    public string Key => First.Key;

    public ImportChange Change => First.Change;

    /// <summary>By how much money the group moves; see <see cref="ImportLine.Movement"/>.</summary>
    public decimal Movement => Lines.Sum(line => line.Movement);

    /// <summary>For example <c>222222222201</c> or <c>1,200 accounts</c>.</summary>
    public string Title => Lines.Length == 1 ? KeyOf(First) : Number.Count(Lines.Length, "account");

    /// <summary>The accounts of a group, for example <c>222222222201, 222222222202 and 1,198 more (--csv names each)</c>; null for one account.</summary>
    public string? Members => Lines.Length == 1
        ? null
        : string.Join(", ", Lines.Take(Named).Select(line => line.Position.Length == 0 ? line.Key : $"{line.Key} ({line.Position})"))
            + (Lines.Length > Named ? $" and {Number.Of(Lines.Length - Named)} more (--csv names each)" : "");

    /// <summary>Where the rows of one account stand in the file; a group names it beside each.</summary>
    public string Position => Lines.Length == 1 ? First.Position : "";

    /// <summary>The scopes whose rows make the budgets; in a group an account's own row is no account's in particular.</summary>
    public IEnumerable<string> From => Lines.Length == 1 ? First.From : FromOf(First);

    public static ImmutableArray<PlanGroup> Of(IEnumerable<ImportLine> lines) =>
    [
        .. lines.GroupBy(line => (line.Change, string.Join('\n', FromOf(line)), string.Join('\n', line.Details)))
            .SelectMany(alike => alike.Count() < Fewest ? alike.Select(line => new PlanGroup([line])) : [new PlanGroup([.. Sorted(alike)])]),
    ];

    private static IEnumerable<ImportLine> Sorted(IEnumerable<ImportLine> lines) => lines.OrderBy(line => line.Key, StringComparer.Ordinal);

    private static IEnumerable<string> FromOf(ImportLine line) => line.From.Select(key => key == line.Key ? "own row" : key);

    private static string KeyOf(ImportLine line) => line.Key.Length == 0 ? "(no AccountId)" : line.Key;
}
