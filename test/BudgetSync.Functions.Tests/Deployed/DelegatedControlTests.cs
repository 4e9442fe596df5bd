using System.Text.Json.Nodes;
using BudgetSync.Core.Restrictions;
using BudgetSync.LocalAws.CloudFormation;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>
/// The organization's policies from a hub in a delegated administrator's account, with the rights that cdk/README.md tells people to give it.
/// </summary>
public sealed class DelegatedControlTests
{
    private const string Spoke = DeployedOrganization.Spoke;
    private const string Hub = DeployedOrganization.Management;

    /// <summary>The organization's management account, in which nothing of BudgetSync lives.</summary>
    private const string Payer = "888888888888";

    private const string Quarantine = """[{"At":"Over","Do":"QUARANTINE","Mode":"ARMED"}]""";

    [Fact]
    public async Task A_quarantine_is_made_kept_and_ended_from_a_delegated_administrators_account()
    {
        await using var organization = await DeployedAsync(Policy());
        organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 130);
        await organization.PassAsync(TimeSpan.FromHours(2));

        Assert.IsType<RestrictionState.InForce>(Assert.Single(await ControlledOrganization.StatesAsync(organization)));
        Assert.Equal([Spoke], await TargetsAsync(organization, "BudgetSync-Quarantine"));
        Assert.False(ControlledOrganization.May(organization, "administrator", "ec2:RunInstances"));

