using System.Text.Json.Nodes;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Tests.Kernel;

public sealed class FaultPlanTests : IAsyncDisposable
{
    private readonly LocalCloud cloud = new();
    private readonly Api api;

    public FaultPlanTests() => api = new Api(cloud, "111122223333");

    public async ValueTask DisposeAsync()
    {
        api.Dispose();
        await cloud.DisposeAsync();
    }

    [Fact]
    public async Task Of_several_rules_the_first_that_has_an_answer_counts()
    {
        cloud.Faults.OnCalls(_ => null, "none");
        cloud.Faults.OnCalls(call => call.Service == "ssm" ? new Fault.Refusal(new AwsException("ThrottlingException", "Rate exceeded")) : null, "throttle");
        cloud.Faults.OnCalls(_ => new Fault.Refusal(new AwsException("InternalServerError", "The service is down.", 500)), "outage");

        Assert.Equal("ThrottlingException", (await Api.RefusedAsync(DescribeParametersAsync)).Code);
        Assert.Equal("InternalServerError", (await Api.RefusedAsync(() => api.JsonAsync("AmazonSQS.ListQueues", []))).Code);
    }

    [Fact]
    public async Task Rules_are_listed_by_name_until_all_are_taken_away()
    {
        cloud.Faults.OnCalls(_ => new Fault.Refusal(new AwsException("ThrottlingException", "Rate exceeded")), "throttle");
        cloud.Faults.OnDeliveries(_ => new DeliveryFault.Loss(), "loss");

        Assert.Equal(["throttle", "loss"], cloud.Faults.Names);
        cloud.Faults.Reset();

        Assert.Empty(cloud.Faults.Names);
        await DescribeParametersAsync();
    }

    private Task<JsonObject> DescribeParametersAsync() => api.JsonAsync("AmazonSSM.DescribeParameters", []);
}
