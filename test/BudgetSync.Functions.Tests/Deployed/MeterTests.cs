using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Ai;
using BudgetSync.LocalAws.Bedrock;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Lambda;
using static BudgetSync.Functions.Tests.Deployed.MeteringSpoke;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>A spoke that counts what models cost: from a call to the table, by what the template allows and nothing else.</summary>
public sealed class MeterTests
{
    private const string Spoke = DeployedOrganization.Spoke;

    [Fact]
    public async Task A_call_is_in_the_table_at_once_and_counts_once_also_where_its_record_comes_twice_or_late()
    {
        await using var organization = await DeployedAsync();
        organization.Cloud.Faults.OnLogs(_ => new DeliveryFault.Duplicate());
        await InvokeAsync(organization);
        await organization.SettleAsync();
        organization.Cloud.Faults.Reset();
        organization.Cloud.Faults.OnLogs(_ => new DeliveryFault.Delay(TimeSpan.FromHours(3)));
        await InvokeAsync(organization);
        await organization.SettleAsync();

        Assert.Equal((2, 0.00112m * 2), await SumAsync(organization));
        Assert.Empty(WholeLife.DenialsOf(organization));
        Assert.Equal((0, 0), (organization.Cloud.Bedrock.LostRecords, organization.Cloud.Logs.LostBatches));
    }

    [Fact]
    public async Task Logging_is_turned_on_where_nobody_has_with_all_delivery_of_data_off_and_off_again_with_the_stack()
    {
        await using var organization = await DeployedAsync();

        Assert.Equal(
            $$"""
            {"cloudWatchConfig":{"logGroupName":"{{OwnGroup}}","roleArn":"arn:aws:iam::{{Spoke}}:role/BudgetSync-ModelLogs"},"textDataDeliveryEnabled":false,
            "imageDataDeliveryEnabled":false,"embeddingDataDeliveryEnabled":false,"videoDataDeliveryEnabled":false,"audioDataDeliveryEnabled":false}
            """.ReplaceLineEndings(""),
            Sorted(organization.Cloud.Bedrock.LoggingOf(Spoke)!));

        await DeleteAsync(organization);

        Assert.Null(organization.Cloud.Bedrock.LoggingOf(Spoke));
        Assert.DoesNotContain(organization.Cloud.Logs.Groups(Spoke), name => name.Contains("BudgetSync", StringComparison.Ordinal));
        Assert.Null(organization.Cloud.Iam.FindRole(Spoke, "BudgetSync-ModelLogs"));
        Assert.Empty(organization.Cloud.Lambda.Functions(Spoke));
        using var clients = organization.As(Spoke);
        Assert.Empty((await clients.Dynamo.ListTablesAsync()).TableNames ?? []);
    }

    [Fact]
    public async Task A_configuration_of_somebody_else_is_subscribed_to_and_stays_byte_for_byte_as_it_was()
    {
        await using var organization = new DeployedOrganization(Templates.WithAi);
        var config = await LogElsewhereAsync(organization);
        await DeployAsync(organization);

        await InvokeAsync(organization);
        await organization.SettleAsync();
        Assert.Equal(1, (await SumAsync(organization)).Calls);
        Assert.Equal(config, organization.Cloud.Bedrock.LoggingOf(Spoke)!.ToJsonString());

        await DeleteAsync(organization);

        Assert.Equal(config, organization.Cloud.Bedrock.LoggingOf(Spoke)!.ToJsonString());
        var filters = await organization.CallAsync(
            organization.Cloud.Logs, Spoke, "DescribeSubscriptionFilters", new JsonObject { ["logGroupName"] = ForeignGroup });
        Assert.Empty(filters["subscriptionFilters"]!.AsArray());
        Assert.DoesNotContain(
            organization.Cloud.Calls.Calls,
            call => call.Call.Operation is "PutModelInvocationLoggingConfiguration" or "DeleteModelInvocationLoggingConfiguration" && !call.Call.Caller.IsRoot);
    }

