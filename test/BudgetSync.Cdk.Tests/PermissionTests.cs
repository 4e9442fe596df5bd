using BudgetSync.Cdk.Code;
using BudgetSync.Cdk.Management;

namespace BudgetSync.Cdk.Tests;

/// <summary>
/// Every statement of every policy, one by one: a line here is a decision somebody made. A new permission needs a new
/// line, a widened one changes a line, and both show in review.
/// </summary>
public sealed class PermissionTests
{
    private const string LocalEvents = "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}";
    private const string OwnBudgets = "arn:${AWS::Partition}:budgets::${AWS::AccountId}:budget/*";
    private const string OwnActions = OwnBudgets + "/action/*";
    private const string Iam = "arn:${AWS::Partition}:iam::${AWS::AccountId}";
    private const string Organization = "arn:${AWS::Partition}:organizations::*";
    private const string Parameter = "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter${ParameterName}";
    private const string BudgetsArn = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/BudgetSync-Budgets";
    private const string StatusArn = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/BudgetSync-Status";
    private const string HistoryArn = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/BudgetSync-History";
    private const string StreamArn = """{"Fn::ImportValue":"BudgetSync-BudgetsStreamArn"}""";
    private static readonly string[] StopAutomations = ["AWS-StartEC2Instance", "AWS-StopEC2Instance", "AWS-StartRdsInstance", "AWS-StopRdsInstance"];
    private const string ManagementBus = "arn:${AWS::Partition}:events:${HomeRegion}:${ManagementAccountId}:event-bus/BudgetSync";
    private const string PlainText = "Bool aws:SecureTransport false";
    private const string ThroughAutomation = "ForAnyValue:StringEquals aws:CalledVia ssm.amazonaws.com";
    private const string WriteLog = "logs:CreateLogStream, logs:PutLogEvents";

    private static readonly PolicyStatementText[] Management =
    [
        Trust("PropagateRole", "Service lambda.amazonaws.com"),
        Allow("PropagateRole/WriteOwnLog", WriteLog, "${PropagateLog.Arn}"),
        Allow("PropagateRole/ReadEdits", "dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator", StreamArn),
        Allow("PropagateRole/FindStream", "dynamodb:ListStreams", "*"),
        Allow("PropagateRole/ReadRows", "dynamodb:BatchGetItem, dynamodb:GetItem, dynamodb:Scan", BudgetsArn),
        KeepStatus("PropagateRole"), DropStatus("PropagateRole"),
        Allow("PropagateRole/ReadStatuses", "dynamodb:BatchGetItem", StatusArn),
        EnterSpokes("PropagateRole"), FindRoot("PropagateRole"), WalkOrganization("PropagateRole"),
        Allow("PropagateRole/ParkFailures", "sqs:SendMessage", "${ParkedEditsQueue.Arn}"),

        Trust("ReconcileRole", "Service lambda.amazonaws.com"),
        Allow("ReconcileRole/WriteOwnLog", WriteLog, "${ReconcileLog.Arn}"),
        Allow("ReconcileRole/ReadRows", "dynamodb:BatchGetItem, dynamodb:Scan", BudgetsArn),
        KeepStatus("ReconcileRole"), DropStatus("ReconcileRole"),
        Allow("ReconcileRole/SurveyStatus", "dynamodb:Scan", StatusArn),
        EnterSpokes("ReconcileRole"), FindRoot("ReconcileRole"), WalkOrganization("ReconcileRole"),
        Allow("ReconcileRole/TakeUpParked", "sqs:ReceiveMessage, sqs:DeleteMessage", "${ParkedEditsQueue.Arn}"),
        Allow("ReconcileRole/ParkFailures", "sqs:SendMessage", "${UndeliverableQueue.Arn}"),

        Trust("CollectRole", "Service lambda.amazonaws.com"),
        Allow("CollectRole/WriteOwnLog", WriteLog, "${CollectLog.Arn}"),
        KeepStatus("CollectRole"),
        Allow("CollectRole/KeepHistory", "dynamodb:PutItem, dynamodb:Query", HistoryArn),
        Allow(
            "CollectRole/AnnounceSpendStates",
            "events:PutEvents",
            "${ReportingBus.Arn}",
            OwnEventTests.Only([.. OwnEvents.Found, OwnEvents.SpokeDeployed])),
        Allow("CollectRole/ParkFailures", "sqs:SendMessage", "${UndeliverableQueue.Arn}"),

        new("ReportingPolicy/ReportsOfTheOrganization", "Allow", "AWS *", "events:PutEvents", "${ReportingBus.Arn}",
            "StringEquals aws:PrincipalOrgID ${OrganizationId}; ForAllValues:StringEquals events:source lambda; ForAllValues:StringEquals events:detail-type "
            + "Lambda Function Invocation Result - Success, Lambda Function Invocation Result - Failure; Null events:source false; Null "
            + "events:detail-type false; "
            + "ArnLike aws:PrincipalArn arn:*:iam::*:role/BudgetSync-ForwardReports"),
        new("ParkedEditsPolicy/DenyPlainText", "Deny", "AWS *", "sqs:*", "${ParkedEditsQueue.Arn}", PlainText),
        new("UndeliverablePolicy/DenyPlainText", "Deny", "AWS *", "sqs:*", "${UndeliverableQueue.Arn}", PlainText),
        new("UndeliverablePolicy/UndeliverableEvents", "Allow", "Service events.amazonaws.com", "sqs:SendMessage", "${UndeliverableQueue.Arn}",
            "ArnEquals aws:SourceArn ${ReportsRule.Arn}, ${HourlyRule.Arn}, ${EnrolmentRule.Arn}, ${SpokeDeployedRule.Arn}"),
        new("OperationsTopicPolicy/AlarmsOfThisAccount", "Allow", "Service cloudwatch.amazonaws.com", "sns:Publish", "${OperationsTopic}",
            "StringEquals aws:SourceAccount ${AWS::AccountId}"),
        new("OperationsTopicPolicy/DenyPlainText", "Deny", "AWS *", "sns:Publish", "${OperationsTopic}", PlainText),
    ];

