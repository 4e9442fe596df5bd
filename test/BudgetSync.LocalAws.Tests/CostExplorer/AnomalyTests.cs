using System.Text.Json.Nodes;
using BudgetSync.LocalAws.CloudFormation;
using BudgetSync.LocalAws.CostExplorer.Anomalies;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Tests.Lambda;

namespace BudgetSync.LocalAws.Tests.CostExplorer;

public sealed class AnomalyTests : IAsyncDisposable
{
    private const string Payer = World.Management;
    private const string Member = World.Spoke;
    private const string Topic = $"arn:aws:sns:us-east-1:{Payer}:anomalies";
    private const string Other = "222233334444";

    private const string MonitorOfAccounts = """
        "Monitor":{"Type":"AWS::CE::AnomalyMonitor","Properties":{"MonitorName":"accounts","MonitorType":"DIMENSIONAL","MonitorDimension":"LINKED_ACCOUNT"}}
        """;

    private const string Threshold =
        """{"And":[{"Dimensions":{"Key":"ANOMALY_TOTAL_IMPACT_ABSOLUTE","MatchOptions":["GREATER_THAN_OR_EQUAL"],"Values":["50"]}},"""
            + """{"Dimensions":{"Key":"ANOMALY_TOTAL_IMPACT_PERCENTAGE","MatchOptions":["GREATER_THAN_OR_EQUAL"],"Values":["40"]}}]}""";

    private static readonly UnusualCost Machines = new(Member, "Amazon Elastic Compute Cloud - Compute", 150, 100, new DateOnly(2026, 5, 18));

    private readonly World world = new();

    public AnomalyTests() => Cloud.Organizations.AddAccount(Member, "payments");

    private LocalCloud Cloud => world.Cloud;

    private CostAnomalyDetection Anomalies => Cloud.CostExplorer.Anomalies;

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task An_anomaly_is_an_event_in_us_east_1_of_the_monitors_account()
    {
        await DeployAsync(Subscription());
        Listen();

        Assert.Equal(1, Anomalies.Find(Machines));
        await world.SettleAsync();

        var told = Assert.Single(Events());
        Assert.Equal(
            ["aws.ce", "Anomaly Detected", Payer, "us-east-1"],
            new[] { "source", "detail-type", "account", "region" }.Select(name => Text(told, name)));
        Assert.Equal(Anomalies.Monitors[0].Arn, told["resources"]![0]!.ToString());
        var detail = told["detail"]!;
        Assert.Equal((Member, "2026-05-18T00:00:00Z"), (Text(detail, "dimensionValue"), Text(detail, "anomalyStartDate")));
        Assert.Equal("payments", Text(detail["rootCauses"]![0]!, "linkedAccountName"));
        Assert.Equal((50m, 50m), ((decimal)detail["impact"]!["totalImpact"]!, (decimal)detail["impact"]!["totalImpactPercentage"]!));
        Assert.Equal(Member, Text(detail["rootCauses"]![0]!, "linkedAccount"));
    }

    [Fact]
    public async Task What_had_no_costs_before_has_no_percentage_and_reaches_none()
    {
        await DeployAsync(Subscription());
        await DeployAsync(Subscription(threshold: Threshold.Replace("And", "Or", StringComparison.Ordinal)), "Or", monitor: Anomalies.Monitors[0].Arn);
        Listen();

        Assert.Equal(1, Anomalies.Find(Machines with { Expected = 0 }));
        await world.SettleAsync();

        Assert.Null(Assert.Single(Events())["detail"]!["impact"]!["totalImpactPercentage"]);
    }

    [Theory]
    [InlineData(149.99, 100, 0)]
    [InlineData(150, 100, 1)]
    [InlineData(1049, 1000, 0)]
    [InlineData(1399, 1000, 0)]
    [InlineData(1400, 1000, 1)]
    public async Task A_subscription_is_told_from_its_threshold_on(double actual, double expected, int told)
    {
        await DeployAsync(Subscription());

        Assert.Equal(told, Anomalies.Find(Machines with { Actual = (decimal)actual, Expected = (decimal)expected }));
    }

    [Fact]
    public async Task Only_immediate_subscriptions_become_events()
    {
        await DeployAsync(Subscription(frequency: "DAILY", subscriber: """{"Type":"EMAIL","Address":"a@example.com"}"""));

        Assert.Equal(0, Anomalies.Find(Machines));
    }

