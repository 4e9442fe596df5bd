using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Billing;
using BudgetSync.LocalAws.Budgets;
using static BudgetSync.LocalAws.Tests.Budgets.BudgetsTestBed;

namespace BudgetSync.LocalAws.Tests.Budgets;

public sealed class RefreshTests
{
    /// <summary>24 a day is 1 an hour, so that an amount is the hours since the period began that are known: those before 8 hours ago.</summary>
    private static readonly SpendModel OneAnHour = new(SpendBehaviour.Flat, 24, new(2026, 1, 1)) { Noise = 0, HasWeekdays = false };

    private readonly BudgetsTestBed bed = new();

    [Fact]
    public async Task A_new_budget_is_zero_until_the_next_refresh_and_then_what_is_known()
    {
        bed.Cloud.Costs.SetSpend(Spoke, OneAnHour);
        await bed.CreateAsync(Monthly());
        Assert.Equal("0.0", await ActualAsync());

        await RefreshAsync();

        Assert.Equal(HoursOfMonth() - 8, decimal.Parse(await ActualAsync(), System.Globalization.CultureInfo.InvariantCulture), 3);
    }

    [Fact]
    public async Task Refreshes_are_8_to_12_hours_apart_and_each_account_has_its_own()
    {
        bed.Cloud.Costs.SetSpend(Spoke, OneAnHour);
        bed.Cloud.Costs.SetSpend("222233334444", OneAnHour);
        await RefreshAsync();
        var steps = new List<TimeSpan>();

        for (var step = 0; step < 30; step++)
        {
            var before = bed.Clock.GetUtcNow();
            await RefreshAsync();
            steps.Add(bed.Clock.GetUtcNow() - before);
        }

        Assert.All(steps, step => Assert.InRange(step, TimeSpan.FromHours(8), TimeSpan.FromHours(12)));
        Assert.True(steps.Distinct().Count() > 20);
        Assert.NotEqual(bed.Cloud.Budgets.NextRefresh(Spoke), bed.Cloud.Budgets.NextRefresh("222233334444"));
        Assert.Null(bed.Cloud.Budgets.NextRefresh("333344445555"));
    }

    [Fact]
    public async Task An_update_zeroes_the_spend_until_the_next_refresh()
    {
        bed.Cloud.Costs.SetSpend(Spoke, OneAnHour);
        await bed.CreateAsync(Monthly());
        await RefreshAsync();
        await bed.UpdateAsync(Monthly(amount: "2000"));

        Assert.Equal("0.0", await ActualAsync());
        Assert.Null((await bed.DescribeAsync())["CalculatedSpend"]!["ForecastedSpend"]);
        await RefreshAsync();
        Assert.NotEqual("0.0", await ActualAsync());
    }

