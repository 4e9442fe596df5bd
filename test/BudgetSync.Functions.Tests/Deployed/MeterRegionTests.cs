using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Ai;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Functions.Tests.Deployed.MeteringSpoke;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>A spoke that counts what models cost in other Regions too, each by a stack of its own: by what the templates allow and nothing else.</summary>
public sealed class MeterRegionTests
{
    private const string Spoke = DeployedOrganization.Spoke;
    private const string Other = "us-west-2";
    private const string SuspensionArn = $"arn:aws:iam::{Spoke}:policy/BudgetSync/SuspendModels";

    [Fact]
    public async Task What_a_role_spends_in_two_Regions_is_added_and_suspended_once_within_seconds()
    {
        await using var organization = new DeployedOrganization(Templates.WithAiRegions);
        await organization.DeployAsync();
        await BudgetAsync(organization);

        // 48 cents in each of two, of the dollar that it has.
        await InvokeAsRoleAsync(organization, 600_000);
        await InvokeAsRoleAsync(organization, 600_000, Other);
        await organization.RunAsync();
        Assert.Equal((2, 0.96m), await SumAsync(organization));
        Assert.Equal("Critical", await StateAsync(organization));

        var started = organization.Clock.GetUtcNow();
        organization.Cloud.Faults.OnLogs(_ => new DeliveryFault.Duplicate());
        await InvokeAsRoleAsync(organization, 100_000, Other);
        await organization.RunAsync();
        Assert.True(organization.Clock.GetUtcNow() - started < TimeSpan.FromSeconds(5));
        Assert.Equal((3, 1.04m), await SumAsync(organization));
        Assert.Equal("Suspended", await StateAsync(organization));
        Assert.Equal(SuspensionArn, Assert.Single(organization.Cloud.Iam.FindRole(Spoke, "DataScience")!.Definition.ManagedPolicyArns));
        foreach (var region in new[] { "us-east-1", Other })
            await Assert.ThrowsAsync<AwsException>(() => InvokeAsRoleAsync(organization, 1, region));

        Assert.Single(organization.Cloud.Calls.Calls, call => call.Call.Operation == "AttachRolePolicy" && call.ErrorCode is null);
        Assert.Empty(WholeLife.DenialsOf(organization).Where(denial => !denial.Contains("DataScience", StringComparison.Ordinal)));
        Assert.Equal((0, 0), (organization.Cloud.Bedrock.LostRecords, organization.Cloud.Logs.LostBatches));
    }

    /// <summary>Each Region has its own roles: one stack would take what another's stands on.</summary>
    [Fact]
    public async Task A_Region_that_goes_leaves_nothing_of_ours_there_and_the_others_as_they_were()
    {
        await using var organization = await DeployedAsync();
        var theirs = await LogElsewhereAsync(organization, "eu-west-1");
        await organization.DeployModelsAsync(Spoke, "eu-west-1");

        await DropAsync(organization, Other);

        Assert.Equal([], organization.Cloud.Lambda.Functions(Spoke, Other).Select(function => function.Name));
        Assert.DoesNotContain(organization.Cloud.Logs.Groups(Spoke, Other), name => name.Contains("BudgetSync", StringComparison.Ordinal));
        Assert.Null(organization.Cloud.Bedrock.LoggingOf(Spoke, Other));
        Assert.Equal(
            ["BudgetSync-Meter", "BudgetSync-Meter-eu-west-1", "BudgetSync-ModelLogs", "BudgetSync-ModelLogs-eu-west-1"],
            RolesOfModels(organization));
        await InvokeAsync(organization);
        await InvokeAsync(organization, region: "eu-west-1");
        await organization.SettleAsync();
        Assert.Equal(2, (await SumAsync(organization)).Calls);

        await DropAsync(organization, "eu-west-1");

        Assert.Equal(theirs, organization.Cloud.Bedrock.LoggingOf(Spoke, "eu-west-1")!.ToJsonString());
        Assert.Equal(["BudgetSync-Meter", "BudgetSync-ModelLogs"], RolesOfModels(organization));
        var filters = await organization.CallAsync(
            organization.Cloud.Logs,
            Caller.Root(Spoke),
            "DescribeSubscriptionFilters",
            new JsonObject { ["logGroupName"] = ForeignGroup },
            "eu-west-1");
        Assert.Empty(filters["subscriptionFilters"]!.AsArray());
    }