    /// <summary>A log group has two subscriptions at most, and theirs are theirs.</summary>
    [Fact]
    public async Task A_log_group_without_room_leaves_the_stack_deployed_and_the_report_blind_until_one_is_free_and_the_next_release_comes()
    {
        await using var organization = new DeployedOrganization(Templates.WithAi);
        await LogElsewhereAsync(organization);
        await SubscribeElsewhereAsync(organization);
        await DeployAsync(organization);
        await InvokeAsync(organization);
        await organization.PassAsync(TimeSpan.FromMinutes(65));

        var blind = await RegionAsync(organization);
        Assert.Equal(AiLog.Blind, blind.Log);
        Assert.Equal(
            $"the log group {ForeignGroup}, to which models are logged, has as many subscriptions as CloudWatch Logs takes (one, two); delete one, and the "
                + "next release of the stack that is deployed subscribes",
            blind.Why);

        await organization.CallAsync(
            organization.Cloud.Logs,
            Spoke,
            "DeleteSubscriptionFilter",
            new JsonObject { ["logGroupName"] = ForeignGroup, ["filterName"] = "one" });
        await organization.PassAsync(TimeSpan.FromMinutes(65));
        Assert.Contains("is not subscribed to", (await RegionAsync(organization)).Why, StringComparison.Ordinal);
        await organization.DeploySpokeAsync(Spoke, code: "next.zip");
        await organization.SettleAsync();
        await InvokeAsync(organization);
        await organization.PassAsync(TimeSpan.FromMinutes(65));

        Assert.Equal((AiLog.Foreign, ""), ((await RegionAsync(organization)).Log, (await RegionAsync(organization)).Why));
        Assert.Equal(1, (await SumAsync(organization)).Calls);
        Assert.Empty(WholeLife.DenialsOf(organization));
    }

    [Fact]
    public async Task A_log_group_that_is_not_there_leaves_the_stack_deployed_and_the_report_blind()
    {
        await using var organization = new DeployedOrganization(Templates.WithAi);
        await LogElsewhereAsync(organization);
        await organization.CallAsync(organization.Cloud.Logs, Spoke, "DeleteLogGroup", new JsonObject { ["logGroupName"] = ForeignGroup });
        await DeployAsync(organization);
        await organization.PassAsync(TimeSpan.FromMinutes(65));

        Assert.Contains($"{ForeignGroup}, to which models are to be logged, is not there", (await RegionAsync(organization)).Why, StringComparison.Ordinal);
        await DeleteAsync(organization);
        Assert.NotNull(organization.Cloud.Bedrock.LoggingOf(Spoke));
    }

    [Theory]
    [InlineData("""{"s3Config":{"bucketName":"team-logs"}}""")]
    [InlineData("""{"cloudWatchConfig":{"logGroupName":"/BudgetSync/ModelInvocations","roleArn":"ROLE"},"s3Config":{"bucketName":"team-logs"}}""")]
    public async Task A_configuration_that_is_theirs_or_that_they_made_theirs_stays_when_the_stack_goes(string config)
    {
        await using var organization = new DeployedOrganization(Templates.WithAi);
        var theirs = config.Replace("ROLE", $"arn:aws:iam::{Spoke}:role/BudgetSync-ModelLogs", StringComparison.Ordinal);
        if (!config.Contains("ROLE", StringComparison.Ordinal)) await PutLoggingAsync(organization, theirs);
        await DeployAsync(organization);
        if (config.Contains("ROLE", StringComparison.Ordinal)) await PutLoggingAsync(organization, theirs);

        await DeleteAsync(organization);

        Assert.Equal(theirs, organization.Cloud.Bedrock.LoggingOf(Spoke)!.ToJsonString());
    }

    [Fact]
    public async Task A_role_that_IAM_has_not_spread_yet_is_waited_for()
    {
        await using var organization = new DeployedOrganization(Templates.WithAi);
        var refusals = 4;
        organization.Cloud.Faults.OnCalls(call => call.Operation == "PutModelInvocationLoggingConfiguration" && refusals-- > 0
            ? new Fault.Refusal(new AwsException("ValidationException", "Failed to validate permissions for log group"))
            : null);

        await DeployAsync(organization);

        Assert.NotNull(organization.Cloud.Bedrock.LoggingOf(Spoke));
    }

    /// <summary>Lambda runs a function that died again; what it wrote before counts once.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_Meter_that_dies_in_a_transaction_loses_and_doubles_nothing(bool afterEffect)
    {
        await using var organization = await DeployedAsync();
        var crashes = 2;
        organization.Cloud.Faults.OnCalls(call => call.Operation == "TransactWriteItems" && crashes-- > 0 ? new Fault.Crash(afterEffect) : null);

        for (var number = 0; number < 3; number++) await InvokeAsync(organization);
        await organization.SettleAsync();

        Assert.Equal(3, (await SumAsync(organization)).Calls);
    }

