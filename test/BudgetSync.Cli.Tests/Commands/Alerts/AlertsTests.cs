using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;
using BudgetSync.LocalAws;

namespace BudgetSync.Cli.Tests.Commands.Alerts;

/// <summary>What <c>budgetsync alerts</c> tells of a ledger and a queue that stand on LocalAws.</summary>
public sealed class AlertsTests
{
    private const string Account = "111122223333";
    private const string Queue = "BudgetSync-Alerts-DeadLetters";
    private static readonly DateTimeOffset Noon = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    internal static readonly Alert Critical = new(
        AlertKind.SpendState, AlertSeverity.Critical, AlertPhase.Opened, Account, "team-a", "2026-11", "Critical", "team-a has spent 1,300 USD.", Noon);

    [Fact]
    public async Task What_is_open_is_told_for_all_accounts_with_the_channels_that_know_it()
    {
        await using var cloud = new LocalCloud();
        var run = await Tool.RunAsync(await FilledAsync(cloud), "alerts");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Matches(@"(?m)^111122223333 +team-a +Critical +Critical +2026-11-12 12:00:00Z +finops, pager \(counted\)$", run.Out);
    }

    [Fact]
    public async Task Every_message_about_an_account_is_told_with_its_channel_and_how_it_went()
    {
        await using var cloud = new LocalCloud();
        var environment = await FilledAsync(cloud);
        var run = await Tool.RunAsync(environment, "alerts", Account);
        var json = JsonNode.Parse((await Tool.RunAsync(environment, "alerts", Account, "--json")).Out)!;

        Golden.Same("Views/alerts.txt", run.Out);
        Assert.Matches(@"(?m)^2026-11-12 12:00:00Z +finops +Opened: Critical +team-a +sent$", run.Out);
        Assert.Matches(@"(?m)^2026-11-12 12:00:00Z +pager +Opened: Critical +team-a +counted: no room in its hour$", run.Out);
        Assert.Equal(2, json["told"]!.AsArray().Count);
        Assert.Equal("111122223333/team-a/2026-11/SpendState", (string?)json["told"]![0]!["dedupKey"]);
        Assert.Contains("No message was sent about 999999999999.", (await Tool.RunAsync(environment, "alerts", "999999999999")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_channel_took_is_told_with_the_reason_and_sent_once_more()
    {
        await using var cloud = new LocalCloud();
        var environment = await FilledAsync(cloud);
        await LoseAsync(cloud, environment, """{"dedup_key":"k"}""");
        await LoseAsync(cloud, environment, """{"source":"budgetsync","detail":{"channel":"pager","body":{"dedup_key":"whole"}}}""");

        var told = await Tool.RunAsync(environment, "alerts");
        Assert.Equal(ExitCode.Failed, told.ExitCode);
        Assert.Contains("undelivered: 2 messages that no channel took", told.Out, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^pager +- +SDK_CLIENT_ERROR: 403 Forbidden, after 0 retries$", told.Out);

        var run = await Tool.RunAsync(environment, "alerts", "redrive", "--yes");
        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Contains("2 messages sent once more", run.Out, StringComparison.Ordinal);
        var sent = cloud.Calls.Calls.Where(call => call.Call.Operation == "PutEvents").SelectMany(call => call.Call.Input["Entries"]!.AsArray()).ToList();
        Assert.All(sent, entry => Assert.Equal("BudgetSync Notification", entry!["DetailType"]!.ToString()));
        Assert.Equal(
            ["""{"channel":"pager","body":{"dedup_key":"k"}}""", """{"channel":"pager","body":{"dedup_key":"whole"}}"""],
            sent.Select(entry => entry!["Detail"]!.ToString()).Order(StringComparer.Ordinal));
        var after = await Tool.RunAsync(environment, "alerts", "redrive");
        Assert.Contains("No message waits", after.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_topic_took_has_SNSs_id_and_what_it_did_not_take_its_reason()
    {
        await using var cloud = new LocalCloud();
        var environment = await FilledAsync(cloud);
        using var clients = new AwsClients(environment, cloud.CreateHandler());
        var ledger = new LedgerTable(clients.Dynamo, "BudgetSync-Ledger", Caller);
        cloud.Sns.Confirm(cloud.Sns.Subscribe(cloud.Sns.PutTopic("999999999999", "BudgetSync-Channel-mail"), "email", "ops@example.com").Arn);
        await ledger.AppendAsync(new ToldAlert(Noon, "mail", false, Critical) { MessageId = "567910cd" }, CancellationToken.None);
        await ledger.AppendAsync(new ToldAlert(Noon, "sms", false, Critical) { Undelivered = "sns:Publish answered NotFound" }, CancellationToken.None);
        var waiting = new PendingAlert("chat", Critical, "", Noon) { Failed = 2, Why = "sns:Publish answered InternalError" };
        await ledger.StepAsync(Account, before => before with { Pending = [waiting] }, CancellationToken.None);

        var run = await Tool.RunAsync(environment, "alerts", Account);
        var json = JsonNode.Parse((await Tool.RunAsync(environment, "alerts", Account, "--json")).Out)!;

        Assert.Matches("(?m)^[^ ]+ [^ ]+ +mail .* published: 567910cd$", run.Out);
        Assert.Matches("(?m)^[^ ]+ [^ ]+ +sms .* undelivered: sns:Publish", run.Out);
        Assert.Contains("chat did not take 1 message: sns:Publish answered InternalError", run.Out, StringComparison.Ordinal);
        Assert.Equal((2, "chat"), ((int)json["failing"]![0]!["failed"]!, (string?)json["failing"]![0]!["channel"]));
        Assert.Single(json["told"]!.AsArray(), message => (string?)message!["messageId"] == "567910cd");
        Assert.Single(json["told"]!.AsArray(), message => (string?)message!["undelivered"] == "sns:Publish answered NotFound");
    }

    /// <summary>As Notify leaves it, and as EventBridge left it before Notify published.</summary>
    [Fact]
    public async Task What_a_topic_refused_is_published_once_more_and_what_no_channel_would_take_stays_and_holds_up_no_other()
    {
        await using var cloud = new LocalCloud();
        var environment = await FilledAsync(cloud);
        cloud.Sns.PutTopic("999999999999", "BudgetSync-Channel-mail");
        await LoseAsync(
            cloud,
            environment,
            """{"detail":{"channel":"mail","subject":"Critical: team-a","body":"Critical: team-a\n\nIt is over."}}""",
            ("CHANNEL", "mail"),
            ("TARGET_ARN", "arn:aws:sns:us-east-1:999999999999:BudgetSync-Channel-mail"));
        await LoseAsync(cloud, environment, "\"in quotation marks\"", ("CHANNEL", "gone"), ("TARGET_ARN", "arn:aws:sns:us-east-1:999999999999:x"));
        await LoseAsync(cloud, environment, """{"dedup_key":"k"}""");

        var run = await Tool.RunAsync(environment, "alerts", "redrive", "--yes");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("gone: it is no channel of this deployment; deploy a channel of that name again", run.Error, StringComparison.Ordinal);
        Assert.Contains("2 messages sent once more", run.Out, StringComparison.Ordinal);
        Assert.Contains("1 message still in the queue.", run.Out, StringComparison.Ordinal);
        var mail = Assert.Single(cloud.Sns.Published);
        Assert.Equal(("Critical: team-a", "Critical: team-a\n\nIt is over."), (mail.Subject, mail.Body));
    }

    [Fact]
    public async Task A_deployment_without_alerts_is_told_how_to_turn_them_on()
    {
        await using var cloud = new LocalCloud();
        var run = await Tool.RunAsync(await EnvironmentAsync(cloud), "alerts");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("alerts are off in this deployment; its setting channels turns them on", run.Error, StringComparison.Ordinal);
    }

    internal static AwsCaller Caller => new(TimeProvider.System, new Random(1), new JsonLog(null, TimeProvider.System));

    private static async Task<Dictionary<string, string>> EnvironmentAsync(LocalCloud cloud) => new()
    {
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "999999999999",
        ["AWS_SECRET_ACCESS_KEY"] = "any",
        ["AWS_ENDPOINT_URL"] = (await cloud.ListenAsync(0, CancellationToken.None)).ToString(),
    };

    internal static async Task<Dictionary<string, string>> FilledAsync(LocalCloud cloud)
    {
        var environment = await EnvironmentAsync(cloud);
        using var clients = new AwsClients(environment, cloud.CreateHandler());
        await clients.Dynamo.CreateTableAsync(new CreateTableRequest
        {
            TableName = "BudgetSync-Ledger",
            BillingMode = "PAY_PER_REQUEST",
            KeySchema = [new KeySchemaElement("AccountId", "HASH"), new KeySchemaElement("Entry", "RANGE")],
            AttributeDefinitions = [new AttributeDefinition("AccountId", "S"), new AttributeDefinition("Entry", "S")],
        });
        await clients.Queues.CreateQueueAsync(Queue);
        await ParameterAsync("/BudgetSync/Stack", """{"BudgetName":"b","EmailRecipient":"a@example.com","Channels":"pager,mail"}""");
        await ParameterAsync("/BudgetSync/Channels", """
            [{"name":"pager","kind":"PagerDuty","perHour":4,"endpoint":"https://events.pagerduty.com/v2/enqueue","secret":"pager"},
             {"name":"mail","kind":"Email","perHour":20}]
            """);
        var ledger = new LedgerTable(clients.Dynamo, "BudgetSync-Ledger", Caller);
        var open = new OpenAlert(AlertKind.SpendState, "team-a", "2026-11")
        {
            Severity = AlertSeverity.Critical,
            Levels = ["Over", "Critical"],
            Channels = ["finops"],
            Counted = ["pager"],
            ToldAt = Noon,
        };
        await ledger.StepAsync(Account, before => before with { Open = [open] }, CancellationToken.None);
        await ledger.AppendAsync(new ToldAlert(Noon, "finops", false, Critical), CancellationToken.None);
        await ledger.AppendAsync(new ToldAlert(Noon, "pager", true, Critical), CancellationToken.None);
        return environment;

        Task ParameterAsync(string name, string value) => clients.OwnSystems.PutParameterAsync(new() { Name = name, Type = "String", Value = value });
    }

    /// <summary>As EventBridge leaves it (user guide, "Using dead-letter queues to process undelivered events").</summary>
    internal static async Task LoseAsync(
        LocalCloud cloud, Dictionary<string, string> environment, string body, params (string Name, string Value)[] more)
    {
        using var clients = new AwsClients(environment, cloud.CreateHandler());
        await clients.Queues.SendMessageAsync(new SendMessageRequest
        {
            QueueUrl = (await clients.Queues.GetQueueUrlAsync(Queue)).QueueUrl,
            MessageBody = body,
            MessageAttributes = new Dictionary<string, MessageAttributeValue>
            {
                ["RULE_ARN"] = Text("arn:aws:events:us-east-1:999999999999:rule/BudgetSync/BudgetSync-Alerts-pager"),
                ["ERROR_CODE"] = Text("SDK_CLIENT_ERROR"),
                ["ERROR_MESSAGE"] = Text("403 Forbidden"),
                ["RETRY_ATTEMPTS"] = Text("0"),
            }.Concat(more.Select(one => KeyValuePair.Create(one.Name, Text(one.Value)))).ToDictionary(),
        });

        static MessageAttributeValue Text(string text) => new() { DataType = "String", StringValue = text };
    }
}
