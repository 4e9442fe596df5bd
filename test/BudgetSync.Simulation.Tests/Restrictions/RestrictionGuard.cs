using BudgetSync.Core;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Stops;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Simulation.Tests.Restrictions;

/// <summary>
/// What no deed of ours may ever be, asked before it takes effect: what the ledger is told afterwards comes too late. Of our roles only: people may do as they
/// please with what is theirs.
/// </summary>
internal sealed class RestrictionGuard(RestrictedWorld world)
{
    private static readonly string[] Exempt =
        ["BudgetSync-Apply", "BudgetSyncSpokeRole", "BudgetSync-ForwardReports", "OrganizationAccountAccessRole"];

    private static readonly StackDefaults Defaults = new(RestrictedWorld.Budget, ["finops@example.com"], "aws", null);

    private static readonly HashSet<string> Endings =
        ["TerminateInstances", "DeleteAutoScalingGroup", "DeleteDBInstance", "DeleteDBCluster", "DeleteNotebookInstance", "DeleteEndpoint", "DeleteService"];

    private readonly List<string> violations = [];
    private readonly List<(string Account, DesiredRestriction Restriction)> asked = [];

    /// <summary>What has happened that may not, first things first.</summary>
    public IReadOnlyList<string> Violations => violations;

    public Fault? Before(AwsCall call)
    {
        if (call.Caller.IsRoot || call.Caller.ServicePrincipal is not null) return null;
        if (Endings.Contains(call.Operation)) Wrong(call, "nothing is terminated or deleted");
        switch (call.Operation)
        {
            case "AttachPolicy":
                Bound(call, Text(call, "TargetId"), KindOf(Text(call, "PolicyId")));
                break;
            case "AttachRolePolicy":
                if (Exempt.Contains(Text(call, "RoleName"))) Wrong(call, "an exempt role is never restricted");
                Bound(call, call.AccountId, KindOfArn(Text(call, "PolicyArn")));
                Meant(call, Text(call, "RoleName"), names => names.Roles);
                world.Attachments.Attached(Attachment.Of(call));
                break;
            case "AttachUserPolicy":
                Bound(call, call.AccountId, KindOfArn(Text(call, "PolicyArn")));
                Meant(call, Text(call, "UserName"), names => names.Users);
                world.Attachments.Attached(Attachment.Of(call));
                break;
            case "StopInstances" or "StopDBInstance" or "StopDBCluster" or "StopNotebookInstance":
                foreach (var resource in world.Resources.Named(call)) Stopped(call, resource);
                break;
            case "StartInstances" or "StartDBInstance" or "StartDBCluster" or "StartNotebookInstance":
                foreach (var resource in world.Resources.Named(call)) GivenBack(call, resource, "running");
                break;
            case "RemoveTagsFromResource" or "UntagResource":
                foreach (var resource in world.Resources.All.Where(one => !one.HasStart && call.Input.Any(member => $"{member.Value}" == one.Arn)))
                    resource.StartedAt = null;
                break;
            case "UpdateAutoScalingGroup" or "UpdateService":
                foreach (var resource in world.Resources.Named(call)) Resized(call, resource);
                break;
            case "DetachPolicy" when KindOf(Text(call, "PolicyId")) is null:
                Wrong(call, "undo touches only what the ledger says: this policy is not ours");
                break;
            case "DetachRolePolicy" or "DetachUserPolicy" when KindOfArn(Text(call, "PolicyArn")) is null:
                Wrong(call, "undo touches only what the ledger says: this policy is not ours");
                break;
            case "DetachRolePolicy" or "DetachUserPolicy":
                Freed(call, Attachment.Of(call));
                break;
            case "ListEntitiesForPolicy":
                world.Attachments.Listed(call.AccountId, Text(call, "PolicyArn").Split('/')[^1]);
                break;
            case "PutParameter" when Text(call, "Name") == DenyJournal.ParameterName:
                world.Attachments.Written(call.AccountId, Text(call, "Value"));
                break;
            case "PutParameter":
                foreach (var restriction in Restrictions(Text(call, "Value"))) Travels(call, restriction.Id);
                asked.AddRange(Restrictions(Text(call, "Value")).Select(restriction => (call.AccountId, restriction)));
                break;
        }

        return null;
    }

    private void Bound(AwsCall call, string account, RestrictionKind? kind)
    {
        if (account == RestrictedWorld.Management) Wrong(call, "the management account is never restricted");
        if (account == RestrictedWorld.Watched) Wrong(call, "nothing is restricted by WATCH");
        if (account == RestrictedWorld.Tagged) Wrong(call, "no account with the protect tag is restricted");
        if (kind is null) Wrong(call, "a policy that is not ours is never attached");
        else if (!Begun(account).Any(entry => entry.Rule.Contains($"\"{kind}\"", StringComparison.Ordinal)))
            Wrong(call, "no restriction without a ledger entry before it");
    }

    private void Freed(AwsCall call, Attachment attachment)
    {
        if (world.Attachments.IsPersonal(attachment)) Wrong(call, "undo touches only what the ledger says: a person attached this");
        else if (!world.Attachments.WasOurs(attachment)) Wrong(call, "undo touches only what the ledger says: we did not attach this");
    }

