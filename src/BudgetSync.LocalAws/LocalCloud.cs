using System.Text.Json.Nodes;
using BudgetSync.LocalAws.AutoScaling;
using BudgetSync.LocalAws.Bedrock;
using BudgetSync.LocalAws.Billing;
using BudgetSync.LocalAws.Budgets;
using BudgetSync.LocalAws.CloudFormation;
using BudgetSync.LocalAws.CloudWatch;
using BudgetSync.LocalAws.ComputeOptimizer;
using BudgetSync.LocalAws.CostExplorer;
using BudgetSync.LocalAws.DynamoDb;
using BudgetSync.LocalAws.Ec2;
using BudgetSync.LocalAws.Ecs;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Kms;
using BudgetSync.LocalAws.Lambda;
using BudgetSync.LocalAws.Logs;
using BudgetSync.LocalAws.Organizations;
using BudgetSync.LocalAws.Rds;
using BudgetSync.LocalAws.S3;
using BudgetSync.LocalAws.SageMaker;
using BudgetSync.LocalAws.SecretsManager;
using BudgetSync.LocalAws.Sns;
using BudgetSync.LocalAws.Sqs;
using BudgetSync.LocalAws.Ssm;
using BudgetSync.LocalAws.Sts;

namespace BudgetSync.LocalAws;

/// <summary>
/// An AWS of our own: many accounts in one process, for local runs and tests. What each service does is written in BEHAVIOUR.md,
/// each line with a test; what is not written there is an error.
/// </summary>
public sealed class LocalCloud : IAsyncDisposable
{
    private static int runs;
    private readonly TaskCompletionSource reset = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LoopbackServer? server;

    public LocalCloud(LocalCloudOptions? options = null)
    {
        Options = options ?? new LocalCloudOptions();
        Calls = new CallLog(Options.CallsKept);
        Callers = new CallerDirectory(Time);
        Work = new WorkQueue(Time, Options.Stepped);
        Gateway = new Gateway(this);
        Iam = new IamService(this);
        Gateway.Add(new IamApi(Iam));
        Gateway.Add(Ec2 = new Ec2Service(this));
        Gateway.Add(AutoScaling = new AutoScalingService(this));
        Gateway.Add(ComputeOptimizer = new ComputeOptimizerService(this));
        Gateway.Add(Rds = new RdsService(this));
        Gateway.Add(SageMaker = new SageMakerService(this));
        Gateway.Add(Ecs = new EcsService(this));
        Gateway.Add(Sts = new StsService(this));
        Gateway.Add(DynamoDb = new DynamoDbService(Time));
        Gateway.Add(new DynamoDbStreamsService(DynamoDb));
        Gateway.Add(Ssm = new SsmService(this));
        Gateway.Add(Keys = new KmsService(this));
        Gateway.Add(Secrets = new SecretsManagerService(this));
        Gateway.Add(Organizations = new OrganizationsService(this));
        Costs = new CostLedger(this);
        Gateway.Add(Budgets = new BudgetsService(this));
        Gateway.Add(CostExplorer = new CostExplorerService(this));
        Gateway.Add(Sqs = new SqsService(this));
        Gateway.Add(Sns = new SnsService(this));
        Gateway.Add(EventBridge = new EventBridgeService(this));
        Gateway.Add(Lambda = new LambdaService(this));
        Gateway.Add(Logs = new LogsService(this));
        Gateway.Add(CloudWatch = new CloudWatchService(this));
        Gateway.Add(Bedrock = new BedrockService(this));
        Gateway.Add(S3 = new S3Service(this));
        CloudFormation = new CloudFormationService(this);
    }

    public LocalCloudOptions Options { get; }

    public TimeProvider Time => Options.Time;

    public CallLog Calls { get; }

    public CallerDirectory Callers { get; }

    public WorkQueue Work { get; }

    public Gateway Gateway { get; }

    public IamService Iam { get; }

    public StsService Sts { get; }

    public Ec2Service Ec2 { get; }

    public AutoScalingService AutoScaling { get; }

    public ComputeOptimizerService ComputeOptimizer { get; }

    public RdsService Rds { get; }

    public SageMakerService SageMaker { get; }

    public EcsService Ecs { get; }

    public SsmService Ssm { get; }

    public DynamoDbService DynamoDb { get; }

    public OrganizationsService Organizations { get; }

    /// <summary>What the accounts spend, if tests or a local run say so.</summary>
    public CostLedger Costs { get; }

    public BudgetsService Budgets { get; }

    public CostExplorerService CostExplorer { get; }

    public SqsService Sqs { get; }

    public S3Service S3 { get; }

    public CloudFormationService CloudFormation { get; }

    public SnsService Sns { get; }

    public KmsService Keys { get; }

    public SecretsManagerService Secrets { get; }

    public EventBridgeService EventBridge { get; }

    public LambdaService Lambda { get; }

    public LogsService Logs { get; }

    public CloudWatchService CloudWatch { get; }

    public BedrockService Bedrock { get; }

    /// <summary>What goes wrong here; nothing, until rules are added.</summary>
    public FaultPlan Faults { get; } = new();

    /// <summary>Tells the clouds of one process apart, as they come one after the other on a port.</summary>
    public int Run { get; } = Interlocked.Increment(ref runs);

    /// <summary>Set by whoever runs the cloud once all is there that its callers expect; told on the port.</summary>
    public bool IsReady { get; set; }

    /// <summary>Ends when somebody asks on the port that the cloud begin anew, which is for whoever runs it to do.</summary>
    public Task ResetAsked => reset.Task;

    /// <summary>Where the cloud listens, once <see cref="ListenAsync"/> has returned.</summary>
    public Uri? Address => server?.Address;

    /// <summary>A handler that reaches this cloud without a socket.</summary>
    public HttpMessageHandler CreateHandler() => new InProcessHandler(Gateway);

    /// <summary>Opens the cloud on a loopback port; 0 takes any free one.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public async Task<Uri> ListenAsync(int port, CancellationToken cancellation)
    {
        server = await LoopbackServer.StartAsync(this, port, cancellation);
        return server.Address;
    }

    public async ValueTask DisposeAsync()
    {
        EventBridge.Dispose();
        Budgets.StopClocks();
        // Before the server: its long polls end when the functions that wait in them are stopped.
        await Lambda.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
    }

    internal void AskReset() => reset.TrySetResult();

    /// <summary>Asks IAM.</summary>
    /// <exception cref="AwsException">AccessDenied, in the words AWS uses.</exception>
    internal void Authorize(AwsCall call, IamRequest request) => IamGate?.Invoke(call, request);

    /// <summary>Where services send their events: complete EventBridge events, account and region inside. Set by EventBridge.</summary>
    internal Action<JsonObject>? EventSink { get; set; }

    /// <summary>The IAM service's say about a call; set by it.</summary>
    internal Action<AwsCall, IamRequest>? IamGate { get; set; }
}
