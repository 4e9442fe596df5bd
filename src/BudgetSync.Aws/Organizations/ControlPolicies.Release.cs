using System.Collections.Immutable;
using Amazon.Organizations.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;

namespace BudgetSync.Aws.Organizations;

/// <content>What is done before policies are deleted.</content>
public sealed partial class ControlPolicies
{
    /// <summary>Detaches policies from all that they are attached to, units and the root too: AWS Organizations deletes none that is attached.</summary>
    /// <param name="ids">Of policies that are to go.</param>
    /// <exception cref="AwsFaultException">What they are attached to cannot be read.</exception>
    public async Task<ReleasedControls> ReleaseAsync(IEnumerable<string> ids, Deadline deadline, CancellationToken cancellation)
    {
        var refused = ImmutableArray.CreateBuilder<string>();
        var (freed, outOfTime) = (0, 0);
        foreach (var id in ids)
        {
            foreach (var target in await TargetsOfAnyAsync(id, cancellation))
            {
                if (deadline.Near) outOfTime++;
                else if (await DetachAsync(id, target.TargetId, cancellation) is { } reason) refused.Add($"{id} of {target.TargetId}: {reason}");
                else freed++;
            }
        }

        return new ReleasedControls(freed, outOfTime, refused.ToImmutable());
    }

    /// <summary>None of a policy that a person has deleted.</summary>
    private async Task<IReadOnlyList<PolicyTargetSummary>> TargetsOfAnyAsync(string policy, CancellationToken cancellation)
    {
        try
        {
            return await AllTargetsAsync(policy, cancellation);
        }
        catch (AwsFaultException gone) when (gone.Fault.Code == "PolicyNotFound")
        {
            return [];
        }
    }

    private async Task<string?> DetachAsync(string policy, string target, CancellationToken cancellation)
    {
        try
        {
            await caller.CallAsync(Service, "DetachPolicy", token => OnceAsync(policy, target, attach: false, token), cancellation);
            return null;
        }
        catch (AwsFaultException refused)
        {
            return refused.Fault.Kind == FaultKind.AlreadyDone ? null : refused.Fault.Reason;
        }
    }
}
