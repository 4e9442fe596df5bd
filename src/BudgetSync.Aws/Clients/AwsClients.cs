using System.Collections.Concurrent;
using Amazon;
using Amazon.AutoScaling;
using Amazon.Bedrock;
using Amazon.Budgets;
using Amazon.CloudWatch;
using Amazon.CloudWatchLogs;
using Amazon.ComputeOptimizer;
using Amazon.CostExplorer;
using Amazon.DynamoDBv2;
using Amazon.EC2;
using Amazon.ECS;
using Amazon.EventBridge;
using Amazon.IdentityManagement;
using Amazon.KeyManagementService;
using Amazon.Organizations;
using Amazon.RDS;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS;
using Amazon.SageMaker;
using Amazon.SecurityToken;
using Amazon.SimpleNotificationService;
using Amazon.SimpleSystemsManagement;

namespace BudgetSync.Aws.Clients;

/// <summary>
/// Where every AWS client is made: one region, one HttpClient, one rule for retries. Clients are made on first use, because each costs
/// start-up time and no function needs them all.
/// </summary>
public sealed class AwsClients : IDisposable
{
    private readonly SharedHttpClient http;
    private readonly Lazy<SharedHttpClient> patientHttp;
    private readonly AWSCredentials? credentials;
    private readonly Uri? endpoint;
    private readonly Lazy<IAmazonDynamoDB> dynamo;
    private readonly Lazy<IAmazonSecurityTokenService> tokens;
    private readonly Lazy<IAmazonSimpleSystemsManagement> systems;
    private readonly Lazy<IAmazonBudgets> budgets;
    private readonly Lazy<IAmazonOrganizations> organizations;
    private readonly Lazy<IAmazonSQS> queues;
    private readonly Lazy<IAmazonEventBridge> events;
    private readonly Lazy<IAmazonCostExplorer> costs;
    private readonly Lazy<IAmazonS3> objects;
    private readonly Lazy<IAmazonIdentityManagementService> identities;
    private readonly ConcurrentDictionary<string, IAmazonEC2> compute = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IAmazonAutoScaling> scaling = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IAmazonRDS> databases = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IAmazonSageMaker> notebooks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IAmazonECS> containers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IAmazonSimpleNotificationService> topics = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IAmazonKeyManagementService> keys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IAmazonComputeOptimizer> optimizers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IAmazonBedrock> models = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IAmazonCloudWatch> metrics = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IAmazonCloudWatchLogs> logs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IAmazonDynamoDB> tables = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IAmazonEventBridge> buses = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IAmazonSQS> regionQueues = new(StringComparer.Ordinal);

    /// <param name="environment">The process's variables, or those a host made up: AWS_REGION, AWS_ACCESS_KEY_ID and its companions, AWS_ENDPOINT_URL.</param>
    /// <param name="handler">What carries the calls; null is the network.</param>
    public AwsClients(IReadOnlyDictionary<string, string> environment, HttpMessageHandler? handler)
    {
        http = new SharedHttpClient(handler, Limits.CallTimeout);
        patientHttp = new(() => new SharedHttpClient(handler, Limits.AnswerTimeout));
        Region = RegionEndpoint.GetBySystemName(Read(environment, "AWS_REGION") ?? Read(environment, "AWS_DEFAULT_REGION") ?? "us-east-1");
        endpoint = Read(environment, "AWS_ENDPOINT_URL") is { } url ? new Uri(url) : null;
        credentials = Credentials(environment);
        dynamo = new(() => new AmazonDynamoDBClient(Chain(), Configure(new AmazonDynamoDBConfig())));
        tokens = new(() => new AmazonSecurityTokenServiceClient(Chain(), Configure(new AmazonSecurityTokenServiceConfig())));
        systems = new(() => Systems(Chain()));
        // Budgets, Organizations, Cost Explorer and IAM are global: the SDK's endpoint rules lead any commercial region to us-east-1.
        budgets = new(() => new AmazonBudgetsClient(Chain(), Configure(new AmazonBudgetsConfig(), "us-east-1")));
        organizations = new(() => new AmazonOrganizationsClient(Chain(), Configure(new AmazonOrganizationsConfig(), "us-east-1")));
        queues = new(() => new AmazonSQSClient(Chain(), Configure(new AmazonSQSConfig())));
        events = new(() => new AmazonEventBridgeClient(Chain(), Configure(new AmazonEventBridgeConfig())));
        // A bucket in the host's name would lead past an endpoint of one's own.
        objects = new(() => new AmazonS3Client(Chain(), Configure(new AmazonS3Config { ForcePathStyle = endpoint is not null })));
        costs = new(() => new AmazonCostExplorerClient(Chain(), Configure(new AmazonCostExplorerConfig(), "us-east-1")));
        identities = new(() => new AmazonIdentityManagementServiceClient(Chain(), Configure(new AmazonIdentityManagementServiceConfig(), "us-east-1")));
    }

