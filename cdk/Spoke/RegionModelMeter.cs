using Amazon.CDK;
using BudgetSync.Cdk.Code;
using BudgetSync.Cdk.Parts;
using Constructs;

namespace BudgetSync.Cdk.Spoke;

/// <summary>
/// Meter outside the home region: it counts what calls of models there cost into the home region's table, and tells Meter there, which decides. IAM has no
/// Regions, so what it takes of IAM is named for its own.
/// </summary>
internal sealed class RegionModelMeter : Construct
{
    public RegionModelMeter(Construct scope, string id, Settings settings, string homeRegion, FunctionCode code) : base(scope, id)
    {
        var log = new ModelLog(this, $"{Names.ModelLogsRole}-{Aws.REGION}");
        var undeliverable = new DeadLetterQueue(this, "DeadLetters", $"{Names.Meter}-DeadLetters");
        undeliverable.TakeFromRules();
        var table = Names.ArnIn(homeRegion, "dynamodb", $"table/{Names.AiTable}");
        var meter = new ManagedFunction(this, "Meter", new FunctionSpecification
        {
            Name = Names.Meter,
            RoleName = $"{Names.Meter}-{Aws.REGION}",
            Description = "Counts what the calls of Bedrock's models cost that this Region's model invocation log tells, in the home region's table",
            Handler = "BudgetSync.Spoke",
            Code = code,
            TimeoutSeconds = 300,
            LogRetentionDays = settings.LogRetentionDays,
            Environment = new Dictionary<string, string>
            {
                ["BUDGETSYNC_FUNCTION"] = "RegionMeter",
                ["BUDGETSYNC_ACCOUNT_ID"] = Aws.ACCOUNT_ID,
                ["BUDGETSYNC_HOME_REGION"] = homeRegion,
                ["BUDGETSYNC_AI_TABLE"] = Names.AiTable,
                ["BUDGETSYNC_AI_LOG_GROUP"] = log.Group.Ref,
                ["BUDGETSYNC_AI_LOG_ROLE"] = log.Writer.AttrArn,
            },
            May =
            [
                Statement.Allow("CountCalls", ["dynamodb:PutItem", "dynamodb:UpdateItem"], [table]),
                Statement.Allow("TellHomeRegion", ["events:PutEvents"], [Names.ArnIn(homeRegion, "events", "event-bus/default")]),
                .. ModelLog.SeeTo(),
                // Whether somebody else's group has room for the stack's subscription.
                Statement.Allow("SeeSubscriptions", ["logs:DescribeSubscriptionFilters"], [Names.LocalArn("logs", "log-group:*")]),
                log.LetBedrockWrite(),
                Statement.Allow("KeepWhatFailed", ["sqs:SendMessage"], [undeliverable.Arn]),
            ],
        });
        // A batch that could not be counted in Lambda's three tries, because the home region has no table yet for one, waits there, whole.
        meter.OnAsynchronousResult(successArn: null, failureArn: undeliverable.Arn);
        var forCloudFormation = meter.WithoutDestinations(
            Names.ModelLogging, "Turns model invocation logging on where nobody has, and off when this stack goes; its own function, for a presigned URL");
        log.Subscribe(meter, log.TurnOn(forCloudFormation, code));
    }
}
