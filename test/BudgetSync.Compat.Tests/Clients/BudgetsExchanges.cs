using Amazon.Budgets;
using Amazon.Budgets.Model;
using BudgetAction = Amazon.Budgets.Model.Action;

namespace BudgetSync.Compat.Tests.Clients;

internal static class BudgetsExchanges
{
    private const string Account = "111122223333";
    private const string NotificationJson =
        """{"ComparisonOperator":"GREATER_THAN","NotificationType":"ACTUAL","Threshold":99.5,"ThresholdType":"PERCENTAGE"}""";
    private const string SubscriberJson = """{"Address":"a@example.com","SubscriptionType":"EMAIL"}""";

    private const string ActionJson =
        """
        {"ActionId":"i","ActionThreshold":{"ActionThresholdType":"ABSOLUTE_VALUE","ActionThresholdValue":7},"ActionType":"RUN_SSM_DOCUMENTS",
         "ApprovalModel":"MANUAL","BudgetName":"b","Status":"STANDBY",
         "Definition":{"SsmActionDefinition":{"ActionSubType":"STOP_EC2_INSTANCES","InstanceIds":["i-1"],"Region":"eu-west-1"}}}
        """;

    private static readonly Notification Notification = new()
    {
        NotificationType = NotificationType.ACTUAL,
        ComparisonOperator = ComparisonOperator.GREATER_THAN,
        Threshold = 99.5,
        ThresholdType = ThresholdType.PERCENTAGE,
    };

    private static readonly Subscriber Subscriber = new() { SubscriptionType = SubscriptionType.EMAIL, Address = "a@example.com" };

