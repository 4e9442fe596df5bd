using System.Text.Json.Nodes;
using BudgetSync.Core.Restrictions;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.Simulation.Tests.Worlds;

namespace BudgetSync.Simulation.Tests.Restrictions;

/// <summary>What is true in the end: what is in force is what is desired, in every account and in the organization, and no more.</summary>
internal sealed class RestrictionEndChecks(RestrictedWorld world)
{
    private static readonly (RestrictionKind Kind, string Policy)[] Denials =
    [
        (RestrictionKind.DENY_NEW, "DenyNew"), (RestrictionKind.DENY_AI, "DenyAi"), (RestrictionKind.DENY_APIS, "DenyApis-critical"),
    ];

    public IEnumerable<string> Problems() => RestrictedWorld.Accounts.SelectMany(OfAccount).Concat(OfOrganization());

    private IEnumerable<string> OfAccount(string account)
    {
        var row = world.Row(account);
        var desired = row?.Restrictions.Where(restriction => restriction.State.IsDesired).ToList() ?? [];
        if (account == RestrictedWorld.Management && desired.Count > 0) yield return $"{account} manages the organization and is to be restricted";
        var travelling = desired.Where(restriction => restriction.Desired is not null).Select(restriction => restriction.Id).Order(StringComparer.Ordinal);
        var found = InParameter(account).Order(StringComparer.Ordinal);
        if (!travelling.SequenceEqual(found))
            yield return $"the parameter of {account} asks for [{string.Join(' ', found)}] and [{string.Join(' ', travelling)}] are desired";
        foreach (var restriction in row?.Restrictions.Where(restriction => restriction.State is RestrictionState.Revoked) ?? [])
            yield return $"{restriction.Id} of {account} is still being given back";
        foreach (var (kind, policy) in Denials)
        {
            var asked = desired.Any(restriction => !restriction.IsOfOrganization && restriction.Rule.Do == kind);
            var arn = $"arn:aws:iam::{account}:policy/BudgetSync/{policy}";
            // Set up with the world.
            var (developer, alice) = (world.Cloud.Iam.FindRole(account, "developer")!, world.Cloud.Iam.FindUser(account, "alice")!);
            if (developer.Definition.ManagedPolicyArns.Contains(arn) != asked) yield return $"developer of {account}: {policy} should be attached: {asked}";
            if (alice.ManagedPolicyArns.Contains(arn) != asked) yield return $"alice of {account}: {policy} should be attached: {asked}";
        }
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

    private IEnumerable<string> InParameter(string account)
    {
        string value;
        try
        {
            var answer = world.Manual.Ask(world.Cloud.Ssm, account, "GetParameter", new JsonObject { ["Name"] = SimulatedWorld.Parameter });
            value = answer["Parameter"]!["Value"]!.ToString();
        }
        catch (AwsException none) when (none.Code == "ParameterNotFound")
        {
            return [];
        }

        return value.StartsWith('{') && JsonNode.Parse(value)!["Restrictions"] is JsonArray restrictions
            ? restrictions.Select(restriction => restriction!["Id"]!.ToString())
            : [];
    }
}
