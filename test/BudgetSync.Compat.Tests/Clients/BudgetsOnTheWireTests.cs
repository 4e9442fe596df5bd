using System.Net;
using Amazon.Budgets;
using Amazon.Budgets.Model;

namespace BudgetSync.Compat.Tests.Clients;

public sealed class BudgetsOnTheWireTests
{
    private const string Account = "111122223333";

    private static readonly Notification Ninety = new()
    {
        NotificationType = NotificationType.ACTUAL,
        ComparisonOperator = ComparisonOperator.GREATER_THAN,
        Threshold = 90,
        ThresholdType = ThresholdType.PERCENTAGE,
    };

    private const string NinetyJson =
        """{"ComparisonOperator":"GREATER_THAN","NotificationType":"ACTUAL","Threshold":90,"ThresholdType":"PERCENTAGE"}""";

    private static AmazonBudgetsClient Client(StubService service) => new(StubService.Credentials, service.Configure(new AmazonBudgetsConfig()));

    [Fact]
    public async Task CreateBudget_sends_every_member_of_a_budget()
    {
        var service = new StubService();
        using var client = Client(service);
#pragma warning disable CS0618 // CostFilters and CostTypes: deprecated by AWS, still what many budgets have.
        var budget = new Budget
        {
            AutoAdjustData = new AutoAdjustData
            {
                AutoAdjustType = AutoAdjustType.HISTORICAL,
                HistoricalOptions = new HistoricalOptions { BudgetAdjustmentPeriod = 3 },
            },
            BillingViewArn = "arn:aws:billing::111122223333:billingview/primary",
            BudgetLimit = new Spend { Amount = 1500.50m, Unit = "USD" },
            BudgetName = "SpokeAccountBudget",
            BudgetType = BudgetType.COST,
            CostFilters = new() { ["Service"] = ["Amazon EC2"] },
            CostTypes = new CostTypes { IncludeTax = true, UseBlended = false },
            FilterExpression = new Expression
            {
                Not = new Expression
                {
                    Dimensions = new ExpressionDimensionValues { Key = Dimension.REGION, Values = ["eu-west-1"], MatchOptions = ["EQUALS"] }
                },
            },
            Metrics = ["UnblendedCost"],
            PlannedBudgetLimits = new() { ["1764547200"] = new Spend { Amount = 1m, Unit = "USD" } },
            TimePeriod = new TimePeriod { Start = new DateTime(2025, 12, 1, 0, 0, 0, DateTimeKind.Utc) },
            TimeUnit = TimeUnit.MONTHLY,
        };
#pragma warning restore CS0618

        await client.CreateBudgetAsync(new CreateBudgetRequest
        {
            AccountId = Account,
            Budget = budget,
            NotificationsWithSubscribers =
            [
                new() { Notification = Ninety, Subscribers = [new() { SubscriptionType = SubscriptionType.EMAIL, Address = "finops@example.com" }] },
            ],
            ResourceTags = [new() { Key = "budgetsync:managed-by", Value = "BudgetSync" }],
        });

        service.Received(
            "AWSBudgetServiceGateway.CreateBudget",
            $$$$"""
            {"AccountId":"111122223333","Budget":{
              "AutoAdjustData":{"AutoAdjustType":"HISTORICAL","HistoricalOptions":{"BudgetAdjustmentPeriod":3}},
              "BillingViewArn":"arn:aws:billing::111122223333:billingview/primary",
              "BudgetLimit":{"Amount":"1500.50","Unit":"USD"},"BudgetName":"SpokeAccountBudget","BudgetType":"COST",
              "CostFilters":{"Service":["Amazon EC2"]},"CostTypes":{"IncludeTax":true,"UseBlended":false},
              "FilterExpression":{"Not":{"Dimensions":{"Key":"REGION","MatchOptions":["EQUALS"],"Values":["eu-west-1"]}}},
              "Metrics":["UnblendedCost"],"PlannedBudgetLimits":{"1764547200":{"Amount":"1","Unit":"USD"}},
              "TimePeriod":{"Start":1764547200},"TimeUnit":"MONTHLY"},
             "NotificationsWithSubscribers":[{"Notification":{{{{NinetyJson}}}},
               "Subscribers":[{"Address":"finops@example.com","SubscriptionType":"EMAIL"}]}],
             "ResourceTags":[{"Key":"budgetsync:managed-by","Value":"BudgetSync"}]}
            """);
        Assert.Equal("application/x-amz-json-1.1", service.Request.ContentType);
    }

