using BudgetSync.Cli.Stack;

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
/// <param name="Path">Where that file lies now; not kept.</param>
internal sealed record EditOrigin(EditKind Kind, string Of, string Path = "")
{
    public static readonly EditOrigin Itself = new(EditKind.Edit, "");
}

/// <summary>What an edit is about, as its file's first line says.</summary>
/// <param name="Endpoint">
/// Where the calls went, where that is not AWS: two <c>budgetsync local</c> have the same account. Null: a file from before it was kept.
/// </param>
/// <param name="Command">What was typed, for people.</param>
/// <param name="Added">How many rows it adds; likewise the next two.</param>
internal sealed record UndoHeader(
    string Table,
    string Account,
    string Region,
    string? Endpoint,
    string ChangedBy,
    string ChangedAt,
    string Reason,
    string Command,
    EditOrigin Origin,
    int Added,
    int Changed,
    int Removed)
{
    /// <summary>
    /// True where it changed amounts by how much more or less, which made twice is another change. False too of a file from before it was kept.
    /// </summary>
    public bool Relative { get; init; }

    public int Rows => Added + Changed + Removed;

    /// <summary>The table that it is of, for people.</summary>
    public string Target => $"{Table} of {Account} in {Region}{(string.IsNullOrEmpty(Endpoint) ? "" : $" at {Endpoint}")}";

    /// <summary>True where it is of this stack's table. A file that does not know its endpoint may be.</summary>
    public bool IsOf(DeployedStack stack) =>
        IsOfTable(stack) && (Endpoint is null || Endpoint == stack.Endpoint);

    /// <summary>True where it is of a table of this name, account and region, whatever the way there: one table of AWS has several endpoints.</summary>
    public bool IsOfTable(DeployedStack stack) =>
        Table == stack.BudgetsTableName && Account == stack.Account.Value && Region == stack.Clients.Region.SystemName;
}
