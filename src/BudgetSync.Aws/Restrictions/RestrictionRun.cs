using BudgetSync.Aws.Faults;
using BudgetSync.Core;
using BudgetSync.Core.Reports;

namespace BudgetSync.Aws.Restrictions;

/// <summary>What became of the restrictions of a spoke in one apply or look.</summary>
/// <param name="Restrictions">
/// Those that hold, and of the others those that something was done or is to be said of; null where nobody can tell what is asked, or nothing was done.
/// </param>
public sealed record RestrictionRun(EquatableArray<ReportedRestriction>? Restrictions)
{
    /// <inheritdoc cref="Report.RestrictsSince"/>
    public DateTimeOffset? Since { get; init; }

    /// <inheritdoc cref="Report.Unexplained"/>
    public EquatableArray<UnexplainedAttachments> Unexplained { get; init; } = [];

    /// <summary>Why not all is given back: the apply ends with it, once what was done is told. Null where all is.</summary>
    public AwsFaultException? Stuck { get; init; }

    /// <summary>Whether the parameter is as the hub wrote it last.</summary>
    public bool IsOfHub { get; init; }
}
