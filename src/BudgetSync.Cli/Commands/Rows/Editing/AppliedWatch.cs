using System.Collections.Immutable;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reconcile;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>
/// How a wait ended: accounts that are as their rows ask, those that are not and will not be by waiting, and those that are still on their way.
/// </summary>
/// <param name="Failed">With the first reason of each.</param>
/// <param name="BlockedBefore">How many of those were Blocked before the edit and still are: nothing that the edit did.</param>
/// <param name="Orphans">Accounts that the organization does not have, or that are suspended or closing: nothing will ever be applied there.</param>
internal sealed record WatchResult(
    int Applied,
    ImmutableSortedDictionary<string, string> Failed,
    int BlockedBefore,
    ImmutableArray<AccountId> Open,
    ImmutableSortedDictionary<string, string> Orphans);

/// <summary>
/// Waits for accounts to be what their rows now ask for. It looks at the status table only, where every account's own report arrives, and goes by the revision
/// that the rows come to: a state of before the edit is never taken for one after it.
/// </summary>
internal sealed class AppliedWatch(DeployedStack stack, ConsoleContext terminal, StackRows rows)
{
    /// <summary>Waiting ends when no account has moved for this long: the slowest step there is, a retry by the stream, comes well within it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the bar stands still at most, but for the reading of a table that takes longer than a quarter of it.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Up to so many accounts are asked for one by one; for more, a scan of the whole table is cheaper.</summary>
    private const int FewAccounts = 25;

    /// <summary>Where accounts stand before an edit: what they fail with afterwards is told from what they had failed with.</summary>
    public async Task<IReadOnlyDictionary<string, StatusRow>> LookAsync(IReadOnlyCollection<AccountId> accounts, CancellationToken cancellation)
    {
        if (accounts.Count == 0) return ImmutableDictionary<string, StatusRow>.Empty;
        var asked = accounts.Select(account => account.Value).ToHashSet(StringComparer.Ordinal);
        return (await ReadAsync(accounts, cancellation)).Where(row => asked.Contains(row.Key)).ToDictionary(StringComparer.Ordinal);
    }

    /// <param name="then">The rows as they stand after the edit.</param>
    /// <param name="before">What <see cref="LookAsync"/> saw.</param>
    public async Task<WatchResult> WaitAsync(
        IReadOnlyCollection<AccountId> accounts,
        IReadOnlyDictionary<string, RowImage> then,
        IReadOnlyDictionary<string, StatusRow> before,
        CancellationToken cancellation)
    {
        var bar = new ProgressBar(terminal, stack.Progress);
        var wanted = accounts.ToDictionary(
            account => account,
            account => (Resolution: rows.Resolve(account, then), Path: rows.Tree.PathOf(account), Present: rows.Present(account, then)));
        var open = accounts.ToHashSet();
        var failed = new Dictionary<AccountId, string>();
        var startedAt = stack.Time.GetTimestamp();
        var (movedAt, applied) = (startedAt, 0);
        IReadOnlyDictionary<string, StatusRow> states = ImmutableDictionary<string, StatusRow>.Empty;
        try
        {
            while (true)
            {
                var began = stack.Time.GetTimestamp();
                states = await ReadAsync(open, cancellation);
                var settled = 0;
                failed.Clear();
                foreach (var account in open.ToList())
                {
                    var status = states.GetValueOrDefault(account.Value);
                    var (resolution, path, present) = wanted[account];
                    if (resolution is Resolution.Rejected rejected) failed[account] = rejected.Reasons[0];
                    else if (Intent.Of(resolution, path, present, status) is var intent && IsThere(intent, status)) settled += open.Remove(account) ? 1 : 0;
                    else if (FailureOf(status, before.GetValueOrDefault(account.Value), intent) is { } reason) failed[account] = reason;
                }

                if (settled > 0) movedAt = stack.Time.GetTimestamp();
                applied += settled;
                var words = $"{Number.Of(applied)} of {Number.Count(accounts.Count, "account")} applied"
                    + (failed.Count > 0 ? $", {Number.Of(failed.Count)} failed" : "");
                bar.Show(applied + failed.Count, accounts.Count, words);
                if (open.Count == failed.Count || stack.Time.GetElapsedTime(movedAt) > Patience) break;
                await Task.Delay(
                    Pause(stack.Time.GetElapsedTime(began), stack.Time.GetElapsedTime(startedAt), applied, open.Count - failed.Count),
                    stack.Time,
                    cancellation);
            }
        }
        finally
        {
            bar.Clear();
        }

        var orphans = await OrphansAsync(failed, states, cancellation);
        foreach (var account in orphans.Keys) failed.Remove(account);
        return new WatchResult(
            applied,
            failed.ToImmutableSortedDictionary(entry => entry.Key.Value, entry => entry.Value, StringComparer.Ordinal),
            failed.Keys.Count(account => IsBlocked(states.GetValueOrDefault(account.Value)) && IsBlocked(before.GetValueOrDefault(account.Value))),
            [.. open.Where(account => !failed.ContainsKey(account) && !orphans.ContainsKey(account)).Order()],
            orphans.ToImmutableSortedDictionary(entry => entry.Key.Value, entry => entry.Value, StringComparer.Ordinal));
    }

