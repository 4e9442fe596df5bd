using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Restrictions;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>An organization whose management stack makes service control policies, with people in its one spoke.</summary>
internal static class ControlledOrganization
{
    private const string Spoke = DeployedOrganization.Spoke;
    private const string Everything = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""";
    private const string Trust =
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}""";

    private static readonly string[] People = ["administrator", "OrganizationAccountAccessRole"];

    /// <summary>With a row for the spoke, whose budget is applied.</summary>
    /// <param name="before">What is to be done before anything is deployed; null: nothing.</param>
    public static async Task<DeployedOrganization> DeployAsync(
        string responses,
        Templates? templates = null,
        string account = Spoke,
        Func<LocalCloudOptions, LocalCloudOptions>? options = null,
        Func<DeployedOrganization, Task>? before = null)
    {
        var organization = new DeployedOrganization(templates ?? Templates.WithControls, options: options);
        organization.Cloud.Organizations.EnableServiceControlPolicies();
        if (before is not null) await before(organization);
        foreach (var (where, name) in new[] { Spoke, account }.Distinct().SelectMany(_ => People, (where, name) => (where, name)))
        {
            organization.Cloud.Iam.PutRole(where, new RoleDefinition(name, PolicyDocument.Parse(Trust))
            {
                Inline = ImmutableDictionary<string, PolicyDocument>.Empty.Add("All", PolicyDocument.Parse(Everything)),
            });
        }

        await organization.DeployAsync();
        await organization.PutRowAsync($$"""{"AccountId":"{{account}}","BudgetValue":100,"Responses":{{responses}}}""");
        // Time stands still while this cloud works: a look of the same instant would be the apply's over again.
        await organization.PassAsync(TimeSpan.FromMinutes(1));
        return organization;
    }

    public static bool May(DeployedOrganization organization, string role, string action, string resource = "*", params (string Key, string Value)[] context) =>
        organization.Cloud.Iam.IsAllowed(Session(organization, Spoke, role), new IamRequest(action, resource)
        {
            Context = context.ToImmutableDictionary(pair => pair.Key, pair => ImmutableArray.Create(pair.Value)),
        });

    public static Caller Session(DeployedOrganization organization, string account, string role) =>
        new(account, organization.Cloud.Iam.FindRole(account, role)!.Arn, $"arn:aws:sts::{account}:assumed-role/{role}/stolen"); // The stack made it.

    public static async Task<IReadOnlyList<RestrictionState>> StatesAsync(DeployedOrganization organization, string account = Spoke)
    {
        using var clients = organization.As(DeployedOrganization.Management);
        var status = new StatusTable(clients.Dynamo, "BudgetSync-Status", organization.CallerOfTest);
        return [.. ((await status.ReadAsync(account, CancellationToken.None))?.Restrictions ?? []).Select(restriction => restriction.State)];
    }

    /// <summary>By name: what each of our policies is attached to.</summary>
    public static async Task<Dictionary<string, string[]>> AttachmentsAsync(DeployedOrganization organization, string payer = DeployedOrganization.Management)
    {
        var found = new Dictionary<string, string[]>();
        var policies = await CallAsync(organization, "ListPolicies", new JsonObject { ["Filter"] = "SERVICE_CONTROL_POLICY" }, payer);
        foreach (var policy in policies["Policies"]!.AsArray().Where(policy => policy!["Name"]!.ToString() != "FullAWSAccess"))
        {
            var targets = await CallAsync(organization, "ListTargetsForPolicy", new JsonObject { ["PolicyId"] = policy!["Id"]!.ToString() }, payer);
            found.Add(policy["Name"]!.ToString(), [.. targets["Targets"]!.AsArray().Select(target => target!["TargetId"]!.ToString())]);
        }

        return found;
    }

    /// <summary>As a person in the management account does.</summary>
    public static async Task AttachAsync(DeployedOrganization organization, string name, string target)
    {
        var input = new JsonObject { ["PolicyId"] = await IdAsync(organization, name), ["TargetId"] = target };
        await CallAsync(organization, "AttachPolicy", input);
    }

    public static async Task<string> IdAsync(DeployedOrganization organization, string name, string payer = DeployedOrganization.Management)
    {
        var policies = await CallAsync(organization, "ListPolicies", new JsonObject { ["Filter"] = "SERVICE_CONTROL_POLICY" }, payer);
        return policies["Policies"]!.AsArray().Single(policy => policy!["Name"]!.ToString() == name)!["Id"]!.ToString();
    }

    private static Task<JsonObject> CallAsync(
        DeployedOrganization organization, string operation, JsonObject input, string payer = DeployedOrganization.Management) =>
        organization.CallAsync(organization.Cloud.Organizations, payer, operation, input);
}
