using BudgetSync.Core.Coverage;

namespace BudgetSync.Core.Page;

/// <summary>Everything the page shows, as values; <see cref="ReportHtml"/> makes it a file, or a part of a CloudWatch dashboard.</summary>
public sealed record SpendPage
{
    /// <summary>For example <c>o-ab12cd34ef</c>, or the management account's id where there is no organization.</summary>
    public required string Organization { get; init; }

    /// <summary>All ages on the page are seen from here.</summary>
    public required DateTimeOffset GeneratedAt { get; init; }

    /// <summary>Accounts by where their rows stand; every state, with 0 where there is none.</summary>
    public required CoverageSummary Coverage { get; init; }

    /// <summary>One per budget of each account, and one without a budget for each account that has none. In any order.</summary>
    public EquatableArray<PageLine> Lines { get; init; } = [];

    /// <summary>Of OUs, the root and <c>default</c>: in the order of the tree.</summary>
    public EquatableArray<PageEnvelope> Envelopes { get; init; } = [];

    /// <summary>Budgets of models of accounts whose spokes meter them, what needs attention first; <see cref="PageModel.Most"/> at most.</summary>
    public EquatableArray<PageModel> Models { get; init; } = [];

    /// <summary>Budgets of models that are not among them.</summary>
    public int QuieterModels { get; init; }

    /// <summary>What this page cannot know, a sentence each; for example that Cost Explorer is off.</summary>
    public EquatableArray<string> Unknown { get; init; } = [];
}
