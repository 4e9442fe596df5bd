using System.Text.Json.Nodes;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;
using BudgetSync.Core.Stops;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.Simulation.Tests.Worlds;

namespace BudgetSync.Simulation.Tests.Restrictions;

/// <summary>What is true in the end: what is in force is what is desired, in every account and in the organization, and no more.</summary>
internal sealed class RestrictionEndChecks(RestrictedWorld world)
{
    private static readonly (RestrictionKind Kind, string Policy, string Denied)[] Denials =
    [
        (RestrictionKind.DENY_NEW, "DenyNew", "ec2:RunInstances"), (RestrictionKind.DENY_AI, "DenyAi", "bedrock:InvokeModel"),
        (RestrictionKind.DENY_APIS, "DenyApis-critical", "rds:StartDBInstance"),
    ];

    public IEnumerable<string> Problems() => RestrictedWorld.Accounts.SelectMany(OfAccount).Concat(OfOrganization());

    private IEnumerable<string> OfAccount(string account)
    {
        var row = world.Row(account);
        var desired = row?.Restrictions.Where(restriction => restriction.State.IsDesired).ToList() ?? [];
        if (account == RestrictedWorld.Management && desired.Count > 0) yield return $"{account} manages the organization and is to be restricted";
        if (account == RestrictedWorld.Tagged && row?.Restrictions.Any(one => !one.Rule.IsOnlyWatched && !one.State.IsEnded) == true)
            yield return $"{account} has the protect tag and is to be restricted";
        var travelling = desired.Where(restriction => restriction.Desired is not null).Select(restriction => restriction.Id).Order(StringComparer.Ordinal);
        var parameter = InParameter(account)?.ToList();
        var found = (parameter ?? []).Order(StringComparer.Ordinal);
        if (!travelling.SequenceEqual(found))
            yield return $"the parameter of {account} asks for [{string.Join(' ', found)}] and [{string.Join(' ', travelling)}] are desired";
        // What nothing explains any more, because somebody deleted a journal, keeps its restriction so, and is named by it.
        foreach (var restriction in row?.Restrictions.Where(one => one.State is RestrictionState.Revoked && !one.Remarks.Any(IsUnexplained)) ?? [])
            yield return $"{restriction.Id} of {account} is still being given back";
        // Without a parameter nothing tells a spoke what is asked, so what people attached there themselves stays.
        foreach (var (kind, policy, denied) in parameter is null ? [] : Denials)
        {
            var rules = desired.Where(restriction => !restriction.IsOfOrganization && restriction.Rule.Do == kind).Select(one => one.Rule).ToList();
            foreach (var role in new[] { "developer", "deploy", "guarded" })
            {
                var asked = rules.Exists(rule => rule.Binds.IsEmpty ? !rule.Except.Roles.Contains(role) : rule.Binds.Roles.Contains(role));
                var attachment = new Attachment(account, policy, false, role);
                if (OfAttachment(attachment, asked) is { } wrong) yield return wrong;
                // Its tag is in the policies, which do not bind it. What the organization denies it is the organization's.
                var isBound = world.Attachments.IsAttached(attachment) && role != "guarded";
                if (!desired.Exists(restriction => restriction.IsOfOrganization) && (isBound || role == "guarded") && May(account, role, denied) == isBound)
                    yield return $"{role} of {account} may call {denied}: {isBound}";
            }

            var user = rules.Exists(rule => rule.Binds.IsEmpty ? !rule.Except.Users.Contains("alice") : rule.Binds.Users.Contains("alice"));
            if (OfAttachment(new Attachment(account, policy, true, "alice"), user) is { } problem) yield return problem;
        }

        if (parameter is not null && OfJournal(account) is { } written) yield return written;

        var all = desired.Exists(restriction => restriction.Rule.Do == RestrictionKind.STOP_ALL);
        var tagged = desired.Exists(restriction => restriction.Rule.Do == RestrictionKind.STOP_TAGGED);
        var idle = desired.Where(restriction => restriction.Rule.Do == RestrictionKind.STOP_IDLE).Select(restriction => restriction.Id).ToHashSet();
        foreach (var resource in world.Resources.All.Where(resource => resource.Account == account))
        {
            var sandbox = resource.Tags().GetValueOrDefault("environment") == "sandbox";
            var isAsked = !resource.IsProtected && (all || (tagged && sandbox));
            var problem = isAsked || idle.Count == 0 ? OfResource(resource, isAsked) : OfIdle(resource, idle);
            if (resource.IsUnexplained && !isAsked) problem = OfUnexplained(resource, row);
            if (problem is not null) yield return problem;
        }
    }

    private static bool IsUnexplained(string remark) => remark.Contains("nothing says any more", StringComparison.Ordinal);

