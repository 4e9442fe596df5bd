using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Budgets;
using static BudgetSync.LocalAws.Tests.Budgets.BudgetsTestBed;

namespace BudgetSync.LocalAws.Tests.Budgets;

public sealed class BudgetSpendTests
{
    private readonly BudgetsTestBed bed = new();

    [Theory]
    [InlineData("EUR")]
    [InlineData("XXX")]
    [InlineData("usd")]
    [InlineData("GB")]
    public async Task A_limit_in_another_currency_than_the_accounts_is_refused_in_AWSs_words(string unit)
    {
        var (
            code,
            message) = await bed.RefusalAsync("CreateBudget", $"'Budget':{Budget("COST", "MONTHLY", $",'BudgetLimit':{{'Amount':'1','Unit':'{unit}'}}")}");

        Assert.Equal("InvalidParameterException", code);
        Assert.Equal($"Unable to create/update budget - {unit} is not in the supported unit set: [USD]", message);
    }

    [Fact]
    public async Task A_plan_in_another_currency_is_refused_too()
    {
        var first = new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
        var limits = Enumerable.Range(0, 12)
            .Select(month => $"'{first.AddMonths(month).ToUnixTimeSeconds()}':{{'Amount':'1','Unit':'{(month == 11 ? "EUR" : "USD")}'}}");

        Assert.Equal(
            "InvalidParameterException",
            await bed.CreateRefusedAsync(Budget("COST", "MONTHLY", $",'PlannedBudgetLimits':{{{string.Join(',', limits)}}}")));
    }

