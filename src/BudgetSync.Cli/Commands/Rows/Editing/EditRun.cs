using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.CommandLine;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>
/// Makes an edit: shows it, asks, writes down what undoes it, and only then writes row after row, each on the condition that it is still what was shown.
/// However this ends, every row is as it was or as it should be.
/// </summary>
internal sealed class EditRun(DeployedStack stack, ConsoleContext terminal, EditWish wish, StackRows rows)
{
    /// <summary>Writes under way: DynamoDB takes far more, and a partition of an on-demand table 1,000 a second.</summary>
    private const int WritesInFlight = 32;

    /// <summary>Groups under way: an answer takes a tenth of a second over an ordinary way, and a partition 500 rows a second in transactions.</summary>
    private const int GroupsInFlight = 2;

    /// <summary>Up to so many rows are read one by one; for more, a scan of the whole table is cheaper.</summary>
    private const int FewRows = 25;

    /// <summary>What every edit says that ended before its first write.</summary>
    public const string Nothing = "Nothing was written.";

    private readonly ConcurrentDictionary<string, string> conflicts = new(StringComparer.Ordinal);
    private readonly HashSet<string> told = new(StringComparer.Ordinal);
    private EditLedger? ledger;
    private readonly ConcurrentDictionary<string, RowChange> unknown = new(StringComparer.Ordinal);
    private int written;
    private bool ended;

    /// <summary>Rows written so far.</summary>
    public int Written => written;

    /// <param name="command">What was typed, for the undo file and for what is told to be typed next.</param>
    /// <param name="origin">The edit that this one takes back or goes on with.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(RowEdit edit, ParseResult command, CancellationToken cancellation, EditOrigin? origin = null)
    {
        EditScreen.Write(terminal, edit, rows);
        var open = edit.Changes.Count(change => change.Kind is RowChangeKind.Rejected or RowChangeKind.Left);
        var changes = edit.Writes.ToList();
        var standing = edit.Changes.Where(change => change.Kind == RowChangeKind.Unchanged).ToList();
        if (changes.Count == 0)
        {
            // The same command again, after one that was ended while it waited.
            await terminal.Error.WriteLineAsync(Nothing);
            return Math.Max(open > 0 ? ExitCode.Failed : ExitCode.Done, await WaitForAsync(standing, cancellation));
        }

        Check(edit);
        Brake(edit);
        var interrupted = origin is null ? InterruptedEdit.Before(stack, terminal, edit, rows) : null;
        if (interrupted is not null)
        {
            var undo = NextCommand.Of(terminal, command, ["rows", "undo", NextCommand.PathOf(interrupted.First.Path)]);
            terminal.TellFolded(interrupted.Told(undo), indent: 2);
            if (interrupted.IsContinued) origin = new EditOrigin(EditKind.Resume, interrupted.First.Checksum, interrupted.First.Path);
        }

        if (!await AgreeAsync(changes.Count, cancellation)) return ExitCode.Failed;
        var who = new RowProvenance(await stack.CallerArnAsync(cancellation), stack.Time.GetUtcNow(), wish.Because);
        changes = [.. changes.Select(change => change with { After = change.After is { } after ? who.On(after) : null })];
        // Who, when and why are part of the item too.
        if (changes.FirstOrDefault(change => change.After is { } after && !ItemCheck.Problems(after).IsEmpty) is { After: { } large } first)
            throw new CommandException(Printable.Line(
                $"{first.Key}: with who, when and why (ChangedBy, ChangedAt, Reason) {ItemCheck.Problems(large)[0]}. Nothing was written."));
        var header = new UndoHeader(
            stack.BudgetsTableName,
            stack.Account.Value,
            stack.Clients.Region.SystemName,
            stack.Endpoint,
            who.ChangedBy,
            RowProvenance.Format(who.ChangedAt),
            wish.Because ?? "",
            Typed(terminal, command),
            origin ?? EditOrigin.Itself,
            changes.Count(change => change.Kind == RowChangeKind.Added),
            changes.Count(change => change.Kind == RowChangeKind.Changed),
            changes.Count(change => change.Kind == RowChangeKind.Removed))
        {
            Relative = wish.Again is not null,
        };
        var file = await UndoFile.WriteAsync(wish.UndoFile, header, changes, terminal);
        await terminal.Error.WriteLineAsync($"To undo this: {NextCommand.Of(terminal, command, ["rows", "undo", NextCommand.PathOf(file.Path)])}");
        ledger = new EditLedger(stack, terminal, who);
        try
        {
            // What goes on with an edit has only the rows that one had left: both ways lead from the first one's file, which has them all.
            var leading = header.Origin.Kind == EditKind.Resume ? header.Origin.Path : file.Path;
            // What goes on with an edit answers for what that one had written too: its waves and its wait were not at their end.
            var before = header.Origin.Kind == EditKind.Resume && interrupted is null ? standing : [];
            var code = await WriteAllAsync(changes, before, standing, Open(edit), Ways(leading, command), cancellation);
            return code == ExitCode.Done && open > 0 ? ExitCode.Failed : code;
        }
        finally
        {
            EditOutcome.Keep(file, unknown.IsEmpty ? written : null, ended, terminal.Environment);
            ledger.Tell();
        }
    }

