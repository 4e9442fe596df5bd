using System.Text.Json.Nodes;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Restrictions;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>
/// What an administrator of one account can do about restrictions with what he may write, the parameter of his own account and events, against spokes that
/// really restrict. What the deny policies themselves hold is in <see cref="RestrictionTests"/>, what stops hold in <see cref="StopTests"/>.
/// </summary>
public sealed class ResponseAttackTests
{
    private const string Spoke = DeployedOrganization.Spoke;
    private const string Neighbour = "222222222222";
    private const string Armed = """[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED"}]""";
    private const string Everything = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""";
    private const string Trust =
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}""";

    /// <summary>At once, and not only after the hub's next round: restrictions count in the versions that its role wrote.</summary>
    [Theory]
    [InlineData("""[]""")]
    [InlineData("""[{"Id":"ID","Kind":"DENY_NEW","Since":"2026-03-02T00:00:00Z","Except":{"Roles":["developer"]}}]""")]
    [InlineData("""[{"Id":"ID","Kind":"DENY_NEW","Since":"2026-03-02T00:00:00Z","Roles":["nobody-of-this-name"]}]""")]
    [InlineData("""[{"Id":"ID","Kind":"DENY_NEW","Since":"2026-03-02T00:00:00Z","Until":"2026-03-02T00:00:01Z"}]""")]
    public async Task Nobody_exempts_himself_by_the_parameter(string restrictions)
    {
        await using var organization = await RestrictedAsync();
        var id = Assert.Single(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));

        await WriteAsync(organization, restrictions.Replace("ID", id, StringComparison.Ordinal));

