using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Stops;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Aws.Restrictions;

/// <summary>What became of the denies of one apply.</summary>
internal sealed class DenyOutcome : RestrictionResults
{
    /// <summary>Journal entries of what was attached, or found attached.</summary>
    public HashSet<string> Attached { get; } = new(StringComparer.Ordinal);

    /// <summary>Journal entries of what was detached, or could not be attached.</summary>
    public List<string> Gone { get; } = [];

    /// <summary>What others attached, by policy.</summary>
    public List<(string Policy, Principal Principal)> Foreign { get; } = [];

    /// <summary>Of what nothing says whose it is, by policy.</summary>
    public List<UnexplainedAttachments> Unexplained { get; } = [];

    /// <summary>What could not be detached: the apply ends with it, so that Lambda runs it again where that may heal it.</summary>
    public AwsFaultException? Stuck { get; private set; }

    /// <summary>Something could not be detached. What minutes may heal is tried again, whatever else was refused for good.</summary>
    public void Stick(AwsFaultException refused)
    {
        if (Stuck?.Fault.Kind != FaultKind.Retry) Stuck = refused;
    }
}
