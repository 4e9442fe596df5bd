using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>
/// Appends to the ledger what an edit writes, row by row, with who and why: a row says only who wrote it last, and one that is deleted says nothing. The entry
/// comes first, so that no row is ever written without one, wherever this ends; a row that another edit forestalled has a second entry that says so. Where an
/// entry cannot be written, the row is written all the same and that is said.
/// </summary>
internal sealed class EditLedger(DeployedStack stack, ConsoleContext terminal, RowProvenance who)
{
    private const int LongestValue = 200;

    private readonly Lock gate = new();
    private AwsFaultException? refused;
    private int missing;

    /// <summary>Appends one row that is about to be written. Where the ledger refuses the caller, later rows do not ask again.</summary>
    /// <returns>Whether it is there.</returns>
    public Task<bool> RecordAsync(RowChange change) => AppendAsync(change.Key, Entry(change));

    /// <summary>Appends that a row whose entry is there was not written, because another edit had come first.</summary>
    public Task LeftAsync(RowChange change) => AppendAsync(
        change.Key,
        new LedgerEntry(who.ChangedAt, "", LedgerEntry.RowLeft, "another edit came first: the row was left as that wrote it") { By = who.ChangedBy });

    /// <summary>Appends of a row whose entry is there that its write failed, so that it may have been made or not.</summary>
    public Task UnknownAsync(RowChange change, string reason) => AppendAsync(
        change.Key,
        new LedgerEntry(who.ChangedAt, "", LedgerEntry.RowLeft, $"the write failed, and only the row tells whether it took effect: {reason}")
        {
            By = who.ChangedBy,
        });

    /// <summary>Counts a row that was written without an entry.</summary>
    public void Miss()
    {
        if (stack.HasLedger) Interlocked.Increment(ref missing);
    }

    private async Task<bool> AppendAsync(string key, LedgerEntry entry)
    {
        if (!stack.HasLedger) return false;
        lock (gate)
        {
            if (refused is { Fault.Kind: FaultKind.Blocked }) return false;
        }

        try
        {
            await stack.Ledger.RecordAsync(Partition(key), entry, CancellationToken.None);
            return true;
        }
        catch (AwsFaultException exception)
        {
            lock (gate) refused = exception;
            return false;
        }
    }

    /// <summary>Says how many rows have no entry, and why.</summary>
    public void Tell()
    {
        if (refused is null || missing == 0) return;
        terminal.TellFolded(
            Printable.Line($"Warning: {Number.Count(missing, "row")} written without an entry in the ledger: {refused.Fault.Reason}. Who writes rows needs "
                + $"dynamodb:PutItem on {DeployedStack.LedgerTableName}."),
            indent: 2);
    }

    private LedgerEntry Entry(RowChange change) => new(who.ChangedAt, "", LedgerEntry.RowEdited, $"row {Word(change.Kind)}{Why}")
    {
        By = who.ChangedBy,
        Facts = [.. change.Attributes.Select(attribute => $"{attribute.Name}: {Value(attribute.Before)} → {Value(attribute.After)}")],
    };

    /// <summary>The ledger has partitions of other kinds, whose names a row that is for no scope must not take.</summary>
    private static string Partition(string key) => Scope.TryParse(key) is null ? $"row {key}" : key;

    private string Why => who.Reason is { Length: > 0 } reason ? $": {reason}" : "";

    private static string Word(RowChangeKind kind) => kind switch
    {
        RowChangeKind.Added => "added",
        RowChangeKind.Removed => "deleted",
        _ => "changed",
    };

    private static string Value(RowValue? value)
    {
        var text = value is null ? "none" : RowValueText.Plain(value);
        return text.Length > LongestValue ? $"{text[..LongestValue]}…" : text;
    }
}
