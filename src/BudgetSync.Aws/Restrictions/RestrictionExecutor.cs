using System.Collections.Immutable;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Stops;
using BudgetSync.Core;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Aws.Restrictions;

/// <summary>
/// Makes the restrictions of a document so, heals what people changed since, and lifts what no document asks for. The same work each time: what is in force is
/// read of AWS and compared, so a lost event, a crash or a hand's change is the next apply's to mend.
/// </summary>
/// <param name="stops">Null where the stack names no region to stop anything in.</param>
public sealed class RestrictionExecutor(
    AccountPrincipals principals, RestrictionSettings settings, StopExecutor? stops, AccountId account, JsonLog log)
{
    private RestrictionResults results = new();

    /// <summary>Restricts what the document says, and nothing else.</summary>
    /// <param name="desired">Those that have ended by themselves are lifted like those that are not there.</param>
    /// <param name="earlier">Ids of stops that were asked for once; of what cannot be seen to be given back, the report says that it is not.</param>
    /// <returns>What became of each restriction that holds, and of those of which something was given back now.</returns>
    /// <exception cref="AwsFaultException">
    /// AWS cannot be asked, or something could not be given back, which no report of a restriction could say: the document does not know it any more.
    /// </exception>
    public async Task<EquatableArray<ReportedRestriction>> CarryOutAsync(
        EquatableArray<DesiredRestriction> desired, EquatableArray<string> earlier, DateTimeOffset now, CancellationToken cancellation)
    {
        results = new RestrictionResults();
        var holding = desired.Where(restriction => restriction.HoldsAt(now)).ToImmutableArray();
        var stuck = await DenyAsync([.. holding.Where(restriction => restriction.Kind.IsDeny())], cancellation);
        // After the denies: what is stopped is not made anew meanwhile. One that cannot be freed keeps nothing else from being given back.
        var over = desired.Where(restriction => restriction.Kind.IsStop()).Select(restriction => restriction.Id).Union(earlier)
            .Except(holding.Select(restriction => restriction.Id));
        stuck = await StopAsync([.. holding.Where(restriction => restriction.Kind.IsStop())], [.. over], now, cancellation) ?? stuck;
        if (stuck is not null) throw stuck;
        var lifted = results.Ids.Except(holding.Select(restriction => restriction.Id)).Order(StringComparer.Ordinal);
        return [.. holding.Select(restriction => results.Reported(restriction.Id)), .. lifted.Select(id => results.Reported(id, RestrictionOutcome.Lifted))];
    }

    private async Task<AwsFaultException?> StopAsync(
        ImmutableArray<DesiredRestriction> asked, ImmutableArray<string> earlier, DateTimeOffset now, CancellationToken cancellation)
    {
        if (stops is null)
        {
            foreach (var stop in asked)
                results.Fail(stop.Id, $"this spoke's stack names no region, so nothing is stopped for {stop.Kind}; deploy it with the setting stopRegions");
            return null;
        }

        var outcome = await stops.CarryOutAsync(asked, earlier, now, cancellation);
        results.Add(outcome);
        return outcome.Stuck;
    }

    private async Task<AwsFaultException?> DenyAsync(ImmutableArray<DesiredRestriction> denies, CancellationToken cancellation)
    {
        var byPolicy = denies.ToLookup(DenyPlan.PolicyOf, StringComparer.Ordinal);
        foreach (var missing in byPolicy.Where(group => !settings.Policies.Contains(group.Key)))
        {
            foreach (var restriction in missing)
                results.Fail(
                    restriction.Id,
                    $"the policy {missing.Key} is not one of this spoke's stack ({string.Join(", ", settings.Policies)}); name another, or deploy the stack "
                        + "with the setting denyLists");
        }

        ImmutableArray<Principal>? all = null;
        AwsFaultException? stuck = null;
        foreach (var policy in settings.Policies)
        {
            var restrictions = byPolicy[policy].ToList();
            if (await principals.ListAttachedAsync(policy, cancellation) is not { } attached)
            {
                foreach (var restriction in restrictions)
                    results.Fail(
                        restriction.Id,
                        $"the policy {policy} of this spoke's stack is not there; somebody deleted it, and an update of the stack makes it again");
                continue;
            }

            if (restrictions.Count == 0 && attached.IsEmpty) continue;
            // Who is in the account is asked for only where somebody is to be bound: lifting needs no more than what is attached.
            if (restrictions.Count > 0) all ??= await principals.ListAsync(cancellation);
            var plan = DenyPlan.Of(policy, restrictions, restrictions.Count > 0 ? all!.Value : [], attached, settings.ExemptRoles);
            foreach (var (id, left) in plan.LeftAlone) results.Leave(id, left);
            foreach (var principal in plan.Bound) Each(restrictions, results.Hold, Changed(principal, Without(policy)));
            foreach (var principal in plan.Attach.Items.Take(Limits.Attachments)) await AttachAsync(policy, principal, restrictions, cancellation);
            if (plan.Attach.Length > Limits.Attachments)
            {
                foreach (var restriction in restrictions)
                    results.Fail(
                        restriction.Id,
                        $"{plan.Attach.Length - Limits.Attachments} roles and users are still to be bound by {policy}; the next apply goes on");
            }

            foreach (var principal in plan.Detach) stuck = await DetachAsync(policy, principal, restrictions, cancellation) ?? stuck;
        }

        return stuck;
    }

    private async Task AttachAsync(string policy, Principal principal, List<DesiredRestriction> restrictions, CancellationToken cancellation)
    {
        try
        {
            await principals.AttachAsync(policy, principal, cancellation);
            log.Info(LogEvent.Restricted, account.Value, null, $"{policy} was attached to {principal.Resource}.");
            Each(restrictions, results.Note, Changed(principal, Without(policy)));
            Each(restrictions, results.Hold, Changed(principal, Without(policy)));
        }
        catch (AwsFaultException gone) when (gone.Fault is { Kind: FaultKind.AlreadyDone })
        {
            // The role went between the listing and the call, or the policy did: the next apply sees which.
        }
        catch (AwsFaultException refused)
        {
            foreach (var restriction in restrictions) results.Fail(restriction.Id, $"{principal.Resource} is not bound by {policy}: {refused.Fault.Reason}");
        }
    }

    /// <summary>Detaches, and goes on where that fails: one role that cannot be freed keeps no other bound.</summary>
    private async Task<AwsFaultException?> DetachAsync(
        string policy, Principal principal, List<DesiredRestriction> restrictions, CancellationToken cancellation)
    {
        try
        {
            await principals.DetachAsync(policy, principal, cancellation);
            log.Info(LogEvent.Restricted, account.Value, null, $"{policy} was detached from {principal.Resource}.");
            Each(restrictions, results.Note, Changed(principal, $"with {policy}"));
            return null;
        }
        catch (AwsFaultException refused)
        {
            log.Warn(LogEvent.Restricted, account.Value, null, $"{policy} could not be detached from {principal.Resource}: {refused.Fault.Reason}");
            return refused;
        }
    }

    private static string Without(string policy) => $"without {policy}";

    private RestrictedResource Changed(Principal principal, string before) => new(principals.Arn(principal), before);

    private static void Each(List<DesiredRestriction> restrictions, Action<string, RestrictedResource> tell, RestrictedResource resource)
    {
        foreach (var restriction in restrictions) tell(restriction.Id, resource);
    }
}
