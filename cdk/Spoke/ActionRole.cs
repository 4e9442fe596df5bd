using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using BudgetSync.Cdk.Parts;
using BudgetSync.Cdk.Stacks;
using Constructs;

namespace BudgetSync.Cdk.Spoke;

/// <summary>
/// The role that AWS Budgets assumes when a budget's action runs: attach a policy, stop machines. It exists only where
/// actions are switched on, because it is by far the most powerful thing in the template.
/// </summary>
internal sealed class ActionRole : Construct
{
    private static readonly string[] StopAutomations = ["AWS-StartEC2Instance", "AWS-StopEC2Instance", "AWS-StartRdsInstance", "AWS-StopRdsInstance"];

    private readonly CfnRole? role;
    private readonly CfnCondition? condition;

    public ActionRole(Construct scope, string id, Settings settings, SpokeValues given, DeploymentValues values) : base(scope, id)
    {
        if (given.BudgetActions == "Disabled")
            return;
        condition = values.WhenEnabled("BudgetActions", given.BudgetActions);
        var managementAccount = new CfnCondition((Stack)scope, "ManagementAccount", new CfnConditionProps
        {
            Expression = given.InOrganizationManagementAccount,
        });
        role = new CfnRole(this, "Role", new CfnRoleProps
        {
            RoleName = settings.ActionRoleName,
            Description = "What AWS Budgets may do when the action of a budget runs",
            // Only for budgets of this account: AWS Budgets cannot be made to use the role by anyone else.
            AssumeRolePolicyDocument = Statement.TrustService(
                "budgets.amazonaws.com",
                new Condition("StringEquals", "aws:SourceAccount", Aws.ACCOUNT_ID),
                new Condition("ArnLike", "aws:SourceArn", Names.GlobalArn("budgets", "budget/*"))),
            Policies = new object[]
            {
                new CfnRole.PolicyProperty { PolicyName = "AttachPolicies", PolicyDocument = Statement.Document(AttachPolicies()) },
                new CfnRole.PolicyProperty { PolicyName = "StopInstances", PolicyDocument = Statement.Document(StopInstances()) },
                // Service control policies can be attached from the management account only.
                Fn.ConditionIf(
                    managementAccount.LogicalId,
                    new Dictionary<string, object>
                    {
                        ["PolicyName"] = "AttachServiceControlPolicies",
                        ["PolicyDocument"] = Statement.Document(AttachServiceControlPolicies(given.OrganizationId)),
                    },
                    Aws.NO_VALUE),
            },
        });
        role.CfnOptions.Condition = condition;
    }

    /// <summary>Lets a function create actions that use this role, and hand the role to AWS Budgets alone.</summary>
    /// <returns>The name of that permission, or Disabled: whoever refers to it waits for it, and sees it come and go.</returns>
    public string MayBeGivenAwayBy(ManagedFunction function)
    {
        if (role is null)
            return "Disabled";
        var policy = new CfnPolicy(this, "Permission", new CfnPolicyProps
        {
            PolicyName = "BudgetActions",
            Roles = [function.Role.Ref],
            PolicyDocument = Statement.Document(
                Statement.Allow("KeepActions", ["budgets:CreateBudgetAction", "budgets:UpdateBudgetAction"], [Names.GlobalArn("budgets", "budget/*/action/*")]),
                Statement.Allow(
                    "GiveActionRoleToBudgets",
                    ["iam:PassRole"],
                    [role.AttrArn],
                    new Condition("StringEquals", "iam:PassedToService", "budgets.amazonaws.com"))),
        });
        policy.CfnOptions.Condition = condition;
        return condition is null ? policy.Ref : Fn.ConditionIf(condition.LogicalId, policy.Ref, "Disabled").ToString()!;
    }

    private static PolicyStatement AttachPolicies() => Statement.Allow(
        "AttachPolicies",
        [
            "iam:AttachGroupPolicy", "iam:AttachRolePolicy", "iam:AttachUserPolicy",
            "iam:DetachGroupPolicy", "iam:DetachRolePolicy", "iam:DetachUserPolicy",
        ],
        [Names.GlobalArn("iam", "group/*"), Names.GlobalArn("iam", "role/*"), Names.GlobalArn("iam", "user/*")],
        // A guardrail takes rights away. Without this condition the role could as well attach AdministratorAccess.
        new Condition("ArnLike", "iam:PolicyARN", Names.GlobalArn("iam", "policy/*"), $"arn:{Aws.PARTITION}:iam::aws:policy/AWSDenyAll"));

    private static PolicyStatement[] StopInstances()
    {
        string Everywhere(string service, string resource) => $"arn:{Aws.PARTITION}:{service}:*:{Aws.ACCOUNT_ID}:{resource}";
        // The automations run with this role's rights, so these calls come through Systems Manager and only so.
        var throughAutomation = new Condition("ForAnyValue:StringEquals", "aws:CalledVia", "ssm.amazonaws.com");
        return
        [
            Statement.Allow(
                "RunStopAutomations",
                ["ssm:StartAutomationExecution"],
                // The nine of AWS's managed policy AWSBudgetsActions_RolePolicyForResourceAdministrationWithSSM: the call is judged by the document, by its
                // automation definition and by the execution that it makes.
                [
                    .. StopAutomations.Select(document => $"arn:{Aws.PARTITION}:ssm:*:*:document/{document}"),
                    $"arn:{Aws.PARTITION}:ssm:*:*:automation-execution/*",
                    .. StopAutomations.Select(document => $"arn:{Aws.PARTITION}:ssm:*:*:automation-definition/{document}:*"),
                ]),
            Statement.Allow("StopEc2", ["ec2:StartInstances", "ec2:StopInstances"], [Everywhere("ec2", "instance/*")], throughAutomation),
            Statement.Allow("SeeEc2", ["ec2:DescribeInstanceStatus"], ["*"], throughAutomation),
            Statement.Allow(
                "StopRds",
                ["rds:DescribeDBInstances", "rds:StartDBInstance", "rds:StopDBInstance"],
                [Everywhere("rds", "db:*")],
                throughAutomation),
        ];
    }

    private static PolicyStatement AttachServiceControlPolicies(string organizationId)
    {
        string InOrganization(string resource) => $"arn:{Aws.PARTITION}:organizations::*:{resource}";
        return Statement.Allow(
            "AttachServiceControlPolicies",
            ["organizations:AttachPolicy", "organizations:DetachPolicy"],
            [
                InOrganization($"account/{organizationId}/*"),
                InOrganization($"ou/{organizationId}/*"),
                InOrganization($"policy/{organizationId}/service_control_policy/*"),
            ]);
    }
}