    /// <summary>The home region.</summary>
    public RegionEndpoint Region { get; }

    public IAmazonDynamoDB Dynamo => dynamo.Value;

    public IAmazonSecurityTokenService Tokens => tokens.Value;

    /// <summary>SSM of the function's own account.</summary>
    public IAmazonSimpleSystemsManagement OwnSystems => systems.Value;

    public IAmazonBudgets Budgets => budgets.Value;

    public IAmazonOrganizations Organizations => organizations.Value;

    public IAmazonSQS Queues => queues.Value;

    /// <summary>SQS of a region.</summary>
    public IAmazonSQS QueuesOf(string region) =>
        regionQueues.GetOrAdd(region, name => new AmazonSQSClient(Chain(), ConfigureIn(new AmazonSQSConfig(), name)));

    public IAmazonEventBridge Events => events.Value;

    /// <summary>SNS of the home region.</summary>
    public IAmazonSimpleNotificationService OwnTopics => Topics(Region.SystemName);

    public IAmazonCostExplorer Costs => costs.Value;

    public IAmazonS3 Objects => objects.Value;

    public IAmazonIdentityManagementService Identities => identities.Value;

    /// <summary>CloudWatch of a region.</summary>
    public IAmazonCloudWatch Metrics(string region) =>
        metrics.GetOrAdd(region, name => new AmazonCloudWatchClient(Chain(), ConfigureIn(new AmazonCloudWatchConfig(), name)));

    /// <summary>CloudWatch Logs of a region.</summary>
    public IAmazonCloudWatchLogs Logs(string region) =>
        logs.GetOrAdd(region, name => new AmazonCloudWatchLogsClient(Chain(), ConfigureIn(new AmazonCloudWatchLogsConfig(), name)));

    /// <summary>Bedrock of a region.</summary>
    public IAmazonBedrock Models(string region) =>
        models.GetOrAdd(region, name => new AmazonBedrockClient(Chain(), ConfigureIn(new AmazonBedrockConfig(), name)));

    /// <summary>DynamoDB of a region.</summary>
    public IAmazonDynamoDB DynamoOf(string region) =>
        tables.GetOrAdd(region, name => new AmazonDynamoDBClient(Chain(), ConfigureIn(new AmazonDynamoDBConfig(), name)));

    /// <summary>EventBridge of a region.</summary>
    public IAmazonEventBridge EventsOf(string region) =>
        buses.GetOrAdd(region, name => new AmazonEventBridgeClient(Chain(), ConfigureIn(new AmazonEventBridgeConfig(), name)));

    /// <summary>EC2 of a region, which need not be the home region.</summary>
    public IAmazonEC2 Compute(string region) => compute.GetOrAdd(region, name => new AmazonEC2Client(Chain(), ConfigureIn(new AmazonEC2Config(), name)));

    /// <summary>Auto Scaling of a region.</summary>
    public IAmazonAutoScaling Scaling(string region) =>
        scaling.GetOrAdd(region, name => new AmazonAutoScalingClient(Chain(), ConfigureIn(new AmazonAutoScalingConfig(), name)));

    /// <summary>Compute Optimizer of a region.</summary>
    public IAmazonComputeOptimizer Optimizer(string region) =>
        optimizers.GetOrAdd(region, name => new AmazonComputeOptimizerClient(Chain(), ConfigureIn(new AmazonComputeOptimizerConfig(), name)));

    /// <summary>RDS of a region.</summary>
    public IAmazonRDS Databases(string region) =>
        databases.GetOrAdd(region, name => new AmazonRDSClient(Chain(), ConfigureIn(new AmazonRDSConfig(), name)));

    /// <summary>SageMaker of a region.</summary>
    public IAmazonSageMaker Notebooks(string region) =>
        notebooks.GetOrAdd(region, name => new AmazonSageMakerClient(Chain(), ConfigureIn(new AmazonSageMakerConfig(), name)));

    /// <summary>ECS of a region.</summary>
    public IAmazonECS Containers(string region) =>
        containers.GetOrAdd(region, name => new AmazonECSClient(Chain(), ConfigureIn(new AmazonECSConfig(), name)));
    /// <summary>SNS of a region.</summary>
    public IAmazonSimpleNotificationService Topics(string region) => topics.GetOrAdd(
        region, name => new AmazonSimpleNotificationServiceClient(Chain(), ConfigureIn(new AmazonSimpleNotificationServiceConfig(), name)));

