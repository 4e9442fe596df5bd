using System.Collections.Immutable;
using BudgetSync.Core.Ai;

namespace BudgetSync.Cli.Commands.Plan;

/// <summary>What importing the rows would mean for one account.</summary>
internal enum ImportChange
{
    /// <summary>Its desired budgets stay as they are.</summary>
    None,

    /// <summary>It has no budgets of ours now and would get some.</summary>
    Create,

    /// <summary>Its desired budgets would change, or what its principals may spend on models.</summary>
    Update,

    /// <summary>Its rows would be rejected.</summary>
    Reject,

    /// <summary>It would no longer be touched: its row is disabled.</summary>
    Leave,
}

/// <summary>One account of an import.</summary>
/// <param name="Key">The account, or the key of a row that stands for no account and is wrong.</param>
/// <param name="Details">What would change, or what is wrong, a line each.</param>
/// <param name="From">The scopes whose rows would make its budgets, nearest first.</param>
internal sealed record ImportLine(
    string Key,
    ImportChange Change,
    ImmutableArray<string> Details,
    ImmutableArray<string> From,
    string? RevisionNow,
    string? RevisionThen)
{
    /// <summary>Where the rows of that key stand in the file, for what is rejected: <c>line 3</c>; "" where the file has none.</summary>
    public string Position { get; init; } = "";

    /// <summary>
    /// By how much the limits of its budgets move together, up or down, taken by the month and in whatever currency: what plans are sorted by, and no sum of
    /// money.
    /// </summary>
    public decimal Movement { get; init; }

    /// <summary>What would change for whom of models, which <see cref="Details"/> tell too. It bears on a spoke that meters them.</summary>
    public ImmutableArray<AiPolicyChange> Models { get; init; } = [];
}