    [Fact]
    public async Task A_batch_that_cannot_be_counted_waits_whole_in_the_queue()
    {
        await using var organization = await DeployedAsync();
        organization.Cloud.Faults.OnCalls(call => call.Operation == "TransactWriteItems"
            ? new Fault.Refusal(new AwsException("InternalServerError", "DynamoDB is in trouble", 500))
            : null);

        await InvokeAsync(organization);
        await organization.SettleAsync();
        organization.Cloud.Faults.Reset();

        // A look comes every five minutes, and the hub hears of it.
        await organization.PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal(1, await DeadLettersAsync(organization));
        using var clients = organization.As(Spoke);
        var url = $"https://sqs.us-east-1.amazonaws.com/{Spoke}/BudgetSync-Meter-DeadLetters";
        var message = Assert.Single((await clients.Queues.ReceiveMessageAsync(new Amazon.SQS.Model.ReceiveMessageRequest { QueueUrl = url })).Messages);
        var payload = JsonNode.Parse(message.Body)!["requestPayload"]!;
        await organization.CallAsync(organization.Cloud.Lambda, Spoke, "Invoke", new JsonObject
        {
            ["FunctionName"] = "BudgetSync-Meter",
            ["InvocationType"] = "Event",
            ["Payload"] = payload.ToJsonString(),
        });
        await organization.SettleAsync();
        Assert.Equal(1, (await SumAsync(organization)).Calls);
        await clients.Queues.DeleteMessageAsync(new Amazon.SQS.Model.DeleteMessageRequest { QueueUrl = url, ReceiptHandle = message.ReceiptHandle });
        await organization.PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal(0, await DeadLettersAsync(organization));

        // What it cannot see it does not call empty.
        organization.Cloud.Faults.OnCalls(call => call.Operation == "GetQueueAttributes"
            ? new Fault.Refusal(new AwsException("InternalFailure", "SQS is in trouble", 500))
            : null);
        await organization.PassAsync(TimeSpan.FromMinutes(65));
        Assert.Null(await DeadLettersAsync(organization));
    }

    private static async Task<long?> DeadLettersAsync(DeployedOrganization organization) =>
        Assert.Single((await ForgedReports.RowAsync(organization)).Ai!.Regions).DeadLetters; // It has told.

