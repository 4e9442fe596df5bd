namespace BudgetSync.Core.Restrictions;

/// <summary>
/// One line of the ledger of an account: what was decided, approved, done or undone, and on what facts. Written before what it says takes effect, once, and
/// never changed.
/// </summary>
/// <param name="At">When it was decided; with <paramref name="Restriction"/> and <paramref name="What"/> its key.</param>
/// <param name="Restriction">The id; "" where it is about none.</param>
/// <param name="What">What has happened: the name of a state, or one of the words here.</param>
/// <param name="Text">A sentence for people.</param>
public sealed record LedgerEntry(DateTimeOffset At, string Restriction, string What, string Text)
{
    public const string Approved = "Approved";
    public const string Released = "Released";
    public const string LiftAsked = "LiftAsked";
    public const string HeldBack = "HeldBack";
    public const string Done = "Done";
    public const string Undone = "Undone";

    /// <summary>All that it has changed, as the spoke itself answers: events had told more than was recorded.</summary>
    public const string Held = "Held";

    /// <summary>Events told more than is recorded.</summary>
    public const string Omitted = "Omitted";

    /// <summary>A person writes a row with the tool.</summary>
    public const string RowEdited = "RowEdited";

    /// <summary>The row of the entry before was not written: another edit had come first.</summary>
    public const string RowLeft = "RowLeft";

    /// <summary>Who: the ARN of a person; "" where BudgetSync decided by itself.</summary>
    public string By { get; init; } = "";

    /// <summary>The response as the row says it, as JSON.</summary>
    public string Rule { get; init; } = "";

    /// <summary>The amounts and reasons that it follows from.</summary>
    public EquatableArray<string> Facts { get; init; } = [];
}