        await BoundAsync(organization, id);
    }

    [Theory]
    [InlineData("150")]
    [InlineData("""{"Released":true}""")]
    [InlineData("no document")]
    [InlineData("a hundred versions")]
    [InlineData("none")]
    public async Task Nobody_frees_himself_by_releasing_the_account_or_by_the_history_of_the_parameter(string text)
    {
        await using var organization = await RestrictedAsync();
        var id = Assert.Single(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));

        if (text == "none")
        {
            await organization.CallAsync(organization.Cloud.Ssm, Spoke, "DeleteParameter", new JsonObject { ["Name"] = "/BudgetSync/Budgets" });
            await organization.SettleAsync();
        }
        else
        {
            for (var number = text == "a hundred versions" ? 100 : 1; number > 0; number--)
                await ResponseTests.PutParameterAsync(organization, Spoke, "/BudgetSync/Budgets", text == "a hundred versions" ? $"{number}" : text);
        }

        await BoundAsync(organization, id);
    }

    /// <summary>Neither more than the hub asked for, nor a policy that is not the stack's.</summary>
    [Theory]
    [InlineData("""{"Id":"r-000000000001","Kind":"DENY_NEW","Since":"2026-03-02T00:00:00Z"}""")]
    [InlineData("""{"Id":"r-000000000001","Kind":"DENY_APIS","Policy":"critical","Since":"2026-03-02T00:00:00Z"}""")]
    [InlineData("""{"Id":"r-000000000001","Kind":"DENY_APIS","Policy":"../wide","Since":"2026-03-02T00:00:00Z"}""")]
    [InlineData("""{"Id":"r-000000000001","Kind":"DENY_APIS","Policy":"arn:aws:iam::111111111111:policy/wide","Since":"2026-03-02T00:00:00Z"}""")]
    [InlineData("""{"Id":"r-000000000001","Kind":"DENY_APIS","Policy":"wide","Since":"2026-03-02T00:00:00Z","Document":{"Statement":[]}}""")]
    [InlineData("""{"Id":"r-000000000001","Kind":"QUARANTINE","Since":"2026-03-02T00:00:00Z"}""")]
    [InlineData("""{"Id":"r-000000000001","Kind":"DENY_ALL","Since":"2026-03-02T00:00:00Z"}""")]
    public async Task A_parameter_widens_no_deny(string restriction)
    {
        await using var organization = await DeployedAsync();
        foreach (var (name, path) in new[] { ("wide", "/"), ("DenyApis-wide", "/BudgetSync/") })
        {
            var denyAll = PolicyDocument.Parse(Everything.Replace("Allow", "Deny", StringComparison.Ordinal));
            organization.Cloud.Iam.PutManagedPolicy(Spoke, name, denyAll, path);
        }

        await WriteAsync(organization, $"[{restriction}]");

        Assert.Empty(organization.Cloud.Iam.FindRole(Spoke, "developer")!.Definition.ManagedPolicyArns);
        Assert.True(May(organization, Spoke, "s3:GetObject"));
        Assert.True(May(organization, Spoke, "ec2:RunInstances"));
    }

    [Fact]
    public async Task No_event_of_another_account_lifts_or_restricts()
    {
        await using var organization = await RestrictedAsync();
        var id = Assert.Single(await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
        var before = await LedgerAsync(organization, Spoke);

        foreach (var state in new[] { "Lifted", "Failed" })
        {
            await ReportAsync(
                organization, Neighbour, $$"""{"accountId":"{{Spoke}}","outcome":"Applied","restrictions":[{"id":"{{id}}","state":"{{state}}"}]}""");
            await ReportAsync(organization, Neighbour, $$"""{"accountId":"{{Spoke}}","outcome":"Applied","stackDeleted":true,"restrictions":[]}""");
        }

        await organization.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal([id], await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
        Assert.False(May(organization, Spoke, "ec2:RunInstances"));
        Assert.Equal(before.Select(entry => entry.What), (await LedgerAsync(organization, Spoke)).Select(entry => entry.What));
        Assert.Empty(await RestrictingSpoke.RestrictionsAsync(organization, Neighbour));
        Assert.Empty(await LedgerAsync(organization, Neighbour));
    }

    /// <summary>The hub's bus takes events of the forwarding role only, and not even that role's other kinds.</summary>
    [Theory]
    [InlineData("developer", "lambda")]
    [InlineData("developer", "budgetsync")]
    [InlineData("BudgetSync-Apply", "budgetsync")]
    [InlineData("BudgetSync-ForwardReports", "budgetsync")]
    public async Task The_hubs_bus_takes_no_event_of_a_member_that_decides_something(string role, string source)
    {
        await using var organization = await DeployedAsync();
        var session = new Caller(
            Neighbour, organization.Cloud.Iam.FindRole(Neighbour, role)!.Arn, $"arn:aws:sts::{Neighbour}:assumed-role/{role}/s"); // The stack made it.
        foreach (var (kind, detail) in new[]
        {
            ("BudgetSync Restrictions Decided", $$"""{"accounts":["{{Spoke}}"]}"""),
            ("BudgetSync AI Changed", $$"""{"accountId":"{{Spoke}}","subject":"account","after":"Grace","denyAccount":true}"""),
        })
        {
            var entry = Event(source, kind, detail);
            entry["EventBusName"] = "arn:aws:events:us-east-1:999999999999:event-bus/BudgetSync";

            var refused = await Assert.ThrowsAsync<AwsException>(() => organization.CallAsync(
                organization.Cloud.EventBridge, session, "PutEvents", new JsonObject { ["Entries"] = new JsonArray(entry) }));

            Assert.StartsWith("AccessDenied", refused.Code, StringComparison.Ordinal);
        }
    }

    /// <summary>Now, after the next look, and when the hub has written again.</summary>
    private static async Task BoundAsync(DeployedOrganization organization, string id)
    {
        for (var hour = 0; hour < 6; hour++)
        {
            Assert.False(May(organization, Spoke, "ec2:RunInstances"));
            await organization.PassAsync(TimeSpan.FromHours(1));
        }

        Assert.Equal([id], await RestrictingSpoke.RestrictionsAsync(organization, Spoke));
    }

    internal static async Task<DeployedOrganization> RestrictedAsync(string responses = Armed, Templates? templates = null)
    {
        var organization = await OverAsync(responses, templates);
        await organization.PassAsync(TimeSpan.FromHours(3));
        Assert.False(May(organization, Spoke, "ec2:RunInstances"));
        return organization;
    }

    /// <summary>What was spent is above the limit, and no look has seen it yet.</summary>
    internal static async Task<DeployedOrganization> OverAsync(string responses, Templates? templates = null)
    {
        var organization = await DeployedAsync(templates);
        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":100,"Responses":{{responses}}}""");
        await organization.PutRowAsync($$"""{"AccountId":"{{Neighbour}}","BudgetValue":100}""");
        await organization.PassAsync(TimeSpan.FromMinutes(1));
        organization.Cloud.Budgets.SetSpend(Spoke, "SpokeAccountBudget", 130);
        return organization;
    }

    private static async Task<DeployedOrganization> DeployedAsync(Templates? templates = null)
    {
        var organization = new DeployedOrganization(templates ?? Templates.WithResponses);
        organization.Cloud.Organizations.AddAccount(Neighbour, "neighbour", organization.Members);
        foreach (var account in new[] { Spoke, Neighbour })
        {
            organization.Cloud.Iam.PutRole(account, new RoleDefinition("developer", PolicyDocument.Parse(Trust))
            {
                Inline = System.Collections.Immutable.ImmutableDictionary<string, PolicyDocument>.Empty.Add("All", PolicyDocument.Parse(Everything)),
            });
        }

        await organization.DeployAsync();
        return organization;
    }

    internal static bool May(DeployedOrganization organization, string account, string action) => organization.Cloud.Iam.IsAllowed(
        new Caller(account, organization.Cloud.Iam.FindRole(account, "developer")!.Arn, $"arn:aws:sts::{account}:assumed-role/developer/s"),
        new IamRequest(action, "*"));

    private static Task WriteAsync(DeployedOrganization organization, string restrictions) => ResponseTests.PutParameterAsync(
        organization,
        Spoke,
        "/BudgetSync/Budgets",
        """{"Budgets":[{"BudgetName":"SpokeAccountBudget","BudgetValue":1000,"EmailRecipients":["finops@example.com"],"Thresholds":[80]}],"Restrictions":"""
            + $"{restrictions},\"Version\":1}}");

    /// <summary>An account's administrator puts what looks like a result of his Apply on his own bus, from where the rule forwards it.</summary>
    internal static async Task ReportAsync(DeployedOrganization organization, string account, string report)
    {
        var detail = new JsonObject
        {
            ["requestContext"] = new JsonObject { ["functionArn"] = $"arn:aws:lambda:us-east-1:{account}:function:BudgetSync-Apply:$LATEST" },
            ["requestPayload"] = new JsonObject(),
            ["responsePayload"] = JsonNode.Parse(report),
        };
        var entry = Event("lambda", "Lambda Function Invocation Result - Success", detail.ToJsonString());
        var input = new JsonObject { ["Entries"] = new JsonArray(entry) };
        await organization.CallAsync(organization.Cloud.EventBridge, account, "PutEvents", input);
        await organization.SettleAsync();
    }

    private static JsonObject Event(string source, string kind, string detail) => new() { ["Source"] = source, ["DetailType"] = kind, ["Detail"] = detail };

    internal static async Task<IReadOnlyList<LedgerEntry>> LedgerAsync(DeployedOrganization organization, string account)
    {
        using var clients = organization.As(DeployedOrganization.Management);
        return await new LedgerTable(clients.Dynamo, "BudgetSync-Ledger", organization.CallerOfTest).EntriesAsync(account, CancellationToken.None);
    }
}