    /// <summary>What was asked for and is not done, which the last line must not hide: <c>, 1 rejected</c>; "" where all is.</summary>
    private static string Open(RowEdit edit) => string.Concat(
        new[] { (Kind: RowChangeKind.Rejected, Word: "rejected"), (Kind: RowChangeKind.Left, Word: "left") }
            .Select(of => (of.Word, Count: edit.Changes.Count(change => change.Kind == of.Kind)))
            .Where(of => of.Count > 0)
            .Select(of => $", {Number.Of(of.Count)} {of.Word}"));

    /// <summary>Waits, where that is asked for, for the accounts of rows that are there already.</summary>
    private async Task<int> WaitForAsync(List<RowChange> written, CancellationToken cancellation)
    {
        var accounts = wish.Waits ? written.SelectMany(change => rows.CoveredBy(change.Key)).Distinct().ToList() : [];
        if (accounts.Count == 0) return ExitCode.Done;
        var watch = new AppliedWatch(stack, terminal, rows);
        return Tell(await watch.WaitAsync(accounts, rows.ByKey, ImmutableDictionary<string, Core.Status.StatusRow>.Empty, cancellation), accounts.Count);
    }

    /// <param name="before">Rows that the edit which this one goes on with had written.</param>
    /// <param name="standing">Rows that are as they should be already.</param>
    private async Task<int> WriteAllAsync(
        List<RowChange> changes,
        List<RowChange> before,
        List<RowChange> standing,
        string open,
        string ways,
        CancellationToken cancellation)
    {
        var waves = (wish.Waves ?? new Waves([])).Split([.. before, .. changes], change => rows.CoveredBy(change.Key).Length);
        var watch = new AppliedWatch(stack, terminal, rows);
        var now = rows.ByKey.ToImmutableDictionary(StringComparer.Ordinal);
        var code = ExitCode.Done;
        try
        {
            for (var number = 1; number <= waves.Length; number++)
            {
                var wave = waves[number - 1];
                var accounts = wish.Waits ? wave.SelectMany(change => rows.CoveredBy(change.Key)).Distinct().ToList() : [];
                // Of accounts whose rows are written already nothing new may ever come: what they fail with stands.
                var stood = wish.Waits
                    ? await watch.LookAsync([.. wave.Where(change => change.Writes).SelectMany(change => rows.CoveredBy(change.Key)).Distinct()], cancellation)
                    : ImmutableDictionary<string, Core.Status.StatusRow>.Empty;
                if (waves.Length > 1)
                    await terminal.Error.WriteLineAsync(
                        $"Wave {number} of {waves.Length}: {Number.Count(wave.Length, "row")} for {Number.Count(accounts.Count, "account")}");
                now = await WriteAsync([.. wave.Where(change => change.Writes)], now, changes.Count, cancellation);
                await TellConflictsAsync(wave);
                if (!wish.Waits) continue;
                // A row that was left is what another edit made it: its accounts are that edit's to wait for.
                accounts = [.. wave.Where(change => !conflicts.ContainsKey(change.Key)).SelectMany(change => rows.CoveredBy(change.Key)).Distinct()];
                var result = await watch.WaitAsync(accounts, now, stood, cancellation);
                code = Math.Max(code, Tell(result, accounts.Count));
                if (number < waves.Length && wish.StopAt.IsPassedBy(result.Failed.Count - result.BlockedBefore + result.Open.Length, accounts.Count))
                {
                    await terminal.Error.WriteLineAsync(
                        $"Stopped: more than {wish.StopAt} of this wave's accounts are not applied; "
                            + $"{Number.Count(waves.Skip(number).Sum(later => later.Length), "row")} of later waves were not written.");
                    await terminal.Error.WriteLineAsync(ways);
                    return ExitCode.Failed;
                }
            }

            await FindMovedAsync(standing, cancellation);
            await TellConflictsAsync(standing);
        }
        catch (Exception exception) when (exception is AwsFaultException or OperationCanceledException)
        {
            await FindUnknownAsync();
            await TellConflictsAsync(changes);
            var known = unknown.IsEmpty ? "written" : $"known to be written, {Number.Of(unknown.Count)} not known";
            await terminal.Error.WriteLineAsync(
                $"Interrupted: {Number.Of(written)} of {Number.Count(changes.Count, "row")} {known}; each row is whole, as it was or as it should be.");
            await terminal.Error.WriteLineAsync(ways);
            if (exception is OperationCanceledException) throw new InterruptedException(exception);
            throw;
        }

        ended = true;
        await terminal.Error.WriteLineAsync($"{Number.Count(written, "row")} written{open}.");
        if (conflicts.IsEmpty) return code;
        var left = conflicts.Keys.Order(StringComparer.Ordinal).ToList();
        await terminal.Error.WriteLineAsync(
            $"{Number.Count(left.Count, "row")} left as another edit wrote {(left.Count == 1 ? "it" : "them")} meanwhile: "
                + (wish.Again?.Invoke(left) ?? "run the command again to see what it would change now."));
        return ExitCode.Failed;
    }

