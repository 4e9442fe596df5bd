using System.Collections.Immutable;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Spokes;
using BudgetSync.Core;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Aws.Restrictions;

/// <summary>
/// Attaches the stack's policies to whom the denies of a document mean, and takes away what it attached itself and no deny asks for. IAM does not say who
/// attached a policy: the journal does.
/// </summary>
/// <param name="journals">Null for a stack from before the journal: whatever is attached of its policies counts as ours.</param>
internal sealed class DenyExecutor(
    AccountPrincipals principals, RestrictionSettings settings, JournalParameter? journals, AccountId account, JsonLog log)
{
    /// <summary>Roles and users named of those of whom something is told; the others are counted.</summary>
    private const int Named = 3;

    /// <param name="denies">Those that hold now, of the kinds that deny; none takes everything of ours away.</param>
    /// <param name="history">What the hub has ever asked for, the newest first.</param>
    /// <param name="isLift">Whether the stack is about to lose the policies of the settings; it may have others.</param>
    /// <exception cref="AwsFaultException">AWS cannot be asked.</exception>
    public async Task<DenyOutcome> CarryOutAsync(
        ImmutableArray<DesiredRestriction> denies,
        EquatableArray<DesiredRestriction> history,
        bool isLift,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        var outcome = new DenyOutcome();
        RefuseUnknown(denies, outcome);
        var record = await DenyRecord.ReadAsync(journals, writes: !isLift, cancellation);
        var seen = new List<(string Policy, ImmutableArray<DesiredRestriction> Denies, ImmutableArray<Principal> Attached)>();
        foreach (var policy in settings.Policies)
        {
            ImmutableArray<DesiredRestriction> asking = [.. denies.Where(deny => DenyPlan.IsBy(deny, policy))];
            if (await principals.ListAttachedAsync(policy, cancellation) is not { } attached)
            {
                foreach (var deny in asking)
                    outcome.Fail(
                        deny.Id,
                        $"the policy {policy} of this spoke's stack is not there; somebody deleted it, and an update of the stack makes it again");
                continue;
            }

            var ours = journals is null
                ? attached.Select(principal => DenyJournal.EntryOf(policy, principal))
                : DenyJournal.Adopted(policy, attached, history);
            record.Adopt(policy, attached, ours, now);
            seen.Add((policy, asking, attached));
        }

        // Who is in the account is asked for only where somebody is to be bound: lifting needs no more than what is attached.
        var all = seen.Exists(one => !one.Denies.IsEmpty) ? await principals.ListAsync(cancellation) : [];
        var plans = seen.ConvertAll(one =>
            (one.Denies, Plan: DenyPlan.Of(one.Policy, one.Denies, one.Denies.IsEmpty ? [] : all, one.Attached, settings.ExemptRoles, record.Journal)));
        var toAttach = plans.SelectMany(
            one => one.Plan.Attach.Items.Take(Limits.Attachments).Select(principal => DenyJournal.EntryOf(one.Plan.Policy, principal)));
        var refused = await record.BeforeAsync([.. toAttach], cancellation);
        foreach (var (asking, plan) in plans)
        {
            foreach (var deny in asking)
            {
                if (UnboundDeny.Reason(deny, all, settings.ExemptRoles) is { } why) outcome.Fail(deny.Id, why);
            }

            Tell(plan, asking, history, outcome);
            if (!plan.Unknown.IsEmpty) outcome.Unexplained.Add(new(plan.Policy, record.Journal.UnknownSince() ?? now, Lost(plan.Policy, plan.Unknown)));
            if (refused is null) await AttachAsync(plan, asking, outcome, cancellation);
            else if (!plan.Attach.IsEmpty) FailEach(asking, $"{plan.Attach.Length} roles and users are not bound by {plan.Policy}: {refused}", outcome);
            var bound = new List<(Principal Principal, string Reason)>();
            foreach (var principal in plan.Detach)
            {
                if (await DetachAsync(plan.Policy, principal, Taken(plan.Policy, principal, asking, history), outcome, cancellation) is { } why)
                    bound.Add((principal, why));
            }

            foreach (var alike in bound.GroupBy(one => one.Reason, one => one.Principal, StringComparer.Ordinal))
                StillBound(plan.Policy, [.. alike], alike.Key, [.. history.Where(deny => !asking.Any(one => one.Id == deny.Id))], now, outcome);
        }

        await record.AfterAsync(outcome.Gone, outcome.Attached, now, cancellation);
        return outcome;
    }

    private void RefuseUnknown(ImmutableArray<DesiredRestriction> denies, DenyOutcome outcome)
    {
        foreach (var deny in denies.Where(deny => !settings.Policies.Contains(DenyPlan.PolicyOf(deny))))
            outcome.Fail(
                deny.Id,
                $"the policy {DenyPlan.PolicyOf(deny)} is not one of this spoke's stack ({string.Join(", ", settings.Policies)}); name another, or deploy the "
                    + "stack with the setting denyLists");
    }

    /// <summary>What is left alone, what is bound already, and what a person attached.</summary>
    private void Tell(DenyPlan plan, ImmutableArray<DesiredRestriction> asking, EquatableArray<DesiredRestriction> history, DenyOutcome outcome)
    {
        foreach (var (id, left) in plan.LeftAlone) outcome.Leave(id, left);
        foreach (var principal in plan.Bound) Each(asking, outcome.Hold, Changed(principal, Without(plan.Policy)));
        var ours = plan.Bound.Concat(plan.Detach).Select(principal => DenyJournal.EntryOf(plan.Policy, principal));
        outcome.Attached.UnionWith(ours.Concat(plan.Unknown.Select(principal => DenyJournal.UnknownOf(plan.Policy, principal))));
        outcome.Foreign.AddRange(plan.Foreign.Select(principal => (plan.Policy, principal)));
        var byDeny = plan.Foreign.SelectMany(principal => Whose(plan.Policy, principal, asking, history).Select(deny => (deny.Id, principal)))
            .ToLookup(pair => pair.Id, pair => pair.principal, StringComparer.Ordinal);
        foreach (var group in byDeny)
        {
            var groups = group.ToLookup(plan.Unknown.Contains);
            if (groups[false].Any()) outcome.Leave(group.Key, [Kept(plan.Policy, [.. groups[false]])]);
            if (groups[true].Any()) outcome.Leave(group.Key, [Lost(plan.Policy, [.. groups[true]])]);
        }

        foreach (var principal in plan.Foreign)
            log.Info(LogEvent.Restricted, account.Value, null, $"{plan.Policy} is attached to {principal.Resource}, and not by Apply: it stays.");
    }

    /// <summary>The denies that an attachment is told of: those that hold, or the last one that meant this role or user.</summary>
    private static ImmutableArray<DesiredRestriction> Whose(
        string policy, Principal principal, ImmutableArray<DesiredRestriction> asking, EquatableArray<DesiredRestriction> history) =>
        asking.IsEmpty ? [.. history.Where(deny => DenyPlan.IsBy(deny, policy) && deny.Asks(principal)).Take(1)] : asking;

    /// <summary>
    /// The denies that have bound whom nothing binds any more: the last one that is over and meant this role or user, or those that hold, where none did. Those
    /// that hold for others have not taken this.
    /// </summary>
    private static ImmutableArray<DesiredRestriction> Taken(
        string policy, Principal principal, ImmutableArray<DesiredRestriction> asking, EquatableArray<DesiredRestriction> history)
    {
        var over = history.FirstOrDefault(
            deny => DenyPlan.IsBy(deny, policy) && deny.Asks(principal) && !asking.Any(one => one.Id == deny.Id));
        return over is null ? asking : [over];
    }

    private static string Kept(string policy, ImmutableArray<Principal> principals) => principals.Length == 1
        ? $"a person attached {policy} to {principals[0].Resource}, so it stays attached there also when nothing asks for it; detach it there by hand"
        : $"a person attached {policy} to {principals.Length} roles and users ({principals[0].Resource} is one), so it stays attached there also when nothing "
            + "asks for it; detach it there by hand";

    private static string Lost(string policy, ImmutableArray<Principal> principals) =>
        $"{policy} is attached to {Names(principals)}, and nothing says any more whether BudgetSync or a person did that: its journal "
            + $"({DenyJournal.ParameterName}) and the parameter's versions that asked for it were deleted or written over; detach it there by hand";

    private static string Names(ImmutableArray<Principal> principals) =>
        string.Join(", ", principals.Take(Named).Select(principal => principal.Resource))
            + (principals.Length > Named ? $" and {principals.Length - Named} more" : "");

    private async Task AttachAsync(DenyPlan plan, ImmutableArray<DesiredRestriction> asking, DenyOutcome outcome, CancellationToken cancellation)
    {
        foreach (var principal in plan.Attach.Items.Take(Limits.Attachments)) await AttachAsync(plan.Policy, principal, asking, outcome, cancellation);
        if (plan.Attach.Length > Limits.Attachments)
        {
            var left = plan.Attach.Length - Limits.Attachments;
            FailEach(asking, $"{left} roles and users are still to be bound by {plan.Policy}; the next apply goes on", outcome);
        }
    }

    private async Task AttachAsync(
        string policy, Principal principal, ImmutableArray<DesiredRestriction> asking, DenyOutcome outcome, CancellationToken cancellation)
    {
        var entry = DenyJournal.EntryOf(policy, principal);
        outcome.Attached.Add(entry);
        try
        {
            await principals.AttachAsync(policy, principal, cancellation);
            log.Info(LogEvent.Restricted, account.Value, null, $"{policy} was attached to {principal.Resource}.");
            Each(asking, outcome.Note, Changed(principal, Without(policy)));
            Each(asking, outcome.Hold, Changed(principal, Without(policy)));
        }
        catch (AwsFaultException gone) when (gone.Fault is { Kind: FaultKind.AlreadyDone })
        {
            // The role went between the listing and the call, or the policy did: the next apply sees which.
            outcome.Gone.Add(entry);
        }
        catch (AwsFaultException refused)
        {
            // A call that was given up may take effect yet.
            if (refused.Fault.Kind is FaultKind.Rejected or FaultKind.Blocked) outcome.Gone.Add(entry);
            FailEach(asking, $"{principal.Resource} is not bound by {policy}: {refused.Fault.Reason}", outcome);
        }
    }

    /// <summary>Who could not be freed is told of every restriction that is over and meant them; where none is known, of the policy.</summary>
    private static void StillBound(
        string policy,
        ImmutableArray<Principal> bound,
        string because,
        ImmutableArray<DesiredRestriction> over,
        DateTimeOffset now,
        DenyOutcome outcome)
    {
        var denies = over.Where(deny => DenyPlan.IsBy(deny, policy)).DistinctBy(deny => deny.Id, StringComparer.Ordinal).ToList();
        foreach (var deny in denies)
        {
            if (bound.Where(deny.Asks).ToImmutableArray() is { IsEmpty: false } its) outcome.Fail(deny.Id, Text(its));
        }

        if (bound.Where(principal => !denies.Exists(deny => deny.Asks(principal))).ToImmutableArray() is { IsEmpty: false } others)
            outcome.Unexplained.Add(new UnexplainedAttachments(policy, now, Text(others)));

        string Text(ImmutableArray<Principal> principals) => $"{policy} is still attached to {Names(principals)}: {because}";
    }

    /// <summary>Detaches, and goes on where that fails: one role that cannot be freed keeps no other bound.</summary>
    /// <returns>Why it is not detached; null where it is.</returns>
    private async Task<string?> DetachAsync(
        string policy, Principal principal, ImmutableArray<DesiredRestriction> denies, DenyOutcome outcome, CancellationToken cancellation)
    {
        try
        {
            await principals.DetachAsync(policy, principal, cancellation);
            log.Info(LogEvent.Restricted, account.Value, null, $"{policy} was detached from {principal.Resource}.");
            Each(denies, outcome.Note, Changed(principal, $"with {policy}") with { IsGivenBack = true });
            outcome.Gone.Add(DenyJournal.EntryOf(policy, principal));
            return null;
        }
        catch (AwsFaultException refused)
        {
            log.Warn(LogEvent.Restricted, account.Value, null, $"{policy} could not be detached from {principal.Resource}: {refused.Fault.Reason}");
            outcome.Stick(refused);
            return refused.Fault.Reason;
        }
    }

    private static string Without(string policy) => $"without {policy}";

    private RestrictedResource Changed(Principal principal, string before) => new(principals.Arn(principal), before);

    private static void Each(ImmutableArray<DesiredRestriction> denies, Action<string, RestrictedResource> tell, RestrictedResource resource)
    {
        foreach (var deny in denies) tell(deny.Id, resource);
    }

    private static void FailEach(ImmutableArray<DesiredRestriction> denies, string reason, DenyOutcome outcome)
    {
        foreach (var deny in denies) outcome.Fail(deny.Id, reason);
    }
}
