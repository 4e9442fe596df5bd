using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using BudgetSync.Cdk.Code;
using BudgetSync.Cdk.Parts;
using Constructs;
using CfnPermission = Amazon.CDK.AWS.Lambda.CfnPermission;
using CfnPermissionProps = Amazon.CDK.AWS.Lambda.CfnPermissionProps;

namespace BudgetSync.Cdk.Spoke;

/// <summary>
/// Bedrock's invocation log in one Region: its group, the role that writes it, and, once Meter is there, the resource that turns logging on and the
/// subscription.
/// </summary>
internal sealed class ModelLog
{
    /// <summary>Of this log group Meter is the only reader, and it is not behind by more than hours.</summary>
    private const int LogDays = 7;

    private readonly Construct scope;

    /// <param name="scope">Whose resources they are, by names that do not change.</param>
    /// <param name="roleName">Of the role that writes it: roles have no Region, so each Region's has its own.</param>
    public ModelLog(Construct scope, string roleName)
    {
        this.scope = scope;
        Group = MakeGroup();
        Writer = MakeWriter(roleName);
    }

    public CfnLogGroup Group { get; }

    public CfnRole Writer { get; }

    /// <summary>What a Meter needs to see to the logging of its Region.</summary>
    public static PolicyStatement[] SeeTo() =>
    [
        Statement.Allow("KnowModels", ["bedrock:GetInferenceProfile"], [Names.LocalArn("bedrock", "application-inference-profile/*")]),
        // They have no resource (service authorization reference, Amazon Bedrock).
        Statement.Allow(
            "LogModels",
            [
                "bedrock:GetModelInvocationLoggingConfiguration", "bedrock:PutModelInvocationLoggingConfiguration",
                "bedrock:DeleteModelInvocationLoggingConfiguration",
            ],
            ["*"]),
    ];

    public PolicyStatement LetBedrockWrite() => Statement.Allow(
        "LetBedrockWrite", ["iam:PassRole"], [Writer.AttrArn], new Condition("StringEquals", "iam:PassedToService", "bedrock.amazonaws.com"));

    /// <summary>The resource that turns logging on, and off again when the stack goes.</summary>
    /// <param name="before">What must be there as long as it is.</param>
    public CustomResource TurnOn(CfnFunction function, FunctionCode code, params IDependable[] before)
    {
        var made = new CustomResource(scope, "Logging", new CustomResourceProps
        {
            ResourceType = "Custom::BudgetSyncModelLogging",
            ServiceToken = function.AttrArn,
            RemovalPolicy = RemovalPolicy.DESTROY,
            Properties = new Dictionary<string, object> { ["Release"] = code.Key, ["ServiceTimeout"] = 300 },
        });
        made.Node.AddDependency([Group, Writer, .. before]);
        return made;
    }

    public void Subscribe(ManagedFunction meter, CustomResource logging)
    {
        var group = logging.GetAttString("LogGroup");
        var permission = new CfnPermission(scope, "CalledByLog", new CfnPermissionProps
        {
            Action = "lambda:InvokeFunction",
            FunctionName = meter.Name,
            Principal = "logs.amazonaws.com",
            SourceAccount = Aws.ACCOUNT_ID,
            SourceArn = Names.LocalArn("logs", $"log-group:{group}:*"),
        });
        var filter = new CfnSubscriptionFilter(scope, "Subscription", new CfnSubscriptionFilterProps
        {
            FilterName = Names.Meter,
            LogGroupName = group,
            FilterPattern = """{ $.schemaType = "ModelInvocationLog" }""",
            DestinationArn = meter.Arn,
        });
        filter.Node.AddDependency(permission);
    }

    private CfnLogGroup MakeGroup()
    {
        var made = new CfnLogGroup(scope, "Log", new CfnLogGroupProps { LogGroupName = Names.ModelLog, RetentionInDays = LogDays });
        made.ApplyRemovalPolicy(RemovalPolicy.DESTROY);
        return made;
    }

    /// <summary>By which Bedrock writes the log (Bedrock user guide, "Monitor model invocation using CloudWatch Logs and Amazon S3").</summary>
    private CfnRole MakeWriter(string name) => new(scope, "Writer", new CfnRoleProps
    {
        RoleName = name,
        Description = "By which Amazon Bedrock writes the model invocation log that BudgetSync's Meter reads",
        AssumeRolePolicyDocument = Statement.TrustService(
            "bedrock.amazonaws.com",
            new Condition("StringEquals", "aws:SourceAccount", Aws.ACCOUNT_ID),
            new Condition("ArnLike", "aws:SourceArn", Names.LocalArn("bedrock", "*"))),
        Policies = new[]
        {
            new CfnRole.PolicyProperty
            {
                PolicyName = "WriteModelInvocations",
                PolicyDocument = Statement.Document(Statement.Allow(
                    "WriteModelInvocations",
                    ["logs:CreateLogStream", "logs:PutLogEvents"],
                    [Names.LocalArn("logs", $"log-group:{Names.ModelLog}:log-stream:aws/bedrock/modelinvocations")])),
            },
        },
    });
}
