using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Clients;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Iam;
using BudgetSync.Management;
using BudgetSync.Spoke;

namespace BudgetSync.Functions.Tests;

/// <summary>The functions in a line on LocalAws, each invoked by hand with the event that AWS would send: what one answers is carried to the next.</summary>
internal sealed class Line : IAsyncDisposable
{
    public const string Management = "999999999999";
    public const string Spoke = "111111111111";
    private readonly Random random = new(1);
    private readonly TimeProvider time;
    private readonly Stream? log;
    private int edits;

    private Line(LocalCloud cloud, TimeProvider time, Stream? log)
    {
        (Cloud, this.time, this.log) = (cloud, time, log);
        Propagate = Create("Propagate");
        Reconcile = Create("Reconcile");
        Collect = Create("Collect");
        Answers = new AnswerCatcher(cloud.CreateHandler());
        Apply = SpokeFunction.Create(
            new Dictionary<string, string>(Credentials(Spoke))
            {
                ["BUDGETSYNC_FUNCTION"] = "Apply",
                ["BUDGETSYNC_ACCOUNT_ID"] = Spoke,
                ["BUDGETSYNC_PARAMETER_NAME"] = "/BudgetSync/Budgets",
                ["BUDGETSYNC_DEFAULT_BUDGET_NAME"] = "SpokeAccountBudget",
                ["BUDGETSYNC_EMAIL_RECIPIENT"] = "finops@example.com",
            },
            Answers,
            time,
            random,
            log);
    }

    public LocalCloud Cloud { get; }

    public ManagementFunction Propagate { get; }

    public ManagementFunction Reconcile { get; }

    public ManagementFunction Collect { get; }

    public SpokeFunction Apply { get; }

    public AnswerCatcher Answers { get; }

    public static Dictionary<string, string> Environment(string function) => new(Credentials(Management))
    {
        ["BUDGETSYNC_FUNCTION"] = function,
        ["BUDGETSYNC_BUDGETS_TABLE"] = "BudgetSync-Budgets",
        ["BUDGETSYNC_STATUS_TABLE"] = "BudgetSync-Status",
        ["BUDGETSYNC_PARTITION"] = "aws",
        ["BUDGETSYNC_SPOKE_ROLE_NAME"] = "BudgetSyncSpokeRole",
        ["BUDGETSYNC_EXTERNAL_ID"] = "BudgetSync",
        ["BUDGETSYNC_PARAMETER_NAME"] = "/BudgetSync/Budgets",
        ["BUDGETSYNC_DEFAULT_BUDGET_NAME"] = "SpokeAccountBudget",
        ["BUDGETSYNC_EMAIL_RECIPIENT"] = "finops@example.com",
        ["BUDGETSYNC_MANAGEMENT_ACCOUNT_ID"] = Management,
        ["BUDGETSYNC_DEAD_LETTER_QUEUE_URL"] = "https://sqs.us-east-1.amazonaws.com/999999999999/parked",
        ["BUDGETSYNC_EVENT_BUS_NAME"] = "BudgetSync",
        ["BUDGETSYNC_LEDGER_TABLE"] = "BudgetSync-Ledger",
        ["BUDGETSYNC_TOPIC_ARN_PREFIX"] = "arn:aws:sns:us-east-1:999999999999:",
        ["BUDGETSYNC_UNDELIVERED_QUEUE_URL"] = "https://sqs.us-east-1.amazonaws.com/999999999999/BudgetSync-Alerts-DeadLetters",
        ["BUDGETSYNC_HUB_ACCOUNT_ID"] = Management,
    };

    /// <param name="time">The functions'; null is the system's.</param>
    /// <param name="log">Where the functions' log lines go; null writes none.</param>
    public static async Task<Line> CreateAsync(TimeProvider? time = null, Stream? log = null)
    {
        var line = new Line(new LocalCloud(), time ?? TimeProvider.System, log);
        line.Cloud.Organizations.AddAccount(Spoke, "spoke");
        line.Cloud.EventBridge.PutBus(Management, "BudgetSync");
        line.Cloud.Iam.PutRole(Spoke, new RoleDefinition("BudgetSyncSpokeRole", Policy("""{"AWS":"arn:aws:iam::999999999999:root"}""", "sts:AssumeRole"))
        {
            Inline = ImmutableDictionary<string, PolicyDocument>.Empty.Add("Parameter", Policy(null, "ssm:*")),
        });
        using var clients = line.As(Management);
        foreach (var table in new[] { "BudgetSync-Budgets", "BudgetSync-Status" })
        {
            await clients.Dynamo.CreateTableAsync(new CreateTableRequest
            {
                TableName = table,
                BillingMode = "PAY_PER_REQUEST",
                KeySchema = [new KeySchemaElement("AccountId", "HASH")],
                AttributeDefinitions = [new AttributeDefinition("AccountId", "S")],
            });
        }

        return line;
    }