        await DetachAsync(organization);
        Assert.True(ControlledOrganization.May(organization, "administrator", "ec2:RunInstances"));
        await organization.PassAsync(TimeSpan.FromMinutes(16));
        Assert.False(ControlledOrganization.May(organization, "administrator", "ec2:RunInstances"));

        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":1000,"Responses":{{Quarantine}}}""");
        await organization.PassAsync(TimeSpan.FromHours(9));
        Assert.IsType<RestrictionState.Lifted>(Assert.Single(await ControlledOrganization.StatesAsync(organization)));
        Assert.True(ControlledOrganization.May(organization, "administrator", "ec2:RunInstances"));
        Assert.Empty(WholeLife.DenialsOf(organization));
    }

    /// <summary>BudgetSync would stop itself, and whoever could raise the limit.</summary>
    [Fact]
    public async Task The_hubs_own_account_is_never_restricted()
    {
        await using var organization = await DeployedAsync(Policy(), account: Hub);
        await organization.DeploySpokeAsync(Hub);
        await organization.PassAsync(TimeSpan.FromMinutes(1));
        organization.Cloud.Budgets.SetSpend(Hub, "SpokeAccountBudget", 130);
        await organization.PassAsync(TimeSpan.FromHours(5));

        Assert.Empty(await TargetsAsync(organization, "BudgetSync-Quarantine"));
        Assert.Empty(await ControlledOrganization.StatesAsync(organization, Hub));

        var respond = organization.Cloud.Iam.FindRole(Hub, "BudgetSync-Respond")!; // The stack made it.
        Assert.False(organization.Cloud.Iam.IsAllowed(
            new Caller(Hub, respond.Arn, $"{respond.Arn}/s"),
            new IamRequest("organizations:AttachPolicy", $"arn:aws:organizations::{Payer}:account/{organization.Cloud.Options.OrganizationId}/{Hub}")));
    }

    [Fact]
    public async Task Without_the_statement_about_policies_the_stack_is_not_made()
    {
        var policy = Policy();
        policy["Statement"]!.AsArray().Remove(Statement(policy, "BudgetSyncPolicies"));

        var refused = await Assert.ThrowsAsync<StackException>(() => DeployedAsync(policy));

        Assert.Contains("You don't have permissions to access this resource", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Nothing in the policy is there without need.</summary>
    [Fact]
    public async Task Each_action_that_is_delegated_is_needed_by_the_stack_or_by_the_loop()
    {
        Assert.Equal("", await LivesAsync(Policy()));
        var unneeded = new List<string>();
        foreach (var (sid, action) in Policy()["Statement"]!.AsArray().SelectMany(
            statement => statement!["Action"]!.AsArray().Select(action => (statement["Sid"]!.ToString(), action!.ToString()))))
        {
            var policy = Policy();
            var actions = Statement(policy, sid)["Action"]!.AsArray();
            actions.RemoveAt(actions.ToList().FindIndex(other => other!.ToString() == action));
            if (actions.Count == 0) policy["Statement"]!.AsArray().Remove(Statement(policy, sid));
            if (await LivesAsync(policy) == "") unneeded.Add(action);
        }

        // CloudFormation's own: its handler of AWS::Organizations::Policy reads, lists and tags, which LocalAws's does not.
        Assert.Equal(
            ["organizations:DescribePolicy", "organizations:ListPolicies", "organizations:ListTagsForResource", "organizations:TagResource"],
            unneeded.Order(StringComparer.Ordinal));
    }

    /// <summary>Made, changed, begun, ended and deleted; what of it is denied, "" where nothing is.</summary>
    private static async Task<string> LivesAsync(JsonNode policy)
    {
        DeployedOrganization? organization = null;
        try
        {
            organization = await DeployedAsync(policy);
            organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 130);
            await organization.PassAsync(TimeSpan.FromHours(2));
            await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":1000,"Responses":{{Quarantine}}}""");
            await organization.PassAsync(TimeSpan.FromHours(9));
            // One of the four: CloudFormation waits where UpdatePolicy is throttled, at two a second, and LocalAws's does not.
            organization.Use(Templates.WithDelegatedControls with
            {
                Management = Templates.WithDelegatedControls.Management.Replace(
                    "functions and parameter from an account", "functions and parameter from each account", StringComparison.Ordinal),
            });
            await organization.DeployManagementAsync();
            await organization.UntilDoneAsync(organization.Cloud.CloudFormation.DeleteAsync(Hub, "BudgetSync-Management"));
            return string.Join("; ", WholeLife.DenialsOf(organization));
        }
        catch (Exception refused) when (refused is StackException or AwsException)
        {
            return refused.Message;
        }
        finally
        {
            if (organization is not null) await organization.DisposeAsync();
        }
    }

    private static Task<DeployedOrganization> DeployedAsync(JsonNode policy, string account = Spoke) => ControlledOrganization.DeployAsync(
        Quarantine,
        Templates.WithDelegatedControls,
        account,
        options => options with { ManagementAccountId = Payer },
        async organization =>
        {
            organization.Cloud.Organizations.AddAccount(Hub, "hub");
            await organization.CallAsync(
                organization.Cloud.Organizations, Payer, "PutResourcePolicy", new JsonObject { ["Content"] = policy.ToJsonString() });
        });

    /// <summary>As it stands in cdk/README.md, for this hub.</summary>
    private static JsonNode Policy()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cdk.README.md")).ReplaceLineEndings("\n");
        const string mark = "<!-- delegation: deployed by DelegatedControlTests -->\n```json\n";
        var begin = text.IndexOf(mark, StringComparison.Ordinal) + mark.Length;
        var json = text[begin..text.IndexOf("\n```", begin, StringComparison.Ordinal)];
        return JsonNode.Parse(json.Replace("222233334444", Hub, StringComparison.Ordinal))!;
    }

    private static JsonNode Statement(JsonNode policy, string sid) =>
        policy["Statement"]!.AsArray().Single(statement => statement!["Sid"]!.ToString() == sid)!;

    private static async Task<string[]> TargetsAsync(DeployedOrganization organization, string policy) =>
        (await ControlledOrganization.AttachmentsAsync(organization, Payer))[policy];

    private static async Task DetachAsync(DeployedOrganization organization)
    {
        var input = new JsonObject { ["PolicyId"] = await ControlledOrganization.IdAsync(organization, "BudgetSync-Quarantine", Payer), ["TargetId"] = Spoke };
        await organization.CallAsync(organization.Cloud.Organizations, Payer, "DetachPolicy", input);
    }
}
