using System.Collections.Immutable;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Cli.Stack;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>
/// Puts the progress of rows together from the status table and the accounts themselves. An account is looked into only when its status has moved,
/// so that a live table of a thousand lines stays cheap.
/// </summary>
internal sealed class RowProgressReader(BudgetsTable budgets, StatusTable status, AccountReader accounts, IReadOnlyList<RowEntry> rows, RowWriter writer)
{
    private readonly Dictionary<string, (long ItemVersion, string? Revision, ImmutableArray<ActualBudget> Budgets)> seen = new(StringComparer.Ordinal);

    /// <summary>
    /// The progress of each row of the file and each that came since, in that order. Rows for OUs, the root or default are shown only when something is wrong
    /// with them.
    /// </summary>
    public async Task<IReadOnlyList<RowProgress>> ReadAsync(CancellationToken cancellation)
    {
        var states = (await status.ScanAsync(cancellation)).ToDictionary(row => row.Key, StringComparer.Ordinal);
        var images = (await budgets.ScanAsync(cancellation)).ToDictionary(row => row.Key, StringComparer.Ordinal);
        await LookAsync(
            [
                .. states.Values.Where(
                    row => AccountId.TryParse(row.Key, out _) && !(seen.TryGetValue(row.Key, out var known) && known.ItemVersion == row.ItemVersion))
            ],
            cancellation);
        var progress = rows.Where(writer.Refused.ContainsKey)
            .Select(row => new RowProgress(row.Image.Key, nameof(AccountState.Rejected), [.. writer.Refused[row]], RowSummary.Of(row.Image), null, [], null))
            .ToList();
        var refusedKeys = progress.Select(row => row.AccountId).ToHashSet(StringComparer.Ordinal);
        var keys = rows.Select(row => row.Image.Key)
            .Concat(states.Keys.Concat(images.Keys).Order(StringComparer.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .Where(key => !refusedKeys.Contains(key));
        progress.AddRange(keys.Select(key => Of(key, states.GetValueOrDefault(key), images.GetValueOrDefault(key))).OfType<RowProgress>());
        var order = rows.Select((row, index) => (row.Image.Key, index))
            .DistinctBy(row => row.Key)
            .ToDictionary(row => row.Key, row => row.index, StringComparer.Ordinal);
        return [.. progress.OrderBy(row => order.GetValueOrDefault(row.AccountId, int.MaxValue))];
    }

    private async Task LookAsync(IReadOnlyList<StatusRow> moved, CancellationToken cancellation) => await Parallel.ForEachAsync(
        moved,
        new ParallelOptions { MaxDegreeOfParallelism = StackConnection.AccountsInFlight, CancellationToken = cancellation },
        async (row, token) =>
        {
            try
            {
                var (revision, found) = await accounts.ReadAsync(AccountId.Parse(row.Key), token);
                lock (seen) seen[row.Key] = (row.ItemVersion, revision, found);
            }
            catch (AwsFaultException gone) when (gone.Fault.Kind == FaultKind.Conflict)
            {
                // A budget went between two of the calls: what is there now the next look sees.
            }
        });

    private RowProgress? Of(string key, StatusRow? row, RowImage? image)
    {
        if (row is null)
            return Scope.TryParse(key) is Scope.Account ? new RowProgress(key, nameof(AccountState.Pending), [], RowSummary.Of(image), null, [], null) : null;
        var (_, revision, found) = seen.GetValueOrDefault(key, (0, null, []));
        var began = writer.WrittenAt.TryGetValue(key, out var wrote) && !(row.EditedAt > wrote) ? wrote : row.EditedAt;
        var milliseconds = row is { State: AccountState.Applied, AppliedAt: { } applied } && began is { } start
            ? (long?)Math.Max(0, (long)(applied - start).TotalMilliseconds)
            : null;
        return new RowProgress(key, row.State.ToString(), row.Reasons, RowSummary.Of(image), revision, found, milliseconds);
    }
}