    public static IEnumerable<Exchange> All =>
    [
        Of("CreateBudget", """{"AccountId":"111122223333","Budget":{"BudgetName":"b"}}""", "", async budgets =>
            $"{(await budgets.CreateBudgetAsync(new() { AccountId = Account, Budget = new() { BudgetName = "b" } })).HttpStatusCode}", "OK"),
        Of("UpdateBudget", """{"AccountId":"111122223333","NewBudget":{"BudgetLimit":{"Amount":"0.1","Unit":"USD"},"BudgetName":"b"}}""", "{}", async budgets =>
            $"{(await budgets.UpdateBudgetAsync(new()
            {
                AccountId = Account,
                NewBudget = new() { BudgetName = "b", BudgetLimit = new() { Amount = 0.1m, Unit = "USD" } }
            })).HttpStatusCode}", "OK"),
        Of("DeleteBudget", """{"AccountId":"111122223333","BudgetName":"b"}""", "{}", async budgets =>
            $"{(await budgets.DeleteBudgetAsync(new() { AccountId = Account, BudgetName = "b" })).HttpStatusCode}", "OK"),
        Of("DescribeBudget", """{"AccountId":"111122223333","BudgetName":"b"}""", """{"Budget":{"BudgetName":"b"}}""", async budgets =>
            (await budgets.DescribeBudgetAsync(new() { AccountId = Account, BudgetName = "b" })).Budget.BudgetName, "b"),
        Of(
            "DescribeBudgets",
            """{"AccountId":"111122223333","MaxResults":2,"ShowFilterExpression":true}""",
            """{"Budgets":[{"BudgetName":"b"}],"NextToken":"n"}""",
            async budgets =>
            {
                var answer = await budgets.DescribeBudgetsAsync(new() { AccountId = Account, MaxResults = 2, ShowFilterExpression = true });
                return $"{answer.Budgets[0].BudgetName} {answer.NextToken}";
            }, "b n"),
        Of(
            "DescribeNotificationsForBudget",
            """{"AccountId":"111122223333","BudgetName":"b","MaxResults":100,"NextToken":"t"}""",
            """{"Notifications":[<notification>],"NextToken":"n"}""",
            async budgets =>
            {
                var answer =
                    await budgets.DescribeNotificationsForBudgetAsync(new() { AccountId = Account, BudgetName = "b", MaxResults = 100, NextToken = "t" });
                return $"{answer.Notifications[0].Threshold} {answer.Notifications[0].ThresholdType} {answer.Notifications[0].NotificationState} "
                    + $"{answer.NextToken}";
            }, "99.5 PERCENTAGE  n"),
        Of(
            "DescribeBudgetNotificationsForAccount",
            """{"AccountId":"111122223333"}""",
            """{"BudgetNotificationsForAccount":[{"BudgetName":"b","Notifications":[<notification>]}]}""",
            async budgets =>
            {
                var answer = await budgets.DescribeBudgetNotificationsForAccountAsync(new() { AccountId = Account });
                return $"{answer.BudgetNotificationsForAccount[0].BudgetName} {answer.BudgetNotificationsForAccount[0].Notifications[0].NotificationType}";
            }, "b ACTUAL"),
        Of(
            "DescribeBudgetPerformanceHistory",
            """{"AccountId":"111122223333","BudgetName":"b","MaxResults":100,"TimePeriod":{"Start":1777593600}}""",
            """
            {"BudgetPerformanceHistory":{"BudgetName":"b","TimeUnit":"MONTHLY","BudgetedAndActualAmountsList":[{"ActualAmount":{"Amount":"7.5","Unit":"USD"},
              "BudgetedAmount":{"Amount":"10.0","Unit":"USD"},"TimePeriod":{"Start":1777593600,"End":1780272000}}]},"NextToken":"n"}
            """,
            async budgets =>
            {
                var answer = await budgets.DescribeBudgetPerformanceHistoryAsync(new()
                {
                    AccountId = Account,
                    BudgetName = "b",
                    MaxResults = 100,
                    TimePeriod = new() { Start = new DateTime(2026, 5, 1, 0, 0, 0, DateTimeKind.Utc) }
                });
                var period = answer.BudgetPerformanceHistory.BudgetedAndActualAmountsList[0];
                return $"{answer.BudgetPerformanceHistory.TimeUnit} {period.TimePeriod.End:yyyy-MM-dd} {period.ActualAmount.Amount} of "
                    + $"{period.BudgetedAmount.Amount} {answer.NextToken}";
            }, "MONTHLY 2026-06-01 7.5 of 10.0 n"),
        Of(
            "DescribeSubscribersForNotification",
            """{"AccountId":"111122223333","BudgetName":"b","Notification":<notification>}""",
            """{"Subscribers":[<subscriber>]}""",
            async budgets =>
                (await budgets.DescribeSubscribersForNotificationAsync(
                    new() { AccountId = Account, BudgetName = "b", Notification = Notification })).Subscribers[
                    0].Address, "a@example.com"),
        Of(
            "CreateNotification",
            """{"AccountId":"111122223333","BudgetName":"b","Notification":<notification>,"Subscribers":[<subscriber>]}""",
            "{}",
            async budgets =>
                $"{(await budgets.CreateNotificationAsync(new()
                {
                    AccountId = Account,
                    BudgetName = "b",
                    Notification = Notification,
                    Subscribers = [Subscriber]
                })).HttpStatusCode}", "OK"),
        Of(
            "UpdateNotification",
            """{"AccountId":"111122223333","BudgetName":"b","NewNotification":{"Threshold":80},"OldNotification":<notification>}""",
            "{}",
            async budgets =>
                $"{(await budgets.UpdateNotificationAsync(new()
                {
                    AccountId = Account,
                    BudgetName = "b",
                    OldNotification = Notification,
                    NewNotification = new() { Threshold = 80 }
                })).HttpStatusCode}", "OK"),
        Of("DeleteNotification", """{"AccountId":"111122223333","BudgetName":"b","Notification":<notification>}""", "{}", async budgets =>
            $"{(await budgets.DeleteNotificationAsync(new() { AccountId = Account, BudgetName = "b", Notification = Notification })).HttpStatusCode}", "OK"),
        Of(
            "CreateSubscriber",
            """{"AccountId":"111122223333","BudgetName":"b","Notification":<notification>,"Subscriber":<subscriber>}""",
            "{}",
            async budgets =>
                $"{(await budgets.CreateSubscriberAsync(new()
                {
                    AccountId = Account,
                    BudgetName = "b",
                    Notification = Notification,
                    Subscriber = Subscriber
                })).HttpStatusCode}", "OK"),
        Of(
            "UpdateSubscriber",
            """{"AccountId":"111122223333","BudgetName":"b","NewSubscriber":{"Address":"arn:x","SubscriptionType":"SNS"},"Notification":<notification>"""
                + ""","OldSubscriber":<subscriber>}""",
            "{}",
            async budgets =>
                $"{(await budgets.UpdateSubscriberAsync(new()
                {
                    AccountId = Account,
                    BudgetName = "b",
                    Notification = Notification,
                    OldSubscriber = Subscriber,
                    NewSubscriber = new() { Address = "arn:x", SubscriptionType = SubscriptionType.SNS }
                })).HttpStatusCode}", "OK"),
        Of(
            "DeleteSubscriber",
            """{"AccountId":"111122223333","BudgetName":"b","Notification":<notification>,"Subscriber":<subscriber>}""",
            "{}",
            async budgets =>
                $"{(await budgets.DeleteSubscriberAsync(new()
                {
                    AccountId = Account,
                    BudgetName = "b",
                    Notification = Notification,
                    Subscriber = Subscriber
                })).HttpStatusCode}", "OK"),
        Of("CreateBudgetAction",
            """
            {"AccountId":"111122223333","ActionThreshold":{"ActionThresholdType":"PERCENTAGE","ActionThresholdValue":110},"ActionType":"APPLY_IAM_POLICY",
             "ApprovalModel":"AUTOMATIC","BudgetName":"b",
             "Definition":{"IamActionDefinition":{"PolicyArn":"arn:p","Roles":["r"]},"ScpActionDefinition":{"PolicyId":"p-1","TargetIds":["t"]}},
             "ExecutionRoleArn":"arn:r","NotificationType":"ACTUAL","ResourceTags":[{"Key":"k","Value":"v"}],
             "Subscribers":[{"Address":"a@example.com","SubscriptionType":"EMAIL"}]}
            """,
            """{"AccountId":"111122223333","BudgetName":"b","ActionId":"i"}""", async budgets => (await budgets.CreateBudgetActionAsync(new()
            {
                AccountId = Account,
                BudgetName = "b",
                NotificationType = NotificationType.ACTUAL,
                ActionType = ActionType.APPLY_IAM_POLICY,
                ActionThreshold = new() { ActionThresholdType = ThresholdType.PERCENTAGE, ActionThresholdValue = 110 },
                ApprovalModel = ApprovalModel.AUTOMATIC,
                Definition = new()
                {
                    IamActionDefinition = new() { PolicyArn = "arn:p", Roles = ["r"] },
                    ScpActionDefinition = new() { PolicyId = "p-1", TargetIds = ["t"] }
                },
                ExecutionRoleArn = "arn:r",
                Subscribers = [Subscriber],
                ResourceTags = [new() { Key = "k", Value = "v" }],
            })).ActionId, "i"),
        Of(
            "UpdateBudgetAction",
            """{"AccountId":"111122223333","ActionId":"i","ApprovalModel":"MANUAL","BudgetName":"b"}""",
            """{"OldAction":<action>,"NewAction":<action>}""",
            async budgets =>
                Say(
                    (await budgets.UpdateBudgetActionAsync(
                        new() { AccountId = Account, BudgetName = "b", ActionId = "i", ApprovalModel = ApprovalModel.MANUAL })).NewAction), "i 7 STANDBY i-1"),
        Of("DeleteBudgetAction", """{"AccountId":"111122223333","ActionId":"i","BudgetName":"b"}""", """{"Action":<action>}""", async budgets =>
            Say((await budgets.DeleteBudgetActionAsync(new() { AccountId = Account, BudgetName = "b", ActionId = "i" })).Action), "i 7 STANDBY i-1"),
        Of("DescribeBudgetActionsForBudget", """{"AccountId":"111122223333","BudgetName":"b"}""", """{"Actions":[<action>]}""", async budgets =>
            Say((await budgets.DescribeBudgetActionsForBudgetAsync(new() { AccountId = Account, BudgetName = "b" })).Actions[0]), "i 7 STANDBY i-1"),
        Of("DescribeBudgetActionsForAccount", """{"AccountId":"111122223333"}""", """{"Actions":[<action>]}""", async budgets =>
            Say((await budgets.DescribeBudgetActionsForAccountAsync(new() { AccountId = Account })).Actions[0]), "i 7 STANDBY i-1"),
        Of(
            "DescribeBudgetActionHistories",
            """{"AccountId":"111122223333","ActionId":"i","BudgetName":"b","MaxResults":100,"NextToken":"m"}""",
            """
            {"ActionHistories":[{"Timestamp":1777593600,"Status":"PENDING","EventType":"SYSTEM",
              "ActionHistoryDetails":{"Message":"why","Action":<action>}}],"NextToken":"n"}
            """,
            async budgets =>
            {
                var answer = await budgets.DescribeBudgetActionHistoriesAsync(
                    new() { AccountId = Account, BudgetName = "b", ActionId = "i", MaxResults = 100, NextToken = "m" });
                var step = answer.ActionHistories[0];
                return $"{step.Timestamp:yyyy-MM-dd} {step.Status} {step.EventType} {step.ActionHistoryDetails.Message} "
                    + $"{Say(step.ActionHistoryDetails.Action)} {answer.NextToken}";
            },
            "2026-05-01 PENDING SYSTEM why i 7 STANDBY i-1 n"),
        Of(
            "ExecuteBudgetAction",
            """{"AccountId":"111122223333","ActionId":"i","BudgetName":"b","ExecutionType":"APPROVE_BUDGET_ACTION"}""",
            """{"AccountId":"111122223333","BudgetName":"b","ActionId":"i","ExecutionType":"APPROVE_BUDGET_ACTION"}""",
            async budgets => (await budgets.ExecuteBudgetActionAsync(
                new() { AccountId = Account, BudgetName = "b", ActionId = "i", ExecutionType = ExecutionType.APPROVE_BUDGET_ACTION })).ExecutionType,
            "APPROVE_BUDGET_ACTION"),
        Of("TagResource", """{"ResourceARN":"arn:b","ResourceTags":[{"Key":"k","Value":"v"}]}""", "{}", async budgets =>
            $"{(await budgets.TagResourceAsync(new() { ResourceARN = "arn:b", ResourceTags = [new() { Key = "k", Value = "v" }] })).HttpStatusCode}", "OK"),
        Of("UntagResource", """{"ResourceARN":"arn:b","ResourceTagKeys":["k"]}""", "{}", async budgets =>
            $"{(await budgets.UntagResourceAsync(new() { ResourceARN = "arn:b", ResourceTagKeys = ["k"] })).HttpStatusCode}", "OK"),
        Of("ListTagsForResource", """{"ResourceARN":"arn:b"}""", """{"ResourceTags":[{"Key":"k","Value":"v"}]}""", async budgets =>
        {
            var tag = (await budgets.ListTagsForResourceAsync(new() { ResourceARN = "arn:b" })).ResourceTags[0];
            return $"{tag.Key}={tag.Value}";
        }, "k=v"),
    ];

    private static string Fill(string json) =>
        json.Replace("<notification>", NotificationJson, StringComparison.Ordinal)
            .Replace("<subscriber>", SubscriberJson, StringComparison.Ordinal)
            .Replace("<action>", ActionJson, StringComparison.Ordinal);

    private static string Say(BudgetAction action) =>
        $"{action.ActionId} {action.ActionThreshold.ActionThresholdValue} {action.Status} {action.Definition.SsmActionDefinition.InstanceIds[0]}";

    private static Exchange Of(string operation, string body, string answer, Func<IAmazonBudgets, Task<string?>> call, string read) => new(
        $"AWSBudgetServiceGateway.{operation}",
        Fill(body),
        Fill(answer),
        async service =>
        {
            using var client = new AmazonBudgetsClient(StubService.Credentials, service.Configure(new AmazonBudgetsConfig()));
            return await call(client);
        },
        read);
}