    /// <summary>It is left as it is, but not in silence: the restriction that its mark names says so.</summary>
    private static string? OfUnexplained(RunningResource resource, StatusRow? row) =>
        resource.Runs || resource.IsLetBe || resource.State() == resource.Wanted[^1] || StopMark.TryParse(resource.Mark ?? "") is not { } mark
            || row?.Restrictions.Any(one => one.Id == mark.Restriction && one.Remarks.Any(IsUnexplained)) == true
            ? null
            : $"{resource.Arn} is {resource.State()}, its mark {resource.Mark} is explained by nothing, and its restriction does not say so";

    /// <summary>What a person attached stays, also when something asked for it once.</summary>
    private string? OfAttachment(Attachment attachment, bool isAsked)
    {
        var expected = isAsked || world.Attachments.IsPersonal(attachment);
        return world.Attachments.IsAttached(attachment) == expected || (!expected && world.Attachments.IsUnknown(attachment))
            ? null
            : $"{attachment} should be attached: {expected}";
    }

    /// <summary>It has what is attached and no more: what a person attaches from now on is that person's.</summary>
    private string? OfJournal(string account)
    {
        var attached = from denial in Denials
                       from name in new[] { "developer", "deploy", "guarded", "alice" }
                       let attachment = new Attachment(account, denial.Policy, name == "alice", name)
                       where world.Attachments.IsAttached(attachment) && !world.Attachments.IsPersonal(attachment)
                       select world.Attachments.EntryOf(attachment);
        var known = attached.ToHashSet(StringComparer.Ordinal);
        // Of those that nothing explains, and when they were found.
        var more = world.Attachments.Journal(account)?.Entries.Count(one => one[0] != '@' && !known.Contains(one.TrimStart('?'))) ?? 0;
        return more == 0 ? null : $"{more} entries of the journal of {account} are of what is not attached, or not by us";
    }

    private bool May(string account, string role, string action) => world.Cloud.Iam.IsAllowed(
        new Caller(account, world.Cloud.Iam.FindRole(account, role)!.Arn, $"arn:aws:sts::{account}:assumed-role/{role}/s"), new IamRequest(action, "*"));

    private static string? OfResource(RunningResource resource, bool isAsked)
    {
        var (state, wanted) = (resource.State(), resource.Wanted[^1]);
        if (isAsked) return resource.Runs ? $"{resource.Arn} is {state} and is to be stopped" : null;
        if (resource.Mark is { } mark) return $"{resource.Arn} is not to be stopped and has the mark {mark}";
        return state == wanted || resource.IsLetBe ? null : $"{resource.Arn} is {state}, and people wanted it {wanted}";
    }

    /// <summary>Where STOP_IDLE alone is in force: what AWS found idle since it was last started is stopped, what runs otherwise is in use.</summary>
    private static string? OfIdle(RunningResource resource, HashSet<string> restrictions)
    {
        var isIdle = !resource.IsProtected && resource.FoundAt is { } found && !(resource.StartedAt > found);
        if (isIdle) return resource.Runs ? $"{resource.Arn} is {resource.State()} and was found idle at {resource.FoundAt:O}" : null;
        // What was stopped as idle stays so until somebody starts it; what somebody has started may keep its mark.
        var isOurs = StopMark.TryParse(resource.Mark ?? "") is { } mark && restrictions.Contains(mark.Restriction);
        return isOurs && !resource.IsProtected ? null : OfResource(resource, isAsked: false);
    }

    private IEnumerable<string> OfOrganization()
    {
        foreach (var (kind, policy) in world.Policies)
        {
            var desired = RestrictedWorld.Accounts.Where(account => world.Row(account)?.Restrictions
                .Any(restriction => restriction.State.IsDesired && restriction.IsOfOrganization && restriction.Rule.Do == kind) == true);
            var (wanted, found) = (string.Join(' ', desired), string.Join(' ', world.TargetsOf(policy)));
            if (wanted != found) yield return $"the policy for {kind} is attached to [{found}] and desired for [{wanted}]";
        }
    }

    private IEnumerable<string>? InParameter(string account)
    {
        string value;
        try
        {
            // By the role that not even a quarantine binds.
            var asked = new JsonObject { ["Name"] = SimulatedWorld.Parameter };
            var answer = world.Manual.Ask(world.Cloud.Ssm, RestrictedWorld.AccessRole(account), "GetParameter", asked);
            value = answer["Parameter"]!["Value"]!.ToString();
        }
        catch (AwsException none) when (none.Code == "ParameterNotFound")
        {
            return null;
        }

        return value.StartsWith('{') && JsonNode.Parse(value)!["Restrictions"] is JsonArray restrictions
            ? restrictions.Select(restriction => restriction!["Id"]!.ToString())
            : [];
    }
}
