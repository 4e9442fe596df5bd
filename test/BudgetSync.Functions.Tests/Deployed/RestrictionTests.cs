using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Functions.Tests.Deployed.RestrictedOrganization;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>A spoke whose stack may restrict its account: what the templates allow is enough, needed, and no more.</summary>
public sealed class RestrictionTests
{
    private const string Spoke = DeployedOrganization.Spoke;
    private const string DenyCritical = """{"Id":"r-000000000002","Kind":"DENY_APIS","Policy":"critical","Since":"2026-03-02T00:00:00Z"}""";

    [Fact]
    public async Task A_restriction_of_the_parameter_binds_roles_and_users_and_goes_with_it()
    {
        await using var organization = await DeployedAsync(Templates.WithRestrictions);
        Assert.True(May(organization, "developer", "ec2:RunInstances"));

        await AskAsync(organization, DenyNew);

        Assert.False(May(organization, "developer", "ec2:RunInstances"));
        Assert.True(May(organization, "developer", "ec2:TerminateInstances"));
        // The tag of the role itself, the deployment's break-glass roles, and our own.
        Assert.True(May(organization, "protected", "ec2:RunInstances"));
        Assert.True(May(organization, "fire", "ec2:RunInstances"));
        Assert.Empty(organization.Cloud.Iam.FindRole(Spoke, "BudgetSync-Apply")!.Definition.ManagedPolicyArns);
        Assert.Single(organization.Cloud.Iam.FindUser(Spoke, "alice")!.ManagedPolicyArns);

        await AskAsync(organization);

        Assert.True(May(organization, "developer", "ec2:RunInstances"));
        Assert.Empty(organization.Cloud.Iam.FindUser(Spoke, "alice")!.ManagedPolicyArns);
        Assert.Empty(WholeLife.DenialsOf(organization));
    }