    [Fact]
    public async Task A_topic_that_may_not_be_published_to_loses_the_message_and_the_event_comes_all_the_same()
    {
        Cloud.Sns.PutTopic(Payer, "anomalies");
        await DeployAsync(Subscription());
        Listen();
        Anomalies.Find(Machines);
        await world.SettleAsync();
        Assert.Equal([Topic], Anomalies.LostMessages);
        Assert.Empty(Cloud.Sns.Published);
        Assert.Single(Events());

        Cloud.Sns.PutTopic(Payer, "anomalies", PolicyDocument.Parse($$"""
            {"Statement":[{"Effect":"Allow","Principal":{"Service":"costalerts.amazonaws.com"},"Action":"sns:Publish","Resource":"{{Topic}}",
              "Condition":{"StringEquals":{"aws:SourceAccount":"{{Payer}}"} } }]}
            """));
        Anomalies.Find(Machines);
        await world.SettleAsync();
        Assert.Contains(Machines.Id, Assert.Single(Cloud.Sns.Published).Body, StringComparison.Ordinal);
        Assert.Single(Anomalies.LostMessages);
    }

    [Fact]
    public async Task A_monitor_of_services_names_the_service_and_sees_its_own_accounts_costs_only()
    {
        await DeployAsync(
            Subscription(),
            account: Other,
            monitorBody: MonitorOfAccounts.Replace("LINKED_ACCOUNT", "SERVICE", StringComparison.Ordinal));
        Listen(Other);

        Assert.Equal(0, Anomalies.Find(Machines));
        Assert.Equal(1, Anomalies.Find(Machines with { LinkedAccount = Other }));
        await world.SettleAsync();

        Assert.Equal(Machines.Service, Text(Assert.Single(Events())["detail"]!, "dimensionValue"));
    }

    [Fact]
    public async Task Another_monitor_of_a_dimension_fails_with_CloudFormations_words_for_it()
    {
        await DeployAsync(Subscription());

        var refused = await Assert.ThrowsAsync<StackException>(() => DeployAsync(Subscription(), "Second"));

        Assert.Contains("Resource handler returned message: \"null\" (HandlerErrorCode: AlreadyExists)", refused.Message, StringComparison.Ordinal);
        await Cloud.CloudFormation.DeleteAsync(Payer, "Stack");
        await DeployAsync(Subscription(), "Second");
    }