    [Fact]
    public async Task An_account_is_billed_in_the_currency_that_is_set_for_it()
    {
        var options = new BudgetsOptions();
        var mixed = new BudgetsTestBed(options with { Currency = "EUR", Currencies = options.Currencies.Add(Management, "CNY") });
        var automatic = Budget("COST", "MONTHLY", ",'AutoAdjustData':{'AutoAdjustType':'FORECAST'}");

        Assert.Equal("InvalidParameterException", await mixed.CreateRefusedAsync(Monthly()));
        await mixed.CreateAsync(automatic);
        await mixed.CreateAsync(automatic, account: Management);

        Assert.Equal("EUR", (await mixed.DescribeAsync())["BudgetLimit"]!["Unit"]!.GetValue<string>());
        Assert.Equal("CNY", (await mixed.DescribeAsync(account: Management))["BudgetLimit"]!["Unit"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("2641.5480000000000229190000000000000001")]
    [InlineData("0.00000000000000000000000000000000000001")]
    [InlineData("300")]
    public async Task A_refresh_can_write_amounts_of_more_digits_than_a_decimal_has(string amount)
    {
        await bed.CreateAsync(Monthly());

        bed.Cloud.Budgets.SetSpend(Spoke, "b", amount, amount);

        var spend = (await bed.DescribeAsync())["CalculatedSpend"]!;
        Assert.Equal(amount, spend["ActualSpend"]!["Amount"]!.GetValue<string>());
        Assert.Equal(amount, spend["ForecastedSpend"]!["Amount"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1e3")]
    [InlineData("٣")]
    [InlineData("1\n")]
    public async Task An_amount_that_AWS_could_not_answer_cannot_be_set(string amount)
    {
        await bed.CreateAsync(Monthly());

        Assert.Throws<FormatException>(() => bed.Cloud.Budgets.SetSpend(Spoke, "b", amount));
    }

    [Fact]
    public async Task An_unhealthy_budget_says_why_and_is_not_computed_until_it_is_well_again()
    {
        await bed.CreateAsync(Monthly());
        bed.Cloud.Budgets.SetSpend(Spoke, "b", 100m);
        bed.Clock.Advance(TimeSpan.FromHours(1));

        bed.Cloud.Budgets.SetHealth(Spoke, "b", "BILLING_VIEW_NO_ACCESS");
        bed.Cloud.Budgets.SetSpend(Spoke, "b", 200m);

        Assert.Equal(
            """{"Status":"UNHEALTHY","StatusReason":"BILLING_VIEW_NO_ACCESS","LastUpdatedTime":1779276600}""",
            (await bed.DescribeAsync())["HealthStatus"]!.ToJsonString());
        Assert.Equal("100.0", await ActualAsync());
        bed.Cloud.Budgets.SetHealth(Spoke, "b", null);
        bed.Cloud.Budgets.SetSpend(Spoke, "b", 200m);
        Assert.Equal("""{"Status":"HEALTHY","LastUpdatedTime":1779273000}""", (await bed.DescribeAsync())["HealthStatus"]!.ToJsonString());
        Assert.Equal("200.0", await ActualAsync());
    }

    [Fact]
    public async Task The_history_has_each_period_with_what_it_was_allowed_and_what_it_took_last()
    {
        await bed.CreateAsync(Monthly(more: ",'CostFilters':{'Region':['eu-west-1']}"));
        bed.Cloud.Budgets.SetSpend(Spoke, "b", 100m);
        bed.Cloud.Budgets.SetSpend(Spoke, "b", "250.5");
        bed.Clock.SetUtcNow(new DateTimeOffset(2026, 6, 2, 0, 0, 0, TimeSpan.Zero));
        await bed.UpdateAsync(Monthly(amount: "2000"));
        bed.Cloud.Budgets.SetSpend(Spoke, "b", 7m);

        var history = (await bed.CallAsync("DescribeBudgetPerformanceHistory", "'BudgetName':'b'"))["BudgetPerformanceHistory"]!;

        Assert.Equal("b", history["BudgetName"]!.GetValue<string>());
        Assert.Equal("COST", history["BudgetType"]!.GetValue<string>());
        Assert.Equal("MONTHLY", history["TimeUnit"]!.GetValue<string>());
        Assert.Equal(11, history["CostTypes"]!.AsObject().Count);
        Assert.Equal(
            [
                """{"BudgetedAmount":{"Amount":"1000.0","Unit":"USD"},"ActualAmount":{"Amount":"250.5","Unit":"USD"},"TimePeriod":{"Start":1777593600"""
                    + ""","End":1780272000}}""",
                """{"BudgetedAmount":{"Amount":"2000.0","Unit":"USD"},"ActualAmount":{"Amount":"7.0","Unit":"USD"},"TimePeriod":{"Start":1780272000"""
                    + ""","End":1782864000}}""",
            ],
            Periods(history).Select(period => period!.ToJsonString()));
    }

    [Fact]
    public async Task The_history_comes_in_pages_and_for_a_time_that_is_asked_for()
    {
        await bed.CreateAsync(Budget("COST", "DAILY", ",'BudgetLimit':{'Amount':'1','Unit':'USD'}"));
        for (var day = 0; day < 3; day++)
        {
            bed.Cloud.Budgets.SetSpend(Spoke, "b", day);
            bed.Clock.Advance(TimeSpan.FromDays(1));
        }

        var first = await bed.CallAsync("DescribeBudgetPerformanceHistory", "'BudgetName':'b','MaxResults':2");
        var second = await bed.CallAsync("DescribeBudgetPerformanceHistory", $"'BudgetName':'b','MaxResults':2,'NextToken':'{first["NextToken"]}'");
        var asked = await bed.CallAsync("DescribeBudgetPerformanceHistory", "'BudgetName':'b','TimePeriod':{'Start':1779321600,'End':1779408000}");

        Assert.Equal(2, Periods(first["BudgetPerformanceHistory"]!).Count);
        Assert.Equal("2.0", Assert.Single(Periods(second["BudgetPerformanceHistory"]!))!["ActualAmount"]!["Amount"]!.GetValue<string>());
        Assert.Null(second["NextToken"]);
        Assert.Equal("1.0", Assert.Single(Periods(asked["BudgetPerformanceHistory"]!))!["ActualAmount"]!["Amount"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("DAILY", 1, 60)]
    [InlineData("MONTHLY", 31, 13)]
    [InlineData("QUARTERLY", 92, 4)]
    public async Task The_history_keeps_60_days_13_months_or_4_quarters(string timeUnit, int days, int kept)
    {
        await bed.CreateAsync(Budget("COST", timeUnit, ",'BudgetLimit':{'Amount':'1','Unit':'USD'}"));
        for (var period = 0; period < kept + 3; period++)
        {
            bed.Cloud.Budgets.SetSpend(Spoke, "b", period);
            bed.Clock.Advance(TimeSpan.FromDays(days));
        }

        var history = await bed.CallAsync("DescribeBudgetPerformanceHistory", "'BudgetName':'b'");

        Assert.Equal(kept, Periods(history["BudgetPerformanceHistory"]!).Count);
    }

    [Theory]
    [InlineData("ANNUALLY", "")]
    [InlineData("CUSTOM", ",'TimePeriod':{'Start':1777593600,'End':1780272000}")]
    public async Task There_is_no_history_of_years_and_custom_periods(string timeUnit, string more)
    {
        await bed.CreateAsync(Budget("COST", timeUnit, $",'BudgetLimit':{{'Amount':'1','Unit':'USD'}}{more}"));

        Assert.Equal("InvalidParameterException", await bed.RefusedAsync("DescribeBudgetPerformanceHistory", "'BudgetName':'b'"));
    }

    [Fact]
    public async Task A_notification_is_OK_until_the_spend_was_computed()
    {
        await bed.CallAsync(
            "CreateBudget",
            $"'Budget':{Monthly()},'NotificationsWithSubscribers':[{{'Notification':{Notification(comparison: "LESS_THAN")},'Subscribers':[{Email()}]}}]");
        Assert.Contains("\"OK\"", Assert.Single(await bed.NotificationsAsync()), StringComparison.Ordinal);

        bed.Cloud.Budgets.SetSpend(Spoke, "b", 0m);
        Assert.Contains("\"ALARM\"", Assert.Single(await bed.NotificationsAsync()), StringComparison.Ordinal);
        await bed.UpdateAsync(Monthly(amount: "2000"));
        Assert.Contains("\"OK\"", Assert.Single(await bed.NotificationsAsync()), StringComparison.Ordinal);
    }

    private async Task<string> ActualAsync() => (await bed.DescribeAsync())["CalculatedSpend"]!["ActualSpend"]!["Amount"]!.GetValue<string>();

    private static JsonArray Periods(JsonNode history) => history["BudgetedAndActualAmountsList"]!.AsArray();
}
