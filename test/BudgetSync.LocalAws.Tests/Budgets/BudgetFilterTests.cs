using BudgetSync.LocalAws.Budgets;
using static BudgetSync.LocalAws.Tests.Budgets.BudgetsTestBed;

namespace BudgetSync.LocalAws.Tests.Budgets;

public sealed class BudgetFilterTests
{
    private const string Metric = ",'Metrics':['UnblendedCost']";
    private const string Leaf = "{'Tags':{'Key':'Env','Values':['prod']}}";

    private readonly BudgetsTestBed bed = new();

    [Theory]
    [InlineData("PurchaseType")]
    [InlineData("UsageTypeGroup")]
    [InlineData("Service")]
    [InlineData("Operation")]
    [InlineData("UsageType")]
    [InlineData("BillingEntity")]
    [InlineData("CostCategory")]
    [InlineData("TagKeyValue")]
    [InlineData("LegalEntityName")]
    [InlineData("InvoicingEntity")]
    [InlineData("AZ")]
    [InlineData("Region")]
    [InlineData("InstanceType")]
    public Task A_COST_budget_takes_the_filters_that_AWS_lists(string name) => bed.CreateAsync(Monthly(more: $",'CostFilters':{{'{name}':['a']}}"));

    [Theory]
    [InlineData("user:Project")]
    [InlineData("TagKey")]
    [InlineData("service")]
    [InlineData("RecordType")]
    [InlineData("Tenancy")]
    [InlineData("ReservationId")]
    [InlineData("CacheEngine")]
    public async Task A_filter_that_AWS_does_not_list_is_refused_in_its_words(string name)
    {
        var (code, message) = await bed.RefusalAsync("CreateBudget", $"'Budget':{Monthly(more: $",'CostFilters':{{'Region':['eu-west-1'],'{name}':['a']}}")}");

        Assert.Equal("InvalidParameterException", code);
        Assert.Equal(
            $"Unable to create/update budget - {name} is not in the supported in cost budget dimension set: [PurchaseType, UsageTypeGroup, Service, "
                + $"Operation, UsageType, BillingEntity, CostCategory, LinkedAccount, TagKeyValue, LegalEntityName, InvoicingEntity, AZ, Region, InstanceType]",
            message);
    }

    [Fact]
    public async Task The_filters_of_a_type_can_be_set()
    {
        var other = new BudgetsTestBed(
            new BudgetsOptions { CostFilters = new BudgetsOptions().CostFilters.SetItem("RI_COVERAGE", ["Service", "CacheEngine"]) });
        var filtered = Budget("RI_COVERAGE", "MONTHLY", ",'CostFilters':{'Service':['Amazon ElastiCache'],'CacheEngine':['Redis']}");

        await other.CreateAsync(filtered);
        Assert.Equal("InvalidParameterException", await bed.CreateRefusedAsync(filtered));
        Assert.Equal("InvalidParameterException", await other.CreateRefusedAsync(Budget("RI_COVERAGE", "MONTHLY", ",'CostFilters':{'Region':['eu-west-1']}")));
    }

    [Fact]
    public async Task Metrics_without_an_expression_are_refused() =>
        Assert.Equal("InvalidParameterException", await bed.CreateRefusedAsync(Monthly(more: Metric)));

    [Fact]
    public async Task An_expression_without_a_metric_makes_a_budget_that_is_unhealthy_and_never_computed()
    {
        await bed.CreateAsync(Monthly(more: $",'FilterExpression':{Leaf}"));
        bed.Cloud.Budgets.SetSpend(Spoke, "b", 300m);

        var malformed = await bed.DescribeAsync();
        Assert.Equal("UNHEALTHY", malformed["HealthStatus"]!["Status"]!.GetValue<string>());
        Assert.Equal("0.0", malformed["CalculatedSpend"]!["ActualSpend"]!["Amount"]!.GetValue<string>());

        await bed.UpdateAsync(Monthly(more: $",'FilterExpression':{Leaf}{Metric}"));
        bed.Cloud.Budgets.SetSpend(Spoke, "b", 300m);
        var mended = await bed.DescribeAsync();
        Assert.Equal("HEALTHY", mended["HealthStatus"]!["Status"]!.GetValue<string>());
        Assert.Equal("300.0", mended["CalculatedSpend"]!["ActualSpend"]!["Amount"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_expression_without_a_metric_is_refused_where_the_option_says_so()
    {
        var strict = new BudgetsTestBed(new BudgetsOptions { RefuseExpressionWithoutMetric = true });

        Assert.Equal("InvalidParameterException", await strict.CreateRefusedAsync(Monthly(more: $",'FilterExpression':{Leaf}")));
        await strict.CreateAsync(Monthly(more: $",'FilterExpression':{Leaf}{Metric}"));
    }

    [Theory]
    [InlineData("{'Tags':{'Key':'Env','MatchOptions':['ABSENT']}}", true)]
    [InlineData("{'CostCategories':{'Key':'Team','MatchOptions':['ABSENT']}}", true)]
    [InlineData("{'Tags':{'Key':'Env','Values':['prod'],'MatchOptions':['ABSENT']}}", false)]
    [InlineData("{'CostCategories':{'Key':'Team','Values':['a'],'MatchOptions':['ABSENT']}}", false)]
    [InlineData("{'Dimensions':{'Key':'AZ','Values':['eu-west-1a'],'MatchOptions':['ABSENT']}}", false)]
    [InlineData("{'Dimensions':{'Key':'AZ','MatchOptions':['ABSENT']}}", false)]
    [InlineData("{'Tags':{'Key':'Env'}}", false)]
    [InlineData("{'CostCategories':{'Key':'Team','MatchOptions':['EQUALS']}}", false)]
    public Task ABSENT_has_no_values_and_everything_else_has_some(string expression, bool taken) => JudgeAsync(expression, taken);

    [Theory]
    [InlineData("{'Not':{'Not':" + Leaf + "}}", true)]
    [InlineData("{'And':[" + Leaf + ",{'Or':[" + Leaf + "," + Leaf + "]}]}", true)]
    [InlineData("{'Not':{'Not':{'Not':" + Leaf + "}}}", false)]
    [InlineData("{'And':[" + Leaf + ",{'Or':[" + Leaf + ",{'Not':" + Leaf + "}]}]}", false)]
    public Task Operators_nest_2_deep(string expression, bool taken) => JudgeAsync(expression, taken);

    [Fact]
    public async Task An_account_outside_the_organization_in_a_filter_makes_the_budget_unhealthy()
    {
        bed.Cloud.Organizations.AddAccount(Spoke, "spoke");
        await bed.CreateAsync(Monthly("ours", more: $",'CostFilters':{{'LinkedAccount':['{Spoke}']}}"), account: Management);
        await bed.CreateAsync(Monthly("theirs", more: ",'CostFilters':{'LinkedAccount':['444455556666']}"), account: Management);

        Assert.Equal("HEALTHY", (await bed.DescribeAsync("ours", account: Management))["HealthStatus"]!["Status"]!.GetValue<string>());
        Assert.Equal("FILTER_INVALID", (await bed.DescribeAsync("theirs", account: Management))["HealthStatus"]!["StatusReason"]!.GetValue<string>());
    }

    private async Task JudgeAsync(string expression, bool taken)
    {
        var budget = Monthly(more: $",'FilterExpression':{expression}{Metric}");
        if (taken) await bed.CreateAsync(budget);
        else Assert.Equal("InvalidParameterException", await bed.CreateRefusedAsync(budget));
    }
}
