using Amazon.AutoScaling;
using Amazon.Bedrock;
using Amazon.Budgets;
using Amazon.CloudWatch;
using Amazon.CloudWatchLogs;
using Amazon.ComputeOptimizer;
using Amazon.CostExplorer;
using Amazon.ECS;
using Amazon.EventBridge;
using Amazon.IdentityManagement;
using Amazon.Organizations;
using Amazon.RDS;
using Amazon.SageMaker;
using Amazon.SecretsManager;
using Amazon.SimpleNotificationService;
using Amazon.SimpleSystemsManagement;
using Amazon.SQS;

namespace BudgetSync.Compat.Tests.Clients;

/// <summary>Each operation once: what stands on the wire, and what is read of the answer.</summary>
public sealed class EveryOperationTests
{
    private static readonly Dictionary<string, Exchange> Exchanges =
        BudgetsExchanges.All.Concat(OtherExchanges.All)
            .Concat(CostExplorerExchanges.All)
            .Concat(PolicyExchanges.All)
            .Concat(ScalingExchanges.All)
            .Concat(ScalingExchanges.OfDatabases)
            .Concat(ContainerExchanges.All)
            .Concat(NotebookExchanges.All)
            .Concat(ScalingExchanges.OfTopics)
            .Concat(BedrockExchanges.All)
            .ToDictionary(exchange => exchange.Target);

    public static TheoryData<string> Targets => [.. Exchanges.Keys];

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task It_is_sent_and_its_answer_read(string target)
    {
        var exchange = Exchanges[target];
        var service = new StubService(exchange.Answer);

        var read = await exchange.Call(service);

        service.Received(exchange.Target, exchange.Body);
        Assert.StartsWith("AWS4-HMAC-SHA256 Credential=111122223333/", service.Request.Authorization, StringComparison.Ordinal);
        Assert.Equal(exchange.Read, read);
    }

    /// <summary>Only of our stand-ins: the official interfaces have hundreds of operations that we do not call.</summary>
    [Fact]
    public void None_of_a_stand_in_is_left_out()
    {
        Type[] clients =
            [
                typeof(IAmazonBudgets), typeof(IAmazonSimpleSystemsManagement), typeof(IAmazonOrganizations), typeof(IAmazonSQS), typeof(IAmazonEventBridge),
                typeof(IAmazonCostExplorer), typeof(IAmazonSecretsManager), typeof(IAmazonIdentityManagementService),
                typeof(IAmazonAutoScaling), typeof(IAmazonBedrock), typeof(IAmazonCloudWatch), typeof(IAmazonCloudWatchLogs), typeof(IAmazonComputeOptimizer),
                typeof(IAmazonRDS),
                typeof(IAmazonSageMaker), typeof(IAmazonECS),
                typeof(IAmazonSimpleNotificationService),
            ];
        var operations = clients
            .Where(client => client.Assembly.GetReferencedAssemblies().Any(reference => reference.Name == "BudgetSync.Compat.Wire"))
            .SelectMany(client => client.GetMethods())
            .Select(method => method.Name)
            .Where(name => name.EndsWith("Async", StringComparison.Ordinal))
            .Select(name => name[..^"Async".Length]);
        var tried = Exchanges.Keys.Select(target => target.Split('.')[1]).ToHashSet();

        Assert.DoesNotContain(operations, operation => !tried.Contains(operation));
    }
}
