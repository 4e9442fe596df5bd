using BudgetSync.Aws.Faults;
using BudgetSync.Core.Stops;

namespace BudgetSync.Aws.Stops;

/// <summary>What became of the stops of one apply: it holds what is stopped now, by the restriction that its mark names.</summary>
public sealed class StopOutcome : RestrictionResults
{
    /// <summary>What was carried out to the end.</summary>
    internal List<StopStep> Done { get; } = [];

    /// <summary>What could not be given back and minutes may heal: the apply ends with it, so that Lambda runs it again.</summary>
    public AwsFaultException? Stuck { get; internal set; }
}