    /// <summary>KMS of a region.</summary>
    public IAmazonKeyManagementService Keys(string region) =>
        keys.GetOrAdd(region, name => new AmazonKeyManagementServiceClient(Chain(), ConfigureIn(new AmazonKeyManagementServiceConfig(), name)));

    /// <summary>The HttpClient under all of them, for the one call that is no AWS API: a custom resource's answer.</summary>
    public HttpClient Http => http.Client;

    /// <summary>The HttpClient that waits for what a function answers.</summary>
    public HttpClient PatientHttp => patientHttp.Value.Client;

    /// <summary>Lambda of the home region.</summary>
    public Uri FunctionsEndpoint => endpoint ?? new Uri($"https://lambda.{Region.SystemName}.{Region.PartitionDnsSuffix}");

    /// <summary>What every call is signed with: the keys of the environment, else what the SDK's chain finds. Finding may ask the network.</summary>
    public AWSCredentials Signing => Chain();

    /// <summary>SSM of a spoke, with the credentials of a session there.</summary>
    public IAmazonSimpleSystemsManagement Systems(AWSCredentials session) =>
        new AmazonSimpleSystemsManagementClient(session, Configure(new AmazonSimpleSystemsManagementConfig()));

    public void Dispose()
    {
        foreach (var client in Made()) client.Dispose();
        http.Dispose();
        if (patientHttp.IsValueCreated) patientHttp.Value.Dispose();
    }

    private IEnumerable<IDisposable> Made()
    {
        if (dynamo.IsValueCreated) yield return dynamo.Value;
        if (tokens.IsValueCreated) yield return tokens.Value;
        if (systems.IsValueCreated) yield return systems.Value;
        if (budgets.IsValueCreated) yield return budgets.Value;
        if (organizations.IsValueCreated) yield return organizations.Value;
        if (queues.IsValueCreated) yield return queues.Value;
        if (events.IsValueCreated) yield return events.Value;
        if (costs.IsValueCreated) yield return costs.Value;
        if (objects.IsValueCreated) yield return objects.Value;
        if (identities.IsValueCreated) yield return identities.Value;
        foreach (var client in compute.Values) yield return client;
        foreach (var client in scaling.Values) yield return client;
        foreach (var client in optimizers.Values) yield return client;
        foreach (var client in databases.Values) yield return client;
        foreach (var client in notebooks.Values) yield return client;
        foreach (var client in containers.Values) yield return client;
        foreach (var client in topics.Values) yield return client;
        foreach (var client in keys.Values) yield return client;
        foreach (var client in models.Values) yield return client;
        foreach (var client in metrics.Values) yield return client;
        foreach (var client in logs.Values) yield return client;
        foreach (var client in tables.Values) yield return client;
        foreach (var client in buses.Values) yield return client;
        foreach (var client in regionQueues.Values) yield return client;
    }

    /// <summary>Completes the configuration of a client, also of one that a single host needs and makes itself.</summary>
    public TConfig Configure<TConfig>(TConfig config, string? globalRegion = null)
        where TConfig : ClientConfig
    {
        if (endpoint is not null)
        {
            config.ServiceURL = endpoint.ToString();
            config.AuthenticationRegion = globalRegion ?? Region.SystemName;
        }
        else
        {
            config.RegionEndpoint = Region;
        }

        config.HttpClientFactory = http;
        // Ours are the only retries (Calls.Caller says why); two layers of them would multiply.
        config.MaxErrorRetry = 0;
        config.DisableLogging = true;
        return config;
    }

    private TConfig ConfigureIn<TConfig>(TConfig config, string region)
        where TConfig : ClientConfig
    {
        Configure(config, region);
        if (endpoint is null) config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        return config;
    }

    private AWSCredentials Chain() => credentials ?? Amazon.Runtime.Credentials.DefaultAWSCredentialsIdentityResolver.GetCredentials();

    private static AWSCredentials? Credentials(IReadOnlyDictionary<string, string> environment)
    {
        if (Read(environment, "AWS_ACCESS_KEY_ID") is not { } id || Read(environment, "AWS_SECRET_ACCESS_KEY") is not { } secret) return null;
        return Read(environment, "AWS_SESSION_TOKEN") is { } token ? new SessionAWSCredentials(id, secret, token) : new BasicAWSCredentials(id, secret);
    }

    private static string? Read(IReadOnlyDictionary<string, string> environment, string name) =>
        environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
