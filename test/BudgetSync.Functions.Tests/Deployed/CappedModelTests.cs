using System.Text.Json.Nodes;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;
using BudgetSync.LocalAws.Bedrock;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>What the hub does at once when a spoke tells of its models: channels hear of it, and an account whose cap is reached is denied.</summary>
public sealed class CappedModelTests
{
    private const string Spoke = DeployedOrganization.Spoke;
    private const string Model = "amazon.nova-pro-v1:0";
    private const string Watched = """ "Default":{"Limit":1,"Window":"DAILY","Mode":"WATCH"} """;
    private const string Capped = """ "Default":{"Limit":100},"AccountCap":{"Limit":1,"Window":"DAILY","Grace":"0m","Mode":"ARMED"} """;
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Channels_are_told_of_a_budget_within_seconds_of_the_call()
    {
        await using var organization = await DeployedAsync(Watched);
        var before = organization.Clock.GetUtcNow();

        await InvokeAsync(organization, 2_000_000);
        await organization.RunAsync();

        Assert.InRange(organization.Clock.GetUtcNow() - before, TimeSpan.Zero, Seconds);
        var message = Assert.Single(ResponseTests.Messages(organization));
        Assert.Contains("role/DataScience of 111111111111 has used $1.60 of $1.00 (160 %)", message, StringComparison.Ordinal);
        Assert.Empty(WholeLife.DenialsOf(organization));
    }

    [Fact]
    public async Task An_accounts_cap_is_planned_within_seconds_denied_after_its_hour_in_force_only_then_and_given_back()
    {
        await using var organization = await DeployedAsync(Capped);
        var before = organization.Clock.GetUtcNow();
        await InvokeAsync(organization, 2_000_000);
        await organization.RunAsync();
        Assert.IsType<RestrictionState.Planned>(Assert.Single(await ControlledOrganization.StatesAsync(organization)));
        Assert.InRange(organization.Clock.GetUtcNow() - before, TimeSpan.Zero, Seconds);

        // The organization refuses: it is asked for and not so, and nobody says that it is.
        organization.Cloud.Faults.OnCalls(call => call.Operation == "AttachPolicy"
            ? new Fault.Refusal(new AwsException("ConstraintViolationException", "You have attached the maximum number of policies"))
            : null);
        await organization.PassAsync(TimeSpan.FromMinutes(90));
        Assert.Equal("Grace", await LineAsync(organization));
        Assert.True(ControlledOrganization.May(organization, "administrator", "bedrock:InvokeModel"));

        organization.Cloud.Faults.Reset();
        await organization.PassAsync(TimeSpan.FromMinutes(21));
        Assert.False(ControlledOrganization.May(organization, "administrator", "bedrock:InvokeModel"));
        Assert.Equal("Suspended", await LineAsync(organization));
        var confirmed = Assert.Single(await RestrictionsAsync(organization)).ConfirmedAt;
        Assert.NotNull(confirmed);

        await organization.PassAsync(TimeSpan.FromDays(1));
        Assert.True(ControlledOrganization.May(organization, "administrator", "bedrock:InvokeModel"));
        Assert.Equal("Active", await LineAsync(organization));
        Assert.Empty(WholeLife.DenialsOf(organization));
    }

    /// <summary>Meter has told it, and keeps that it has; on the way to the hub it is lost. The hour's report says it again.</summary>
    [Fact]
    public async Task A_report_of_the_cap_that_is_lost_is_followed_by_the_hours()
    {
        await using var organization = await DeployedAsync(Capped);
        var lost = 0;
        organization.Cloud.Faults.OnDeliveries(delivery => ++lost > 0 ? new DeliveryFault.Loss() : null);
        await InvokeAsync(organization, 2_000_000);
        await organization.RunAsync();
        Assert.Empty(await ControlledOrganization.StatesAsync(organization));
        Assert.True(lost > 0);

        organization.Cloud.Faults.Reset();
        await organization.PassAsync(TimeSpan.FromMinutes(70));

        Assert.Single(await ControlledOrganization.StatesAsync(organization));
        await organization.PassAsync(TimeSpan.FromMinutes(90));
        Assert.False(ControlledOrganization.May(organization, "administrator", "bedrock:InvokeModel"));
        Assert.Equal("Suspended", await LineAsync(organization));
    }

    /// <summary>An event says which account to look at: whoever may put one on the hub's bus makes a look happen and no more.</summary>
    [Theory]
    [InlineData("""{"accountId":"111111111111","subject":"account","before":"Active","after":"Suspended","spent":999,"limit":1,"denyAccount":true}""")]
    [InlineData("""{"accountId":"111111111111","subject":"role/DataScience","before":"Active","after":"Suspended","spent":999,"limit":1}""")]
    public async Task An_event_of_models_that_somebody_made_up_tells_and_restricts_nothing(string detail)
    {
        await using var organization = await DeployedAsync(Capped);
        await SayAsync(organization, detail);
        await organization.PassAsync(TimeSpan.FromHours(2));
        Assert.Empty(ResponseTests.Messages(organization));
        Assert.Empty(await ControlledOrganization.StatesAsync(organization));

        await InvokeAsync(organization, 2_000_000);
        await organization.PassAsync(TimeSpan.FromMinutes(90));
        Assert.False(ControlledOrganization.May(organization, "administrator", "bedrock:InvokeModel"));
        await SayAsync(organization, detail.Replace("Suspended", "Active", StringComparison.Ordinal).Replace("true", "false", StringComparison.Ordinal));
        await organization.PassAsync(TimeSpan.FromMinutes(20));
        Assert.False(ControlledOrganization.May(organization, "administrator", "bedrock:InvokeModel"));
    }