    public AwsClients As(string account) => new(Credentials(account), Cloud.CreateHandler());

    /// <summary>Puts a row and hands Propagate the stream event of it.</summary>
    public async Task<string> EditAsync(string key, string value)
    {
        using var clients = As(Management);
        await clients.Dynamo.PutItemAsync(
            new PutItemRequest { TableName = "BudgetSync-Budgets", Item = new() { ["AccountId"] = new() { S = key }, ["BudgetValue"] = new() { N = value } } });
        return await InvokeAsync(Propagate, $$"""
            {"Records":[{"eventID":"1","eventName":"MODIFY","eventVersion":"1.1","eventSource":"aws:dynamodb","awsRegion":"us-east-1",
              "eventSourceARN":"arn:aws:dynamodb:us-east-1:999999999999:table/BudgetSync-Budgets/stream/x",
              "dynamodb":{"ApproximateCreationDateTime":1772446508,"Keys":{"AccountId":{"S":"{{key}}"} },"NewImage":{"AccountId":{"S":"{{key}}"},
              "BudgetValue":{"N":"{{value}}"} },
                "SequenceNumber":"1000000000000000000{{++edits}}","SizeBytes":42,"StreamViewType":"NEW_AND_OLD_IMAGES"} }]}
            """);
    }

    /// <summary>Hands Apply a parameter's change, and its report to Collect, as destination, rule and bus would.</summary>
    public async Task<JsonElement> ApplyAndCollectAsync()
    {
        var report =
            await InvokeAsync(
                Apply,
                """{"source":"aws.ssm","detail-type":"Parameter Store Change","account":"111111111111","detail":{"operation":"Updat"""
                    + """e","name":"/BudgetSync/Budgets"}}""");
        await InvokeAsync(
            Collect,
            "{\"source\":\"lambda\",\"detail-type\":\"Lambda Function Invocation Result - "
                + "Success\",\"account\":\"111111111111\",\"detail\":{\"responsePayload\":"
                + report
                + "}}");
        return JsonDocument.Parse(report).RootElement;
    }

    public async Task<Dictionary<string, AttributeValue>> StatusAsync(string key)
    {
        using var clients = As(Management);
        return (await clients.Dynamo.GetItemAsync(
            new GetItemRequest { TableName = "BudgetSync-Status", Key = new() { ["AccountId"] = new() { S = key } } })).Item;
    }

    public async Task<List<Amazon.Budgets.Model.Budget>> BudgetsAsync()
    {
        using var clients = As(Spoke);
        return (await clients.Budgets.DescribeBudgetsAsync(new Amazon.Budgets.Model.DescribeBudgetsRequest { AccountId = Spoke })).Budgets ?? [];
    }

    public static async Task<string> InvokeAsync(ManagementFunction function, string payload) =>
        Encoding.UTF8.GetString(await function.InvokeAsync(Encoding.UTF8.GetBytes(payload), TimeSpan.FromMinutes(5), CancellationToken.None));

    public static async Task<string> InvokeAsync(SpokeFunction function, string payload) =>
        Encoding.UTF8.GetString(await function.InvokeAsync(Encoding.UTF8.GetBytes(payload), TimeSpan.FromMinutes(5), CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        Propagate.Dispose();
        Reconcile.Dispose();
        Collect.Dispose();
        Apply.Dispose();
        Answers.Dispose();
        await Cloud.DisposeAsync();
    }

    private ManagementFunction Create(string function) =>
        ManagementFunction.Create(Environment(function), Cloud.CreateHandler(), time, random, log);

    private static Dictionary<string, string> Credentials(string account) => new()
    {
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = account,
        ["AWS_SECRET_ACCESS_KEY"] = "any",
    };

    private static PolicyDocument Policy(string? principal, string action) => PolicyDocument.Parse(
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
            + (principal is null ? "\"Resource\":\"*\"" : "\"Principal\":" + principal)
            + ",\"Action\":\""
            + action
            + "\"}]}");
}