    [Fact]
    public async Task A_Region_that_is_named_and_not_seen_is_blind_with_a_reason_and_the_others_are_not()
    {
        await using var organization = await DeployedAsync();
        await InvokeAsync(organization, region: Other);
        await organization.PassAsync(TimeSpan.FromMinutes(65));

        var regions = await RegionsAsync(organization);
        Assert.Equal(["eu-west-1 Blind", "us-east-1 Own", "us-west-2 Own"], regions.Select(region => $"{region.Name} {region.Log}"));
        Assert.StartsWith("model invocation logging is off; the next release that is deployed turns it on", regions[0].Why, StringComparison.Ordinal);
        Assert.Equal([false, false, true], regions.Select(region => region.LastRecordAt is not null));

        await organization.CallAsync(
            organization.Cloud.Logs,
            Caller.Root(Spoke),
            "DeleteSubscriptionFilter",
            new JsonObject { ["logGroupName"] = OwnGroup, ["filterName"] = "BudgetSync-Meter" },
            Other);
        organization.Cloud.Faults.OnCalls(call => call.Region == "eu-west-1" && call.Service == "bedrock"
            ? new Fault.Refusal(new AwsException("UnrecognizedClientException", "The security token included in the request is invalid.", 403))
            : null);
        await organization.PassAsync(TimeSpan.FromMinutes(65));

        regions = await RegionsAsync(organization);
        Assert.Equal(
            [
                "the account has not switched this Region on; switch it on, or take it from aiRegions",
                "",
                $"somebody deleted the subscription BudgetSync-Meter of the log group {OwnGroup}; make it again as the stack's template has it",
            ],
            regions.Select(region => region.Why));
    }

