using BudgetSync.Core.Budgets;


namespace BudgetSync.Core.Reports;

/// <summary>What a spoke says after an apply: the handler's return value, and so the <c>responsePayload</c> of the event that reaches Collect.</summary>
public sealed record Report
{
    /// <summary>The spoke as it sees itself, for people. Collect trusts the event's own account, never this.</summary>
    public AccountId? Account { get; init; }

    /// <summary>The revision of the document that was applied; null where the parameter is missing or no document.</summary>
    public string? Revision { get; init; }

    /// <summary>The version of the parameter that was applied; 0 where there is no parameter.</summary>
    public long ParameterVersion { get; init; }

    public required ReportOutcome Outcome { get; init; }

    /// <summary>Why the outcome is not Applied.</summary>
    public EquatableArray<string> Reasons { get; init; } = [];

    /// <summary>What was done, one line per change; empty when nothing was to do.</summary>
    public EquatableArray<string> Changes { get; init; } = [];

    /// <summary>
    /// How the budgets differed before this apply. Whether that is drift or simply the change that was asked for is for Collect to say:
    /// the spoke does not remember which revision it applied last.
    /// </summary>
    public EquatableArray<string> Drift { get; init; } = [];

    /// <summary>Budgets that were taken over, and what they were.</summary>
    public EquatableArray<string> Adopted { get; init; } = [];

    public EquatableArray<ReportedBudget> Budgets { get; init; } = [];

    /// <summary>
    /// Where each restriction stands; empty where none is asked for. Null: the spoke does not restrict, because it is older or has not the feature, and no
    /// document for it may hold any.
    /// </summary>
    public EquatableArray<ReportedRestriction>? Restrictions { get; init; }

    /// <summary>Attachments of the stack's policies of which it cannot say whose they are, or that they are given back, by policy.</summary>
    public EquatableArray<UnexplainedAttachments> Unexplained { get; init; } = [];

    /// <summary>
    /// Topics of which it is not sure that AWS Budgets may publish to them; empty where it is of all. Null: nobody looked, as in an apply that changed
    /// nothing and in older spokes.
    /// </summary>
    public EquatableArray<TopicAccess>? Topics { get; init; }

    /// <summary>The spoke meters models, so a document for it may say what they may cost; false where it is older or has not the feature.</summary>
    public bool Meters { get; init; }

    /// <summary>The spoke's stack is being deleted: this is its last report, and its budgets have no owner from now on.</summary>
    public bool StackDeleted { get; init; }

    /// <summary>
    /// The parameter's text is, letter by letter, what BudgetSync writes: whoever has forgotten that it wrote it can tell it from what people type.
    /// </summary>
    public bool IsCanonical { get; init; }

    /// <summary>When it began to restrict, by the spoke's clock; null where it did not, and of older spokes.</summary>
    public DateTimeOffset? RestrictsSince { get; init; }

    /// <summary>When the apply ended, by the spoke's clock.</summary>
    public required DateTimeOffset At { get; init; }
}