    [Theory]
    [InlineData("""{"MonitorName":"m","MonitorType":"DIMENSIONAL","MonitorDimension":"LINKED_ACCOUNT"}""", Member, "Only a management account")]
    [InlineData("""{"MonitorName":"m","MonitorType":"CUSTOM"}""", Payer, "LocalAws knows monitors of")]
    [InlineData("""{"MonitorName":"m","MonitorType":"DIMENSIONAL","MonitorDimension":"REGION"}""", Payer, "Member must satisfy enum value set")]
    [InlineData("""{"MonitorName":"m","MonitorType":"DIMENSIONAL","MonitorDimension":"SERVICE","MonitorSpecification":"{}"}""", Payer, "must not be specified")]
    public async Task A_monitor_that_cannot_be_is_refused(string properties, string account, string problem)
    {
        var refused = await Assert.ThrowsAsync<StackException>(
            () => DeployTemplateAsync($$"""{"Resources":{"Monitor":{"Type":"AWS::CE::AnomalyMonitor","Properties":{{properties}} } } }""", "Stack", account));

        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frequency", "DAILY", "SNS subscribers are not supported with the frequency DAILY")]
    [InlineData("frequency", "HOURLY", "Member must satisfy enum value set")]
    [InlineData("subscriber", """{"Type":"EMAIL","Address":"a@example.com"}""", "EMAIL subscribers are not supported with the frequency IMMEDIATE")]
    [InlineData("subscriber", """{"Type":"SNS","Address":"topic"}""", "Member must satisfy regular expression")]
    [InlineData("subscriber", "", "Subscribers must not be empty")]
    [InlineData("monitor", "arn:aws:ce::999999999999:anomalymonitor/none", "does not exist")]
    [InlineData("threshold", "", "Threshold and ThresholdExpression cannot both be null")]
    [InlineData("threshold", """{"Not":{"Tags":{"Key":"a"}}}""", "exactly one of And, Or and Dimensions")]
    [InlineData("threshold", """{"And":[]}""", "needs at least two")]
    [InlineData("threshold", """{"Dimensions":{"Key":"SERVICE","MatchOptions":["GREATER_THAN_OR_EQUAL"],"Values":["1"]}}""", "Dimension SERVICE is not valid")]
    [InlineData("threshold", """{"Dimensions":{"Key":"ANOMALY_TOTAL_IMPACT_ABSOLUTE","Values":["1"]}}""", "GREATER_THAN_OR_EQUAL is required")]
    [InlineData(
        "threshold",
        """{"Dimensions":{"Key":"ANOMALY_TOTAL_IMPACT_ABSOLUTE","MatchOptions":["GREATER_THAN_OR_EQUAL"],"Values":["-1"]}}""",
        "one number between 0 and")]
    public async Task A_subscription_that_cannot_be_is_refused(string what, string value, string problem)
    {
        var subscription = what switch
        {
            "frequency" => Subscription(frequency: value),
            "subscriber" => Subscription(subscriber: value),
            "threshold" => Subscription(threshold: value),
            _ => Subscription(),
        };

        var refused = await Assert.ThrowsAsync<StackException>(() => DeployAsync(subscription, monitor: what == "monitor" ? value : null));

        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stack_renames_a_monitor_changes_a_subscription_and_takes_both_away()
    {
        await DeployAsync(Subscription());
        var arn = Anomalies.Monitors[0].Arn;

        await DeployAsync(
            Subscription(threshold: Threshold.Replace("50", "60", StringComparison.Ordinal)),
            monitorBody: MonitorOfAccounts.Replace("accounts", "all", StringComparison.Ordinal));

        Assert.Equal((arn, "all"), (Assert.Single(Anomalies.Monitors).Arn, Anomalies.Monitors[0].Name));
        Assert.Equal(0, Anomalies.Find(Machines));
        await Cloud.CloudFormation.DeleteAsync(Payer, "Stack");
        Assert.Empty(Anomalies.Monitors);
        Assert.Equal(0, Anomalies.Find(Machines with { Actual = 1000 }));
    }

    [Fact]
    public async Task A_monitor_in_use_is_not_deleted_and_an_account_has_100_subscriptions()
    {
        await DeployTemplateAsync($$"""{"Resources":{ {{MonitorOfAccounts}} } }""", "Monitor", Payer);
        var arn = Anomalies.Monitors[0].Arn;
        for (var i = 0; i < 100; i++) await DeployAsync(Subscription(), $"Stack{i}", monitor: arn);

        await RefusedAsync(() => Cloud.CloudFormation.DeleteAsync(Payer, "Monitor"), "in use");
        await RefusedAsync(() => DeployAsync(Subscription(), "Last", monitor: arn), "Rate limit exceeded");

        static async Task RefusedAsync(Func<Task> act, string problem) =>
            Assert.Contains(problem, (await Assert.ThrowsAsync<StackException>(act)).Message, StringComparison.Ordinal);
    }

    private static string Subscription(
        string threshold = Threshold, string frequency = "IMMEDIATE", string subscriber = $$"""{"Type":"SNS","Address":"{{Topic}}"}""") => $$"""
        "Subscription":{"Type":"AWS::CE::AnomalySubscription","Properties":{"SubscriptionName":"s","Frequency":"{{frequency}}","MonitorArnList":[MONITOR],
          "Subscribers":[{{subscriber}}]{{(threshold.Length == 0 ? "" : $",\"ThresholdExpression\":{JsonValue.Create(threshold).ToJsonString()}")}} } }
        """;

    /// <param name="monitor">Of the subscription, in place of one that the stack makes.</param>
    private Task<Stack> DeployAsync(
        string subscription, string name = "Stack", string account = Payer, string? monitor = null, string monitorBody = MonitorOfAccounts)
    {
        var arn = monitor is null ? """{"Fn::GetAtt":["Monitor","MonitorArn"]}""" : $"\"{monitor}\"";
        var named = subscription.Replace("MONITOR", arn, StringComparison.Ordinal);
        return DeployTemplateAsync($$"""{"Resources":{ {{(monitor is null ? monitorBody + "," : "")}}{{named}} } }""", name, account);
    }

    private Task<Stack> DeployTemplateAsync(string template, string name, string account) =>
        Cloud.CloudFormation.DeployAsync(account, name, template, new Dictionary<string, string>());

    private void Listen(string account = Payer)
    {
        world.Function(account, "Told");
        world.RuleToFunction(account, "default", """{"source":["aws.ce"]}""", "Told");
    }

    private List<JsonNode> Events() => world.Received["Told"];

    private static string Text(JsonNode node, string name) => node[name]!.ToString();
}
