using BudgetSync.LocalAws.Budgets;
using BudgetSync.LocalAws.Iam;
using TopicAccess = BudgetSync.LocalAws.Sns.TopicAccess;
using static BudgetSync.LocalAws.Tests.Budgets.BudgetsTestBed;

namespace BudgetSync.LocalAws.Tests.Budgets;

public sealed class AlertTests
{
    /// <summary>AWS's own statement for a topic of budgets (UG "Creating an Amazon SNS topic for budget notifications").</summary>
    private static readonly PolicyDocument Grant = Iam.Policies.Document(
        $$"""
        {"Effect":"Allow","Principal":{"Service":"budgets.amazonaws.com"},"Action":"SNS:Publish","Resource":"{{Topic}}",
          "Condition":{"StringEquals":{"aws:SourceAccount":"{{Spoke}}"},"ArnLike":{"aws:SourceArn":"arn:aws:budgets::{{Spoke}}:*"} } }
        """);

    [Fact]
    public async Task A_threshold_that_is_passed_is_published_to_the_topic_once()
    {
        var bed = await WithBudgetAsync();
        bed.Cloud.Sns.PutTopic(Spoke, "alerts", Grant);

        foreach (var spend in new[] { 700m, 801m, 900m })
        {
            bed.Cloud.Budgets.SetSpend(Spoke, "b", spend);
            await RunAsync(bed);
        }

        var message = Assert.Single(bed.Cloud.Sns.Published);
        Assert.Equal(Topic, message.TopicArn);
        Assert.Contains("ACTUAL Amount: $801.00", message.Body, StringComparison.Ordinal);
        Assert.Empty(bed.Cloud.Budgets.LostAlerts);
    }

    [Fact]
    public async Task An_alert_is_the_prose_that_AWS_sends_to_topic_and_addresses_alike()
    {
        var bed = await WithBudgetAsync();
        bed.Cloud.Sns.PutTopic(Spoke, "alerts", Grant);

        bed.Cloud.Budgets.SetSpend(Spoke, "b", 1210.4m);
        await RunAsync(bed);

        const string Body = """
            AWS Budget Notification May 20, 2026
            AWS Account 111122223333

            Dear AWS Customer,

            You requested that we alert you when the ACTUAL Cost associated with your b budget is greater than $800.00 for the current month. The ACTUAL Cost
            """;
        var (message, email) = (Assert.Single(bed.Cloud.Sns.Published), Assert.Single(bed.Cloud.Budgets.Outbox));
        Assert.Equal("AWS Budgets: b has exceeded your alert threshold", message.Subject);
        Assert.StartsWith(Body.ReplaceLineEndings("\n"), message.Body, StringComparison.Ordinal);
        Assert.EndsWith(
            "\n\nBudget Name: b\nBudget Type: Cost\nBudgeted Amount: $1,000.00\nAlert Type: ACTUAL\nAlert Threshold: > $800.00\nACTUAL Amount: $1,210.40\n\n"
                + "[1] https://console.aws.amazon.com/billing/home#/budgets\n",
            message.Body,
            StringComparison.Ordinal);
        Assert.Equal(new AlertEmail(Spoke, "b", "a@example.com", message.Subject!, message.Body, Api.Start), email);
    }

    [Theory]
    [InlineData("бюджет", "AWS Budgets: ?????? has exceeded your alert threshold")]
    [InlineData("n*100", "AWS Budgets: nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn")]
    public async Task A_subject_is_within_what_SNS_takes_whatever_the_budgets_name(string name, string subject)
    {
        var budget = name == "n*100" ? new string('n', 100) : name;
        var bed = new BudgetsTestBed();
        await bed.CreateAsync(Monthly(budget));
        await bed.CallAsync("CreateNotification", $"'BudgetName':'{budget}','Notification':{Notification()},'Subscribers':[{ByTopic()}]");
        bed.Cloud.Sns.PutTopic(Spoke, "alerts", Grant);

        bed.Cloud.Budgets.SetSpend(Spoke, budget, 801m);
        await RunAsync(bed);

        Assert.Equal(subject, Assert.Single(bed.Cloud.Sns.Published).Subject);
    }

    [Fact]
    public async Task An_actual_alert_comes_once_per_period_an_update_between_or_not()
    {
        var bed = await WithBudgetAsync();
        bed.Cloud.Sns.PutTopic(Spoke, "alerts", Grant);

        bed.Cloud.Budgets.SetSpend(Spoke, "b", 801m);
        await bed.UpdateAsync(Monthly());
        bed.Cloud.Budgets.SetSpend(Spoke, "b", 802m);
        bed.Cloud.Budgets.SetSpend(Spoke, "b", 700m);
        bed.Cloud.Budgets.SetSpend(Spoke, "b", 803m);
        Assert.Single(bed.Cloud.Budgets.Outbox);
        bed.Clock.SetUtcNow(new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));
        bed.Cloud.Budgets.SetSpend(Spoke, "b", 804m);
        await RunAsync(bed);