    [Fact]
    public async Task DescribeBudget_reads_every_member_of_a_budget()
    {
        var service = new StubService(
            """
            {"Budget":{"BudgetName":"b","BudgetLimit":{"Amount":"12.5","Unit":"USD"},"BudgetType":"COST","TimeUnit":"MONTHLY",
             "PlannedBudgetLimits":{"1764547200":{"Amount":"1.0","Unit":"USD"}},"CostFilters":{"Service":["a","b"]},
             "CostTypes":{"IncludeTax":true,"UseBlended":false},"TimePeriod":{"Start":1.7645472E9,"End":3706473600},
             "CalculatedSpend":{"ActualSpend":{"Amount":"3.25","Unit":"USD"},"ForecastedSpend":{"Amount":"7","Unit":"USD"}},
             "LastUpdatedTime":1764547200.5,"AutoAdjustData":{"AutoAdjustType":"FORECAST","LastAutoAdjustTime":1764547200},
             "FilterExpression":{"Or":[{"Tags":{"Key":"k","Values":["v"]}},{"CostCategories":{"Key":"c","Values":["w"]}}]},
             "Metrics":["NetUnblendedCost"],"BillingViewArn":"arn:x","HealthStatus":{"Status":"UNHEALTHY","StatusReason":"FILTER_INVALID"},
             "AMemberOfTomorrow":{"deep":[1,{"er":null}]}}}
            """);
        using var client = Client(service);

        var budget =
            (await client.DescribeBudgetAsync(new DescribeBudgetRequest { AccountId = Account, BudgetName = "b", ShowFilterExpression = true })).Budget;

        service.Received(
            "AWSBudgetServiceGateway.DescribeBudget", """{"AccountId":"111122223333","BudgetName":"b","ShowFilterExpression":true}""");
        Assert.Equal(12.5m, budget.BudgetLimit.Amount);
        Assert.Same(BudgetType.COST, budget.BudgetType);
        Assert.Equal(1m, budget.PlannedBudgetLimits["1764547200"].Amount);
        Assert.Equal(new DateTime(2025, 12, 1, 0, 0, 0, DateTimeKind.Utc), budget.TimePeriod.Start);
        Assert.Equal(DateTimeKind.Utc, budget.TimePeriod.Start!.Value.Kind);
        Assert.Equal(new DateTime(2087, 6, 15, 0, 0, 0, DateTimeKind.Utc), budget.TimePeriod.End);
        Assert.Equal(3.25m, budget.CalculatedSpend.ActualSpend.Amount);
        Assert.Equal(7m, budget.CalculatedSpend.ForecastedSpend.Amount);
        Assert.Equal(500, budget.LastUpdatedTime!.Value.Millisecond);
        Assert.Equal(AutoAdjustType.FORECAST, budget.AutoAdjustData.AutoAdjustType);
        Assert.Equal("v", budget.FilterExpression.Or[0].Tags.Values[0]);
        Assert.Equal("c", budget.FilterExpression.Or[1].CostCategories.Key);
        Assert.Equal("NetUnblendedCost", Assert.Single(budget.Metrics));
        Assert.Equal(HealthStatusReason.FILTER_INVALID, budget.HealthStatus.StatusReason);
#pragma warning disable CS0618 // deprecated by AWS, still answered
        Assert.Equal(["a", "b"], budget.CostFilters["Service"]);
        Assert.True(budget.CostTypes.IncludeTax);
        Assert.Null(budget.CostTypes.IncludeSupport);
#pragma warning restore CS0618
    }

    [Fact]
    public async Task An_answer_carries_its_request_id_and_leaves_absent_collections_null()
    {
        var service = new StubService("""{"NextToken":null}""");
        using var client = Client(service);

        var answer = await client.DescribeBudgetsAsync(new DescribeBudgetsRequest { AccountId = Account, MaxResults = 100, NextToken = "t" });

        service.Received("AWSBudgetServiceGateway.DescribeBudgets", """{"AccountId":"111122223333","MaxResults":100,"NextToken":"t"}""");
        Assert.Equal("request-1", answer.ResponseMetadata.RequestId);
        Assert.Equal(HttpStatusCode.OK, answer.HttpStatusCode);
        Assert.Null(answer.Budgets);
        Assert.Null(answer.NextToken);
    }

    [Theory]
    [InlineData("com.amazonaws.budgets#NotFoundException", typeof(NotFoundException))]
    [InlineData("InternalErrorException", typeof(InternalErrorException))]
    [InlineData("ThrottlingException", typeof(ThrottlingException))]
    [InlineData("AccessDeniedException", typeof(AccessDeniedException))]
    [InlineData("SomethingNew", typeof(AmazonBudgetsException))]
    public async Task An_error_becomes_the_exception_of_its_name(string type, Type exception)
    {
        var service = new StubService($$"""{"__type":"{{type}}","Message":"because"}""", HttpStatusCode.BadRequest);
        using var client = Client(service);

        var thrown = await Assert.ThrowsAnyAsync<AmazonBudgetsException>(
            () => client.DeleteBudgetAsync(new DeleteBudgetRequest { AccountId = Account, BudgetName = "b" }));

        Assert.IsType(exception, thrown);
        Assert.Equal("because", thrown.Message);
        Assert.Equal(type.Split('#')[^1], thrown.ErrorCode);
        Assert.Equal("request-1", thrown.RequestId);
        Assert.Equal(HttpStatusCode.BadRequest, thrown.StatusCode);
    }
}
