using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
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
/// Counts what calls of Bedrock's models cost, in the home region: the model invocation log, turned on where nobody has it, a subscription, Meter, and the
/// table of sums. Where somebody logs already, their configuration stays as it is, and their log group is subscribed to.
/// </summary>
internal sealed class ModelMeter : Construct
{
    private const string LogGroupName = "/BudgetSync/ModelInvocations";

    /// <summary>Of this log group Meter is the only reader, and it is not behind by more than hours.</summary>
    private const int LogDays = 7;

    private readonly Settings settings;
    private readonly CfnTable table;
    private readonly CfnLogGroup log;
    private readonly CfnRole writer;

    public ModelMeter(Construct scope, string id, Settings settings, FunctionCode code) : base(scope, id)
    {
        this.settings = settings;
        table = Table();
        log = Log();
        writer = Writer();
        var undeliverable = new DeadLetterQueue(this, "DeadLetters", $"{Names.Meter}-DeadLetters");
        undeliverable.TakeFromRules();
        var meter = Meter(code, undeliverable);
        // A batch that Meter could not count in Lambda's three tries waits there, whole, for somebody to send it again.
        meter.OnAsynchronousResult(successArn: null, failureArn: undeliverable.Arn);
        // CloudFormation's request holds a presigned URL, which a destination would send along: a function without one.
        var forCloudFormation = meter.WithoutDestinations(
            Names.ModelLogging, "Turns model invocation logging on where nobody has, and off when this stack goes; its own function, for a presigned URL");
        var logging = Logging(forCloudFormation, code);
        Subscribe(meter, logging);
    }

    private CfnTable Table()
    {
        var made = new CfnTable(this, "Table", new CfnTableProps
        {
            TableName = Names.AiTable,
            BillingMode = "PAY_PER_REQUEST",
            AttributeDefinitions = new[]
            {
                new CfnTable.AttributeDefinitionProperty { AttributeName = "Part", AttributeType = "S" },
                new CfnTable.AttributeDefinitionProperty { AttributeName = "Item", AttributeType = "S" },
            },
            KeySchema = new[]
            {
                new CfnTable.KeySchemaProperty { AttributeName = "Part", KeyType = "HASH" },
                new CfnTable.KeySchemaProperty { AttributeName = "Item", KeyType = "RANGE" },
            },
            TimeToLiveSpecification = new CfnTable.TimeToLiveSpecificationProperty { AttributeName = "ExpiresAt", Enabled = true },
        });
        made.ApplyRemovalPolicy(RemovalPolicy.DESTROY);
        return made;
    }

    private CfnLogGroup Log()
    {
        var made = new CfnLogGroup(this, "Log", new CfnLogGroupProps { LogGroupName = LogGroupName, RetentionInDays = LogDays });
        made.ApplyRemovalPolicy(RemovalPolicy.DESTROY);
        return made;
    }

    /// <summary>By which Bedrock writes the log (Bedrock user guide, "Monitor model invocation using CloudWatch Logs and Amazon S3").</summary>
    private CfnRole Writer() => new(this, "Writer", new CfnRoleProps
    {
        RoleName = Names.ModelLogsRole,
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
                    [Names.LocalArn("logs", $"log-group:{LogGroupName}:log-stream:aws/bedrock/modelinvocations")])),
            },
        },
    });

    private ManagedFunction Meter(FunctionCode code, DeadLetterQueue undeliverable) => new(this, "Meter", new FunctionSpecification
    {
        Name = Names.Meter,
        RoleName = Names.Meter,
        Description = "Counts what the calls of Bedrock's models cost that the model invocation log tells",
        Handler = "BudgetSync.Spoke",
        Code = code,
        TimeoutSeconds = 300,
        LogRetentionDays = settings.LogRetentionDays,
        Environment = new Dictionary<string, string>
        {
            ["BUDGETSYNC_FUNCTION"] = "Meter",
            ["BUDGETSYNC_ACCOUNT_ID"] = Aws.ACCOUNT_ID,
            ["BUDGETSYNC_AI_TABLE"] = table.Ref,
            ["BUDGETSYNC_AI_LOG_GROUP"] = log.Ref,
            ["BUDGETSYNC_AI_LOG_ROLE"] = writer.AttrArn,
        },
        May =
        [
            Statement.Allow("CountCalls", ["dynamodb:PutItem", "dynamodb:UpdateItem"], [table.AttrArn]),
            Statement.Allow("KnowModels", ["bedrock:GetInferenceProfile"], [Names.LocalArn("bedrock", "application-inference-profile/*")]),
            // They have no resource (service authorization reference, Amazon Bedrock).
            Statement.Allow(
                "LogModels",
                [
                    "bedrock:GetModelInvocationLoggingConfiguration", "bedrock:PutModelInvocationLoggingConfiguration",
                    "bedrock:DeleteModelInvocationLoggingConfiguration",
                ],
                ["*"]),
            Statement.Allow(
                "LetBedrockWrite", ["iam:PassRole"], [writer.AttrArn], new Condition("StringEquals", "iam:PassedToService", "bedrock.amazonaws.com")),
            Statement.Allow("KeepWhatFailed", ["sqs:SendMessage"], [undeliverable.Arn]),
        ],
    });

    private CustomResource Logging(CfnFunction function, FunctionCode code)
    {
        var made = new CustomResource(this, "Logging", new CustomResourceProps
        {
            ResourceType = "Custom::BudgetSyncModelLogging",
            ServiceToken = function.AttrArn,
            RemovalPolicy = RemovalPolicy.DESTROY,
            Properties = new Dictionary<string, object> { ["Release"] = code.Key, ["ServiceTimeout"] = 300 },
        });
        made.Node.AddDependency(log, writer);
        return made;
    }

    private void Subscribe(ManagedFunction meter, CustomResource logging)
    {
        var group = logging.GetAttString("LogGroup");
        var permission = new CfnPermission(this, "CalledByLog", new CfnPermissionProps
        {
            Action = "lambda:InvokeFunction",
            FunctionName = meter.Name,
            Principal = "logs.amazonaws.com",
            SourceAccount = Aws.ACCOUNT_ID,
            SourceArn = Names.LocalArn("logs", $"log-group:{group}:*"),
        });
        var filter = new CfnSubscriptionFilter(this, "Subscription", new CfnSubscriptionFilterProps
        {
            FilterName = Names.Meter,
            LogGroupName = group,
            FilterPattern = """{ $.schemaType = "ModelInvocationLog" }""",
            DestinationArn = meter.Arn,
        });
        filter.Node.AddDependency(permission);
    }
}
