using Amazon.CDK;
using BudgetSync.Cdk.Code;
using BudgetSync.Cdk.Stacks;
using Constructs;

namespace BudgetSync.Cdk.Spoke;

/// <summary>
/// Runs Apply when the stack is created or changed, so that the management account hears of a new spoke at once. What a
/// deletion has to do is <see cref="Removal"/>'s.
/// </summary>
internal sealed class FirstApply
{
    private readonly CustomResource resource;

    /// <param name="first">
    /// All that must stand before the first report leaves: the way it takes, and what the management account will use
    /// as soon as it hears of the spoke.
    /// </param>
    public FirstApply(
        Stack stack, SpokeValues given, ApplyFunction apply, FunctionCode code, string actionPermission, string alertPath, params IDependable[] first)
    {
        resource = new CustomResource(stack, "FirstApply", new CustomResourceProps
        {
            ResourceType = "Custom::BudgetSyncFirstApply",
            ServiceToken = apply.ForCloudFormation.AttrArn,
            RemovalPolicy = RemovalPolicy.DESTROY,
            // Whatever here changes makes CloudFormation call Apply again.
            Properties = new Dictionary<string, object>
            {
                ["ParameterName"] = given.ParameterName,
                ["BudgetName"] = given.BudgetName,
                ["EmailRecipient"] = given.EmailRecipient,
                ["Currencies"] = given.Currencies,
                ["BudgetActions"] = actionPermission,
                ["AlertTopic"] = alertPath,
                ["LookEvery"] = given.LookEvery,
                ["Release"] = code.Key,
                // Seconds that CloudFormation waits for an answer; its default is an hour of a stack that hangs.
                ["ServiceTimeout"] = 900,
            },
        });
        resource.Node.AddDependency(first);
    }

    public void ComesAfter(IDependable other) => resource.Node.AddDependency(other);

    /// <summary>When this account is to look, as Apply answers it for the account and LookEvery.</summary>
    public string LookSchedule => resource.GetAttString("LookSchedule");
}