    /// <summary>The whole loop: from a row in the hub to what IAM lets a role do in the spoke, and back.</summary>
    [Fact]
    public async Task A_role_that_spends_its_budget_is_suspended_within_seconds_healed_and_given_back()
    {
        await using var organization = await BudgetedAsync();
        var started = organization.Clock.GetUtcNow();

        await InvokeAsRoleAsync(organization, 2_000_000);
        await organization.RunAsync();
        Assert.True(organization.Clock.GetUtcNow() - started < TimeSpan.FromSeconds(5));
        Assert.Equal("Suspended", await StateAsync(organization));
        await Assert.ThrowsAsync<AwsException>(() => InvokeAsRoleAsync(organization, 1));

        var role = organization.Cloud.Iam.FindRole(Spoke, "DataScience")!;
        organization.Cloud.Iam.PutRole(Spoke, role.Definition with { ManagedPolicyArns = [] });
        await organization.PassAsync(TimeSpan.FromMinutes(6));
        await Assert.ThrowsAsync<AwsException>(() => InvokeAsRoleAsync(organization, 1));

        await organization.PutRowAsync(Row(limit: 50));
        await organization.PassAsync(TimeSpan.FromMinutes(6));
        await InvokeAsRoleAsync(organization, 1);
        Assert.Empty(WholeLife.DenialsOf(organization).Where(denial => !denial.Contains("DataScience", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_new_window_gives_back_and_a_stack_that_goes_too()
    {
        await using var organization = await BudgetedAsync();
        await InvokeAsRoleAsync(organization, 2_000_000);
        await organization.RunAsync();
        Assert.Equal("Suspended", await StateAsync(organization));

        await organization.PassAsync(TimeSpan.FromDays(1));
        await InvokeAsRoleAsync(organization, 2_000_000);
        await organization.RunAsync();
        Assert.Equal("Suspended", await StateAsync(organization));
        await DeleteAsync(organization);

        await InvokeAsRoleAsync(organization, 1);
        Assert.Empty(organization.Cloud.Iam.FindRole(Spoke, "DataScience")!.Definition.ManagedPolicyArns);
    }

    /// <summary>From the switch in the hub to what Meter does, as restrictions have it.</summary>
    [Fact]
    public async Task The_kill_switch_of_the_hub_holds_suspensions_in_spokes_back_and_leaves_what_is_in_force()
    {
        await using var organization = await BudgetedAsync(Templates.WithCappedAi);
        var allow = PolicyDocument.Parse("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"bedrock:*","Resource":"*"}}""");
        var alice = organization.Cloud.Iam.PutUser(Spoke, "alice", allow);
        await InvokeAsRoleAsync(organization, 2_000_000);
        await organization.PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal("Suspended", await StateAsync(organization));

        // A round of Respond comes every quarter of an hour.
        await SwitchAsync(organization, "false");
        await organization.PassAsync(TimeSpan.FromMinutes(16));
        await organization.Cloud.Bedrock.InvokeAsync(new ModelCall(new Caller(Spoke, alice.Arn, alice.Arn), Model, 2_000_000, 0));
        var role = organization.Cloud.Iam.FindRole(Spoke, "DataScience")!; // Suspended above.
        organization.Cloud.Iam.PutRole(Spoke, role.Definition with { ManagedPolicyArns = [] });
        await organization.PassAsync(TimeSpan.FromMinutes(11));
        Assert.Equal(("Suspended", "Grace"), (await StateAsync(organization), await StateAsync(organization, "user/alice")));
        await Assert.ThrowsAsync<AwsException>(() => InvokeAsRoleAsync(organization, 1));
        Assert.Empty(organization.Cloud.Iam.FindUser(Spoke, "alice")!.ManagedPolicyArns); // Put above.

        await SwitchAsync(organization, "true");
        await organization.PassAsync(TimeSpan.FromMinutes(21));
        Assert.Equal("Suspended", await StateAsync(organization, "user/alice"));
    }

    [Fact]
    public async Task Removing_any_single_action_of_the_feature_is_noticed()
    {
        var all = GrantedAction.Of("spoke", Templates.WithAi.Spoke).Where(action => action.Resource.StartsWith("Ai", StringComparison.Ordinal)).ToList();
        var unnoticed = new ConcurrentBag<string>();

        await Parallel.ForEachAsync(all, async (action, _) =>
        {
            if ((await WrongAsync(action.RemovedFrom(Templates.WithAi))).Length == 0) unnoticed.Add(action.ToString());
        });

        Assert.Equal("", await WrongAsync(Templates.WithAi));

        Assert.Equal(
            [
                "bedrock:DeleteModelInvocationLoggingConfiguration", "bedrock:GetInferenceProfile", "bedrock:GetModelInvocationLoggingConfiguration",
                "bedrock:PutModelInvocationLoggingConfiguration", "cloudwatch:GetMetricStatistics", "dynamodb:PutItem", "dynamodb:Query",
                "dynamodb:UpdateItem", "events:PutEvents",
                "iam:AttachRolePolicy", "iam:AttachUserPolicy", "iam:CreatePolicyVersion", "iam:DeletePolicyVersion", "iam:DetachRolePolicy",
                "iam:DetachUserPolicy", "iam:GetAccountSummary", "iam:GetPolicyVersion", "iam:GetPolicyVersion", "iam:ListAttachedRolePolicies",
                "iam:ListAttachedUserPolicies", "iam:ListEntitiesForPolicy", "iam:ListPolicyVersions",
                "iam:ListPolicyVersions", "iam:ListRoles",
                "iam:ListServiceSpecificCredentials", "iam:PassRole", "iam:UpdateServiceSpecificCredential", "lambda:InvokeFunction", "lambda:InvokeFunction",
                "logs:CreateLogStream", "logs:CreateLogStream", "logs:DescribeSubscriptionFilters",
                "logs:PutLogEvents", "logs:PutLogEvents", "sqs:GetQueueAttributes", "sqs:SendMessage", "sqs:SendMessage",
                "ssm:GetParameter", "ssm:GetParameterHistory", "sts:AssumeRole", "sts:AssumeRole",
            ],
            all.Select(action => action.Action).Order(StringComparer.Ordinal));
        // A function writes its log or does not: it counts all the same, as in AWS. The queue takes what the schedule's rule could not deliver.
        Assert.Equal(
            [
                "spoke: AiDeadLettersPolicy/UndeliverableEvents/sqs:SendMessage", "spoke: AiMeterRole/WriteOwnLog/logs:CreateLogStream",
                "spoke: AiMeterRole/WriteOwnLog/logs:PutLogEvents",
            ],
            unnoticed.Order(StringComparer.Ordinal));
    }

    /// <summary>What goes wrong with these templates; empty where nothing does.</summary>
    private static async Task<string> WrongAsync(Templates templates)
    {
        DeployedOrganization organization;
        try
        {
            await using var logging = new DeployedOrganization(templates);
            await LogElsewhereAsync(logging);
            await DeployAsync(logging);
            organization = await BudgetedAsync(templates);
        }
        catch (LocalAws.CloudFormation.StackException refused)
        {
            return refused.Message;
        }

        await using var ending = organization;

        var profile = organization.Cloud.Bedrock.PutProfile(Spoke, "ab12cd34ef56", "team", $"arn:aws:bedrock:us-east-1::foundation-model/{Model}");
        await InvokeAsync(organization, profile.Arn);
        await organization.SettleAsync();
        var counted = await SumAsync(organization) == (1, 0.00112m);
        var (suspended, restored) = await SuspendAndRestoreAsync(organization);
        organization.Cloud.Faults.OnCalls(call => call.Operation == "TransactWriteItems"
            ? new Fault.Refusal(new AwsException("InternalServerError", "DynamoDB is in trouble", 500))
            : null);
        await InvokeAsync(organization);
        await organization.SettleAsync();
        organization.Cloud.Faults.Reset();
        var kept = organization.Cloud.Lambda.DestinationFailures == 0;
        // Before the stack goes: what is on its way then finds nobody, and no permission set refers to its policy any more.
        var denials = WholeLife.DenialsOf(organization);
        if (organization.Cloud.Iam.FindRole(Spoke, PermissionSetRole) is { } set)
            organization.Cloud.Iam.PutRole(Spoke, set.Definition with { ManagedPolicyArns = [] });
        try
        {
            await DeleteAsync(organization);
        }
        catch (LocalAws.CloudFormation.StackException refused)
        {
            return refused.Message;
        }

        return string.Join("; ", Missing());

        IEnumerable<string> Missing()
        {
            if (!counted) yield return "a call is not counted";
            if (!kept) yield return "a batch is not kept";
            if (!suspended) yield return "somebody is not suspended";
            if (!restored) yield return "somebody is not given back";
            if (organization.Cloud.Bedrock.LoggingOf(Spoke) is not null) yield return "logging stays on";
            foreach (var denial in denials) yield return denial;
        }
    }

    private const string PermissionSetRole = "AWSReservedSSO_Developer_0123456789abcdef";

    private const string PeopleArn = $"arn:aws:iam::{Spoke}:policy/BudgetSync/AiSuspendedPeople";

    /// <summary>A person of IAM Identity Center, whose permission set refers to the stack's policy, which has had other versions before.</summary>
    private static async Task<Caller> PersonAsync(DeployedOrganization organization)
    {
        var allow = PolicyDocument.Parse("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"bedrock:*","Resource":"*"}}""");
        var trust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}""";
        var definition = new RoleDefinition(PermissionSetRole, PolicyDocument.Parse(trust))
        {
            Path = "/aws-reserved/sso.amazonaws.com/",
            ManagedPolicyArns = [PeopleArn],
        };
        var role = organization.Cloud.Iam.PutRole(Spoke, definition with { Inline = definition.Inline.Add("Models", allow) });
        var iam = organization.Cloud.Gateway.Services.Single(service => service.SigningName == "iam");
        for (var number = 0; number < 3; number++)
        {
            var version = new JsonObject { ["PolicyArn"] = PeopleArn, ["PolicyDocument"] = allow.Json };
            await organization.CallAsync(iam, Spoke, "CreatePolicyVersion", version);
        }

        return new Caller(Spoke, role.Arn, $"arn:aws:sts::{Spoke}:assumed-role/{PermissionSetRole}/alice@example.com");
    }

    /// <summary>
    /// Of a role, a user, a long-term API key and a person: whether each was suspended by its budget, and given back when the budget was raised.
    /// </summary>
    private static async Task<(bool Suspended, bool Restored)> SuspendAndRestoreAsync(DeployedOrganization organization)
    {
        var iam = organization.Cloud.Iam;
        var allow = PolicyDocument.Parse("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"bedrock:*","Resource":"*"}}""");
        var (user, key) = (iam.PutUser(Spoke, "alice", allow), iam.CreateCredential(iam.PutUser(Spoke, "BedrockAPIKey-ab12", allow)));
        await InvokeAsRoleAsync(organization, 2_000_000);
        var person = await PersonAsync(organization);
        await organization.Cloud.Bedrock.InvokeAsync(new ModelCall(person, Model, 2_000_000, 0));
        foreach (var arn in new[] { user.Arn, $"arn:aws:iam::{Spoke}:user/{key.UserName}" })
            await organization.Cloud.Bedrock.InvokeAsync(new ModelCall(new Caller(Spoke, arn, arn), Model, 2_000_000, 0));
        // The parameter may not be there without what a test took away: a look decides as well as a batch.
        await organization.PassAsync(TimeSpan.FromMinutes(6));
        var suspended = Bound() == (1, 1, "Inactive", false);
        await organization.PutRowAsync(Row(limit: 50));
        await organization.PassAsync(TimeSpan.FromMinutes(6));
        return (suspended, Bound() == (0, 0, "Active", true));

        (int Role, int User, string Key, bool Person) Bound() => (
            iam.FindRole(Spoke, "DataScience")!.Definition.ManagedPolicyArns.Length,
            iam.FindUser(Spoke, "alice")!.ManagedPolicyArns.Length,
            iam.FindCredential(Spoke, key.Id)!.Status,
            iam.IsAllowed(person, new IamRequest("bedrock:InvokeModel", "*")));
    }

    /// <summary>A function of theirs reads their log twice.</summary>
    private static async Task SubscribeElsewhereAsync(DeployedOrganization organization)
    {
        var trust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}}""";
        var role = organization.Cloud.Iam.PutRole(Spoke, new RoleDefinition("reader", PolicyDocument.Parse(trust)));
        organization.Cloud.Lambda.RegisterInProcess("reader", _ => (_, _) => Task.FromResult("null"u8.ToArray()));
        organization.Cloud.Lambda.PutFunction(new FunctionDefinition(Spoke, "reader", role.Arn, "reader"));
        organization.Cloud.Lambda.PutPermission(
            Spoke,
            "reader",
            "logs",
            JsonNode.Parse("""{"Effect":"Allow","Principal":{"Service":"logs.amazonaws.com"},"Action":"lambda:InvokeFunction"}""")!.AsObject());
        foreach (var name in new[] { "one", "two" })
        {
            await organization.CallAsync(organization.Cloud.Logs, Spoke, "PutSubscriptionFilter", new JsonObject
            {
                ["logGroupName"] = ForeignGroup,
                ["filterName"] = name,
                ["filterPattern"] = "",
                ["destinationArn"] = $"arn:aws:lambda:us-east-1:{Spoke}:function:reader",
            });
        }
    }

    /// <summary>What the hub knows of the spoke's log.</summary>
    private static async Task<AiRegion> RegionAsync(DeployedOrganization organization)
    {
        using var clients = organization.As(DeployedOrganization.Management);
        var row = await new StatusTable(clients.Dynamo, "BudgetSync-Status", organization.CallerOfTest).ReadAsync(Spoke, CancellationToken.None);
        return Assert.Single(row!.Ai!.Regions); // It has reported.
    }

    /// <summary>In the order of the model: an SDK writes members in one of its own.</summary>
    private static string Sorted(JsonObject config) => new JsonObject(
        new[] { "cloudWatchConfig", "textDataDeliveryEnabled", "imageDataDeliveryEnabled", "embeddingDataDeliveryEnabled", "videoDataDeliveryEnabled",
            "audioDataDeliveryEnabled" }.Select(name => KeyValuePair.Create(name, config[name]?.DeepClone()))).ToJsonString();
}