    private static readonly PolicyStatementText[] Spoke =
    [
        new("SpokeRole/trust", "Allow", "AWS arn:${AWS::Partition}:iam::${ManagementAccountId}:root", "sts:AssumeRole", "",
            "ArnEquals aws:PrincipalArn arn:${AWS::Partition}:iam::${ManagementAccountId}:role/BudgetSync-Propagate, "
                + "arn:${AWS::Partition}:iam::${ManagementAccountId}:role/BudgetSync-Reconcile; "
            + "StringEquals aws:PrincipalOrgID ${OrganizationId}; StringEquals sts:ExternalId ${ExternalId}"),
        Allow("SpokeRole/WriteDesiredBudgets", "ssm:GetParameter, ssm:PutParameter, ssm:DeleteParameter", Parameter),

        Trust("ApplyRole", "Service lambda.amazonaws.com"),
        Allow("ApplyRole/WriteOwnLog", WriteLog, "${ApplyLog.Arn}"),
        Allow("ApplyRole/ReadDesiredBudgets", "ssm:GetParameter", Parameter),
        Allow(
            "ApplyRole/KeepBudgets",
            "budgets:ViewBudget, budgets:ModifyBudget, budgets:ListTagsForResource, budgets:TagResource, budgets:UntagResource",
            OwnBudgets),
        Allow("ApplyRole/SeeActions", "budgets:DescribeBudgetActionsForBudget", OwnBudgets),
        Allow("ApplyRole/DropActions", "budgets:DeleteBudgetAction", OwnActions),
        Allow("ApplyRole/SeeTopics", "sns:GetTopicAttributes", "arn:${AWS::Partition}:sns:*:${AWS::AccountId}:*"),
        Allow("ApplyRole/SeeTopicKeys", "kms:GetKeyPolicy", "arn:${AWS::Partition}:kms:*:${AWS::AccountId}:key/*"),
        Allow("ApplyRole/SendReports", "events:PutEvents", LocalEvents + ":event-bus/default"),
        Allow("ActionPermission/KeepActions", "budgets:CreateBudgetAction, budgets:UpdateBudgetAction", OwnActions),
        Allow("ActionPermission/GiveActionRoleToBudgets", "iam:PassRole", "${ActionRole.Arn}", "StringEquals iam:PassedToService budgets.amazonaws.com"),

        Trust("ForwardReportsRole", "Service events.amazonaws.com",
            $"StringEquals aws:SourceAccount ${{AWS::AccountId}}; ArnEquals aws:SourceArn {LocalEvents}:rule/BudgetSync-ForwardReports"),
        Allow("ForwardReportsRole/SendReports", "events:PutEvents", ManagementBus),

        Trust("ActionRole", "Service budgets.amazonaws.com", $"StringEquals aws:SourceAccount ${{AWS::AccountId}}; ArnLike aws:SourceArn {OwnBudgets}"),
        Allow("ActionRole/AttachPolicies",
            "iam:AttachGroupPolicy, iam:AttachRolePolicy, iam:AttachUserPolicy, iam:DetachGroupPolicy, iam:DetachRolePolicy, iam:DetachUserPolicy",
            $"{Iam}:group/*, {Iam}:role/*, {Iam}:user/*",
            $"ArnLike iam:PolicyARN {Iam}:policy/*, arn:${{AWS::Partition}}:iam::aws:policy/AWSDenyAll"),
        Allow("ActionRole/RunStopAutomations", "ssm:StartAutomationExecution", string.Join(", ",
            // The nine of AWSBudgetsActions_RolePolicyForResourceAdministrationWithSSM (AWS managed policy reference).
            StopAutomations.Select(document => $"arn:${{AWS::Partition}}:ssm:*:*:document/{document}")
                .Append("arn:${AWS::Partition}:ssm:*:*:automation-execution/*")
                .Concat(StopAutomations.Select(document => $"arn:${{AWS::Partition}}:ssm:*:*:automation-definition/{document}:*")))),
        Allow("ActionRole/StopEc2", "ec2:StartInstances, ec2:StopInstances", "arn:${AWS::Partition}:ec2:*:${AWS::AccountId}:instance/*", ThroughAutomation),
        Allow("ActionRole/SeeEc2", "ec2:DescribeInstanceStatus", "*", ThroughAutomation),
        Allow(
            "ActionRole/StopRds",
            "rds:DescribeDBInstances, rds:StartDBInstance, rds:StopDBInstance",
            "arn:${AWS::Partition}:rds:*:${AWS::AccountId}:db:*",
            ThroughAutomation),
        Allow("ActionRole/AttachServiceControlPolicies", "organizations:AttachPolicy, organizations:DetachPolicy",
            Organization
                + ":account/${OrganizationId}/*, "
                + Organization
                + ":ou/${OrganizationId}/*, "
                + Organization
                + ":policy/${OrganizationId}/service_control_policy/*"),

        new("ApplyDeadLettersPolicy/DenyPlainText", "Deny", "AWS *", "sqs:*", "${ApplyDeadLettersQueue.Arn}", PlainText),
        new("ApplyDeadLettersPolicy/UndeliverableEvents", "Allow", "Service events.amazonaws.com", "sqs:SendMessage", "${ApplyDeadLettersQueue.Arn}",
            $"ArnEquals aws:SourceArn ${{ParameterChangedRule.Arn}}, ${{DailyRule.Arn}}, ${{ForwardReportsRule.Arn}}, {LocalEvents}:rule/BudgetSync-Look"),
        new("AlertsPolicy/AlertsOfThisAccount", "Allow", "Service budgets.amazonaws.com", "sns:Publish", "${AlertsTopic}",
            "StringEquals aws:SourceAccount ${AWS::AccountId}; ArnLike aws:SourceArn arn:${AWS::Partition}:budgets::${AWS::AccountId}:*"),
        new("AlertsPolicy/DenyPlainText", "Deny", "AWS *", "sns:Publish", "${AlertsTopic}", PlainText),
    ];