    [Fact]
    public async Task A_stack_that_goes_frees_whom_it_bound()
    {
        await using var organization = await DeployedAsync(Templates.WithRestrictions);
        await AskAsync(organization, DenyNew);

        await organization.UntilDoneAsync(organization.Cloud.CloudFormation.DeleteAsync(Spoke, "BudgetSync-Spoke"));

        Assert.True(May(organization, "developer", "ec2:RunInstances"));
        // The last report may be lost with its way out, as in a spoke that restricts nothing.
        Assert.DoesNotContain(WholeLife.DenialsOf(organization), denial => denial.Contains(" iam:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Switching_the_feature_off_frees_whom_it_bound_and_leaves_the_spoke_as_one_without_it()
    {
        await using var organization = await DeployedAsync(Templates.WithRestrictions);
        await AskAsync(organization, DenyNew);

        organization.Use(Templates.AsCommitted);
        await organization.DeploySpokeAsync(Spoke);
        await organization.SettleAsync();

        Assert.True(May(organization, "developer", "ec2:RunInstances"));
        Assert.Empty(organization.Cloud.Iam.FindUser(Spoke, "alice")!.ManagedPolicyArns);
    }

    [Fact]
    public async Task A_list_that_the_deployment_drops_frees_whom_it_bound()
    {
        await using var organization = await DeployedAsync(Templates.WithRestrictions);
        await AskAsync(organization, DenyCritical);
        Assert.False(May(organization, "developer", "rds:StartDBInstance"));

        organization.Use(Templates.WithRestrictions with { Spoke = WithoutList(Templates.WithRestrictions.Spoke) });
        await organization.DeploySpokeAsync(Spoke);
        await organization.SettleAsync();

        Assert.True(May(organization, "developer", "rds:StartDBInstance"));
    }

    [Fact]
    public async Task Removing_any_single_action_of_the_feature_is_noticed_as_a_denial()
    {
        var before = GrantedAction.Of("spoke", Templates.AsCommitted.Spoke).ToHashSet();
        // What the hub asks and lifts by is proved with the hub (ResponsePermissionTests).
        var all = GrantedAction.Of("spoke", Templates.WithRestrictions.Spoke)
            .Where(action => !before.Contains(action))
            .Where(action => action is not ({ Statement: "AskFunctions" } or { Resource: "SpokeRole", Statement: "SeeWhoWroteTheParameter" }))
            .ToList();
        var unnoticed = new ConcurrentBag<string>();

        await Parallel.ForEachAsync(all, async (action, _) =>
        {
            await using var organization = await DeployedAsync(action.RemovedFrom(Templates.WithRestrictions));
            await MakeJournalAnewAsync(organization);
            await AskAsync(organization, DenyNew, DenyCritical);
            await AskAsync(organization);
            if (WholeLife.DenialsOf(organization).Count == 0) unnoticed.Add(action.ToString());
        });

        Assert.Equal(
            [
                "iam:AttachRolePolicy", "iam:AttachUserPolicy", "iam:DetachRolePolicy", "iam:DetachUserPolicy", "iam:ListEntitiesForPolicy", "iam:ListRoles",
                "iam:ListUsers", "ssm:DeleteParameter", "ssm:GetParameterHistory", "ssm:GetParameterHistory", "ssm:PutParameter",
            ],
            all.Select(action => action.Action).Order(StringComparer.Ordinal));
        Assert.Empty(unnoticed);
    }

    /// <summary>Whoever writes the parameter chooses among the stack's policies; whoever holds Apply's session attaches no other either.</summary>
    [Fact]
    public async Task Neither_the_parameter_nor_Applys_session_attaches_a_policy_that_is_not_the_stacks()
    {
        await using var organization = await DeployedAsync(Templates.WithRestrictions);
        var wide = organization.Cloud.Iam.PutManagedPolicy(Spoke, "DenyApis-wide", PolicyDocument.Parse(Everything), "/BudgetSync/");
        await AskAsync(organization, DenyCritical.Replace("critical", "wide", StringComparison.Ordinal));
        var apply = organization.Cloud.Iam.FindRole(Spoke, "BudgetSync-Apply")!;
        var session = new Caller(Spoke, apply.Arn, $"arn:aws:sts::{Spoke}:assumed-role/BudgetSync-Apply/stolen");

        foreach (var policy in new[] { wide, "arn:aws:iam::aws:policy/AdministratorAccess" })
        {
            var service = organization.Cloud.Gateway.Services.Single(candidate => candidate.SigningName == "iam");
            var refused = await Assert.ThrowsAsync<AwsException>(() => organization.CallAsync(
                service, session, "AttachRolePolicy", new JsonObject { ["RoleName"] = "developer", ["PolicyArn"] = policy }));
            Assert.Equal("AccessDenied", refused.Code);
        }

        Assert.Empty(organization.Cloud.Iam.FindRole(Spoke, "developer")!.Definition.ManagedPolicyArns);
    }

    [Fact]
    public async Task Without_the_feature_the_parameter_restricts_nothing_and_Apply_may_not()
    {
        await using var organization = await DeployedAsync(Templates.AsCommitted);

        await AskAsync(organization, DenyNew);

        Assert.True(May(organization, "developer", "ec2:RunInstances"));
        Assert.DoesNotContain(organization.Cloud.Calls.Calls, call => call.Call.Service == "iam");
        Assert.DoesNotContain(
            GrantedAction.Of("spoke", Templates.AsCommitted.Spoke), action => action.Resource.StartsWith("Restrictions", StringComparison.Ordinal));
    }

    /// <summary>The template as it is synthesized without the list: its policy is gone, and nothing names it.</summary>
    private static string WithoutList(string template)
    {
        var root = JsonNode.Parse(template)!;
        var resources = root["Resources"]!.AsObject();
        var policy = resources.Single(resource => resource.Value!["Properties"]?["ManagedPolicyName"]?.ToString() == "DenyApis-critical").Key;
        resources.Remove(policy);
        foreach (var (_, resource) in resources)
        {
            if (resource!["DependsOn"] is not JsonArray needed) continue;
            if (needed.FirstOrDefault(name => name!.ToString() == policy) is { } dependency) needed.Remove(dependency);
        }

        var permission = resources.Single(resource => resource.Value!["Properties"]?["PolicyName"]?.ToString() == "Restrictions").Value!;
        var arns = permission["Properties"]!["PolicyDocument"]!["Statement"]![0]!["Condition"]!["ArnEquals"]!["iam:PolicyARN"]!.AsArray();
        arns.Remove(arns.Single(arn => arn!["Ref"]!.ToString() == policy));
        return root.ToJsonString().Replace(",DenyApis-critical", "", StringComparison.Ordinal);
    }
}
