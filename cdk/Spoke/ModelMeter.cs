using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using BudgetSync.Cdk.Code;
using BudgetSync.Cdk.Parts;
using BudgetSync.Cdk.Restrictions;
using BudgetSync.Cdk.Stacks;
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
    private readonly CfnManagedPolicy suspension;
    private readonly CfnManagedPolicy people;

    public ModelMeter(Construct scope, string id, Settings settings, SpokeValues given, FunctionCode code) : base(scope, id)
    {
        this.settings = settings;
        table = Table();
        log = Log();
        writer = Writer();
        suspension = new CfnManagedPolicy(this, "Suspension", new CfnManagedPolicyProps
        {
            ManagedPolicyName = Names.SuspendModels,
            Path = DenyPolicies.Path,
            Description = "What a principal loses whose budget of models is used up; attached and detached by BudgetSync's function Meter",
            PolicyDocument = PolicyText.Plain(DenyPolicies.OfModels(settings)),
        });
        people = new CfnManagedPolicy(this, "SuspendedPeople", new CfnManagedPolicyProps
        {
            ManagedPolicyName = Names.SuspendedPeople,
            Path = DenyPolicies.Path,
            Description = "Denies models to the people that it names; permission sets refer to it, and BudgetSync's function Meter changes whom it names",
            PolicyDocument = PolicyText.Plain(DenyPolicies.OfPeople()),
        });
        var undeliverable = new DeadLetterQueue(this, "DeadLetters", $"{Names.Meter}-DeadLetters");
        var meter = Meter(given, code, undeliverable);
        // Graces end, and what somebody undid comes back, within this time.
        var looks = new RuleToFunction(
            this, Names.ModelLooks, "Looks at the budgets of models", meter, undeliverable, schedule: "rate(5 minutes)", input: """{"look":true}""");
        undeliverable.TakeFromRules(looks.Arn);
        // A batch that Meter could not count in Lambda's three tries waits there, whole, for somebody to send it again.
        meter.OnAsynchronousResult(successArn: null, failureArn: undeliverable.Arn);
        // CloudFormation's request holds a presigned URL, which a destination would send along: a function without one.
        var forCloudFormation = meter.WithoutDestinations(
            Names.ModelLogging, "Turns model invocation logging on where nobody has, and off when this stack goes; its own function, for a presigned URL");
        var logging = Logging(forCloudFormation, code);
        Subscribe(meter, logging);
        // When the stack goes, nothing suspends again whom the resource has just released.
        looks.Resource.Node.AddDependency(logging);
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

    private ManagedFunction Meter(SpokeValues given, FunctionCode code, DeadLetterQueue undeliverable) => new(this, "Meter", new FunctionSpecification
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
            ["BUDGETSYNC_PARAMETER_NAME"] = given.ParameterName,
            ["BUDGETSYNC_DEFAULT_BUDGET_NAME"] = given.BudgetName,
            ["BUDGETSYNC_EMAIL_RECIPIENT"] = given.EmailRecipient,
            ["BUDGETSYNC_AI_TABLE"] = table.Ref,
            ["BUDGETSYNC_AI_LOG_GROUP"] = log.Ref,
            ["BUDGETSYNC_AI_LOG_ROLE"] = writer.AttrArn,
        },
        May =
        [
            Statement.Allow("CountCalls", ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:Query"], [table.AttrArn]),
            Statement.Allow("ReadBudgetsOfModels", ["ssm:GetParameter"], [Names.LocalArn("ssm", $"parameter{given.ParameterName}")]),
            // This policy and no other, to and from anybody: who is meant follows from the parameter.
            Statement.Allow(
                "SuspendAndRestore",
                ["iam:AttachRolePolicy", "iam:AttachUserPolicy", "iam:DetachRolePolicy", "iam:DetachUserPolicy"],
                [Names.GlobalArn("iam", "role/*"), Names.GlobalArn("iam", "user/*")],
                new Condition("ArnEquals", "iam:PolicyARN", suspension.Ref)),
            Statement.Allow("SeeWhomTheyBind", ["iam:ListEntitiesForPolicy"], [suspension.Ref, people.Ref]),
            Statement.Allow(
                "NamePeople",
                ["iam:CreatePolicyVersion", "iam:DeletePolicyVersion", "iam:GetPolicyVersion", "iam:ListPolicyVersions"],
                [people.Ref]),
            // It has no resource (service authorization reference, AWS IAM).
            Statement.Allow("SeePermissionSets", ["iam:ListRoles"], ["*"]),
            // The users that AWS makes for long-term API keys of Bedrock.
            Statement.Allow(
                "SuspendKeys",
                ["iam:ListServiceSpecificCredentials", "iam:UpdateServiceSpecificCredential"],
                [Names.GlobalArn("iam", "user/BedrockAPIKey-*")]),
            Statement.Allow("SendReports", ["events:PutEvents"], [Names.LocalArn("events", "event-bus/default")]),
            Statement.Allow("KnowModels", ["bedrock:GetInferenceProfile"], [Names.LocalArn("bedrock", "application-inference-profile/*")]),
            // They have no resource (service authorization reference, Amazon Bedrock).
            Statement.Allow(
                "LogModels",
                [
                    "bedrock:GetModelInvocationLoggingConfiguration", "bedrock:PutModelInvocationLoggingConfiguration",
                    "bedrock:DeleteModelInvocationLoggingConfiguration",
                ],
                ["*"]),
            // Whether somebody else's group has room for the stack's subscription, and still has it.
            Statement.Allow("SeeSubscriptions", ["logs:DescribeSubscriptionFilters"], [Names.LocalArn("logs", "log-group:*")]),
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
        made.Node.AddDependency(log, writer, suspension, people);
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
