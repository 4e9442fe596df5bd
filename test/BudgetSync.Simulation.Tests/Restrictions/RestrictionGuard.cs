using System.Text.Json.Nodes;
using BudgetSync.Core.Restrictions;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Simulation.Tests.Restrictions;

/// <summary>
/// What no deed of ours may ever be, asked before it takes effect: what the ledger is told afterwards comes too late. Of our roles only: people may do as they
/// please with what is theirs.
/// </summary>
internal sealed class RestrictionGuard(RestrictedWorld world)
{
    private static readonly string[] Exempt = ["BudgetSync-Apply", "BudgetSyncSpokeRole", "BudgetSync-ForwardReports", "OrganizationAccountAccessRole"];

    private static readonly HashSet<string> Endings =
        ["TerminateInstances", "DeleteAutoScalingGroup", "DeleteDBInstance", "DeleteDBCluster", "DeleteNotebookInstance", "DeleteEndpoint", "DeleteService"];

    private readonly List<string> violations = [];

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
                break;
            case "AttachUserPolicy":
                Bound(call, call.AccountId, KindOfArn(Text(call, "PolicyArn")));
                break;
            case "DetachPolicy" when KindOf(Text(call, "PolicyId")) is null:
                Wrong(call, "undo touches only what the ledger says: this policy is not ours");
                break;
            case "DetachRolePolicy" or "DetachUserPolicy" when KindOfArn(Text(call, "PolicyArn")) is null:
                Wrong(call, "undo touches only what the ledger says: this policy is not ours");
                break;
            case "PutParameter":
                foreach (var restriction in Restrictions(Text(call, "Value"))) Travels(call, restriction!["Id"]!.ToString());
                break;
        }

        return null;
    }

    private void Bound(AwsCall call, string account, RestrictionKind? kind)
    {
        if (account == RestrictedWorld.Management) Wrong(call, "the management account is never restricted");
        if (account == RestrictedWorld.Watched) Wrong(call, "nothing is restricted by WATCH");
        if (kind is null) Wrong(call, "a policy that is not ours is never attached");
        else if (!Begun(account).Any(entry => entry.Rule.Contains($"\"{kind}\"", StringComparison.Ordinal)))
            Wrong(call, "no restriction without a ledger entry before it");
    }

    private void Travels(AwsCall call, string id)
    {
        if (call.AccountId == RestrictedWorld.Management) Wrong(call, "the management account is never restricted");
        if (call.AccountId == RestrictedWorld.Watched) Wrong(call, "nothing is restricted by WATCH");
        if (!Begun(call.AccountId).Any(entry => entry.Restriction == id)) Wrong(call, "no restriction without a ledger entry before it");
    }

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

    private static JsonArray Restrictions(string document) =>
        document.StartsWith('{') && JsonNode.Parse(document)!["Restrictions"] is JsonArray restrictions ? restrictions : [];

    private static string Text(AwsCall call, string member) => call.Input[member]?.ToString() ?? "";

    private void Wrong(AwsCall call, string rule)
    {
        violations.Add($"{rule}: {call.Caller.SessionArn} calls {call.Service}:{call.Operation} in {call.AccountId} with {call.Input.ToJsonString()}");
        world.Journal.Write($"  VIOLATION {violations[^1]}");
    }
}