    [Fact]
    public async Task A_forecast_comes_after_five_weeks_of_usage()
    {
        bed.Cloud.Costs.SetSpend(Spoke, OneAnHour with { Begins = new(2026, 4, 16) });
        await bed.CreateAsync(Monthly());

        bed.Cloud.Budgets.Refresh(Spoke);
        Assert.Null((await bed.DescribeAsync())["CalculatedSpend"]!["ForecastedSpend"]);
        bed.Clock.Advance(TimeSpan.FromDays(1));
        bed.Cloud.Budgets.Refresh(Spoke);

        // 24 a day goes on for the 31 days of May.
        Assert.Equal("744.0", (await bed.DescribeAsync())["CalculatedSpend"]!["ForecastedSpend"]!["Amount"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_period_begins_anew_at_midnight_UTC()
    {
        bed.Cloud.Costs.SetSpend(Spoke, OneAnHour);
        await bed.CreateAsync(Monthly());
        bed.Clock.SetUtcNow(new(2026, 5, 31, 23, 59, 59, TimeSpan.Zero));
        bed.Cloud.Budgets.Refresh(Spoke);
        Assert.Equal("736.0", await ActualAsync());

        bed.Clock.SetUtcNow(new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
        bed.Cloud.Budgets.Refresh(Spoke);

        Assert.Equal("4.0", await ActualAsync());
        // What was known only after the month's end is in its history: 31 days of 24.
        Assert.Equal(["744.0", "4.0"], await HistoryAsync());
    }

    [Theory]
    [InlineData("", "548.5")]
    [InlineData(",'CostTypes':{'IncludeCredit':false}", "558.5")]
    [InlineData(",'CostTypes':{'IncludeCredit':false,'IncludeSupport':false}", "458.5")]
    [InlineData(",'CostFilters':{'Service':['AWS Lambda']}", "45.85")]
    [InlineData(",'CostFilters':{'Region':['eu-west-1']}", "0.0")]
    [InlineData(",'Metrics':['UnblendedCost'],'FilterExpression':{'Not':{'Dimensions':{'Key':'RECORD_TYPE','Values':['Credit','Refund']}}}", "558.5")]
    [InlineData(",'Metrics':['UnblendedCost'],'FilterExpression':{'Tags':{'Key':'Env','Values':['prod']}}", "0.0")]
    public async Task A_budget_counts_what_its_cost_types_and_filters_say(string more, string amount)
    {
        // 19 whole days and two and a half hours more are known: 458.5.
        bed.Cloud.Costs.SetSpend(Spoke, OneAnHour with { FirstOfMonth = 100, MonthlyCredit = 10 });
        await bed.CreateAsync(Monthly(more: more));

        bed.Cloud.Budgets.Refresh(Spoke);

        Assert.Equal(amount, await ActualAsync());
    }

    [Fact]
    public async Task The_management_accounts_budget_counts_all_accounts_or_those_it_filters_by()
    {
        await bed.CreateAsync(Monthly(), Management);
        await bed.CreateAsync(Monthly("one", more: $",'CostFilters':{{'LinkedAccount':['{Management}']}}"), Management);
        bed.Cloud.Costs.SetSpend(Spoke, OneAnHour);
        bed.Cloud.Costs.SetSpend(Management, OneAnHour with { DailyAmount = 2.4m });

        bed.Cloud.Budgets.Refresh(Management);

        Assert.Equal("504.35", await ActualAsync(account: Management));
        Assert.Equal("45.85", await ActualAsync("one", Management));
    }

    [Fact]
    public async Task A_budget_that_has_not_begun_or_is_no_COST_budget_is_not_computed()
    {
        bed.Cloud.Costs.SetSpend(Spoke, OneAnHour);
        await bed.CreateAsync(Monthly(more: ",'TimePeriod':{'Start':1790812800}"));
        var reservations = Budget("RI_UTILIZATION", "MONTHLY", ",'CostFilters':{'Service':['Amazon Redshift']}");
        await bed.CreateAsync(reservations.Replace("'b'", "'ri'", StringComparison.Ordinal));

        bed.Cloud.Budgets.Refresh(Spoke);

        Assert.Equal("0.0", await ActualAsync());
        Assert.Equal("0.0", await ActualAsync("ri"));
        Assert.Empty(await HistoryAsync());
    }

    [Fact]
    public async Task An_account_without_costs_keeps_what_was_set()
    {
        await bed.CreateAsync(Monthly());
        bed.Cloud.Budgets.SetSpend(Spoke, "b", 5);

        bed.Cloud.Budgets.Refresh(Spoke);

        Assert.Equal("5.0", await ActualAsync());
    }

    [Fact]
    public async Task Credits_beyond_the_costs_are_zero_because_an_amount_has_no_sign()
    {
        bed.Cloud.Costs.SetSpend(Spoke, OneAnHour with { MonthlyCredit = 10_000 });
        await bed.CreateAsync(Monthly());

        bed.Cloud.Budgets.Refresh(Spoke);

        Assert.Equal("0.0", await ActualAsync());
    }

    [Theory]
    [InlineData(false, "MONTHLY", 1)]
    [InlineData(true, "MONTHLY", 5)]
    [InlineData(true, "QUARTERLY", 2)]
    [InlineData(true, "DAILY", 60)]
    public async Task The_history_reaches_back_before_the_budget_where_the_option_says_so(bool reachesBack, string timeUnit, int periods)
    {
        var far = new BudgetsTestBed(new BudgetsOptions { HistoryReachesBack = reachesBack });
        far.Cloud.Costs.SetSpend(Spoke, OneAnHour);
        await far.CreateAsync(Budget("COST", timeUnit, ",'BudgetLimit':{'Amount':'1','Unit':'USD'}"));

        far.Cloud.Budgets.Refresh(Spoke);

        var history = (await far.CallAsync("DescribeBudgetPerformanceHistory", "'BudgetName':'b'"))["BudgetPerformanceHistory"]!;
        var amounts = history["BudgetedAndActualAmountsList"]!.AsArray();
        Assert.Equal(periods, amounts.Count);
        // January has 31 days, its quarter 90, and a whole day 24 hours.
        var whole = (reachesBack, timeUnit) switch { (false, _) => "458.5", (_, "MONTHLY") => "744.0", (_, "QUARTERLY") => "2160.0", _ => "24.0" };
        Assert.Equal(whole, amounts[0]!["ActualAmount"]!["Amount"]!.GetValue<string>());
    }

    private decimal HoursOfMonth() => (decimal)(bed.Clock.GetUtcNow() - new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero)).TotalHours;

    private async Task RefreshAsync()
    {
        bed.Clock.SetUtcNow(bed.Cloud.Budgets.NextRefresh(Spoke)!.Value);
        while (bed.Cloud.Work.Ready.Count > 0) await bed.Cloud.Work.RunOneAsync(0);
        Assert.Empty(bed.Cloud.Work.Failures);
    }

    private async Task<string> ActualAsync(string name = "b", string account = Spoke) =>
        (await bed.DescribeAsync(name, account: account))["CalculatedSpend"]!["ActualSpend"]!["Amount"]!.GetValue<string>();

    private async Task<IReadOnlyList<string>> HistoryAsync()
    {
        var history = (await bed.CallAsync("DescribeBudgetPerformanceHistory", "'BudgetName':'b'"))["BudgetPerformanceHistory"]!;
        return [.. history["BudgetedAndActualAmountsList"]!.AsArray().Select(Amount)];

        static string Amount(JsonNode? period) => period!["ActualAmount"]!["Amount"]!.GetValue<string>();
    }
}