    private async Task<ImmutableDictionary<string, RowImage>> WriteAsync(
        ImmutableArray<RowChange> wave,
        ImmutableDictionary<string, RowImage> now,
        int of,
        CancellationToken cancellation)
    {
        var bar = new ProgressBar(terminal, stack.Progress);
        var done = new ConcurrentDictionary<string, RowImage?>(StringComparer.Ordinal);
        try
        {
            var groups = WriteGroup.Split(wave);
            await BoundedConcurrency.ForEachAsync(groups, groups.Length < wave.Length ? GroupsInFlight : WritesInFlight, async (group, stop) =>
            {
                stop.ThrowIfCancellationRequested();
                // A write that has begun is ended, so that what is told of it is true: it takes a moment, and Ctrl+C a second time ends the process.
                var recorded = await Task.WhenAll(group.Select(ledger!.RecordAsync)); // Not null: it is made before the first write.
                try
                {
                    await WriteGroupAsync(group, recorded, done);
                }
                catch (AwsFaultException fault)
                {
                    foreach (var (change, isRecorded) in group.Zip(recorded).Where(entry => !IsTold(entry.First)))
                    {
                        // What AWS refused was not made.
                        if (fault.Fault.Kind == FaultKind.Retry) unknown[change.Key] = change;
                        if (isRecorded) await ledger.UnknownAsync(change, fault.Fault.Reason);
                    }

                    throw;
                }

                bar.Show(written, of, $"{Number.Of(written)} of {Number.Count(of, "row")} written");
            }, cancellation);
        }
        finally
        {
            bar.Clear();
        }

        bool IsTold(RowChange change) => done.ContainsKey(change.Key) || conflicts.ContainsKey(change.Key);
        return now.RemoveRange(done.Where(row => row.Value is null).Select(row => row.Key))
            .SetItems(done.Where(row => row.Value is not null).Select(row => KeyValuePair.Create(row.Key, row.Value!))); // Not null: the filter before.
    }