    private static readonly PolicyStatementText[] Track =
    [
        Trust("TrackRole", "Service lambda.amazonaws.com"),
        Allow("TrackRole/WriteOwnLog", WriteLog, "${TrackLog.Arn}"),
        Allow("TrackRole/AskCosts", "ce:GetCostAndUsage", "*"),
        Allow("TrackRole/KeepCosts", "dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query, dynamodb:UpdateItem", HistoryArn),
        Allow("TrackRole/ParkFailures", "sqs:SendMessage", "${UndeliverableQueue.Arn}"),
        new("UndeliverablePolicy/DenyPlainText", "Deny", "AWS *", "sqs:*", "${UndeliverableQueue.Arn}", PlainText),
        new("UndeliverablePolicy/UndeliverableEvents", "Allow", "Service events.amazonaws.com", "sqs:SendMessage", "${UndeliverableQueue.Arn}",
            "ArnEquals aws:SourceArn ${TwiceADayRule.Arn}"),
    ];

    private static readonly PolicyStatementText[] Report =
    [
        Trust("ReportRole", "Service lambda.amazonaws.com"),
        Allow("ReportRole/WriteOwnLog", WriteLog, "${ReportLog.Arn}"),
        Allow("ReportRole/ReadRows", "dynamodb:Scan", BudgetsArn),
        Allow("ReportRole/SurveyStatus", "dynamodb:Scan", StatusArn),
        Allow("ReportRole/ReadHistory", "dynamodb:Query", HistoryArn),
        Allow("ReportRole/KeepPage", "s3:GetObject, s3:PutObject", "${PageBucket.Arn}/*"),
        Allow("ReportRole/SeeWhetherThereIsAPage", "s3:ListBucket", "${PageBucket.Arn}"),
        Allow("ReportRole/FindRoot", "organizations:ListRoots", "*"),
        Allow(
            "ReportRole/WalkOrganization",
            "organizations:ListAccountsForParent, organizations:ListOrganizationalUnitsForParent",
            $"{Organization}:account/${{OrganizationId}}/*, {Organization}:ou/${{OrganizationId}}/*, {Organization}:root/${{OrganizationId}}/*"),
        Allow("ReportRole/ParkFailures", "sqs:SendMessage", "${UndeliverableQueue.Arn}"),
        new("PagePolicy/DenyPlainText", "Deny", "AWS *", "s3:*", "${PageBucket.Arn}, ${PageBucket.Arn}/*", PlainText),
        new("UndeliverablePolicy/DenyPlainText", "Deny", "AWS *", "sqs:*", "${UndeliverableQueue.Arn}", PlainText),
        new("UndeliverablePolicy/UndeliverableEvents", "Allow", "Service events.amazonaws.com", "sqs:SendMessage", "${UndeliverableQueue.Arn}",
            "ArnEquals aws:SourceArn ${ReportHourlyRule.Arn}"),
    ];

