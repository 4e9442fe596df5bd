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
        Assert.Contains("ACTUAL Amount: 801 USD", message.Body, StringComparison.Ordinal);
        Assert.Empty(bed.Cloud.Budgets.LostAlerts);
    }

    [Theory]
    [InlineData("missing", TopicAccess.NoSuchTopic)]
    [InlineData("default policy", TopicAccess.NotAllowed)]
    [InlineData("of another account", TopicAccess.NotAllowed)]
    [InlineData("encrypted", TopicAccess.KeyNotGranted)]
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
