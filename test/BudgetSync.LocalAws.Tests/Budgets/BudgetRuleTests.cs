using static BudgetSync.LocalAws.Tests.Budgets.BudgetsTestBed;

namespace BudgetSync.LocalAws.Tests.Budgets;

public sealed class BudgetRuleTests
{
    private const string Usd = ",'BudgetLimit':{'Amount':'1','Unit':'USD'}";
    private const string Hours = ",'BudgetLimit':{'Amount':'1','Unit':'Hrs'},'CostFilters':{'UsageType':['BoxUsage:t3.micro']}";
    private const string Leaf = "{'Tags':{'Key':'Env','Values':['prod']}}";
    private const string LinkedAccounts = "{'Dimensions':{'Key':'LINKED_ACCOUNT','Values':['111122223333']}}";

    private readonly BudgetsTestBed bed = new();

    /// <summary>Each line: type, unit, further members, and whether AWS takes it.</summary>
    [Theory]
    [InlineData("COST", "MONTHLY", Usd, true)]
    [InlineData("COST", "MONTHLY", "", false)]
    [InlineData("COST", "MONTHLY", ",'BudgetLimit':{'Amount':'0','Unit':'USD'}", false)]
    [InlineData("COST", "MONTHLY", ",'BudgetLimit':{'Amount':'99999999999999999999999999999','Unit':'USD'}", false)]
    [InlineData("COST", "MONTHLY", ",'BudgetLimit':{'Amount':'1','Unit':'usd'}", false)]
    [InlineData("COST", "MONTHLY", Usd + ",'AutoAdjustData':{'AutoAdjustType':'FORECAST'}", false)]
    [InlineData("USAGE", "MONTHLY", Hours, true)]
    [InlineData("USAGE", "MONTHLY", ",'BudgetLimit':{'Amount':'1','Unit':'PERCENTAGE'},'CostFilters':{'UsageType':['x']}", false)]
    [InlineData("RI_COVERAGE", "MONTHLY", ",'BudgetLimit':{'Amount':'100.0','Unit':'PERCENTAGE'}", true)]
    [InlineData("RI_COVERAGE", "MONTHLY", ",'BudgetLimit':{'Amount':'90','Unit':'PERCENTAGE'}", false)]
    [InlineData("RI_COVERAGE", "MONTHLY", ",'BudgetLimit':{'Amount':'100','Unit':'USD'}", false)]
    [InlineData("SAVINGS_PLANS_COVERAGE", "MONTHLY", ",'AutoAdjustData':{'AutoAdjustType':'FORECAST'}", false)]
    [InlineData("SAVINGS_PLANS_COVERAGE", "MONTHLY", ",'PlannedBudgetLimits':{'1777593600':{'Amount':'1','Unit':'USD'}}", false)]
    public Task A_limit_must_suit_the_type(string type, string timeUnit, string more, bool taken) => JudgeAsync(Budget(type, timeUnit, more), taken);

    [Theory]
    [InlineData("DAILY", "60", true)]
    [InlineData("MONTHLY", "12", true)]
    [InlineData("MONTHLY", "13", false)]
    [InlineData("QUARTERLY", "4", true)]
    [InlineData("QUARTERLY", "5", false)]
    [InlineData("ANNUALLY", "1", true)]
    [InlineData("ANNUALLY", "2", false)]
    public Task A_budget_looks_back_over_a_bounded_number_of_periods(string timeUnit, string periods, bool taken) =>
        JudgeAsync(
            Budget("COST", timeUnit, $",'AutoAdjustData':{{'AutoAdjustType':'HISTORICAL','HistoricalOptions':{{'BudgetAdjustmentPeriod':{periods}}}}}"),
            taken);

    [Theory]
    [InlineData("{'AutoAdjustType':'HISTORICAL'}", false)]
    [InlineData("{'AutoAdjustType':'FORECAST','HistoricalOptions':{'BudgetAdjustmentPeriod':3}}", false)]
    [InlineData("{'AutoAdjustType':'FORECAST'}", true)]
    public Task Historical_options_belong_to_HISTORICAL(string data, bool taken) => JudgeAsync(Budget("COST", "MONTHLY", $",'AutoAdjustData':{data}"), taken);