    /// <summary>What an account says of its models is of itself, and asks for nothing that its rows do not.</summary>
    [Fact]
    public async Task A_report_of_models_that_somebody_made_up_restricts_no_account_whose_rows_have_no_cap()
    {
        await using var organization = await DeployedAsync(Watched);
        var line = new AiLine(new AiSubject.Account(), AiWindow.Daily.Of(organization.Clock.GetUtcNow()), 999, 1, ResponseMode.ARMED, new AiState.Active());
        var report = AiReportJson.Format(new AiReport(organization.Clock.GetUtcNow()) { Lines = [line], DenyAccount = true });
        var detail = new JsonObject
        {
            ["requestContext"] = new JsonObject { ["functionArn"] = $"arn:aws:lambda:us-east-1:{Spoke}:function:BudgetSync-Meter" },
            ["requestPayload"] = new JsonObject(),
            ["responsePayload"] = JsonNode.Parse(report),
        };
        const string kind = "Lambda Function Invocation Result - Success";
        var entry = new JsonObject { ["Source"] = "lambda", ["DetailType"] = kind, ["Detail"] = detail.ToJsonString() };
        await organization.CallAsync(organization.Cloud.EventBridge, Spoke, "PutEvents", new JsonObject { ["Entries"] = new JsonArray(entry) });
        await organization.PassAsync(TimeSpan.FromHours(2));

        Assert.Empty(await ControlledOrganization.StatesAsync(organization));
        Assert.True(ControlledOrganization.May(organization, "administrator", "bedrock:InvokeModel"));
    }

    [Fact]
    public async Task Removing_any_single_action_of_the_feature_in_the_hub_is_noticed()
    {
        var before = GrantedAction.Of("management", Templates.WithControls.Management).ToHashSet();
        var all = GrantedAction.Of("management", Templates.WithCappedAi.Management).Where(action => !before.Contains(action)).ToList();
        Assert.Equal(["lambda:InvokeFunction", "lambda:InvokeFunction"], all.Select(action => action.Action));

        Assert.Equal((true, true), await ActedAsync(Templates.WithCappedAi));
        foreach (var action in all) Assert.NotEqual((true, true), await ActedAsync(action.RemovedFrom(Templates.WithCappedAi)));

        static async Task<(bool Told, bool Planned)> ActedAsync(Templates templates)
        {
            await using var watched = await DeployedAsync(Watched, templates);
            await InvokeAsync(watched, 2_000_000);
            await watched.RunAsync();
            await using var capped = await DeployedAsync(Capped, templates);
            await InvokeAsync(capped, 2_000_000);
            await capped.RunAsync();
            return (ResponseTests.Messages(watched).Count > 0, (await ControlledOrganization.StatesAsync(capped)).Count > 0);
        }
    }

    private static async Task<DeployedOrganization> DeployedAsync(string ai, Templates? templates = null)
    {
        var organization = await ControlledOrganization.DeployAsync("[]", templates ?? Templates.WithCappedAi);
        var definition = new RoleDefinition("DataScience", PolicyDocument.Parse(
            """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}"""));
        var models = PolicyDocument.Parse("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"bedrock:*","Resource":"*"}}""");
        organization.Cloud.Iam.PutRole(Spoke, definition with { Inline = definition.Inline.Add("Models", models) });
        await organization.PutRowAsync($$"""{"AccountId":"{{Spoke}}","BudgetValue":100,"Notify":"operations","Ai":{ {{ai}} } }""");
        await organization.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Empty(ResponseTests.Messages(organization));
        return organization;
    }

    /// <summary>A million tokens in are $0.80.</summary>
    private static Task<string> InvokeAsync(DeployedOrganization organization, long tokens) =>
        organization.Cloud.Bedrock.InvokeAsync(new ModelCall(ControlledOrganization.Session(organization, Spoke, "DataScience"), Model, tokens, 0));

    private static async Task<string?> LineAsync(DeployedOrganization organization)
    {
        using var clients = organization.As(DeployedOrganization.Management);
        var row = await new StatusTable(clients.Dynamo, "BudgetSync-Status", organization.CallerOfTest).ReadAsync(Spoke, CancellationToken.None);
        return row?.Ai?.Lines.FirstOrDefault(line => line.Subject is AiSubject.Account)?.State.Name;
    }

    private static async Task<IReadOnlyList<Restriction>> RestrictionsAsync(DeployedOrganization organization)
    {
        using var clients = organization.As(DeployedOrganization.Management);
        var row = await new StatusTable(clients.Dynamo, "BudgetSync-Status", organization.CallerOfTest).ReadAsync(Spoke, CancellationToken.None);
        return [.. row?.Restrictions ?? []];
    }

    private static async Task SayAsync(DeployedOrganization organization, string detail)
    {
        var entry = new JsonObject
        {
            ["EventBusName"] = "BudgetSync",
            ["Source"] = "budgetsync",
            ["DetailType"] = "BudgetSync AI Changed",
            ["Detail"] = detail,
        };
        await organization.CallAsync(
            organization.Cloud.EventBridge, DeployedOrganization.Management, "PutEvents", new JsonObject { ["Entries"] = new JsonArray(entry) });
        await organization.SettleAsync();
    }
}
