using System.Net;
using Amazon;
using Amazon.Budgets;
using Amazon.Budgets.Model;
using Amazon.CostExplorer;
using Amazon.CostExplorer.Model;
using Amazon.Organizations;
using Amazon.Organizations.Model;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using Moq;

namespace BudgetSync.Compat.Tests.Clients;

public sealed class CallDestinationTests
{
    [Theory]
    [InlineData("eu-west-1", "https://budgets.amazonaws.com/", "us-east-1")]
    [InlineData("us-east-1", "https://budgets.amazonaws.com/", "us-east-1")]
    [InlineData("cn-north-1", "https://budgets.amazonaws.com.cn/", "cn-northwest-1")]
    public async Task Budgets_is_one_endpoint_per_partition_whatever_the_region(string region, string url, string signedFor)
    {
        var service = new StubService();
        using var client = new AmazonBudgetsClient(
            StubService.Credentials, service.Configure(new AmazonBudgetsConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(region) }));

        await client.DeleteBudgetAsync(new DeleteBudgetRequest { AccountId = "111122223333", BudgetName = "b" });

        Assert.Equal(url, service.Request.Url.ToString());
        Assert.Contains($"/{signedFor}/budgets/aws4_request", service.Request.Authorization, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eu-west-1", "https://ce.us-east-1.amazonaws.com/", "us-east-1")]
    [InlineData("cn-north-1", "https://ce.cn-northwest-1.amazonaws.com.cn/", "cn-northwest-1")]
    public async Task Cost_Explorer_is_one_endpoint_per_partition_whatever_the_region(string region, string url, string signedFor)
    {
        var service = new StubService();
        using var client = new AmazonCostExplorerClient(
            StubService.Credentials, service.Configure(new AmazonCostExplorerConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(region) }));

        await client.GetCostAndUsageAsync(new GetCostAndUsageRequest());

        Assert.Equal(url, service.Request.Url.ToString());
        Assert.Contains($"/{signedFor}/ce/aws4_request", service.Request.Authorization, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eu-west-1", "https://organizations.us-east-1.amazonaws.com/", "us-east-1")]
    [InlineData("us-gov-east-1", "https://organizations.us-gov-west-1.amazonaws.com/", "us-gov-west-1")]
    public async Task Organizations_is_one_endpoint_per_partition_whatever_the_region(string region, string url, string signedFor)
    {
        var service = new StubService();
        using var client = new AmazonOrganizationsClient(
            StubService.Credentials, service.Configure(new AmazonOrganizationsConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(region) }));

        await client.ListRootsAsync(new ListRootsRequest());

        Assert.Equal(url, service.Request.Url.ToString());
        Assert.Contains($"/{signedFor}/organizations/aws4_request", service.Request.Authorization, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eu-west-1", "https://ssm.eu-west-1.amazonaws.com/")]
    [InlineData("cn-north-1", "https://ssm.cn-north-1.amazonaws.com.cn/")]
    public async Task Parameter_Store_is_of_the_region(string region, string url)
    {
        var service = new StubService();
        using var client = new AmazonSimpleSystemsManagementClient(
            StubService.Credentials, service.Configure(new AmazonSimpleSystemsManagementConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(region) }));

        await client.DeleteParameterAsync(new DeleteParameterRequest { Name = "/p" });

        Assert.Equal(url, service.Request.Url.ToString());
        Assert.Contains($"/{region}/ssm/aws4_request", service.Request.Authorization, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_url_wins_over_every_rule()
    {
        var service = new StubService();
        using var client = new AmazonBudgetsClient(
            StubService.Credentials,
            service.Configure(new AmazonBudgetsConfig { ServiceURL = "http://127.0.0.1:4566", AuthenticationRegion = "eu-central-1" }));

        await client.DeleteBudgetAsync(new DeleteBudgetRequest { AccountId = "111122223333", BudgetName = "b" });

        Assert.Equal("http://127.0.0.1:4566/", service.Request.Url.ToString());
        Assert.Contains("/eu-central-1/budgets/aws4_request", service.Request.Authorization, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_without_a_type_of_its_own_carries_the_code_of_the_former_protocol()
    {
        var service = new StubService("""{"__type":"com.amazonaws.sqs#SomethingNew","message":"m"}""", HttpStatusCode.BadRequest)
        {
            QueryError = "AWS.SimpleQueueService.SomethingNew;Sender",
        };
        using var client = new AmazonSQSClient(StubService.Credentials, service.Configure(new AmazonSQSConfig()));

        var thrown =
            await Assert.ThrowsAsync<AmazonSQSException>(
                () => client.DeleteMessageAsync(new DeleteMessageRequest { QueueUrl = "https://q", ReceiptHandle = "h" }));

        Assert.Equal("AWS.SimpleQueueService.SomethingNew", thrown.ErrorCode);
        Assert.Equal(Amazon.Runtime.ErrorType.Sender, thrown.ErrorType);
    }

    [Fact]
    public async Task An_error_without_the_suffix_Exception_gets_it()
    {
        var service = new StubService("""{"__type":"ParameterNotFound"}""", HttpStatusCode.BadRequest);
        using var client = new AmazonSimpleSystemsManagementClient(StubService.Credentials, service.Configure(new AmazonSimpleSystemsManagementConfig()));

        var thrown = await Assert.ThrowsAsync<ParameterNotFoundException>(() => client.GetParameterAsync(new GetParameterRequest { Name = "/p" }));

        Assert.Equal("ParameterNotFound", thrown.ErrorCode);
        Assert.IsAssignableFrom<AmazonSimpleSystemsManagementException>(thrown);
    }

    [Fact]
    public async Task Throttling_is_retried_as_the_official_pipeline_does()
    {
        var service = new StubService("""{"__type":"ThrottlingException","Message":"slow down"}""", HttpStatusCode.BadRequest);
        var config = service.Configure(new AmazonBudgetsConfig());
        config.MaxErrorRetry = 1;
        using var client = new AmazonBudgetsClient(StubService.Credentials, config);

        await Assert.ThrowsAsync<Amazon.Budgets.Model.ThrottlingException>(
            () => client.DeleteBudgetAsync(new DeleteBudgetRequest { AccountId = "111122223333", BudgetName = "b" }));

        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public async Task An_organizations_error_says_its_reason()
    {
        var service = new StubService("""{"__type":"InvalidInputException","Message":"m","Reason":"INVALID_NEXT_TOKEN"}""", HttpStatusCode.BadRequest);
        using var client = new AmazonOrganizationsClient(StubService.Credentials, service.Configure(new AmazonOrganizationsConfig()));

        var thrown = await Assert.ThrowsAsync<InvalidInputException>(() => client.ListAccountsAsync(new ListAccountsRequest { NextToken = "x" }));

        Assert.Equal(InvalidInputExceptionReason.INVALID_NEXT_TOKEN, thrown.Reason);
    }

    [Fact]
    public async Task Moq_may_stand_in_for_a_client_interface()
    {
        var mock = new Mock<IAmazonBudgets>();
        mock.Setup(budgets => budgets.DescribeBudgetAsync(It.IsAny<DescribeBudgetRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new DescribeBudgetResponse { Budget = new Budget { BudgetName = "b" } });

        Assert.Equal("b", (await mock.Object.DescribeBudgetAsync(new DescribeBudgetRequest())).Budget.BudgetName);
    }

    [Theory]
    [InlineData("COST")]
    [InlineData("cost")]
    public void A_constant_is_found_in_any_letter_case(string value) => Assert.Same(BudgetType.COST, BudgetType.FindValue(value));

    [Fact]
    public void A_constant_of_tomorrow_keeps_its_text() => Assert.Equal("TOMORROW", BudgetType.FindValue("TOMORROW").Value);
}
