using Amazon.CDK;

namespace BudgetSync.Cdk;

/// <summary>The names both stacks must agree on without seeing each other: they are deployed into different accounts.</summary>
internal static class Names
{
    public const string Prefix = "BudgetSync";
    public const string BudgetsTable = "BudgetSync-Budgets";
    public const string StatusTable = "BudgetSync-Status";
    public const string HistoryTable = "BudgetSync-History";

    public const string LedgerTable = "BudgetSync-Ledger";

    /// <summary>What the tables' stack exports: the ARN of the stream of edits, which has a time in it that cannot be known before.</summary>
    public const string StreamExport = "BudgetSync-BudgetsStreamArn";

    /// <summary>The parameter with the settings of the management stack, for people's tools.</summary>
    public const string StackSettings = "/BudgetSync/Stack";

    /// <summary>The parameter with the name of the bucket that has the hourly page, where there is one.</summary>
    public const string ReportBucket = "/BudgetSync/ReportBucket";

    /// <summary>The dashboard with the page on it; that of the management stack has the prefix for its name.</summary>
    public const string MoneyDashboard = "BudgetSync-Money";

    /// <summary>The parameter with the channels of alerts, for people's tools; there only where there are channels.</summary>
    public const string Channels = "/BudgetSync/Channels";

    /// <summary>The parameter of the kill switch: false lets no response begin.</summary>
    public const string Armed = "/BudgetSync/Armed";
    public const string ReportBus = "BudgetSync";
    public const string Propagate = "BudgetSync-Propagate";
    public const string Reconcile = "BudgetSync-Reconcile";
    public const string Collect = "BudgetSync-Collect";
    public const string Track = "BudgetSync-Track";
    public const string Report = "BudgetSync-Report";
    public const string Notify = "BudgetSync-Notify";
    public const string Respond = "BudgetSync-Respond";
    public const string LiftControls = "BudgetSync-LiftControls";
    public const string Apply = "BudgetSync-Apply";
    public const string FirstApply = "BudgetSync-FirstApply";
    public const string Meter = "BudgetSync-Meter";

    /// <summary>Meter as CloudFormation calls it.</summary>
    public const string ModelLogging = "BudgetSync-ModelLogging";

    /// <summary>The rule by which Meter looks at budgets of models.</summary>
    public const string ModelLooks = "ModelLooks";

    /// <summary>The policy of principals whose budget of models is used up.</summary>
    public const string SuspendModels = "SuspendModels";

    /// <summary>The policy, below the path /BudgetSync/, to which permission sets refer, and which names suspended people.</summary>
    public const string SuspendedPeople = "AiSuspendedPeople";

    /// <summary>By which Bedrock writes its log.</summary>
    public const string ModelLogsRole = "BudgetSync-ModelLogs";

    /// <summary>The log group of the model invocation log, where nobody has another.</summary>
    public const string ModelLog = "/BudgetSync/ModelInvocations";

    /// <summary>The rule by which Meter hears that another Region has counted calls.</summary>
    public const string ModelsCounted = "ModelsCounted";

    /// <summary>How Meter of another Region says so.</summary>
    public const string ModelsCountedDetailType = "BudgetSync Models Counted";

    /// <summary>What is deployed to the other Regions; it begins as that of spokes, whose stacks the organization may protect by name.</summary>
    public const string ModelsStackSet = "BudgetSync-Spoke-Models";

    /// <summary>The spoke's table of what calls of models cost.</summary>
    public const string AiTable = "BudgetSync-Ai";
    public const string ForwardReports = "BudgetSync-ForwardReports";

    /// <summary>The spoke's topic for alerts of AWS Budgets; Apply knows its own budgets' subscribers by this name.</summary>
    public const string Alerts = "BudgetSync-Alerts";
    /// <summary>The hub's topic for alarms, which other stacks of its account use too.</summary>
    public const string OperationsTopic = "BudgetSync-Operations";
    public const string SpokeStackSet = "BudgetSync-Spoke";

    /// <summary>The namespace of the metrics that the functions write (embedded metric format).</summary>
    public const string MetricNamespace = "BudgetSync";

    /// <summary>How a Lambda destination names itself in the events it sends.</summary>
    public const string DestinationSource = "lambda";

    /// <summary>How BudgetSync names itself in events of its own.</summary>
    public const string OwnSource = "budgetsync";

    /// <summary>The two detail-types of a Lambda destination: a report, or a crash that left none.</summary>
    public static readonly string[] DestinationDetailTypes =
        ["Lambda Function Invocation Result - Success", "Lambda Function Invocation Result - Failure"];

    /// <summary>An ARN in the account and region of the stack that names it, in whatever partition that is.</summary>
    public static string LocalArn(string service, string resource) =>
        $"arn:{Aws.PARTITION}:{service}:{Aws.REGION}:{Aws.ACCOUNT_ID}:{resource}";

    /// <summary>The ARN of something in the account of the stack that names it, in another region or, by a star, in any.</summary>
    public static string ArnIn(string region, string service, string resource) =>
        $"arn:{Aws.PARTITION}:{service}:{region}:{Aws.ACCOUNT_ID}:{resource}";

    /// <summary>The ARN of something that has no region (IAM, Budgets) in the account of the stack that names it.</summary>
    public static string GlobalArn(string service, string resource) =>
        $"arn:{Aws.PARTITION}:{service}::{Aws.ACCOUNT_ID}:{resource}";
}
