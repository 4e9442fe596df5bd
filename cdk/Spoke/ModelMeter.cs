using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.IAM;
using BudgetSync.Cdk.Code;
using BudgetSync.Cdk.Parts;
using BudgetSync.Cdk.Restrictions;
using BudgetSync.Cdk.Stacks;
using Constructs;

namespace BudgetSync.Cdk.Spoke;

/// <summary>
/// Counts what calls of Bedrock's models cost, in the home region: the model invocation log, turned on where nobody has it, a subscription, Meter, and the
/// table of sums. Where somebody logs already, their configuration stays as it is, and their log group is subscribed to. Other Regions have a stack of their
/// own (<see cref="Stacks.RegionModelsStack"/>).
/// </summary>
internal sealed class ModelMeter : Construct
{
    private readonly Settings settings;
    private readonly CfnTable table;
    private readonly ModelLog log;
    private readonly CfnManagedPolicy suspension;
    private readonly CfnManagedPolicy people;

    public ModelMeter(Construct scope, string id, Settings settings, SpokeValues given, FunctionCode code) : base(scope, id)
    {
        this.settings = settings;
        table = Table();
        log = new ModelLog(this, Names.ModelLogsRole);
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
        RuleToFunction[] rules = settings.OtherAiRegions.IsEmpty ? [looks] : [looks, HearsOfOtherRegions(meter, undeliverable)];
        undeliverable.TakeFromRules([.. rules.Select(rule => rule.Arn)]);
        // A batch that Meter could not count in Lambda's three tries waits there, whole, for somebody to send it again.
        meter.OnAsynchronousResult(successArn: null, failureArn: undeliverable.Arn);
        // CloudFormation's request holds a presigned URL, which a destination would send along: a function without one.
        var forCloudFormation = meter.WithoutDestinations(
            Names.ModelLogging, "Turns model invocation logging on where nobody has, and off when this stack goes; its own function, for a presigned URL");
        var logging = log.TurnOn(forCloudFormation, code, suspension, people);
        log.Subscribe(meter, logging);
        // When the stack goes, nothing suspends again whom the resource has just released.
        foreach (var rule in rules) rule.Resource.Node.AddDependency(logging);
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

    private ManagedFunction Meter(SpokeValues given, FunctionCode code, DeadLetterQueue undeliverable) => new(this, "Meter", new FunctionSpecification
    {
        Name = Names.Meter,
        RoleName = Names.Meter,
        Description = "Counts what the calls of Bedrock's models cost that the model invocation log tells",
        Handler = "BudgetSync.Spoke",
        Code = code,
        TimeoutSeconds = 300,
        LogRetentionDays = settings.LogRetentionDays,
        Environment = Environment(given, undeliverable),
        May =
        [
            Statement.Allow("CountCalls", ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:Query"], [table.AttrArn]),
            Statement.Allow("ReadBudgetsOfModels", ["ssm:GetParameter"], [Names.LocalArn("ssm", $"parameter{given.ParameterName}")]),
            Statement.Allow("SeeWhoWroteTheParameter", ["ssm:GetParameterHistory"], [Names.LocalArn("ssm", $"parameter{given.ParameterName}")]),
            // This policy and no other, to and from anybody: who is meant follows from the parameter.
            Statement.Allow(
                "SuspendAndRestore",
                ["iam:AttachRolePolicy", "iam:AttachUserPolicy", "iam:DetachRolePolicy", "iam:DetachUserPolicy"],
                [Names.GlobalArn("iam", "role/*"), Names.GlobalArn("iam", "user/*")],
                new Condition("ArnEquals", "iam:PolicyARN", suspension.Ref)),
            Statement.Allow("SeeWhomTheyBind", ["iam:ListEntitiesForPolicy"], [suspension.Ref, people.Ref]),
            // Whoever gives it another version empties it, and it stays attached.
            Statement.Allow("SeeWhatTheyDeny", ["iam:GetPolicyVersion", "iam:ListPolicyVersions"], [suspension.Ref]),
            Statement.Allow(
                "NamePeople",
                ["iam:CreatePolicyVersion", "iam:DeletePolicyVersion", "iam:GetPolicyVersion", "iam:ListPolicyVersions"],
                [people.Ref]),
            // It has no resource (service authorization reference, AWS IAM). Also which roles are exempt.
            Statement.Allow("SeePermissionSets", ["iam:ListRoles"], ["*"]),
            // The users that AWS makes for long-term API keys of Bedrock, and such that somebody made below a path.
            Statement.Allow(
                "SuspendKeys",
                ["iam:ListServiceSpecificCredentials", "iam:UpdateServiceSpecificCredential"],
                [Names.GlobalArn("iam", "user/BedrockAPIKey-*"), Names.GlobalArn("iam", "user/*/BedrockAPIKey-*")]),
            // Whether IAM would refuse the policy is told before it is tried. The account's quotas have no resource (the same reference).
            Statement.Allow("SeeRoomAtRoles", ["iam:ListAttachedRolePolicies"], [Names.GlobalArn("iam", "role/*")]),
            Statement.Allow("SeeRoomAtUsers", ["iam:ListAttachedUserPolicies"], [Names.GlobalArn("iam", "user/*")]),
            Statement.Allow("SeePolicyQuotas", ["iam:GetAccountSummary"], ["*"]),
            // Of bedrock-mantle metrics are all that there is; reading them has no resource and no condition (the same reference, Amazon CloudWatch).
            Statement.Allow("SeeUseOfMantle", ["cloudwatch:GetMetricStatistics"], ["*"]),
            Statement.Allow("SendReports", ["events:PutEvents"], [Names.LocalArn("events", "event-bus/default")]),
            .. ModelLog.SeeTo(),
            // Whether somebody else's group has room for the stack's subscription, and still has it.
            Statement.Allow(
                "SeeSubscriptions",
                ["logs:DescribeSubscriptionFilters"],
                [Names.LocalArn("logs", "log-group:*"), .. settings.OtherAiRegions.Select(region => Names.ArnIn(region, "logs", "log-group:*"))]),
            log.LetBedrockWrite(),
            Statement.Allow("KeepWhatFailed", ["sqs:SendMessage"], [undeliverable.Arn]),
            Statement.Allow(
                "SeeWhatFailed",
                ["sqs:GetQueueAttributes"],
                [undeliverable.Arn, .. settings.OtherAiRegions.Select(region => Names.ArnIn(region, "sqs", $"{Names.Meter}-DeadLetters"))]),
        ],
    });

    private Dictionary<string, string> Environment(SpokeValues given, DeadLetterQueue undeliverable)
    {
        var all = new Dictionary<string, string>
        {
            ["BUDGETSYNC_FUNCTION"] = "Meter",
            ["BUDGETSYNC_ACCOUNT_ID"] = Aws.ACCOUNT_ID,
            ["BUDGETSYNC_PARAMETER_NAME"] = given.ParameterName,
            ["BUDGETSYNC_DEFAULT_BUDGET_NAME"] = given.BudgetName,
            ["BUDGETSYNC_EMAIL_RECIPIENT"] = given.EmailRecipient,
            ["BUDGETSYNC_HUB_ROLE"] = settings.SpokeRoleName,
            ["BUDGETSYNC_AI_SUSPENSION"] = PolicyText.Digest(DenyPolicies.OfModels(settings)),
            ["BUDGETSYNC_AI_PEOPLE"] = PolicyText.Digest(DenyPolicies.OfPeople()),
            ["BUDGETSYNC_AI_TABLE"] = table.Ref,
            ["BUDGETSYNC_AI_LOG_GROUP"] = log.Group.Ref,
            ["BUDGETSYNC_AI_LOG_ROLE"] = log.Writer.AttrArn,
            ["BUDGETSYNC_AI_DEAD_LETTER_QUEUE_URL"] = undeliverable.Url,
        };
        if (!settings.OtherAiRegions.IsEmpty) all["BUDGETSYNC_AI_REGIONS"] = string.Join(',', settings.OtherAiRegions);
        return all;
    }

    /// <summary>Other Regions count into this one's table; what decides hears of it at once.</summary>
    private RuleToFunction HearsOfOtherRegions(ManagedFunction meter, DeadLetterQueue undeliverable) => new(
        this, Names.ModelsCounted, "Decides the budgets of models when another Region has counted calls", meter, undeliverable,
        pattern: new Dictionary<string, object>
        {
            ["source"] = new[] { Names.OwnSource },
            ["detail-type"] = new[] { Names.ModelsCountedDetailType },
            ["account"] = new[] { Aws.ACCOUNT_ID },
        },
        input: """{"counted":true}""");
}
