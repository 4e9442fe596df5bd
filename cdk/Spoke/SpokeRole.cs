using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using BudgetSync.Cdk.Parts;
using BudgetSync.Cdk.Stacks;

namespace BudgetSync.Cdk.Spoke;

/// <summary>
/// The one way from the management account into a spoke: reads and writes one SSM parameter, and where the spoke restricts, asks its functions; nothing else.
/// </summary>
/// <remarks>
/// The principal is the management account's root narrowed by <c>aws:PrincipalArn</c>, not the roles' own ARNs: IAM
/// stores a role ARN in a trust policy as that role's unique id, so deleting and re-creating the role would silently
/// shut every spoke, and a spoke could not be deployed before the role exists.
/// </remarks>
internal sealed class SpokeRole
{
    public SpokeRole(Stack stack, Settings settings, SpokeValues given)
    {
        string ManagementArn(string resource) => $"arn:{Aws.PARTITION}:iam::{given.ManagementAccountId}:{resource}";
        var parameter = Names.LocalArn("ssm", $"parameter{given.ParameterName}");
        Role = new CfnRole(stack, "SpokeRole", new CfnRoleProps
        {
            RoleName = settings.SpokeRoleName,
            Description = "Lets BudgetSync's management account write the desired budgets of this account",
            MaxSessionDuration = 3600,
            AssumeRolePolicyDocument = Statement.Document(Statement.AllowTo(
                "PropagateAndReconcile",
                new ArnPrincipal(ManagementArn("root")),
                ["sts:AssumeRole"],
                [],
                new Condition(
                    "ArnEquals",
                    "aws:PrincipalArn",
                    [
                        ManagementArn($"role/{settings.PropagateRoleName}"),
                        ManagementArn($"role/{settings.ReconcileRoleName}"),
                        .. IsAsked(settings) ? [ManagementArn($"role/{Names.Respond}")] : Array.Empty<string>(),
                    ]),
                new Condition("StringEquals", "aws:PrincipalOrgID", given.OrganizationId),
                new Condition("StringEquals", "sts:ExternalId", given.ExternalId))),
            Policies = new[]
            {
                new CfnRole.PolicyProperty
                {
                    PolicyName = "OneParameter",
                    PolicyDocument = Statement.Document(
                    [
                        // What somebody made by that name of another type cannot be written over.
                        Statement.Allow("WriteDesiredBudgets", ["ssm:GetParameter", "ssm:PutParameter", "ssm:DeleteParameter"], [parameter]),
                        // Where rows are wrong, what is lifted, or asked of models, is written into what we wrote last, and not into what somebody wrote
                        // over it.
                        .. IsAsked(settings)
                            ? [Statement.Allow("SeeWhoWroteTheParameter", ["ssm:GetParameterHistory"], [parameter])]
                            : Array.Empty<PolicyStatement>(),
                        .. IsAsked(settings) ? [AskFunctions(settings)] : Array.Empty<PolicyStatement>(),
                    ]),
                },
            },
        });
    }

    public CfnRole Role { get; }

    /// <summary>Where the spoke restricts, or meters models, which the organization denies by what it says.</summary>
    private static bool IsAsked(Settings settings) => settings.Respond || settings.Ai;

    /// <summary>Their answer is their own, as no event is: by it alone the hub lifts what is in force.</summary>
    private static PolicyStatement AskFunctions(Settings settings) => Statement.Allow(
        "AskFunctions",
        ["lambda:InvokeFunction"],
        [
            Names.LocalArn("lambda", $"function:{Names.Apply}"),
            .. settings.Ai ? [Names.LocalArn("lambda", $"function:{Names.Meter}")] : Array.Empty<string>(),
        ]);
}
