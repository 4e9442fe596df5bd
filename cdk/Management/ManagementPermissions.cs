using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using BudgetSync.Cdk.Parts;

namespace BudgetSync.Cdk.Management;

/// <summary>What the functions of the management account may do, a statement for each reason.</summary>
internal static class ManagementPermissions
{
    public static PolicyStatement ReadRows() =>
        Statement.Allow("ReadRows", ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Scan"], [TableNames.BudgetsArn]);

    /// <summary>Those that bear on an account, or all: who only looks needs no single one.</summary>
    public static PolicyStatement SurveyRows() => Statement.Allow("ReadRows", ["dynamodb:BatchGetItem", "dynamodb:Scan"], [TableNames.BudgetsArn]);

    /// <summary>All rows and no single one.</summary>
    public static PolicyStatement LookAtRows() => Statement.Allow("ReadRows", ["dynamodb:Scan"], [TableNames.BudgetsArn]);

    /// <summary>What accounts spent, and what Track knows of the month.</summary>
    public static PolicyStatement ReadHistory() => Statement.Allow("ReadHistory", ["dynamodb:Query"], [TableNames.HistoryArn]);

    public static PolicyStatement KeepStatus() =>
        Statement.Allow("KeepStatus", ["dynamodb:GetItem", "dynamodb:PutItem"], [TableNames.StatusArn]);

    /// <summary>Those of a batch's accounts, by one call.</summary>
    public static PolicyStatement ReadStatuses() => Statement.Allow("ReadStatuses", ["dynamodb:BatchGetItem"], [TableNames.StatusArn]);

    /// <summary>What is the matter, read and never written.</summary>
    public static PolicyStatement ReadStatus() => Statement.Allow("ReadStatus", ["dynamodb:GetItem", "dynamodb:Scan"], [TableNames.StatusArn]);

    /// <summary>What was told.</summary>
    public static PolicyStatement KeepLedger() =>
        Statement.Allow("KeepLedger", ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"], [TableNames.LedgerArn]);

    /// <summary>How much each channel got, and when an anomaly was last told of: in partitions of their own, beside those of accounts.</summary>
    public static PolicyStatement CountMessages() => Statement.Allow(
        "CountMessages",
        ["dynamodb:UpdateItem"],
        [TableNames.LedgerArn],
        new Condition("ForAllValues:StringLike", "dynamodb:LeadingKeys", "channel#*", "anomalies"),
        new Condition("Null", "dynamodb:LeadingKeys", "false"));

    /// <summary>What was decided of restrictions: appended, and never changed.</summary>
    public static PolicyStatement RecordDecisions() => Statement.Allow("RecordDecisions", ["dynamodb:PutItem"], [TableNames.LedgerArn]);

    /// <summary>The kill switch, which a person throws.</summary>
    public static PolicyStatement ReadSwitch() =>
        Statement.Allow("ReadSwitch", ["ssm:GetParameter"], [Names.LocalArn("ssm", $"parameter{Names.Armed}")]);

    /// <summary>The last weeks of an account's budgets, and the day that a report adds.</summary>
    public static PolicyStatement KeepHistory() => Statement.Allow("KeepHistory", ["dynamodb:PutItem", "dynamodb:Query"], [TableNames.HistoryArn]);

    /// <summary>What every account cost. Cost Explorer has no resource-level permission but for billing views.</summary>
    public static PolicyStatement AskCosts() => Statement.Allow("AskCosts", ["ce:GetCostAndUsage"], ["*"]);

    /// <summary>Days of accounts, and the count of requests, which is conditional.</summary>
    public static PolicyStatement KeepCosts() => Statement.Allow(
        "KeepCosts", ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"], [TableNames.HistoryArn]);

    /// <summary>The count of requests alone, which is conditional.</summary>
    public static PolicyStatement CountCostRequests() => Statement.Allow("CountCostRequests", ["dynamodb:UpdateItem"], [TableNames.HistoryArn]);

    /// <summary>The status of a row that was no account's goes with the row.</summary>
    public static PolicyStatement DropStatus() => Statement.Allow("DropStatus", ["dynamodb:DeleteItem"], [TableNames.StatusArn]);

    public static PolicyStatement SurveyStatus() => Statement.Allow("SurveyStatus", ["dynamodb:Scan"], [TableNames.StatusArn]);

    /// <summary>What Lambda itself does, with the function's role, to read the stream for it.</summary>
    public static PolicyStatement[] ReadEdits() =>
    [
        Statement.Allow("ReadEdits", ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"], [TableNames.BudgetsStreamArn]),
        // ListStreams has no resource-level permission.
        Statement.Allow("FindStream", ["dynamodb:ListStreams"], ["*"]),
    ];

    public static PolicyStatement ParkFailures(DeadLetterQueue queue) => Statement.Allow("ParkFailures", ["sqs:SendMessage"], [queue.Arn]);

    /// <summary>What a topic refused, for people.</summary>
    public static PolicyStatement ParkAlerts(DeadLetterQueue queue) => Statement.Allow("ParkAlerts", ["sqs:SendMessage"], [queue.Arn]);

    /// <summary>
    /// To the topics of the channels, and where a customer's key encrypts them its use, through SNS only (SNS developer guide, "Managing Amazon SNS encryption
    /// keys and costs": a publisher needs both).
    /// </summary>
    public static PolicyStatement[] Publish(string[] topicArns, string? kmsKeyArn) =>
    [
        Statement.Allow("TellTopics", ["sns:Publish"], topicArns),
        .. kmsKeyArn is null
            ? Array.Empty<PolicyStatement>()
            : [Statement.Allow(
                "UseTopicKey",
                ["kms:Decrypt", "kms:GenerateDataKey"],
                [kmsKeyArn],
                new Condition("StringEquals", "kms:ViaService", $"sns.{Aws.REGION}.{Aws.URL_SUFFIX}"))],
    ];

    public static PolicyStatement TakeUpParked(DeadLetterQueue queue) =>
        Statement.Allow("TakeUpParked", ["sqs:ReceiveMessage", "sqs:DeleteMessage"], [queue.Arn]);

    /// <summary>Into every spoke of the organization by its one role; a role of that name elsewhere is out of reach.</summary>
    public static PolicyStatement EnterSpokes(Settings settings, string organizationId) => Statement.Allow(
        "EnterSpokes",
        ["sts:AssumeRole"],
        [$"arn:{Aws.PARTITION}:iam::*:role/{settings.SpokeRoleName}"],
        new Condition("StringEquals", "aws:ResourceOrgID", organizationId));

    /// <summary>The organization's tree, which decides whose rows an account inherits and which accounts a row covers.</summary>
    public static PolicyStatement[] ReadOrganization(string organizationId) => ReadOrganization(organizationId, "organizations:ListParents");

    /// <summary>The same without where a single account stands.</summary>
    public static PolicyStatement[] ReadOrganizationTree(string organizationId) => ReadOrganization(organizationId, []);

    /// <summary>Whether an account has the tag that keeps it from being restricted.</summary>
    public static PolicyStatement ReadAccountTags(string organizationId) =>
        Statement.Allow("ReadAccountTags", ["organizations:ListTagsForResource"], [InOrganization("account", organizationId)]);

    private static PolicyStatement[] ReadOrganization(string organizationId, params string[] more) =>
    [
        // ListRoots has no resource-level permission.
        Statement.Allow("FindRoot", ["organizations:ListRoots"], ["*"]),
        Statement.Allow(
            "WalkOrganization",
            ["organizations:ListAccountsForParent", "organizations:ListOrganizationalUnitsForParent", .. more],
            [InOrganization("account", organizationId), InOrganization("ou", organizationId), InOrganization("root", organizationId)]),
    ];

    /// <summary>
    /// The account in these ARNs is the organization's management account, which a delegated administrator's stack does not know: the organization's id
    /// narrows them all the same.
    /// </summary>
    private static string InOrganization(string resource, string organizationId) =>
        $"arn:{Aws.PARTITION}:organizations::*:{resource}/{organizationId}/*";

    /// <summary>Changes in the state of spending, for anyone who wants to attach a target to them, and that Reconcile is to look at an account.</summary>
    /// <param name="asks">The detail-type by which the function asks Reconcile.</param>
    public static PolicyStatement Announce(ReportBus bus, string asks) => Statement.Allow(
        "AnnounceSpendStates", ["events:PutEvents"], [bus.Arn], Condition.OnlyEvents(Names.OwnSource, [.. OwnEvents.Found, asks]));

    /// <summary>Messages for channels, and nothing that another function takes for a fact.</summary>
    public static PolicyStatement SendMessages(ReportBus bus) => Statement.Allow(
        "SendMessages", ["events:PutEvents"], [bus.Arn], Condition.OnlyEvents(Names.OwnSource, OwnEvents.Notification));

    /// <summary>Where the tables are encrypted with a customer's key: its use, through DynamoDB only.</summary>
    public static PolicyStatement[] UseKey(string? kmsKeyArn) => kmsKeyArn is null
        ? []
        : [Statement.Allow(
            "UseTableKey",
            ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"],
            [kmsKeyArn],
            new Condition("StringEquals", "kms:ViaService", $"dynamodb.{Aws.REGION}.{Aws.URL_SUFFIX}"))];
}