    /// <summary>
    /// A row for an account that is not there fails where its role cannot be assumed, as that of an account without the spoke stack does: only the organization
    /// tells the two apart, and it is read where there is such a one.
    /// </summary>
    private async Task<Dictionary<AccountId, string>> OrphansAsync(
        Dictionary<AccountId, string> failed,
        IReadOnlyDictionary<string, StatusRow> states,
        CancellationToken cancellation)
    {
        var asked = failed.Keys.Where(account => states.GetValueOrDefault(account.Value) is { State: AccountState.Blocked or AccountState.Orphan }).ToList();
        if (asked.Count == 0) return [];
        var tree = rows.Tree.Accounts.IsEmpty ? await stack.TreeAsync(cancellation) : rows.Tree;
        return asked.Select(account => (Account: account, Text: OrphanText.Of(new Scope.Account(account), tree)))
            .Where(entry => entry.Text is not null)
            .ToDictionary(entry => entry.Account, entry => $"Orphan: {entry.Text}; delete the row, or correct its AccountId");
    }

    /// <summary>
    /// The pause until the next look. A large table takes a while to read: no more than a fifth of the time goes into that, and none where the accounts that
    /// are open will be open for long yet, by how fast the others were.
    /// </summary>
    /// <param name="read">How long the last look took.</param>
    /// <param name="waited">Since the wait began, in which <paramref name="applied"/> accounts became what they should be.</param>
    internal static TimeSpan Pause(TimeSpan read, TimeSpan waited, int applied, int open)
    {
        var left = applied > 0 ? waited / applied * open / 4 : TimeSpan.Zero;
        return new[] { ShortestPause, read * 4, left < LongestPause ? left : LongestPause }.Max();
    }

    private static bool IsThere(Intent intent, StatusRow? status) => intent switch
    {
        Intent.Keep { Parameter.Revision: var revision } =>
            status is { State: AccountState.Applied } && status.DesiredRevision == revision && status.AppliedRevision == revision,
        // Nothing is asked of it any more: it was let go, or reported that it deleted what it had.
        Intent.LeaveAlone => status is null or { State: AccountState.Uncovered }
            || (status.State == AccountState.Applied && status.AppliedRevision == ParameterDocument.NothingRevision),
        _ => false,
    };

    private static bool IsBlocked(StatusRow? status) => status is { State: AccountState.Blocked };

    /// <summary>What it failed with before says nothing of the edit, but where it failed with what the rows ask for now: nothing new may come.</summary>
    private static string? FailureOf(StatusRow? now, StatusRow? before, Intent intent) =>
        now is { State: AccountState.Blocked or AccountState.Orphan or AccountState.Rejected or AccountState.Failed }
            && (now.ItemVersion != before?.ItemVersion || (intent is Intent.Keep { Parameter.Revision: var wanted } && now.DesiredRevision == wanted))
            ? $"{now.State}: {(now.Reasons.IsEmpty ? "no reason is known" : now.Reasons[0])}"
            : null;

    private async Task<IReadOnlyDictionary<string, StatusRow>> ReadAsync(IReadOnlyCollection<AccountId> accounts, CancellationToken cancellation)
    {
        if (accounts.Count > FewAccounts)
            return (await stack.Status.ScanStatesAsync(cancellation)).ToDictionary(row => row.Key, StringComparer.Ordinal);
        var found = await Task.WhenAll(accounts.Select(account => stack.Status.ReadAsync(account.Value, cancellation)));
        return found.OfType<StatusRow>().ToDictionary(row => row.Key, StringComparer.Ordinal);
    }
}
