using System.Collections.Immutable;
using BudgetSync.Cli.Commands.Rows.Editing;
using BudgetSync.Core;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Plan;

/// <summary>
/// Rows that an import writes and that move no account now: nearer rows say otherwise, the OU has no accounts, or only the user's own attributes change. They
/// are changes all the same: a plan that hid them would call an import empty that writes.
/// </summary>
internal static class RowOnlyChanges
{
    public const string NoBudget = "no account's budget changes now";

    /// <param name="lines">The plan's lines, of accounts and of rows.</param>
    /// <param name="then">All rows as the import would leave them.</param>
    /// <returns>The same, with what each such row would change.</returns>
    public static ImmutableArray<ImportLine> AddTo(IReadOnlyList<ImportLine> lines, RowEdit edit, StackRows rows, IReadOnlyDictionary<string, RowImage> then)
    {
        var all = lines.ToList();
        var placeOf = all.Select((line, place) => (line, place)).Where(entry => entry.line.Change != ImportChange.Reject)
            .GroupBy(entry => entry.line.Key, entry => entry.place, StringComparer.Ordinal)
            .ToDictionary(places => places.Key, places => places.First(), StringComparer.Ordinal);
        var moved = all.Where(line => line.Change != ImportChange.None).Select(line => AccountId.TryParse(line.Key, out var id) ? id : (AccountId?)null)
            .OfType<AccountId>().Distinct().ToList();
        var image = then.ToImmutableDictionary(StringComparer.Ordinal);
        foreach (var change in edit.Writes.Where(change => change.Kind != RowChangeKind.Removed))
        {
            if (Scope.TryParse(change.Key) is not { } scope || Moves(change, scope, moved, rows, image)) continue;
            ImportLine? told = placeOf.TryGetValue(change.Key, out var at) ? all[at] : null;
            if (told is { Change: ImportChange.Leave }) continue;
            var details = AttributeChanges.OfRow(change).Except(told?.Details ?? [], StringComparer.Ordinal).ToImmutableArray();
            if (told is null)
                all.Add(new ImportLine(change.Key, ImportChange.Update, [.. details, NoBudget], [], null, null));
            else if (told.Change == ImportChange.None || !details.IsEmpty)
                all[at] = told with
                {
                    Change = told.Change == ImportChange.None ? ImportChange.Update : told.Change,
                    Details = [.. told.Details, .. details, .. told.Change == ImportChange.None ? (string[])[NoBudget] : []],
                };
        }

        return [.. all];
    }

    /// <summary>True where an account that the import moves would be another without this row.</summary>
    private static bool Moves(RowChange change, Scope scope, List<AccountId> moved, StackRows rows, ImmutableDictionary<string, RowImage> then)
    {
        var without = change.Before is { } before ? then.SetItem(change.Key, before) : then.Remove(change.Key);
        var reached = scope is Scope.Account { Id: var own } ? [own] : moved.Where(account => rows.Tree.PathOf(account).Contains(scope));
        return reached.Any(account => !IsSame(account, without, then, rows));
    }

    private static bool IsSame(AccountId account, IReadOnlyDictionary<string, RowImage> one, IReadOnlyDictionary<string, RowImage> other, StackRows rows) =>
        (rows.Resolve(account, one), rows.Resolve(account, other)) switch
        {
            (Resolution.Desired before, Resolution.Desired after) => before.Parameter.Revision == after.Parameter.Revision
                && AiPolicyChange.Between(before.Ai, after.Ai).IsEmpty
                && AttributeChanges.Between(rows.Present(account, one), rows.Present(account, other)).IsEmpty,
            (Resolution.Rejected before, Resolution.Rejected after) => before.Equals(after),
            var (before, after) => before.GetType() == after.GetType(),
        };
}