    private void Travels(AwsCall call, string id)
    {
        if (call.AccountId == RestrictedWorld.Management) Wrong(call, "the management account is never restricted");
        if (call.AccountId == RestrictedWorld.Watched) Wrong(call, "nothing is restricted by WATCH");
        if (call.AccountId == RestrictedWorld.Tagged) Wrong(call, "no account with the protect tag is restricted");
        if (!Begun(call.AccountId).Any(entry => entry.Restriction == id)) Wrong(call, "no restriction without a ledger entry before it");
    }

    /// <summary>That the hub ever asked to bind this one.</summary>
    private void Meant(AwsCall call, string name, Func<PrincipalNames, EquatableSet<string>> list)
    {
        var kind = KindOfArn(Text(call, "PolicyArn"));
        if (!Asked(call.AccountId).Any(one => one.Kind == kind && (one.Binds.IsEmpty ? !list(one.Except).Contains(name) : list(one.Binds).Contains(name))))
            Wrong(call, "nobody is bound whom no restriction means");
    }

    private void Stopped(AwsCall call, RunningResource resource)
    {
        if (resource.IsProtected) Wrong(call, "no resource with the protect tag is stopped");
        if (call.AccountId == RestrictedWorld.Management) Wrong(call, "the management account is never restricted");
        if (call.AccountId == RestrictedWorld.Watched) Wrong(call, "nothing is restricted by WATCH");
        if (call.AccountId == RestrictedWorld.Tagged) Wrong(call, "no account with the protect tag is restricted");
        var sandbox = resource.Tags().GetValueOrDefault("environment") == "sandbox";
        // What AWS found idle, and nobody has started since, as far as anything tells.
        var idle = resource.FoundAt is { } found && !(resource.StartedAt > found);
        var asking = Asked(call.AccountId).Where(one => one.Kind is RestrictionKind.STOP_ALL
            || (one.Kind is RestrictionKind.STOP_TAGGED && sandbox)
            || (one.Kind is RestrictionKind.STOP_IDLE && idle)).ToList();
        resource.WasIdled |= asking.Count > 0 && asking.TrueForAll(one => one.Kind == RestrictionKind.STOP_IDLE);
        if (!asking.Any(one => Begun(call.AccountId).Any(entry => entry.Restriction == one.Id)))
            Wrong(call, "no restriction without a ledger entry before it");
        resource.WasStopped = true;
    }

    private void Resized(AwsCall call, RunningResource resource)
    {
        if (Size() is not { } size) Wrong(call, "of a group or service only the size is changed");
        else if (size is "desired 0" or "min 0 desired 0 max 0") Stopped(call, resource);
        else GivenBack(call, resource, size);

        string? Size() => resource.Kind == StoppableKind.ContainerService
            ? HasOnly("cluster", "service", "desiredCount") ? $"desired {call.Input["desiredCount"]}" : null
            : $"min {call.Input["MinSize"]} desired {call.Input["DesiredCapacity"]} max {call.Input["MaxSize"]}";

        bool HasOnly(params string[] members) => call.Input.Select(member => member.Key).ToHashSet().SetEquals(members);
    }

    private void GivenBack(AwsCall call, RunningResource resource, string state)
    {
        if (!resource.WasStopped || resource.Mark is null || StopMark.TryParse(resource.Mark) is not { } mark
            || !Begun(call.AccountId).Any(entry => entry.Restriction == mark.Restriction))
            Wrong(call, "undo touches only what the ledger says: we did not stop this");
        else resource.StartedAt = world.Clock.GetUtcNow();
        if (!resource.Wanted.Contains(state)) Wrong(call, $"undo gives back exactly what was: {resource.Arn} never was {state}");
    }

    private IEnumerable<DesiredRestriction> Asked(string account) => asked.Where(one => one.Account == account).Select(one => one.Restriction);

    /// <summary>What the ledger says has begun in the account, in earnest.</summary>
    private IEnumerable<LedgerEntry> Begun(string account) => world.Ledger(account)
        .Where(entry => entry.What == nameof(RestrictionState.InForce) && !entry.Rule.Contains("WATCH", StringComparison.Ordinal)
            && (entry.Rule.Contains("ARMED", StringComparison.Ordinal) || entry.Rule.Contains("CONFIRM", StringComparison.Ordinal)));

    private RestrictionKind? KindOf(string policy)
    {
        foreach (var (kind, id) in world.Policies)
        {
            if (id == policy) return kind;
        }

        return null;
    }

    private static RestrictionKind? KindOfArn(string arn) => arn.Split(":policy/BudgetSync/") switch
    {
        [_, "DenyNew"] => RestrictionKind.DENY_NEW,
        [_, "DenyAi"] => RestrictionKind.DENY_AI,
        [_, "DenyApis-critical"] => RestrictionKind.DENY_APIS,
        _ => null,
    };

    private static EquatableArray<DesiredRestriction> Restrictions(string document) =>
        ParameterDocument.Parse(document, AccountId.Parse(RestrictedWorld.Members[0]), Defaults) is ParsedDocument.Read read ? read.Restrictions : [];

    private static string Text(AwsCall call, string member) => call.Input[member]?.ToString() ?? "";

    private void Wrong(AwsCall call, string rule)
    {
        violations.Add($"{rule}: {call.Caller.SessionArn} calls {call.Service}:{call.Operation} in {call.AccountId} with {call.Input.ToJsonString()}");
        world.Journal.Write($"  VIOLATION {violations[^1]}");
    }
}