    [Fact]
    public async Task An_auto_adjusted_budget_is_described_with_the_limit_it_took()
    {
        await bed.CreateAsync(Budget("COST", "MONTHLY", ",'AutoAdjustData':{'AutoAdjustType':'HISTORICAL','HistoricalOptions':{'BudgetAdjustmentPeriod':3}}"));
        bed.Cloud.Budgets.SetSpend(Spoke, "b", 75m);

        var budget = await bed.DescribeAsync();

        Assert.Equal("75.0", budget["BudgetLimit"]!["Amount"]!.GetValue<string>());
        Assert.Equal(
            """{"AutoAdjustType":"HISTORICAL","LastAutoAdjustTime":1779273000,"HistoricalOptions":{"BudgetAdjustmentPeriod":3,"LookBackAvailablePeriods":3}}""",
            budget["AutoAdjustData"]!.ToJsonString());
    }

    [Theory]
    [InlineData("MONTHLY", 2026, 5, 12, 1, true)]
    [InlineData("MONTHLY", 2026, 5, 11, 1, false)]
    [InlineData("MONTHLY", 2026, 5, 13, 1, false)]
    [InlineData("MONTHLY", 2026, 6, 12, 1, false)]
    [InlineData("QUARTERLY", 2026, 4, 4, 3, true)]
    [InlineData("QUARTERLY", 2026, 5, 4, 3, false)]
    [InlineData("ANNUALLY", 2026, 1, 4, 12, false)]
    public Task A_planned_budget_gives_exactly_the_current_and_the_next_periods(string timeUnit, int year, int month, int count, int step, bool taken) =>
        JudgeAsync(Budget("COST", timeUnit, Plan(year, month, count, step)), taken);

    [Fact]
    public async Task A_planned_budget_gives_fewer_periods_where_it_ends_and_later_ones_where_it_begins_later()
    {
        await JudgeAsync(Budget("COST", "MONTHLY", Plan(2026, 5, 3, 1) + Ends(2026, 8)), true);
        await bed.CallAsync("DeleteBudget", "'BudgetName':'b'");
        await JudgeAsync(Budget("COST", "MONTHLY", Plan(2026, 9, 12, 1) + $",'TimePeriod':{{'Start':{Epoch(2026, 9)}}}"), true);
    }