        Assert.Equal(2, bed.Cloud.Sns.Published.Count);
        Assert.Equal(2, bed.Cloud.Budgets.Outbox.Count);
    }

    [Fact]
    public async Task A_forecast_alerts_whenever_it_passes_its_threshold_anew()
    {
        var bed = new BudgetsTestBed();
        await bed.CreateAsync(Monthly());
        await bed.CallAsync("CreateNotification", $"'BudgetName':'b','Notification':{Notification("100", "FORECASTED")},'Subscribers':[{Email()}]");

        foreach (var forecast in new[] { 900m, 1100m, 1200m, 950m, 1001m }) bed.Cloud.Budgets.SetSpend(Spoke, "b", 1, forecast);

        Assert.Equal(2, bed.Cloud.Budgets.Outbox.Count);
        Assert.Contains("FORECASTED Amount: $1,001.00", bed.Cloud.Budgets.Outbox[1].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing", TopicAccess.NoSuchTopic)]
    [InlineData("default policy", TopicAccess.NotAllowed)]
    [InlineData("of another account", TopicAccess.NotAllowed)]
    [InlineData("encrypted", TopicAccess.KeyNotGranted)]
    [InlineData("encrypted by a key of others", TopicAccess.KeyNotGranted)]
    public async Task An_alert_that_its_topic_does_not_take_is_lost(string topic, TopicAccess reason)
    {
        var bed = await WithBudgetAsync();
        await PutTopicAsync(bed, topic);

        bed.Cloud.Budgets.SetSpend(Spoke, "b", 801m);
        await RunAsync(bed);

        Assert.Empty(bed.Cloud.Sns.Published);
        Assert.Equal([new LostAlert(Spoke, "b", Topic, reason)], bed.Cloud.Budgets.LostAlerts);
    }

    [Theory]
    [InlineData("missing", true)]
    [InlineData("default policy", true)]
    [InlineData("of another account", true)]
    [InlineData("encrypted", true)]
    [InlineData("granted", false)]
    public async Task A_topic_that_cannot_be_published_to_is_taken_unless_the_option_refuses_it(string topic, bool refused)
    {
        await WithBudgetAsync();
        var bed = new BudgetsTestBed(new BudgetsOptions { RefuseUnusableTopics = true });
        await PutTopicAsync(bed, topic);
        await bed.CreateAsync(Monthly());
        await bed.CallAsync("CreateNotification", $"'BudgetName':'b','Notification':{Notification("70")},'Subscribers':[{Email()}]");
        string[] requests =
        [
            $"CreateNotification 'BudgetName':'b','Notification':{Notification()},'Subscribers':[{ByTopic()}]",
            $"CreateBudget 'Budget':{Monthly("c")},'NotificationsWithSubscribers':[{{'Notification':{Notification()},'Subscribers':[{ByTopic()}]}}]",
            $"CreateSubscriber 'BudgetName':'b','Notification':{Notification("70")},'Subscriber':{ByTopic()}",
        ];

        foreach (var (operation, input) in requests.Select(request => (request.Split(' ')[0], request[(request.IndexOf(' ', StringComparison.Ordinal) + 1)..])))
        {
            if (!refused)
            {
                await bed.CallAsync(operation, input);
                continue;
            }

            var (code, message) = await bed.RefusalAsync(operation, input);
            Assert.Equal("InvalidParameterException", code);
            Assert.StartsWith("Invalid SNS topic: ", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_alert_reaches_a_topic_whose_key_lets_AWS_Budgets_use_it()
    {
        var bed = await WithBudgetAsync();
        bed.Cloud.Sns.PutTopic(Spoke, "alerts", Grant, kmsKeyId: "k");
        bed.Cloud.Keys.PutKey(Spoke, "k", KeyFor("budgets.amazonaws.com"));

        bed.Cloud.Budgets.SetSpend(Spoke, "b", 801m);
        await RunAsync(bed);

        Assert.Single(bed.Cloud.Sns.Published);
        Assert.Empty(bed.Cloud.Budgets.LostAlerts);
    }

    private static LocalAws.Iam.PolicyDocument KeyFor(string service) => Iam.Policies.Document(
        $$"""{"Effect":"Allow","Principal":{"Service":"{{service}}"},"Action":["kms:GenerateDataKey*","kms:Decrypt"],"Resource":"*"}""");

    private static async Task<BudgetsTestBed> WithBudgetAsync()
    {
        var bed = new BudgetsTestBed();
        await bed.CreateAsync(Monthly());
        await bed.CallAsync("CreateNotification", $"'BudgetName':'b','Notification':{Notification()},'Subscribers':[{ByTopic()},{Email()}]");
        return bed;
    }

    private static async Task PutTopicAsync(BudgetsTestBed bed, string topic)
    {
        if (topic == "missing") return;
        if (topic == "default policy") bed.Cloud.Sns.PutTopic(Spoke, "alerts");
        else if (topic == "of another account") bed.Cloud.Sns.PutTopic(Spoke, "alerts", Iam.Policies.Document(
            $$"""
            {"Effect":"Allow","Principal":{"Service":"budgets.amazonaws.com"},"Action":"SNS:Publish","Resource":"*",
              "Condition":{"StringEquals":{"aws:SourceAccount":"{{Management}}"} } }
            """));
        else bed.Cloud.Sns.PutTopic(Spoke, "alerts", Grant);
        if (topic == "encrypted by a key of others")
        {
            bed.Cloud.Keys.PutKey(Spoke, "k", KeyFor("events.amazonaws.com"));
            bed.Cloud.Sns.PutTopic(Spoke, "alerts", kmsKeyId: "k");
        }

        if (topic != "encrypted") return;
        using var api = new Api(bed.Cloud, Spoke);
        await api.QueryAsync(
            "sns", "SetTopicAttributes", ("TopicArn", Topic), ("AttributeName", "KmsMasterKeyId"), ("AttributeValue", "alias/aws/sns"));
    }

    private static async Task RunAsync(BudgetsTestBed bed)
    {
        while (bed.Cloud.Work.Ready.Count > 0) await bed.Cloud.Work.RunOneAsync(0);
        Assert.Empty(bed.Cloud.Work.Failures);
    }
}
