using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using BudgetSync.Cdk.Code;
using Constructs;

namespace BudgetSync.Cdk.Parts;

/// <summary>What one of our Lambda functions is.</summary>
internal sealed record FunctionSpecification
{
    public required string Name { get; init; }
    public required string RoleName { get; init; }
    public required string Description { get; init; }
    /// <summary>The bare assembly name: the managed runtime then runs that assembly itself.</summary>
    public required string Handler { get; init; }
    public required FunctionCode Code { get; init; }
    public required int TimeoutSeconds { get; init; }
    public required int LogRetentionDays { get; init; }
    /// <summary>The customer key of its log; null is CloudWatch's own.</summary>
    public string? LogKeyArn { get; init; }
    /// <summary>How many of it may run at once, taken from the account's concurrency for it alone; null reserves nothing.</summary>
    public int? ReservedConcurrency { get; init; }
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
    /// <summary>All that the function may do beside writing its own log.</summary>
    public required IReadOnlyList<PolicyStatement> May { get; init; }
}

/// <summary>A function, the role it runs as and the log it writes: three resources that make no sense apart.</summary>
internal sealed class ManagedFunction : Construct
{
    private readonly FunctionSpecification specification;
    private readonly CfnLogGroup log;
    private readonly CfnFunction function;

    public ManagedFunction(Construct scope, string id, FunctionSpecification specification) : base(scope, id)
    {
        this.specification = specification;
        log = new CfnLogGroup(this, "Log", new CfnLogGroupProps
        {
            LogGroupName = $"/aws/lambda/{specification.Name}",
            RetentionInDays = specification.LogRetentionDays,
            KmsKeyId = specification.LogKeyArn,
        });
        log.ApplyRemovalPolicy(RemovalPolicy.DESTROY);
        // logs:CreateLogGroup is not given: the group is ours, and a function that outlives its stack by a second
        // would otherwise create it again, without retention, in the way of the next deployment.
        var writeLog = Statement.Allow("WriteOwnLog", ["logs:CreateLogStream", "logs:PutLogEvents"], [log.AttrArn]);
        Role = new CfnRole(this, "Role", new CfnRoleProps
        {
            RoleName = specification.RoleName,
            Description = $"What the function {specification.Name} may do",
            AssumeRolePolicyDocument = Statement.TrustService("lambda.amazonaws.com"),
            Policies = new[]
            {
                new CfnRole.PolicyProperty
                {
                    PolicyName = specification.Name,
                    PolicyDocument = Statement.Document([writeLog, .. specification.May]),
                },
            },
        });
        function = Function("Function", specification.Name, specification.Description);
    }

    public string Name => function.Ref;

    public string Arn => function.AttrArn;

    public CfnRole Role { get; }

    /// <summary>The function comes after these and goes before them.</summary>
    public void StandsOn(IDependable resource) => function.Node.AddDependency(resource);

    /// <summary>
    /// The same function under another name, with the same role and log: what is called asynchronously under that name has a result that goes nowhere.
    /// </summary>
    public CfnFunction WithoutDestinations(string name, string description) => Function("Undirected", name, description);

    private CfnFunction Function(string id, string name, string description) =>
        new(this, id, new CfnFunctionProps
        {
            FunctionName = name,
            Description = description,
            Runtime = "dotnet10",
            Handler = specification.Handler,
            Code = specification.Code.ToProperty(),
            Role = Role.AttrArn,
            // ReadyToRun code is compiled for one architecture; x86_64 is where Lambda has the most capacity.
            Architectures = ["x86_64"],
            // The first call after a cold start is CPU-bound, and CPU comes with memory.
            MemorySize = 1024,
            Timeout = specification.TimeoutSeconds,
            ReservedConcurrentExecutions = specification.ReservedConcurrency,
            // Text and Unformatted: our lines (JSON logs, metrics) reach CloudWatch as we wrote them. The JSON log
            // format would wrap each into a message field, and no metric would ever be seen.
            LoggingConfig = new CfnFunction.LoggingConfigProperty { LogFormat = "Text", LogGroup = log.Ref },
            Environment = new CfnFunction.EnvironmentProperty
            {
                Variables = new Dictionary<string, string>(specification.Environment) { ["AWS_LAMBDA_HANDLER_LOG_FORMAT"] = "Unformatted" },
            },
        });

    /// <summary>What becomes of an asynchronous call: how often and how long it is tried, and who hears of the result.</summary>
    public CfnEventInvokeConfig OnAsynchronousResult(string? successArn, string failureArn) =>
        new(this, "AsyncConfig", new CfnEventInvokeConfigProps
        {
            FunctionName = Name,
            Qualifier = "$LATEST",
            MaximumRetryAttempts = 2,
            MaximumEventAgeInSeconds = 21_600,
            DestinationConfig = new CfnEventInvokeConfig.DestinationConfigProperty
            {
                OnSuccess = successArn is null ? null : new CfnEventInvokeConfig.OnSuccessProperty { Destination = successArn },
                OnFailure = new CfnEventInvokeConfig.OnFailureProperty { Destination = failureArn },
            },
        });

    /// <summary>Lets one rule of EventBridge call the function.</summary>
    public void MayBeCalledBy(string ruleId, string ruleArn) =>
        _ = new CfnPermission(this, "CalledBy" + ruleId, new CfnPermissionProps
        {
            Action = "lambda:InvokeFunction",
            FunctionName = Name,
            Principal = "events.amazonaws.com",
            SourceArn = ruleArn,
        });
}
