using BudgetSync.LocalAws.Budgets;
using static BudgetSync.LocalAws.Tests.Budgets.BudgetsTestBed;

namespace BudgetSync.LocalAws.Tests.Budgets;

public sealed class BudgetTests
{
    private readonly BudgetsTestBed bed = new();

    [Fact]
    public async Task A_budget_is_described_with_all_that_AWS_fills_in()
    {
        await bed.CreateAsync(Monthly(more: ",'CostTypes':{'IncludeCredit':false}"));

        Assert.Equal(
            """{"BudgetName":"b","BudgetLimit":{"Amount":"1000.0","Unit":"USD"},"CostFilters":{},"CostTypes":{"IncludeTax":true"""
                + ""","IncludeSubscription":true,"UseBlended":false,"IncludeRefund":true,"IncludeCredit":false,"IncludeUpfront":true"""
                + ""","IncludeRecurring":true,"IncludeOtherSubscription":true,"IncludeSupport":true,"IncludeDiscount":true,"UseAmortized":false}"""
                + ""","TimeUnit":"MONTHLY","TimePeriod":{"Start":1777593600,"End":3706473600},"CalculatedSpend":{"ActualSpend":{"Amount":"0."""
                + """0","Unit":"USD"}},"BudgetType":"COST","LastUpdatedTime":1779273000,"HealthStatus":{"Status":"HEALTHY","LastUpdatedTime":1779273000}}""",
            (await bed.DescribeAsync()).ToJsonString());
    }

