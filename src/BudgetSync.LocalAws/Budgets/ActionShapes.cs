using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Budgets.BudgetShapes;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>Budget actions and the requests about them, as the service model bounds them.</summary>
internal static class ActionShapes
{
    private const string Partition = "aws(-eusc|-cn|-us-gov|-iso|-iso-[a-z]{1})?";
    private const string IamName = @"([\u0021-\u007F]+\u002F)?[a-zA-Z0-9_+=,.@-]+";

    private static readonly Member Account = Required("AccountId", AccountId);
    private static readonly Member Name = Required("BudgetName", BudgetName);
    private static readonly Member Id = Required("ActionId", String(36, 36, "[a-fA-F0-9]{8}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{12}"));
    private static readonly Member PageSize = Optional("MaxResults", new Number(1, 100, true));
    private static readonly Member NextToken = Optional("NextToken", OneLine);
    private static readonly Shape NotificationType = Enum("ACTUAL", "FORECASTED");
    private static readonly Shape ApprovalModel = Enum("AUTOMATIC", "MANUAL");
    private static readonly Shape Role = String(32, 618, $@"arn:{Partition}:iam::[0-9]{{12}}:role(\u002F[\u0021-\u007F]+\u002F|\u002F)[a-zA-Z0-9_+=,.@-]+");

    private static readonly Shape Threshold = Members(
        Required("ActionThresholdValue", new Number(0, AwsLimits.Budgets.Threshold, false)),
        Required("ActionThresholdType", Enum("PERCENTAGE", "ABSOLUTE_VALUE")));

    private static readonly Shape Definition = Members(
        Optional("IamActionDefinition", Members(
            Required("PolicyArn", String(25, 684, $@"arn:{Partition}:iam::([0-9]{{12}}|aws):policy(\u002F[\u0021-\u007F]+\u002F|\u002F)[a-zA-Z0-9_+=,.@-]+")),
            Optional("Roles", new List(String(1, 576, IamName), 1, 100)),
            Optional("Groups", new List(String(1, 640, IamName), 1, 100)),
            Optional("Users", new List(String(1, 576, IamName), 1, 100)))),
        Optional("ScpActionDefinition", Members(
            Required("PolicyId", String(10, 130, "p-[0-9a-zA-Z_]{8,128}")),
            Required("TargetIds", new List(String(12, 68, "ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}|[0-9]{12}"), 1, 100)))),
        Optional("SsmActionDefinition", Members(
            Required("ActionSubType", Enum("STOP_EC2_INSTANCES", "STOP_RDS_INSTANCES")),
            Required("Region", String(9, 20, "[a-zA-Z0-9_]{2,4}-[a-zA-Z0-9_]+(-[a-zA-Z0-9_]+)?-[0-9]")),
            Required("InstanceIds", new List(String(1, 63, "i-([a-zA-Z0-9_]{8}|[a-zA-Z0-9_]{17})|[a-zA-Z]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?"), 1, 100)))));

    public static Shape CreateBudgetAction { get; } = Members(
        Account,
        Name,
        Required("NotificationType", NotificationType),
        Required("ActionType", Enum("APPLY_IAM_POLICY", "APPLY_SCP_POLICY", "RUN_SSM_DOCUMENTS")),
        Required("ActionThreshold", Threshold),
        Required("Definition", Definition),
        Required("ExecutionRoleArn", Role),
        Required("ApprovalModel", ApprovalModel),
        Required("Subscribers", Subscribers),
        Optional("ResourceTags", Tags));

    public static Shape UpdateBudgetAction { get; } = Members(
        Account,
        Name,
        Id,
        Optional("NotificationType", NotificationType),
        Optional("ActionThreshold", Threshold),
        Optional("Definition", Definition),
        Optional("ExecutionRoleArn", Role),
        Optional("ApprovalModel", ApprovalModel),
        Optional("Subscribers", Subscribers));

    public static Shape OneAction { get; } = Members(Account, Name, Id);

    public static Shape DescribeBudgetActionHistories { get; } = Members(Account, Name, Id, Optional("TimePeriod", TimePeriod), PageSize, NextToken);

    public static Shape DescribeBudgetActionsForBudget { get; } = Members(Account, Name, PageSize, NextToken);

    public static Shape DescribeBudgetActionsForAccount { get; } = Members(Account, PageSize, NextToken);

    public static Shape ExecuteBudgetAction { get; } = Members(
        Account, Name, Id, Required("ExecutionType", Enum("APPROVE_BUDGET_ACTION", "RETRY_BUDGET_ACTION", "REVERSE_BUDGET_ACTION", "RESET_BUDGET_ACTION")));
}
