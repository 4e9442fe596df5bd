namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>Which way an edit goes: by itself, back from another or on with another.</summary>
internal enum EditKind
{
    Edit,
    Undo,
    Resume,
}

/// <summary>What an edit comes from: nothing, or the file of the edit that it takes back or goes on with.</summary>
/// <param name="Of">That file's checksum, which names it wherever it lies; "" for an edit by itself.</param>
internal sealed record EditOrigin(EditKind Kind, string Of)
{
    public static readonly EditOrigin Itself = new(EditKind.Edit, "");
}

/// <summary>What an edit is about, as its file's first line says.</summary>
/// <param name="Command">What was typed, for people.</param>
/// <param name="Added">How many rows it adds; likewise the next two.</param>
internal sealed record UndoHeader(
    string Table,
    string Account,
    string Region,
    string ChangedBy,
    string ChangedAt,
    string Reason,
    string Command,
    EditOrigin Origin,
    int Added,
    int Changed,
    int Removed)
{
    public int Rows => Added + Changed + Removed;
}