    [Fact]
    public async Task The_stack_of_other_Regions_is_refused_in_the_home_region()
    {
        await using var organization = await DeployedAsync();

        var refused = await Assert.ThrowsAsync<LocalAws.CloudFormation.StackException>(() => organization.DeployModelsAsync(Spoke, "us-east-1"));

        Assert.Contains("counted by the spoke's own stack", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Accounts that join get both stacks in no order.</summary>
    [Fact]
    public async Task What_is_called_before_the_home_region_has_a_table_is_counted_when_it_has()
    {
        await using var organization = new DeployedOrganization(Templates.WithAiRegions);
        await organization.DeployTablesAsync();
        await organization.DeployManagementAsync();
        await organization.DeployModelsAsync(Spoke, Other);
        await InvokeAsync(organization, region: Other);
        await organization.RunAsync();

        await organization.DeploySpokeAsync(Spoke);
        await organization.SettleAsync();

        Assert.Equal(1, (await SumAsync(organization)).Calls);
    }

    [Fact]
    public async Task Removing_any_single_action_of_a_Regions_stack_is_noticed()
    {
        var all = GrantedAction.Of("models", Templates.WithAiRegions.Models).ToList();
        var seeing = GrantedAction.Of("spoke", Templates.WithAiRegions.Spoke)
            .Where(action => action.Resource == "AiMeterCalledByModelsCounted" || action.Statement is "SeeSubscriptions" or "SeeWhatFailed");
        var unnoticed = new ConcurrentBag<string>();

        await Parallel.ForEachAsync(all.Concat(seeing), async (action, _) =>
        {
            if ((await WrongAsync(action.RemovedFrom(Templates.WithAiRegions))).Length == 0) unnoticed.Add(action.ToString());
        });

        Assert.Equal("", await WrongAsync(Templates.WithAiRegions));
        Assert.Equal(
            [
                "bedrock:DeleteModelInvocationLoggingConfiguration", "bedrock:GetInferenceProfile", "bedrock:GetModelInvocationLoggingConfiguration",
                "bedrock:PutModelInvocationLoggingConfiguration", "dynamodb:PutItem", "dynamodb:UpdateItem", "events:PutEvents", "iam:PassRole",
                "lambda:InvokeFunction", "logs:CreateLogStream", "logs:CreateLogStream", "logs:DescribeSubscriptionFilters", "logs:PutLogEvents",
                "logs:PutLogEvents", "sqs:SendMessage", "sts:AssumeRole", "sts:AssumeRole",
            ],
            all.Select(action => action.Action).Order(StringComparer.Ordinal));
        // A function writes its log or does not: it counts all the same, as in AWS.
        Assert.Equal(
            ["models: AiMeterRole/WriteOwnLog/logs:CreateLogStream", "models: AiMeterRole/WriteOwnLog/logs:PutLogEvents"],
            unnoticed.Order(StringComparer.Ordinal));
    }

    /// <summary>What goes wrong with these templates; empty where nothing does.</summary>
    private static async Task<string> WrongAsync(Templates templates)
    {
        await using var organization = new DeployedOrganization(templates);
        try
        {
            await DeployAsync(organization);
            await LogElsewhereAsync(organization, "eu-west-1");
            await organization.DeployModelsAsync(Spoke, "eu-west-1");
            await organization.DeployModelsAsync(Spoke, Other);
            await BudgetAsync(organization);
            var profile = organization.Cloud.Bedrock.PutProfileIn(Other, Spoke, "ab12cd34ef56", "team", $"arn:aws:bedrock:{Other}::foundation-model/{Model}");
            await InvokeAsync(organization, profile.Arn, Other);
            await InvokeAsRoleAsync(organization, 2_000_000, Other);
            await organization.RunAsync();
            var (counted, state) = (await SumAsync(organization), await StateAsync(organization));
            await organization.PassAsync(TimeSpan.FromMinutes(65));
            var regions = await RegionsAsync(organization);
            organization.Cloud.Faults.OnCalls(call => call.Operation == "TransactWriteItems"
                ? new Fault.Refusal(new AwsException("InternalServerError", "DynamoDB is in trouble", 500))
                : null);
            await InvokeAsync(organization, region: Other);
            await organization.SettleAsync();
            organization.Cloud.Faults.Reset();
            var denials = WholeLife.DenialsOf(organization);
            await DropAsync(organization, Other);
            return string.Join("; ", Missing());

            IEnumerable<string> Missing()
            {
                if (counted != (2, 1.60112m)) yield return "a call is not counted";
                if (state != "Suspended") yield return "nobody is suspended at once";
                if (regions.Any(region => region.Log == AiLog.Blind)) yield return "a Region is blind";
                if (organization.Cloud.Lambda.DestinationFailures > 0) yield return "a batch is not kept";
                if (organization.Cloud.Bedrock.LoggingOf(Spoke, Other) is not null) yield return "logging stays on";
                foreach (var denial in denials) yield return denial;
            }
        }
        catch (LocalAws.CloudFormation.StackException refused)
        {
            return refused.Message;
        }
    }

    /// <summary>The spoke and the stack of one other Region; the setting names another beside.</summary>
    private static async Task<DeployedOrganization> DeployedAsync()
    {
        var organization = new DeployedOrganization(Templates.WithAiRegions);
        await DeployAsync(organization);
        await organization.DeployModelsAsync(Spoke, Other);
        return organization;
    }

    private static async Task DropAsync(DeployedOrganization organization, string region)
    {
        await organization.UntilDoneAsync(organization.Cloud.CloudFormation.DeleteAsync(Spoke, DeployedOrganization.ModelsStack, region));
        await organization.SettleAsync();
    }

    private static IEnumerable<string> RolesOfModels(DeployedOrganization organization) =>
        new[] { "", "-eu-west-1", $"-{Other}" }.SelectMany(end => new[] { $"BudgetSync-Meter{end}", $"BudgetSync-ModelLogs{end}" })
            .Where(name => organization.Cloud.Iam.FindRole(Spoke, name) is not null)
            .Order(StringComparer.Ordinal);

    /// <summary>What the hub knows of the spoke's logs.</summary>
    private static async Task<IReadOnlyList<AiRegion>> RegionsAsync(DeployedOrganization organization)
    {
        using var clients = organization.As(DeployedOrganization.Management);
        var row = await new StatusTable(clients.Dynamo, "BudgetSync-Status", organization.CallerOfTest).ReadAsync(Spoke, CancellationToken.None);
        return [.. row!.Ai!.Regions]; // It has reported.
    }
}