    [Fact]
    public async Task A_planned_budget_is_described_with_the_limit_of_its_current_period_and_keeps_the_last()
    {
        await bed.CreateAsync(Budget("COST", "MONTHLY", Plan(2026, 5, 12, 1)));
        Assert.Equal("100.0", await LimitAsync());
        bed.Clock.SetUtcNow(new DateTimeOffset(2026, 7, 2, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal("102.0", await LimitAsync());
        bed.Clock.SetUtcNow(new DateTimeOffset(2029, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal("111.0", await LimitAsync());

        async Task<string> LimitAsync() => (await bed.DescribeAsync())["BudgetLimit"]!["Amount"]!.GetValue<string>();
    }

    [Theory]
    [InlineData("{'x':{'Amount':'1','Unit':'USD'}}")]
    [InlineData("{'-1':{'Amount':'1','Unit':'USD'}}")]
    [InlineData("{'99999999999999999999':{'Amount':'1','Unit':'USD'}}")]
    public Task A_planned_period_is_written_in_epoch_seconds(string limits) => JudgeAsync(Budget("COST", "MONTHLY", $",'PlannedBudgetLimits':{limits}"), false);

    [Theory]
    [InlineData("{'Start':1777593600,'End':1777593600}", false)]
    [InlineData("{'Start':1777593600,'End':3706473600}", true)]
    [InlineData("{'Start':1777593600,'End':3706473601}", false)]
    [InlineData("{'Start':1767225600,'End':1779273000}", false)]
    [InlineData("{'Start':1767225600,'End':1779273001}", true)]
    [InlineData("{'Start':1767225600}", true)]
    [InlineData("{'End':1777593600}", false)]
    public Task A_period_begins_before_it_ends_and_ends_in_the_future_before_2087_06_15(string period, bool taken) =>
        JudgeAsync(Budget("COST", "MONTHLY", $"{Usd},'TimePeriod':{period}"), taken);

    [Theory]
    [InlineData(Usd + ",'TimePeriod':{'Start':1777593600,'End':1780272000}", true)]
    [InlineData(Usd + ",'TimePeriod':{'End':1780272000}", false)]
    [InlineData(Usd, false)]
    [InlineData(",'AutoAdjustData':{'AutoAdjustType':'FORECAST'},'TimePeriod':{'Start':1777593600,'End':1780272000}", false)]
    [InlineData(Usd + ",'TimePeriod':{'Start':1777593600,'End':1872288000}", true)]
    [InlineData(Usd + ",'TimePeriod':{'Start':1777593600,'End':1872288001}", false)]
    public Task A_custom_budget_says_its_whole_period_and_does_not_adjust(string more, bool taken) => JudgeAsync(Budget("COST", "CUSTOM", more), taken);

    [Theory]
    [InlineData(",'FilterExpression':" + Leaf, true)]
    [InlineData(",'FilterExpression':" + Leaf + ",'Metrics':['UnblendedCost']", true)]
    [InlineData(",'FilterExpression':" + Leaf + ",'CostFilters':{'Region':['eu-west-1']}", false)]
    [InlineData(",'FilterExpression':" + Leaf + ",'CostTypes':{'UseBlended':true}", false)]
    [InlineData(",'Metrics':['UnblendedCost'],'CostFilters':{'Region':['eu-west-1']}", false)]
    [InlineData(",'Metrics':['UsageQuantity']", false)]
    [InlineData(",'Metrics':['UnblendedCost','BlendedCost']", false)]
    public Task The_two_styles_of_filters_exclude_each_other(string more, bool taken) => JudgeAsync(Budget("COST", "MONTHLY", Usd + more), taken);

    [Theory]
    [InlineData("{'Not':" + Leaf + "}", true)]
    [InlineData("{'And':[" + Leaf + ",{'Not':" + Leaf + "}]}", true)]
    [InlineData("{'And':[" + Leaf + "]}", false)]
    [InlineData("{}", false)]
    [InlineData("{'Not':" + Leaf + ",'Tags':{'Key':'a','Values':['b']}}", false)]
    [InlineData("{'Tags':{'Values':['b']}}", false)]
    [InlineData("{'Tags':{'Key':'a','Values':[]}}", false)]
    [InlineData("{'Dimensions':{'Key':'SERVICE','Values':['b'],'MatchOptions':['EQUALS','CONTAINS']}}", false)]
    [InlineData("{'Tags':{'Key':'a','Values':['b'],'MatchOptions':['CASE_SENSITIVE','EQUALS']}}", true)]
    [InlineData("{'Dimensions':{'Key':'COLOUR','Values':['red']}}", false)]
    [InlineData("{'CostCategories':{'Key':'Team','Values':['a'],'MatchOptions':['EQUALS']}}", true)]
    public Task An_expression_has_exactly_one_member_at_each_level(string expression, bool taken) =>
        JudgeAsync(Budget("COST", "MONTHLY", $"{Usd},'FilterExpression':{expression}"), taken);

    [Fact]
    public async Task An_expression_is_described_only_when_asked_for()
    {
        await bed.CreateAsync(Budget("COST", "MONTHLY", $"{Usd},'FilterExpression':{Leaf},'Metrics':['UnblendedCost']"));

        var without = await bed.DescribeAsync();
        var with = await bed.DescribeAsync(showFilterExpression: true);

        Assert.False(without.ContainsKey("FilterExpression"));
        Assert.False(without.ContainsKey("CostTypes"));
        Assert.Equal("""["UnblendedCost"]""", without["Metrics"]!.ToJsonString());
        Assert.Equal(Leaf.Replace('\'', '"'), with["FilterExpression"]!.ToJsonString());
    }

    [Theory]
    [InlineData("RI_UTILIZATION", ",'CostTypes':{'UseBlended':true}", false)]
    [InlineData("RI_UTILIZATION", ",'CostFilters':{'Service':['Amazon Redshift']}", true)]
    [InlineData("RI_UTILIZATION", ",'CostFilters':{'Service':['AWS Lambda']}", false)]
    [InlineData("USAGE", Hours + ",'CostTypes':{'UseBlended':true}", false)]
    [InlineData("USAGE", ",'BudgetLimit':{'Amount':'1','Unit':'GB'}", false)]
    [InlineData("USAGE", ",'BudgetLimit':{'Amount':'1','Unit':'GB'},'CostFilters':{'UsageTypeGroup':['S3: Storage']}", true)]
    [InlineData(
        "USAGE",
        ",'BudgetLimit':{'Amount':'1','Unit':'GB'},'FilterExpression':{'Dimensions':{'Key':'USAGE_TYPE','Values':['x']}},'Metrics':['UsageQuantity']",
        true)]
    [InlineData(
        "USAGE",
        ",'BudgetLimit':{'Amount':'1','Unit':'GB'},'FilterExpression':{'Dimensions':{'Key':'USAGE_TYPE','Values':['x']}},'Metrics':['BlendedCost']",
        false)]
    public Task Filters_and_cost_types_must_suit_the_type(string type, string more, bool taken) => JudgeAsync(Budget(type, "MONTHLY", more), taken);

    [Theory]
    [InlineData(",'CostFilters':{'LinkedAccount':['111122223333']}")]
    [InlineData(",'FilterExpression':" + LinkedAccounts)]
    [InlineData(",'FilterExpression':{'Not':" + LinkedAccounts + "}")]
    public async Task A_filter_by_linked_account_works_only_in_the_management_account(string more)
    {
        await JudgeAsync(Monthly(more: more), false);

        await bed.CreateAsync(Monthly(more: more), account: Management);
    }

    [Theory]
    [InlineData("{'BudgetType':'COST','TimeUnit':'MONTHLY'}")]
    [InlineData("{'BudgetName':'','BudgetType':'COST','TimeUnit':'MONTHLY'}")]
    [InlineData("{'BudgetName':'a:b','BudgetType':'COST','TimeUnit':'MONTHLY'}")]
    [InlineData("{'BudgetName':'a\\\\b','BudgetType':'COST','TimeUnit':'MONTHLY'}")]
    [InlineData("{'BudgetName':'a/action/b','BudgetType':'COST','TimeUnit':'MONTHLY'}")]
    [InlineData("{'BudgetName':'b','BudgetType':'COSTS','TimeUnit':'MONTHLY'}")]
    [InlineData("{'BudgetName':'b','BudgetType':'COST','TimeUnit':'WEEKLY'}")]
    [InlineData("{'BudgetName':'b','BudgetType':'COST','TimeUnit':'MONTHLY','BudgetLimit':{'Amount':'-1','Unit':'USD'}}")]
    [InlineData("{'BudgetName':'b','BudgetType':'COST','TimeUnit':'MONTHLY','BudgetLimit':{'Amount':'1e3','Unit':'USD'}}")]
    [InlineData("{'BudgetName':'b','BudgetType':'COST','TimeUnit':'MONTHLY','BudgetLimit':{'Amount':'5.','Unit':'USD'}}")]
    [InlineData("{'BudgetName':'b','BudgetType':'COST','TimeUnit':'MONTHLY','BudgetLimit':{'Amount':'5'}}")]
    [InlineData("{'BudgetName':'b','BudgetType':'COST','TimeUnit':'MONTHLY','BillingViewArn':'arn:aws:billing::1:billingview/x'}")]
    [InlineData("{'BudgetName':'b','BudgetType':'COST','TimeUnit':'MONTHLY','Limit':{'Amount':'1','Unit':'USD'}}")]
    public Task A_budget_outside_the_service_model_is_refused(string budget) => JudgeAsync(budget, false);

    [Fact]
    public async Task A_refusal_by_the_service_model_names_every_problem()
    {
        var (_, message) = await bed.RefusalAsync("CreateBudget", "'Budget':{'BudgetName':'a:b','BudgetType':'COSTS'}");

        Assert.StartsWith("3 validation errors detected: ", message, StringComparison.Ordinal);
        Assert.Contains("Value 'a:b' at 'budget.budgetName'", message, StringComparison.Ordinal);
        Assert.Contains("Value 'COSTS' at 'budget.budgetType'", message, StringComparison.Ordinal);
        Assert.Contains("Value null at 'budget.timeUnit'", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_has_at_most_100_characters()
    {
        await JudgeAsync(Monthly(new string('n', 101)), false);
        await JudgeAsync(Monthly(new string('n', 100)), true);
    }

    private async Task JudgeAsync(string budget, bool taken)
    {
        if (taken) await bed.CreateAsync(budget);
        else Assert.Equal("InvalidParameterException", await bed.CreateRefusedAsync(budget));
    }

    private static long Epoch(int year, int month) => new DateTimeOffset(year, month, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();

    private static string Ends(int year, int month) => $",'TimePeriod':{{'End':{Epoch(year, month)}}}";

    /// <summary>Limits of 100, 101, 102 … USD for as many periods.</summary>
    private static string Plan(int year, int month, int count, int step)
    {
        var first = new DateTimeOffset(year, month, 1, 0, 0, 0, TimeSpan.Zero);
        var limits = Enumerable.Range(0, count)
            .Select(number => $"'{first.AddMonths(number * step).ToUnixTimeSeconds()}':{{'Amount':'{100 + number}','Unit':'USD'}}");
        return $",'PlannedBudgetLimits':{{{string.Join(',', limits)}}}";
    }
}
