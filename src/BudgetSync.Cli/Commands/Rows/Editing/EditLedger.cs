using BudgetSync.Aws.Faults;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>
/// Appends to the ledger what an edit wrote, row by row, with who and why: a row says only who wrote it last, and one that is deleted says nothing. The row
/// comes first, because an entry of an edit that another one forestalled would be untrue; where an entry cannot be written, the row stays and that is said.
/// </summary>
internal sealed class EditLedger(DeployedStack stack, ConsoleContext terminal, RowProvenance who)
{
    private const int LongestValue = 200;

    private readonly Lock gate = new();
    private AwsFaultException? refused;
    private int missing;

    /// <summary>Appends one row that was written. Where the ledger refuses the caller, later rows do not ask again.</summary>
    public async Task RecordAsync(RowChange change)
    {
        if (!stack.HasLedger) return;
        lock (gate)
        {
            if (refused is { Fault.Kind: FaultKind.Blocked })
            {
                missing++;
                return;
            }
        }

        try
        {
            await stack.Ledger.RecordAsync(Partition(change.Key), Entry(change), CancellationToken.None);
        }
        catch (AwsFaultException exception)
        {
            lock (gate)
            {
                refused = exception;
                missing++;
            }
        }
    }

    /// <summary>Says how many rows have no entry, and why.</summary>
    public void Tell()
    {
        if (refused is null) return;
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
