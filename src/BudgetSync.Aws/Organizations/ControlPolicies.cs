using System.Collections.Immutable;
using Amazon.Organizations;
using Amazon.Organizations.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Core;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Aws.Organizations;

/// <summary>
/// The organization's service control policies as desired state: what they are attached to is read, compared with what is asked for, and made so at the pace
/// that AWS Organizations takes. A run that is cut short, or meets a person's change, is finished by the next one.
/// </summary>
/// <param name="policies">The ids of the stack's policies (<c>p-0a1b2c3d</c>), by the kind of restriction that each is for.</param>
/// <param name="management">The organization's management account, which is never restricted.</param>
/// <param name="hub">The account that BudgetSync runs in, which never is either.</param>
public sealed partial class ControlPolicies(
    IAmazonOrganizations organizations,
    ImmutableDictionary<RestrictionKind, string> policies,
    AccountId? management,
    AccountId? hub,
    AwsCaller caller,
    JsonLog log,
    TimeProvider time)
{
    private const string Service = "organizations";
    private readonly AdaptiveRateLimiter pace = new(Limits.AttachmentsPerSecond, Limits.AttachmentBurst, time);

    /// <summary>Attaches what is asked for and detaches the rest, up to <see cref="Limits.ControlChanges"/> of them; the next run does what is left.</summary>
    /// <exception cref="AwsFaultException">What is attached cannot be read.</exception>
    public async Task<ControlOutcome> EnforceAsync(IReadOnlyCollection<DesiredControl> desired, CancellationToken cancellation)
    {
        var attached = new Dictionary<RestrictionKind, IReadOnlySet<AccountId>>();
        foreach (var (kind, id) in policies) attached.Add(kind, await TargetsAsync(id, cancellation));
        var plan = ControlPlan.Of(desired, attached, management, hub);
        var failed = new Dictionary<(AccountId, RestrictionKind), string>();
        var made = new HashSet<(AccountId, RestrictionKind)>();
        foreach (var change in plan.Changes.Items.Take(Limits.ControlChanges))
        {
            if (await MakeAsync(change, cancellation) is { } reason) failed.Add((change.Account, change.Kind), reason);
            else if (change.Attach) made.Add((change.Account, change.Kind));
        }

        var unfinished = plan.Changes.Items.Skip(Limits.ControlChanges)
            .Concat(plan.Changes.Where(change => !change.Attach && failed.ContainsKey((change.Account, change.Kind))))
            .Select(change => change.Account)
            .ToHashSet();
        var reported = desired.Where(control => !unfinished.Contains(control.Account))
            .GroupBy(control => control.Account)
            .ToDictionary(group => group.Key, group => new EquatableArray<ReportedRestriction>([.. group.Select(Reported)]));
        return new ControlOutcome(reported, unfinished);

        ReportedRestriction Reported(DesiredControl control)
        {
            var why = plan.Refused.GetValueOrDefault(control) ?? failed.GetValueOrDefault((control.Account, control.Kind));
            if (why is not null) return new ReportedRestriction(control.Id, RestrictionOutcome.Failed) { Reasons = [why] };
            return new ReportedRestriction(control.Id, RestrictionOutcome.InForce)
            {
                Did = made.Contains((control.Account, control.Kind))
                    ? [new RestrictedResource(control.Account.Value, $"without the policy for {control.Kind}")]
                    : [],
            };
        }
    }

    private async Task<IReadOnlySet<AccountId>> TargetsAsync(string policy, CancellationToken cancellation)
    {
        var targets = await AllTargetsAsync(policy, cancellation);
        return targets.Where(target => target.Type == TargetType.ACCOUNT).Select(target => AccountId.Parse(target.TargetId)).ToHashSet();
    }

    private Task<IReadOnlyList<PolicyTargetSummary>> AllTargetsAsync(string policy, CancellationToken cancellation) =>
        Pages.ReadAsync(
            caller,
            Service,
            "ListTargetsForPolicy",
            async (string? next, CancellationToken token) =>
            {
                var answer = await organizations.ListTargetsForPolicyAsync(new ListTargetsForPolicyRequest { PolicyId = policy, NextToken = next }, token);
                return (answer.Targets, answer.NextToken);
            },
            cancellation);

    /// <summary>Null where it is done.</summary>
    private async Task<string?> MakeAsync(ControlChange change, CancellationToken cancellation)
    {
        var (policy, operation) = (policies[change.Kind], change.Attach ? "AttachPolicy" : "DetachPolicy");
        try
        {
            await caller.CallAsync(Service, operation, token => OnceAsync(policy, change.Account.Value, change.Attach, token), cancellation);
        }
        catch (AwsFaultException done) when (done.Fault.Kind == FaultKind.AlreadyDone)
        {
            // An earlier try of ours, or a person, was there first.
        }
        catch (AwsFaultException refused)
        {
            log.Warn(LogEvent.Controlled, change.Account.Value, null, $"{operation} {policy}: {refused.Fault.Reason}");
            return Words(change, refused.Fault);
        }

        log.Info(LogEvent.Controlled, change.Account.Value, null, $"{operation} {policy} for {change.Kind}.");
        return null;
    }

    private async Task<bool> OnceAsync(string policy, string target, bool attach, CancellationToken cancellation)
    {
        await pace.TurnAsync(cancellation);
        try
        {
            if (attach) await organizations.AttachPolicyAsync(new AttachPolicyRequest { PolicyId = policy, TargetId = target }, cancellation);
            else await organizations.DetachPolicyAsync(new DetachPolicyRequest { PolicyId = policy, TargetId = target }, cancellation);
            return true;
        }
        catch (AmazonOrganizationsException refused) when (FaultTable.IsThrottling(refused))
        {
            pace.Throttled();
            throw;
        }
    }

    private static string Words(ControlChange change, AwsFault fault) => fault.Code switch
    {
        "ConstraintViolation" when change.Attach =>
            $"the account has as many service control policies as AWS Organizations takes, 10 or, where the quota is old, 5; detach one of them"
                + $"{(change.Kind.IsOfSpoke() ? ", or let the spoke deny, which a row without Binding asks for" : "")} ({fault.Reason})",
        "PolicyTypeNotEnabled" => "service control policies are not enabled in the organization; enable them in AWS Organizations, under Policies",
        "TargetNotFound" => "the account is not in the organization any more",
        _ => fault.Reason,
    };
}