    private async Task WriteGroupAsync(ImmutableArray<RowChange> group, bool[] recorded, ConcurrentDictionary<string, RowImage?> done)
    {
        var together = group.Length > 1
            && await stack.Budgets.WriteTogetherAsync(group.Select(change => (change.Before, change.After)), CancellationToken.None);
        foreach (var (change, isRecorded) in group.Zip(recorded))
        {
            if (together || await stack.Budgets.WriteAsync(change.Before, change.After, CancellationToken.None))
            {
                done[change.Key] = change.After;
                if (!isRecorded) ledger!.Miss(); // Not null: it is made before the first write.
                Interlocked.Increment(ref written);
                continue;
            }

            conflicts[change.Key] = $"{change.Key}: another edit came first; its row is left as that wrote it";
            if (isRecorded) await ledger!.LeftAsync(change); // As above.
            conflicts[change.Key] = Conflict(change.Key, await stack.Budgets.ReadAsync(change.Key, CancellationToken.None));
        }
    }

    /// <summary>
    /// Rows that needed no write are held by no condition: where another edit moved one meanwhile, the table is not what this edit was to make of it.
    /// </summary>
    private async Task FindMovedAsync(List<RowChange> standing, CancellationToken cancellation)
    {
        if (standing.Count == 0) return;
        var now = standing.Count > FewRows
            ? (await stack.Budgets.ScanAsync(cancellation)).ToDictionary(row => row.Key, StringComparer.Ordinal)
            : (await Task.WhenAll(standing.Select(change => stack.Budgets.ReadAsync(change.Key, cancellation)))).OfType<RowImage>()
                .ToDictionary(row => row.Key, StringComparer.Ordinal);
        foreach (var change in standing)
        {
            var row = now.GetValueOrDefault(change.Key);
            if (!RowEquivalence.SameRow(row, change.After)) conflicts[change.Key] = Conflict(change.Key, row);
        }
    }

    /// <summary>A write whose answer was lost may have been made: only its row tells, where it can be read.</summary>
    private async Task FindUnknownAsync()
    {
        await BoundedConcurrency.ForEachAsync(unknown.Values.ToList(), WritesInFlight, async (change, _) =>
        {
            try
            {
                var now = await stack.Budgets.ReadAsync(change.Key, CancellationToken.None);
                if (unknown.TryRemove(change.Key, out var _) && RowEquivalence.SameItem(now, change.After)) Interlocked.Increment(ref written);
            }
            catch (AwsFaultException)
            {
                // It stays unknown, and is told so.
            }
        }, CancellationToken.None);
    }

    /// <summary>At once, and not after a wait that may be long.</summary>
    private async Task TellConflictsAsync(IEnumerable<RowChange> changes)
    {
        foreach (var change in changes.OrderBy(change => change.Key, StringComparer.Ordinal))
        {
            if (conflicts.TryGetValue(change.Key, out var conflict) && told.Add(change.Key)) await terminal.Error.WriteLineAsync(Printable.Line(conflict));
        }
    }

    private static string Conflict(string key, RowImage? now)
    {
        var (by, at, _) = now is null ? ("", "", "") : RowProvenance.Of(now);
        return now is null ? $"{key}: its row was deleted meanwhile"
            : $"{key}: its row was edited meanwhile{(by.Length > 0 ? $" (last written with budgetsync by {by} at {at})" : "")}; it is left as it is";
    }

