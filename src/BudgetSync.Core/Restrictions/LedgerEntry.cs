namespace BudgetSync.Core.Restrictions;

/// <summary>
/// One line of the ledger of an account: what was decided, approved, done or undone, and on what facts. Written before what it says takes effect, once, and
/// never changed.
/// </summary>
/// <param name="At">When it was decided; with <paramref name="Restriction"/>, <paramref name="What"/> and <see cref="Subject"/> its key.</param>
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

    /// <summary>A person lets a suspension from models begin that waits for one.</summary>
    public const string ModelsApproved = "ModelsApproved";

    /// <summary>A person gives models back.</summary>
    public const string ModelsRestored = "ModelsRestored";

    /// <summary>What a person asked of models in the entry before was not written: nothing fitted any more, or the write failed.</summary>
    public const string ModelsLeft = "ModelsLeft";

    /// <summary>Channels were told that somebody is suspended from models.</summary>
    public const string ModelsSuspendedTold = "ModelsSuspendedTold";

    /// <summary>Channels were told that this is over.</summary>
    public const string ModelsRestoredTold = "ModelsRestoredTold";

    /// <summary>A person throws the kill switch.</summary>
    public const string ResponsesStopped = "ResponsesStopped";

    /// <summary>A person lets responses begin again.</summary>
    public const string ResponsesArmed = "ResponsesArmed";

    /// <summary>The switch of the entry before was not set: AWS refused it, or nobody knows.</summary>
    public const string ResponsesLeft = "ResponsesLeft";

    /// <summary>Of <see cref="By"/>: a person of whom AWS did not say who it is.</summary>
    public const string Unknown = "unknown";

    /// <summary>The budget of models that it is about, as <c>ai status</c> calls it: <c>role/DataScience</c>; "" where it is about none.</summary>
    public string Subject { get; init; } = "";

    private static readonly string[] Course =
    [
        RowEdited, RowLeft, ResponsesStopped, ResponsesArmed, ResponsesLeft,
        nameof(RestrictionState.Watched), nameof(RestrictionState.Planned), HeldBack, Released,
        nameof(RestrictionState.AwaitingApproval), Approved, nameof(RestrictionState.InForce), Done, nameof(RestrictionState.Failed), LiftAsked,
        nameof(RestrictionState.Revoked), Undone, nameof(RestrictionState.Lifted), nameof(RestrictionState.Cancelled),
    ];

    /// <summary>How far a restriction is: of entries that have one time, the lower one comes first.</summary>
    public int Step => Array.IndexOf(Course, What);

    /// <summary>Who: the ARN of a person; "" where BudgetSync decided by itself.</summary>
    public string By { get; init; } = "";

    /// <summary>The response as the row says it, as JSON.</summary>
    public string Rule { get; init; } = "";

    /// <summary>The amounts and reasons that it follows from.</summary>
    public EquatableArray<string> Facts { get; init; } = [];
}
