using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using BudgetSync.Cdk.Code;
using BudgetSync.Cdk.Parts;
using BudgetSync.Cdk.Stacks;
using Constructs;

namespace BudgetSync.Cdk.Spoke;

/// <summary>
/// Apply: makes the account's budgets equal to the parameter. Every result, crashes included, goes to the default
/// event bus by Lambda destinations. No reserved concurrency: a new account has 10 in all, and reserving one is refused.
/// </summary>
internal sealed class ApplyFunction : Construct
{
    public ApplyFunction(
        Construct scope, string id, Settings settings, SpokeValues given, AlertTopic alerts, SpokeRestrictions? restrictions, FunctionCode code)
        : base(scope, id)
    {
        Undeliverable = new DeadLetterQueue(this, "DeadLetters", $"{Names.Apply}-DeadLetters");
        var budgets = Names.GlobalArn("budgets", "budget/*");
        var actions = Names.GlobalArn("budgets", "budget/*/action/*");
        var defaultBus = Names.LocalArn("events", "event-bus/default");
        Function = new ManagedFunction(this, "Resource", new FunctionSpecification
        {
            Name = Names.Apply,
            RoleName = settings.ApplyRoleName,
            Description = "Makes the AWS Budgets of this account equal to the SSM parameter, and reports",
            Handler = "BudgetSync.Spoke",
            Code = code,
            TimeoutSeconds = 300,
            LogRetentionDays = settings.LogRetentionDays,
            Environment = new Dictionary<string, string>([.. restrictions?.Environment ?? new Dictionary<string, string>(), .. Metering(settings)])
            {
                ["BUDGETSYNC_FUNCTION"] = "Apply",
                ["BUDGETSYNC_ACCOUNT_ID"] = Aws.ACCOUNT_ID,
                ["BUDGETSYNC_PARAMETER_NAME"] = given.ParameterName,
                ["BUDGETSYNC_DEFAULT_BUDGET_NAME"] = given.BudgetName,
                ["BUDGETSYNC_EMAIL_RECIPIENT"] = given.EmailRecipient,
                ["BUDGETSYNC_CURRENCIES"] = given.Currencies,
                ["BUDGETSYNC_ALERT_TOPIC"] = alerts.Arn,
            },
            May =
            [
                Statement.Allow("ReadDesiredBudgets", ["ssm:GetParameter"], [Names.LocalArn("ssm", $"parameter{given.ParameterName}")]),
                Statement.Allow(
                    "KeepBudgets",
                    ["budgets:ViewBudget", "budgets:ModifyBudget", "budgets:ListTagsForResource", "budgets:TagResource", "budgets:UntagResource"],
                    [budgets]),
                // Reading and deleting actions is given even where actions are switched off: what an earlier setting
                // created must still be seen and taken away.
                Statement.Allow("SeeActions", ["budgets:DescribeBudgetActionsForBudget"], [budgets]),
                Statement.Allow("DropActions", ["budgets:DeleteBudgetAction"], [actions]),
                // Whether AWS Budgets may publish to the topics that rows name, which no answer of AWS Budgets says.
                Statement.Allow("SeeTopics", ["sns:GetTopicAttributes"], [$"arn:{Aws.PARTITION}:sns:*:{Aws.ACCOUNT_ID}:*"]),
                // And where a key of the account's own encrypts one, whether AWS Budgets may use that.
                Statement.Allow("SeeTopicKeys", ["kms:GetKeyPolicy"], [$"arn:{Aws.PARTITION}:kms:*:{Aws.ACCOUNT_ID}:key/*"]),
                Statement.Allow("SendReports", ["events:PutEvents"], [defaultBus]),
            ],
        });
        ForCloudFormation = Function.WithoutDestinations(
            Names.FirstApply,
            "Runs Apply once when this stack comes, changes or goes; its own function, because it is handed a presigned URL");
        AsyncConfig = Function.OnAsynchronousResult(successArn: defaultBus, failureArn: defaultBus);
    }

    /// <summary>The hub writes what models may cost only into parameters of spokes that say that they meter them.</summary>
    private static Dictionary<string, string> Metering(Settings settings) =>
        settings.Ai ? new Dictionary<string, string> { ["BUDGETSYNC_METERS"] = "true" } : [];

    public ManagedFunction Function { get; }

    /// <summary>
    /// Apply as CloudFormation calls it. A request of CloudFormation holds a presigned URL by which whoever reads it may answer; Lambda's destinations send
    /// the request along with the result, so that this function has none and sends its report itself, before it answers: the way out may be deleted next.
    /// </summary>
    public CfnFunction ForCloudFormation { get; }

    public DeadLetterQueue Undeliverable { get; }

    public CfnElement AsyncConfig { get; }
}