    private int Tell(WatchResult result, int of)
    {
        of -= result.Orphans.Count;
        foreach (var (account, reason) in result.Orphans.Take(20)) terminal.Error.WriteLine(Printable.Line($"  {account}  {reason}"));
        if (result.Orphans.Count > 20)
            terminal.Error.WriteLine($"  … and {Number.Of(result.Orphans.Count - 20)} more Orphans; 'budgetsync status' shows them");
        if (of == 0) return ExitCode.Done;
        terminal.Error.WriteLine($"{Number.Of(result.Applied)} of {Number.Count(of, "account")} applied.");
        foreach (var (account, reason) in result.Failed.Take(20)) terminal.Error.WriteLine(Printable.Line($"  {account}  {reason}"));
        if (result.Failed.Count > 20) terminal.Error.WriteLine($"  … and {Number.Of(result.Failed.Count - 20)} more failed; 'budgetsync status' shows them");
        if (result.BlockedBefore > 0)
            terminal.Error.WriteLine(
                $"{Number.Count(result.BlockedBefore, "account")} had been Blocked before this edit, which --stop-at does not count.");
        if (!result.Open.IsEmpty)
            terminal.Error.WriteLine(
                $"{Number.Count(result.Open.Length, "account")} not applied after {AppliedWatch.Patience.TotalMinutes:0} min without a move, the first of them "
                    + $"{result.Open[0]}; 'budgetsync status' shows how far they are.");
        return result.Failed.Count > 0 ? ExitCode.Failed : result.Open.IsEmpty ? ExitCode.Done : ExitCode.Unchecked;
    }

    private void Check(RowEdit edit)
    {
        var then = edit.Then(rows.Table);
        if (ActionPrice.Warning(rows.ByKey, then, rows.Tree, rows.Defaults) is { } price) terminal.TellFolded($"Warning: {price}", indent: 2);
        var envelopes = EnvelopeChecks.Between(rows.ByKey, then, rows.Tree, rows.Defaults, stack.Time.GetUtcNow());
        var warnings = envelopes.Warnings.Concat(ModelWarnings.Of(edit, rows))
            .Concat(NotifyWarnings.Of(edit, stack))
            .Concat(NeverBegun.Of(edit, rows, stack.Time.GetUtcNow()));
        foreach (var warning in warnings) terminal.TellFolded($"Warning: {warning}", indent: 2);
        if (envelopes.Refusals.IsEmpty) return;
        throw new CommandException($"{Printable.Line(string.Join("; ", envelopes.Refusals.Select(refusal => refusal.Text)))}. Nothing was written.");
    }

    private void Brake(RowEdit edit)
    {
        if (wish.AllowLarge || EditBrake.Told(edit, rows, wish.LargestTotal) is not { } told) return;
        throw new CommandException($"this is larger than edits usually are: {told}. Nothing was written; where it is meant so, add "
            + $"--allow-large.");
    }

    private async Task<bool> AgreeAsync(int changes, CancellationToken cancellation)
    {
        if (wish.Yes) return true;
        terminal.DemandAnswers("nothing was written; add --yes to write it");
        if (await terminal.AskAsync($"Write {Number.Count(changes, "row")}?", cancellation)) return true;
        await terminal.Error.WriteLineAsync(Nothing);
        return false;
    }

    /// <summary>
    /// The two commands that lead on from here, whole: with the stack they speak to and with how the edit was to be made. An edit that was small enough to
    /// begin is small enough to go on with, and says why by its file.
    /// </summary>
    private string Ways(string file, ParseResult command)
    {
        var how = EditOptions.WordsOf(command);
        return $"To go on: {NextCommand.Of(terminal, command, ["rows", "resume", NextCommand.PathOf(file)], how)}\n"
            + $"To go back: {NextCommand.Of(terminal, command, ["rows", "undo", NextCommand.PathOf(file)], how)}";
    }

    /// <summary>The command as it was typed, with this tool's name.</summary>
    public static string Typed(ConsoleContext terminal, ParseResult command) =>
        $"{terminal.CommandName}{ShellWord.Append(command.Tokens.Select(token => token.Value))}";
}
