using Amazon.CDK;

namespace BudgetSync.Cdk.Spoke;

/// <summary>
/// Refuses any region but the home region, before CloudFormation creates anything. Role names and budgets are global:
/// a second spoke in another region would fight the first over the same budgets.
/// </summary>
internal static class HomeRegionOnly
{
    public static void Require(Stack stack, string homeRegion) =>
        _ = new CfnRule(stack, "HomeRegionOnly", new CfnRuleProps
        {
            Assertions =
            [
                new CfnRuleAssertion
                {
                    Assert = Fn.ConditionEquals(Aws.REGION, homeRegion),
                    AssertDescription = "BudgetSync lives in one region of an account, its home region, because budgets and roles are global."
                        + " Deploy this stack there, or change HomeRegion in every account",
                },
            ],
        });
}
