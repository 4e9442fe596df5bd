using System.Text.Json.Nodes;
using static BudgetSync.LocalAws.Tests.Budgets.BudgetsTestBed;

namespace BudgetSync.LocalAws.Tests.Budgets;

public sealed class NotificationTests
{
    private readonly BudgetsTestBed bed = new();

    [Fact]
    public async Task A_notification_is_described_with_its_state_and_without_a_percentage_type()
    {
        await CreateWithAsync(Notification("80.0", more: ",'ThresholdType':'PERCENTAGE'"));
        await AddAsync(Notification("500", more: ",'ThresholdType':'ABSOLUTE_VALUE'"));

        Assert.Equal(
            [
                """{"NotificationType":"ACTUAL","ComparisonOperator":"GREATER_THAN","Threshold":500,"ThresholdType":"ABSOLUTE_VALU"""
                    + """E","NotificationState":"OK"}""",
                """{"NotificationType":"ACTUAL","ComparisonOperator":"GREATER_THAN","Threshold":80,"NotificationState":"OK"}""",
            ],
            await bed.NotificationsAsync());
    }

    [Theory]
    [InlineData("80", "ACTUAL", "GREATER_THAN", "", true)]
    [InlineData("90", "ACTUAL", "GREATER_THAN", "", false)]
    [InlineData("90", "ACTUAL", "EQUAL_TO", "", true)]
    [InlineData("95", "ACTUAL", "LESS_THAN", "", true)]
    [InlineData("110", "FORECASTED", "GREATER_THAN", "", true)]
    [InlineData("899", "ACTUAL", "GREATER_THAN", ",'ThresholdType':'ABSOLUTE_VALUE'", true)]
    [InlineData("900", "ACTUAL", "GREATER_THAN", ",'ThresholdType':'ABSOLUTE_VALUE'", false)]
    public async Task The_state_is_ALARM_once_the_computed_spend_has_passed_the_threshold(
        string threshold,
        string type,
        string comparison,
        string more,
        bool alarm)
    {
        await CreateWithAsync(Notification(threshold, type, comparison, more));

        bed.Cloud.Budgets.SetSpend(Spoke, "b", 900m, 1200m);

        Assert.Contains(alarm ? "\"ALARM\"" : "\"OK\"", (await bed.NotificationsAsync())[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thresholds_equal_as_numbers_are_one_notification()
    {
        await CreateWithAsync(Notification("80"));

        Assert.Equal(
            "DuplicateRecordException",
            await AddRefusedAsync(Notification("80.00", more: ",'ThresholdType':'PERCENTAGE','NotificationState':'ALARM'")));
        await AddAsync(Notification("80", more: ",'ThresholdType':'ABSOLUTE_VALUE'"));
        await AddAsync(Notification("80", type: "FORECASTED"));
        await AddAsync(Notification("80", comparison: "EQUAL_TO"));
    }

    [Fact]
    public async Task A_budget_is_not_created_with_the_same_notification_twice()
    {
        Assert.Equal(
            "DuplicateRecordException",
            await bed.RefusedAsync(
                "CreateBudget",
                $"'Budget':{Monthly()},'NotificationsWithSubscribers':[{With(Notification("80"))},{With(Notification("80.0"))}]"));

        Assert.Empty((await bed.CallAsync("DescribeBudgets"))["Budgets"]!.AsArray());
    }

    [Fact]
    public async Task A_budget_has_at_most_10_notifications()
    {
        var ten = string.Join(',', Enumerable.Range(1, 10).Select(number => With(Notification($"{number}"))));
        await bed.CallAsync("CreateBudget", $"'Budget':{Monthly()},'NotificationsWithSubscribers':[{ten}]");

        Assert.Equal("CreationLimitExceededException", await AddRefusedAsync(Notification("11")));
        Assert.Equal(
            "InvalidParameterException",
            await bed.RefusedAsync("CreateBudget", $"'Budget':{Monthly("c")},'NotificationsWithSubscribers':[{ten},{With(Notification("11"))}]"));
    }

    [Theory]
    [InlineData("0", "", null)]
    [InlineData("1000000", "", null)]
    [InlineData("1000000.01", "", "InvalidParameterException")]
    [InlineData("15000000000000", ",'ThresholdType':'ABSOLUTE_VALUE'", null)]
    [InlineData("15000000000001", ",'ThresholdType':'ABSOLUTE_VALUE'", "InvalidParameterException")]
    [InlineData("-1", "", "InvalidParameterException")]
    [InlineData("'80'", "", "SerializationException")]
    public async Task A_threshold_has_bounds(string threshold, string more, string? error)
    {
        await bed.CreateAsync(Monthly());

        if (error is null) await AddAsync(Notification(threshold, more: more));
        else Assert.Equal(error, await AddRefusedAsync(Notification(threshold, more: more)));
    }

    [Fact]
    public async Task A_daily_budget_takes_no_forecast()
    {
        await bed.CreateAsync(Budget("COST", "DAILY", ",'BudgetLimit':{'Amount':'1','Unit':'USD'}"));

        Assert.Equal("InvalidParameterException", await AddRefusedAsync(Notification(type: "FORECASTED")));
        await AddAsync(Notification());
    }

    [Theory]
    [InlineData("RI_UTILIZATION")]
    [InlineData("RI_COVERAGE")]
    [InlineData("SAVINGS_PLANS_UTILIZATION")]
    [InlineData("SAVINGS_PLANS_COVERAGE")]
    public async Task Utilization_and_coverage_budgets_take_only_ACTUAL_and_LESS_THAN(string type)
    {
        await bed.CreateAsync(Budget(type, "MONTHLY"));

        Assert.Equal("InvalidParameterException", await AddRefusedAsync(Notification()));
        Assert.Equal("InvalidParameterException", await AddRefusedAsync(Notification(type: "FORECASTED", comparison: "LESS_THAN")));
        await AddAsync(Notification(comparison: "LESS_THAN"));
    }

    [Fact]
    public async Task A_budget_cannot_become_one_that_its_notifications_do_not_suit()
    {
        await CreateWithAsync(Notification(type: "FORECASTED"));

        Assert.Equal(
            "InvalidParameterException",
            await bed.RefusedAsync("UpdateBudget", $"'NewBudget':{Budget("COST", "DAILY", ",'BudgetLimit':{'Amount':'1','Unit':'USD'}")}"));
        Assert.Equal("InvalidParameterException", await bed.RefusedAsync("UpdateBudget", $"'NewBudget':{Budget("RI_COVERAGE", "MONTHLY")}"));
    }

    [Fact]
    public async Task Updating_a_notification_keeps_its_subscribers()
    {
        await CreateWithAsync(Notification("80"));

        await bed.CallAsync("UpdateNotification", $"'BudgetName':'b','OldNotification':{Notification("80.0")},'NewNotification':{Notification("85")}");

        Assert.Contains("\"Threshold\":85", Assert.Single(await bed.NotificationsAsync()), StringComparison.Ordinal);
        Assert.Equal(["a@example.com"], await bed.SubscribersAsync(Notification("85")));
    }

    [Fact]
    public async Task Updating_a_notification_needs_the_old_one_and_no_other_like_the_new_one()
    {
        await CreateWithAsync(Notification("80"));
        await AddAsync(Notification("90"));

        Assert.Equal(
            "NotFoundException",
            await bed.RefusedAsync("UpdateNotification", $"'BudgetName':'b','OldNotification':{Notification("70")},'NewNotification':{Notification("85")}"));
        Assert.Equal(
            "DuplicateRecordException",
            await bed.RefusedAsync("UpdateNotification", $"'BudgetName':'b','OldNotification':{Notification("80")},'NewNotification':{Notification("90")}"));
        Assert.Equal(
            "DuplicateRecordException",
            await bed.RefusedAsync("UpdateNotification", $"'BudgetName':'b','OldNotification':{Notification("80")},'NewNotification':{Notification("80")}"));
    }

    [Fact]
    public async Task Deleting_a_notification_deletes_its_subscribers()
    {
        await CreateWithAsync(Notification("80"));

        await bed.CallAsync("DeleteNotification", $"'BudgetName':'b','Notification':{Notification("80")}");

        Assert.Empty(await bed.NotificationsAsync());
        Assert.Equal("NotFoundException", await bed.RefusedAsync("DeleteNotification", $"'BudgetName':'b','Notification':{Notification("80")}"));
        Assert.Equal(
            "NotFoundException",
            await bed.RefusedAsync("DescribeSubscribersForNotification", $"'BudgetName':'b','Notification':{Notification("80")}"));
    }

    [Fact]
    public async Task Notifications_of_a_budget_are_listed_in_pages()
    {
        await CreateWithAsync(Notification("80"));
        await AddAsync(Notification("90"));

        var first = await bed.CallAsync("DescribeNotificationsForBudget", "'BudgetName':'b','MaxResults':1");
        var second = await bed.CallAsync("DescribeNotificationsForBudget", $"'BudgetName':'b','MaxResults':1,'NextToken':'{first["NextToken"]}'");

        Assert.Equal([80, 90], new[] { first, second }.Select(page => Assert.Single(page["Notifications"]!.AsArray())!["Threshold"]!.GetValue<double>()));
        Assert.Null(second["NextToken"]);
        Assert.Equal("InvalidParameterException", await bed.RefusedAsync("DescribeNotificationsForBudget", "'BudgetName':'b','MaxResults':101"));
    }

    [Fact]
    public async Task Notifications_of_an_account_are_listed_by_budget_50_to_a_page()
    {
        for (var i = 10; i < 61; i++) await bed.CreateAsync(Monthly($"n{i}"));
        await bed.CallAsync("CreateNotification", $"'BudgetName':'n60','Notification':{Notification()},'Subscribers':[{Email()}]");

        var first = await bed.CallAsync("DescribeBudgetNotificationsForAccount");
        var second = await bed.CallAsync("DescribeBudgetNotificationsForAccount", $"'NextToken':'{first["NextToken"]}'");

        Assert.Equal(50, first["BudgetNotificationsForAccount"]!.AsArray().Count);
        var last = Assert.Single(second["BudgetNotificationsForAccount"]!.AsArray())!;
        Assert.Equal(("n60", 1), (last["BudgetName"]!.GetValue<string>(), last["Notifications"]!.AsArray().Count));
    }

    private static string With(string notification) => $"{{'Notification':{notification},'Subscribers':[{Email()}]}}";

    private Task<JsonObject> CreateWithAsync(string notification) =>
        bed.CallAsync("CreateBudget", $"'Budget':{Monthly()},'NotificationsWithSubscribers':[{With(notification)}]");

    private Task<JsonObject> AddAsync(string notification) =>
        bed.CallAsync("CreateNotification", $"'BudgetName':'b','Notification':{notification},'Subscribers':[{Email()}]");

    private Task<string> AddRefusedAsync(string notification) =>
        bed.RefusedAsync("CreateNotification", $"'BudgetName':'b','Notification':{notification},'Subscribers':[{Email()}]");
}
