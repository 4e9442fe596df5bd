using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Core.Restrictions;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>An organization with one spoke that may restrict its account, and roles and a user there.</summary>
internal static class RestrictedOrganization
{
    public const string DenyNew = """{"Id":"r-000000000001","Kind":"DENY_NEW","Since":"2026-03-02T00:00:00Z"}""";
    public const string Everything = """{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""";

    private const string Spoke = DeployedOrganization.Spoke;
    private const string Trust = """{"Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}""";

    public static async Task<DeployedOrganization> DeployedAsync(Templates templates)
    {
        var organization = new DeployedOrganization(templates);
        await organization.DeployTablesAsync();
        await organization.DeployManagementAsync();
        foreach (var name in new[] { "developer", "protected", "fire" })
        {
            organization.Cloud.Iam.PutRole(Spoke, new RoleDefinition(name, PolicyDocument.Parse(Trust))
            {
                Path = name == "fire" ? "/breakglass/" : "/",
                Tags = ImmutableDictionary<string, string>.Empty.Add("budgetsync:protect", name == "protected" ? "yes" : "false"),
                Inline = ImmutableDictionary<string, PolicyDocument>.Empty.Add("All", PolicyDocument.Parse(Everything)),
            });
        }

        organization.Cloud.Iam.PutUser(Spoke, "alice", PolicyDocument.Parse(Everything));
        await organization.DeploySpokeAsync(Spoke);
        await organization.SettleAsync();
        return organization;
    }

    /// <summary>As the hub does.</summary>
    public static async Task AskAsync(DeployedOrganization organization, params string[] restrictions)
    {
        var budget = """{"BudgetName":"SpokeAccountBudget","BudgetValue":1000,"EmailRecipients":["finops@example.com"],"Thresholds":[80]}""";
        var hub = ControlledOrganization.Session(organization, Spoke, "BudgetSyncSpokeRole");
        await organization.CallAsync(organization.Cloud.Ssm, hub, "PutParameter", new JsonObject
        {
            ["Name"] = "/BudgetSync/Budgets",
            ["Type"] = "String",
            ["Overwrite"] = true,
            ["Value"] = $$"""{"Budgets":[{{budget}}],"Restrictions":[{{string.Join(',', restrictions)}}],"Version":1}""",
        });
        await organization.SettleAsync();
    }

    public static bool May(DeployedOrganization organization, string role, string action) => organization.Cloud.Iam.IsAllowed(
        new Caller(Spoke, organization.Cloud.Iam.FindRole(Spoke, role)!.Arn, $"arn:aws:sts::{Spoke}:assumed-role/{role}/s"), new IamRequest(action, "*"));

    /// <summary>As a person does.</summary>
    public static Task<JsonObject> ByHandAsync(DeployedOrganization organization, string operation, string role, string policy) => organization.CallAsync(
        organization.Cloud.Gateway.Services.Single(service => service.SigningName == "iam"),
        Spoke,
        operation,
        new JsonObject { ["RoleName"] = role, ["PolicyArn"] = $"arn:aws:iam::{Spoke}:policy/BudgetSync/{policy}" });

    public static bool Has(DeployedOrganization organization, string role, string policy) =>
        organization.Cloud.Iam.FindRole(Spoke, role)!.Definition.ManagedPolicyArns.Contains($"arn:aws:iam::{Spoke}:policy/BudgetSync/{policy}");

    /// <summary>Somebody puts a parameter of another type in the place of the journal.</summary>
    public static async Task MakeJournalAnewAsync(DeployedOrganization organization)
    {
        await organization.CallAsync(organization.Cloud.Ssm, Spoke, "DeleteParameter", new JsonObject { ["Name"] = DenyJournal.ParameterName });
        await organization.CallAsync(
            organization.Cloud.Ssm,
            Spoke,
            "PutParameter",
            new JsonObject { ["Name"] = DenyJournal.ParameterName, ["Type"] = "StringList", ["Value"] = "nothing,at,all" });
    }
}
