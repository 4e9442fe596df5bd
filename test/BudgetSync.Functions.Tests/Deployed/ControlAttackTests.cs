using System.Text.Json.Nodes;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>
/// What somebody gains against the organization's policies who may write a spoke's parameter, administers its account, or reports in another one's name: the
/// deployment's roles and policies hold, whatever a document or an event says.
/// </summary>
public sealed class ControlAttackTests
{
    private const string Spoke = DeployedOrganization.Spoke;
    private const string Neighbour = "222222222222";
    private const string DenyNew = """[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED"}]""";

    private static Templates Acting => Templates.WithControls with { Spoke = Templates.WithRestrictions.Spoke };

    [Fact]
    public async Task What_is_binding_binds_whatever_the_document_says()
    {
        await using var organization = await ControlledOrganization.DeployAsync("""[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED","Binding":true}]""", Acting);
        await OverAsync(organization);

        await WriteAsync(organization);
        Assert.False(ControlledOrganization.May(organization, "administrator", "ec2:RunInstances"));
        await WriteAsync(
            organization,
            """{"Id":"r-000000000009","Kind":"DENY_NEW","Except":{"Roles":["administrator"]},"Since":"2026-03-02T00:00:00Z"}""");
        Assert.False(ControlledOrganization.May(organization, "administrator", "ec2:RunInstances"));
    }

    /// <summary>The policy that people attach keeps an account's administrator from the document, from the policies, and from the tag that exempts.</summary>
    [Fact]
    public async Task With_the_protecting_policy_an_administrator_neither_writes_the_document_nor_detaches_nor_exempts_himself()
    {
        await using var organization = await ControlledOrganization.DeployAsync(DenyNew, Acting);
        await OverAsync(organization);
        var (parameter, role) = ($"arn:aws:ssm:us-east-1:{Spoke}:parameter/BudgetSync/Budgets", $"arn:aws:iam::{Spoke}:role/administrator");
        var denial = ("iam:PolicyARN", $"arn:aws:iam::{Spoke}:policy/BudgetSync/DenyNew");
        var theirs = ("iam:PolicyARN", $"arn:aws:iam::{Spoke}:policy/Payroll");
        Assert.True(ControlledOrganization.May(organization, "administrator", "iam:DetachRolePolicy", role, denial));

        await ControlledOrganization.AttachAsync(organization, "BudgetSync-Protect", organization.Members);

        Assert.False(ControlledOrganization.May(organization, "administrator", "ssm:PutParameter", parameter));
        Assert.False(ControlledOrganization.May(organization, "administrator", "iam:DetachRolePolicy", role, denial));
        Assert.False(ControlledOrganization.May(organization, "administrator", "iam:TagRole", role, ("aws:TagKeys", "budgetsync:protect")));
        Assert.False(ControlledOrganization.May(organization, "administrator", "iam:CreatePolicyVersion", denial.Item2));
        Assert.False(ControlledOrganization.May(organization, "administrator", "iam:CreateRole", $"arn:aws:iam::{Spoke}:role/stacksets-exec-mine"));
        Assert.True(ControlledOrganization.May(organization, "administrator", "iam:DetachRolePolicy", role, theirs));
        Assert.True(ControlledOrganization.May(organization, "administrator", "iam:TagRole", role, ("aws:TagKeys", "team")));
        // BudgetSync goes on: what was denied is given back with a higher limit.
        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":1000,"Responses":{{DenyNew}}}""");
        await organization.PassAsync(TimeSpan.FromHours(9));
        Assert.True(ControlledOrganization.May(organization, "administrator", "ec2:RunInstances"));
    }

    /// <summary>A spoke speaks for itself alone: who sent an event is what AWS says, whatever its detail says.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(99_999)]
    public async Task A_report_in_the_name_of_another_account_neither_restricts_it_nor_lifts_what_is_in_force(int spent)
    {
        await using var organization = new DeployedOrganization(Acting);
        organization.Cloud.Organizations.EnableServiceControlPolicies();
        organization.Cloud.Organizations.AddAccount(Neighbour, "neighbour", organization.Members);
        await organization.DeployAsync();
        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":100,"Responses":[{"At":"Over","Do":"QUARANTINE","Mode":"ARMED"}]}""");
        await organization.PassAsync(TimeSpan.FromMinutes(1));
        if (spent == 0) await OverAsync(organization);
        var before = (await ControlledOrganization.AttachmentsAsync(organization))["BudgetSync-Quarantine"];

        // What the spoke last said, with other amounts and no restriction, said by the neighbour's own role that forwards reports.
        var arn = $"arn:aws:lambda:us-east-1:{Spoke}:function:BudgetSync-Apply:$LATEST";
        var detail = new JsonObject
        {
            ["requestContext"] = new JsonObject { ["functionArn"] = arn },
            ["responsePayload"] = new JsonObject
            {
                ["version"] = 1,
                ["accountId"] = Spoke,
                ["outcome"] = "Applied",
                ["restrictions"] = new JsonArray(),
                ["budgets"] = new JsonArray(new JsonObject { ["name"] = "SpokeAccountBudget", ["limit"] = 100, ["actualSpend"] = spent, ["unit"] = "USD" }),
            },
        };
        var input = new JsonObject
        {
            ["Entries"] = new JsonArray(new JsonObject
            {
                ["EventBusName"] = $"arn:aws:events:us-east-1:{DeployedOrganization.Management}:event-bus/BudgetSync",
                ["Source"] = "lambda",
                ["DetailType"] = "Lambda Function Invocation Result - Success",
                ["Detail"] = detail.ToJsonString(),
            }),
        };
        var forwarder = ControlledOrganization.Session(organization, Neighbour, "BudgetSync-ForwardReports");
        await organization.CallAsync(organization.Cloud.EventBridge, forwarder, "PutEvents", input);
        await organization.PassAsync(TimeSpan.FromHours(2));

        Assert.Equal(before, (await ControlledOrganization.AttachmentsAsync(organization))["BudgetSync-Quarantine"]);
        Assert.Equal(spent == 0, (await ControlledOrganization.StatesAsync(organization)).Any(state => state is RestrictionState.InForce));
    }

    private static async Task OverAsync(DeployedOrganization organization)
    {
        organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 130);
        await organization.PassAsync(TimeSpan.FromHours(2));
        Assert.IsType<RestrictionState.InForce>(Assert.Single(await ControlledOrganization.StatesAsync(organization)));
    }

    /// <summary>As whoever may write the parameter does.</summary>
    private static async Task WriteAsync(DeployedOrganization organization, params string[] restrictions)
    {
        const string budget = """{"BudgetName":"SpokeAccountBudget","BudgetValue":100,"EmailRecipients":["finops@example.com"],"Thresholds":[90]}""";
        await ResponseTests.PutParameterAsync(
            organization,
            Spoke,
            "/BudgetSync/Budgets",
            $$"""{"Budgets":[{{budget}}],"Restrictions":[{{string.Join(',', restrictions)}}],"Version":1}""");
    }
}