    private static readonly Dictionary<string, PolicyStatementText[]> Decided = new()
    {
        [PortableTemplates.ManagementFile] = Management,
        [PortableTemplates.SpokeFile] = Spoke,
        [PortableTemplates.TrackFile] = Track,
        [PortableTemplates.ReportFile] = Report,
    };

    /// <summary>Where a statement may say Resource *, and why: AWS has no resource-level permission for these actions.</summary>
    private static readonly Dictionary<string, string> WildcardResources = new()
    {
        ["PropagateRole/FindStream"] = "dynamodb:ListStreams",
        ["PropagateRole/FindRoot"] = "organizations:ListRoots",
        ["ReconcileRole/FindRoot"] = "organizations:ListRoots",
        ["TrackRole/AskCosts"] = "ce:GetCostAndUsage",
        ["ReportRole/FindRoot"] = "organizations:ListRoots",
        ["ActionRole/SeeEc2"] = "ec2:DescribeInstanceStatus",
    };

    public static TheoryData<string, string> Expected()
    {
        var data = new TheoryData<string, string>();
        foreach (var (file, statements) in Decided)
        {
            foreach (var statement in statements) data.Add(file, statement.Where);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Expected))]
    public void Statement_says_what_was_decided_and_no_more(string file, string where)
    {
        var decided = Decided[file].Single(statement => statement.Where == where);

        Assert.Equal(decided, Assert.Single(PolicyStatementText.All(Template.Committed(file)), statement => statement.Where == where));
    }

    [Fact]
    public void No_statement_is_undecided()
    {
        foreach (var (file, statements) in Decided)
            Assert.Equal(statements.Select(statement => statement.Where).Order(), Statements(file).Select(statement => statement.Where).Order());
    }

    [Fact]
    public void No_allowed_action_is_a_wildcard() =>
        Assert.DoesNotContain(All(), statement => statement.Effect == "Allow" && statement.Action.Contains('*', StringComparison.Ordinal));

    [Fact]
    public void Wildcard_resource_stands_only_where_AWS_has_no_resource_level_permission()
    {
        var wild = All()
            .Where(statement => statement.Resource.Split(", ").Contains("*"))
            .ToDictionary(statement => statement.Where, statement => statement.Action);

        Assert.Equal(WildcardResources, wild);
    }

    private static IEnumerable<PolicyStatementText> All() => Decided.Keys.SelectMany(Statements);

    private static IEnumerable<PolicyStatementText> Statements(string file) => PolicyStatementText.All(Template.Committed(file));

    private static PolicyStatementText Allow(string where, string action, string resource, string condition = "") =>
        new(where, "Allow", "", action, resource, condition);

    private static PolicyStatementText Trust(string role, string principal, string condition = "") =>
        new($"{role}/trust", "Allow", principal, "sts:AssumeRole", "", condition);

    private static PolicyStatementText EnterSpokes(string role) => Allow(
        $"{role}/EnterSpokes", "sts:AssumeRole", "arn:${AWS::Partition}:iam::*:role/BudgetSyncSpokeRole", "StringEquals aws:ResourceOrgID ${OrganizationId}");

    private static PolicyStatementText KeepStatus(string role) => Allow($"{role}/KeepStatus", "dynamodb:GetItem, dynamodb:PutItem", StatusArn);

    private static PolicyStatementText DropStatus(string role) => Allow($"{role}/DropStatus", "dynamodb:DeleteItem", StatusArn);

    private static PolicyStatementText FindRoot(string role) => Allow($"{role}/FindRoot", "organizations:ListRoots", "*");

    private static PolicyStatementText WalkOrganization(string role) => Allow(
        $"{role}/WalkOrganization", "organizations:ListAccountsForParent, organizations:ListOrganizationalUnitsForParent, organizations:ListParents",
        Organization + ":account/${OrganizationId}/*, " + Organization + ":ou/${OrganizationId}/*, " + Organization + ":root/${OrganizationId}/*");
}
