using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>
/// Least privilege, proved from both sides: nothing that the templates allow can be taken away unnoticed, and nothing is there that nobody uses.
/// </summary>
public sealed class PermissionProofTests
{
    /// <summary>What LocalAws cannot exercise, by name and reason: anything else that no scenario misses must go from the templates.</summary>
    private static readonly Dictionary<string, string> NotExercised = new()
    {
        ["logs:CreateLogStream"] = "Lambda writes a function's log with the function's role; LocalAws keeps the lines without CloudWatch Logs.",
        ["logs:PutLogEvents"] = "As logs:CreateLogStream.",
        ["management: OperationsTopicPolicy/AlarmsOfThisAccount/sns:Publish"] = "CloudWatch publishes alarms; LocalAws evaluates no metrics.",
        ["spoke: ActionRole"] = "AWS Budgets assumes this role when an action runs and does what the action says; LocalAws only keeps the action's state.",
    };

    [Fact]
    public async Task Templates_allow_all_that_a_whole_life_needs()
    {
        await using var organization = new DeployedOrganization(Templates.AsCommitted);

        var life = new WholeLife(organization);
        var denials = await life.LiveAsync();

        Assert.True(denials.Count == 0, string.Join('\n', denials));
        Assert.Empty(organization.Cloud.Work.Failures);
        Assert.Equal(0, life.LostInLife);
        // The last report may be lost with its way out, where no time passes between the two (WholeLife.LiveAsync).
        Assert.InRange(organization.Cloud.EventBridge.Lost, 0, 1);
    }

    [Fact]
    public async Task Removing_any_single_action_is_noticed_as_a_denial()
    {
        var all = GrantedAction.All(Templates.AsCommitted);
        var unnoticed = new ConcurrentBag<GrantedAction>();

        await Parallel.ForEachAsync(all, async (action, _) =>
        {
            await using var organization = new DeployedOrganization(action.RemovedFrom(Templates.AsCommitted));
            if ((await new WholeLife(organization).LiveAsync()).Count == 0) unnoticed.Add(action);
        });

        Assert.Equal(all.Where(Excused).Select(Words).Order(StringComparer.Ordinal), unnoticed.Select(Words).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_action_that_no_function_uses_is_found()
    {
        await using var organization = new DeployedOrganization(Templates.AsCommitted);
        await new WholeLife(organization).LiveAsync();
        var used = organization.Cloud.Iam.Exercised.Select(use => (Role: use.RoleArn[(use.RoleArn.LastIndexOf('/') + 1)..], use.Action)).ToHashSet();

        var unused = from action in GrantedAction.All(Templates.AsCommitted)
                     where RoleOf(action) is { } role && !used.Contains((role, action.Action)) && !Excused(action)
                     select action.ToString();

        Assert.Empty(unused);
    }

    private static string Words(GrantedAction action) => action.ToString();

    /// <summary>Whom a role trusts is looked at, that of actions when an action is created: no trust is excused.</summary>
    private static bool Excused(GrantedAction action) => action.Statement != "Trust"
        && NotExercised.Keys.Any(key => key == action.Action || action.ToString() == key || action.ToString().StartsWith(key + "/", StringComparison.Ordinal));

    /// <summary>
    /// The name of the role whose own policy has the action; null for trust and resource policies, which act when somebody else's call is judged.
    /// </summary>
    private static string? RoleOf(GrantedAction action)
    {
        if (action.Statement is "Trust" or "PropagateAndReconcile") return null;
        var resources = JsonNode.Parse(action.Template == "management" ? Templates.AsCommitted.Management : Templates.AsCommitted.Spoke)!["Resources"]!;
        var resource = resources[action.Resource]!;
        return resource["Type"]!.ToString() switch
        {
            "AWS::IAM::Role" => resource["Properties"]!["RoleName"]!.ToString(),
            "AWS::IAM::Policy" => resources[resource["Properties"]!["Roles"]![0]!["Ref"]!.ToString()]!["Properties"]!["RoleName"]!.ToString(),
            _ => null,
        };
    }
}