    [Theory]
    [InlineData("1000", "1000.0")]
    [InlineData("1500.50", "1500.5")]
    [InlineData("0.01", "0.01")]
    [InlineData(".5", "0.5")]
    [InlineData("007", "7.0")]
    public async Task An_amount_comes_back_normalised(string given, string described)
    {
        await bed.CreateAsync(Monthly(amount: given));

        Assert.Equal(described, (await bed.DescribeAsync())["BudgetLimit"]!["Amount"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("DAILY", "2026-05-20")]
    [InlineData("MONTHLY", "2026-05-01")]
    [InlineData("QUARTERLY", "2026-04-01")]
    [InlineData("ANNUALLY", "2026-01-01")]
    public async Task A_budget_without_a_start_begins_with_the_current_period(string timeUnit, string start)
    {
        await bed.CreateAsync(Budget("COST", timeUnit, ",'BudgetLimit':{'Amount':'1','Unit':'USD'}"));

        Assert.Equal(
            start,
            DateTimeOffset.FromUnixTimeSeconds((await bed.DescribeAsync())["TimePeriod"]!["Start"]!.GetValue<long>()).ToString("yyyy-MM-dd", null));
    }

    [Fact]
    public async Task A_budget_belongs_to_one_account_and_its_name_is_unique_there()
    {
        await bed.CreateAsync(Monthly());

        Assert.Equal("DuplicateRecordException", await bed.CreateRefusedAsync(Monthly(amount: "5")));
        await bed.CreateAsync(Monthly(amount: "5"), account: "444455556666");
        Assert.Equal("1000.0", (await bed.DescribeAsync())["BudgetLimit"]!["Amount"]!.GetValue<string>());
    }

    [Fact]
    public async Task Every_call_must_be_about_the_callers_own_account()
    {
        await bed.CreateAsync(Monthly());

        Assert.Equal("AccessDeniedException", await bed.RawRefusedAsync("DescribeBudget", $"{{'AccountId':'{Spoke}','BudgetName':'b'}}", account: Management));
    }

    [Theory]
    [InlineData("DescribeBudget", "'BudgetName':'x'")]
    [InlineData("DeleteBudget", "'BudgetName':'x'")]
    [InlineData("UpdateBudget", "'NewBudget':{'BudgetName':'x','BudgetType':'COST','TimeUnit':'MONTHLY','BudgetLimit':{'Amount':'1','Unit':'USD'}}")]
    [InlineData("DescribeNotificationsForBudget", "'BudgetName':'x'")]
    [InlineData("DescribeBudgetActionsForBudget", "'BudgetName':'x'")]
    public async Task A_budget_that_does_not_exist_is_not_found(string operation, string members) =>
        Assert.Equal("NotFoundException", await bed.RefusedAsync(operation, members));

    [Fact]
    public async Task An_update_replaces_everything_but_the_notifications_and_zeroes_the_spend()
    {
        await bed.CallAsync(
            "CreateBudget",
            $"'Budget':{Monthly(more: ",'CostFilters':{'Region':['eu-west-1']}")},'NotificationsWithSubscribers':[{{'Notification':{Notification()},"
                + $"'Subscribers':[{Email()}]}}]");
        bed.Cloud.Budgets.SetSpend(Spoke, "b", 300m, 900m);
        bed.Clock.Advance(TimeSpan.FromHours(1));

        await bed.UpdateAsync(Monthly(amount: "2000"));

        var budget = await bed.DescribeAsync();
        Assert.Equal("2000.0", budget["BudgetLimit"]!["Amount"]!.GetValue<string>());
        Assert.Equal("{}", budget["CostFilters"]!.ToJsonString());
        Assert.Equal("""{"ActualSpend":{"Amount":"0.0","Unit":"USD"}}""", budget["CalculatedSpend"]!.ToJsonString());
        Assert.Equal(1779276600, budget["LastUpdatedTime"]!.GetValue<long>());
        Assert.Single(await bed.NotificationsAsync());
    }

    [Fact]
    public async Task A_refresh_writes_the_spend_that_was_set()
    {
        await bed.CreateAsync(Monthly());

        bed.Cloud.Budgets.SetSpend(Spoke, "b", 312.44m, 1610.02m);

        Assert.Equal(
            """{"ActualSpend":{"Amount":"312.44","Unit":"USD"},"ForecastedSpend":{"Amount":"1610.02","Unit":"USD"}}""",
            (await bed.DescribeAsync())["CalculatedSpend"]!.ToJsonString());
    }

    [Fact]
    public async Task Deleting_a_budget_deletes_all_that_hangs_on_it()
    {
        await bed.CallAsync(
            "CreateBudget",
            $"'Budget':{Monthly()},'NotificationsWithSubscribers':[{{'Notification':{Notification()},'Subscribers':[{Email()}]}}]");
        await bed.CallAsync("DeleteBudget", "'BudgetName':'b'");

        await bed.CreateAsync(Monthly());

        Assert.Empty(await bed.NotificationsAsync());
    }

    [Fact]
    public async Task A_budget_is_deleted_after_its_end()
    {
        await bed.CreateAsync(Monthly(more: ",'TimePeriod':{'End':1779840000}"));
        bed.Clock.SetUtcNow(DateTimeOffset.FromUnixTimeSeconds(1779839999));
        await bed.DescribeAsync();

        bed.Clock.SetUtcNow(DateTimeOffset.FromUnixTimeSeconds(1779840000));

        Assert.Equal("NotFoundException", await bed.RefusedAsync("DescribeBudget", "'BudgetName':'b'"));
    }

    [Fact]
    public async Task DescribeBudgets_pages_by_100_or_as_asked()
    {
        for (var i = 100; i < 201; i++) await bed.CreateAsync(Monthly(name: $"n{i}"));

        var first = await bed.CallAsync("DescribeBudgets");
        var second = await bed.CallAsync("DescribeBudgets", $"'NextToken':'{first["NextToken"]}'");
        var all = await bed.CallAsync("DescribeBudgets", "'MaxResults':1000");

        Assert.Equal(100, first["Budgets"]!.AsArray().Count);
        Assert.Equal("n200", Assert.Single(second["Budgets"]!.AsArray())!["BudgetName"]!.GetValue<string>());
        Assert.Null(second["NextToken"]);
        Assert.Equal(101, all["Budgets"]!.AsArray().Count);
        Assert.Equal("InvalidParameterException", await bed.RefusedAsync("DescribeBudgets", "'MaxResults':1001"));
        Assert.Equal("InvalidNextTokenException", await bed.RefusedAsync("DescribeBudgets", "'NextToken':'abc'"));
    }

    [Fact]
    public async Task A_budget_that_goes_between_two_pages_hides_no_other()
    {
        foreach (var name in new[] { "a", "b", "c" }) await bed.CreateAsync(Monthly(name));
        var first = await bed.CallAsync("DescribeBudgets", "'MaxResults':1");
        await bed.CallAsync("DeleteBudget", "'BudgetName':'a'");

        var second = await bed.CallAsync("DescribeBudgets", $"'MaxResults':1,'NextToken':'{first["NextToken"]}'");

        Assert.Equal("b", second["Budgets"]![0]!["BudgetName"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_account_has_a_quota_of_budgets()
    {
        var small = new BudgetsTestBed(new BudgetsOptions { MaximumBudgetsPerAccount = 1 });
        await small.CreateAsync(Monthly("a"));

        Assert.Equal("ServiceQuotaExceededException", await small.CreateRefusedAsync(Monthly("b")));
    }

    [Fact]
    public async Task An_account_that_is_too_young_is_refused_budgets_where_an_age_is_set()
    {
        var young = new BudgetsTestBed(new BudgetsOptions { MinimumAccountAge = TimeSpan.FromHours(24) });
        young.Cloud.Organizations.AddAccount(Spoke, "new");
        young.Clock.Advance(TimeSpan.FromHours(23));

        Assert.Equal("AccessDeniedException", await young.CreateRefusedAsync(Monthly()));
        young.Clock.Advance(TimeSpan.FromHours(1));
        await young.CreateAsync(Monthly());
    }

    [Fact]
    public async Task Another_type_or_time_unit_is_accepted_unless_the_option_refuses_it()
    {
        var strict = new BudgetsTestBed(new BudgetsOptions { RefuseChangeOfTypeOrUnit = true });
        await strict.CreateAsync(Monthly());
        await bed.CreateAsync(Monthly());
        var quarterly = Budget("COST", "QUARTERLY", ",'BudgetLimit':{'Amount':'1','Unit':'USD'}");

        Assert.Equal("InvalidParameterException", await strict.RefusedAsync("UpdateBudget", $"'NewBudget':{quarterly}"));
        await bed.UpdateAsync(quarterly);
        Assert.Equal("QUARTERLY", (await bed.DescribeAsync())["TimeUnit"]!.GetValue<string>());
    }
}
