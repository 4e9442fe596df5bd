using System.Text.Json.Nodes;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.LocalAws.Iam;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>As <see cref="ForgedReportTests"/>, of models: nothing that they are denied for what they cost is given back for what an event says.</summary>
public sealed class ForgedModelReportTests
{
    private const string Spoke = DeployedOrganization.Spoke;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_accounts_cap_ends_by_no_report_of_models(bool withoutLine)
    {
        await using var organization = await MeteringAsync(
            """ "Default":{"Limit":100},"AccountCap":{"Limit":1,"Window":"DAILY","Grace":"0m","Mode":"ARMED"} """);
        await MeteringSpoke.InvokeAsRoleAsync(organization, 2_000_000);
        await organization.PassAsync(TimeSpan.FromMinutes(90));
        Assert.False(ControlledOrganization.May(organization, "administrator", "bedrock:InvokeModel"));

        for (var round = 0; round < 3; round++)
        {
            var now = organization.Clock.GetUtcNow();
            var line = new AiLine(new AiSubject.Account(), AiWindow.Daily.Of(now), 0, 1, ResponseMode.ARMED, new AiState.Active());
            await SayAsync(organization, "BudgetSync-Meter", AiReportJson.Format(new AiReport(now) { Lines = withoutLine ? [] : [line] }));
            await organization.PassAsync(TimeSpan.FromMinutes(16));
            Assert.False(ControlledOrganization.May(organization, "administrator", "bedrock:InvokeModel"));
        }

        await organization.PassAsync(TimeSpan.FromDays(1));
        Assert.True(ControlledOrganization.May(organization, "administrator", "bedrock:InvokeModel"));
    }

    /// <summary>Its parameter says what models may cost only while it meters; what it does not say is given back.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_is_suspended_stays_so_although_an_event_says_that_the_spoke_meters_no_more(bool deleted)
    {
        await using var organization = await MeteringAsync(""" "Default":{"Limit":1,"Window":"DAILY","Grace":"0m","Mode":"ARMED","Shared":true} """);
        await MeteringSpoke.InvokeAsRoleAsync(organization, 2_000_000);
        await organization.PassAsync(TimeSpan.FromMinutes(20));
        Assert.Equal("Suspended", await MeteringSpoke.StateAsync(organization));

        var row = await ForgedReports.RowAsync(organization);
        var report = new Report
        {
            Outcome = ReportOutcome.Applied,
            Revision = row.DesiredRevision,
            ParameterVersion = row.ParameterVersion,
            Budgets = row.Budgets,
            Restrictions = [],
            StackDeleted = deleted,
            At = organization.Clock.GetUtcNow(),
        };
        await SayAsync(organization, "BudgetSync-Apply", ReportJson.Format(report));
        await organization.PassAsync(TimeSpan.FromHours(3));

        Assert.Equal("Suspended", await MeteringSpoke.StateAsync(organization));
        Assert.False(ControlledOrganization.May(organization, "DataScience", "bedrock:InvokeModel"));
        var after = await ForgedReports.RowAsync(organization);
        Assert.True(after.Meters);
        // What it hid for an hour at most.
        Assert.IsType<AiState.Suspended>(Assert.Single(after.Ai!.Lines).State); // It has told.
        Assert.Empty(WholeLife.DenialsOf(organization));
    }

    /// <summary>The function itself says that it does not.</summary>
    [Fact]
    public async Task A_spoke_that_is_deployed_without_meter_is_asked_for_nothing_more_of_models()
    {
        await using var organization = new DeployedOrganization(Templates.WithCappedAi);
        organization.Cloud.Organizations.EnableServiceControlPolicies();
        await MeteringSpoke.DeployAsync(organization);
        await MeteringSpoke.BudgetAsync(organization);
        Assert.Contains("\"Ai\":", await ParameterAsync(organization), StringComparison.Ordinal);

        organization.Use(Templates.WithControls);
        await organization.DeploySpokeAsync(Spoke);
        // The daily apply tells.
        await organization.PassAsync(TimeSpan.FromHours(26));

        Assert.False((await ForgedReports.RowAsync(organization)).Meters);
        Assert.DoesNotContain("\"Ai\":", await ParameterAsync(organization), StringComparison.Ordinal);
    }

    private static async Task<DeployedOrganization> MeteringAsync(string ai)
    {
        var organization = await ControlledOrganization.DeployAsync("[]", Templates.WithCappedAi);
        var definition = new RoleDefinition("DataScience", PolicyDocument.Parse(
            """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}"""));
        var models = PolicyDocument.Parse("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"bedrock:*","Resource":"*"}}""");
        organization.Cloud.Iam.PutRole(Spoke, definition with { Inline = definition.Inline.Add("Models", models) });
        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":100,"Ai":{ {{ai}} } }""");
        await organization.PassAsync(TimeSpan.FromMinutes(1));
        return organization;
    }

    private static async Task<string> ParameterAsync(DeployedOrganization organization)
    {
        var input = new JsonObject { ["Name"] = "/BudgetSync/Budgets" };
        return (await organization.CallAsync(organization.Cloud.Ssm, Spoke, "GetParameter", input))["Parameter"]!["Value"]!.ToString();
    }

    private static async Task SayAsync(DeployedOrganization organization, string function, string report)
    {
        var detail = new JsonObject
        {
            ["requestContext"] = new JsonObject { ["functionArn"] = $"arn:aws:lambda:us-east-1:{Spoke}:function:{function}" },
            ["requestPayload"] = new JsonObject(),
            ["responsePayload"] = JsonNode.Parse(report),
        };
        var entry = new JsonObject
        {
            ["Source"] = "lambda",
            ["DetailType"] = "Lambda Function Invocation Result - Success",
            ["Detail"] = detail.ToJsonString(),
        };
        await organization.CallAsync(organization.Cloud.EventBridge, Spoke, "PutEvents", new JsonObject { ["Entries"] = new JsonArray(entry) });
        await organization.SettleAsync();
    }
}
