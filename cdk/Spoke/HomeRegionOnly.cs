using Amazon.CDK;

namespace BudgetSync.Cdk.Spoke;

/// <summary>
/// Refuses any region but the home region, or that one, before CloudFormation creates anything. Role names and budgets are global:
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

    /// <summary>Refuses the home region, whose spoke does the same.</summary>
    public static void Refuse(Stack stack, string homeRegion) =>
        _ = new CfnRule(stack, "OtherRegionsOnly", new CfnRuleProps
        {
            Assertions =
            [
                new CfnRuleAssertion
                {
                    Assert = Fn.ConditionNot(Fn.ConditionEquals(Aws.REGION, homeRegion)),
                    AssertDescription = "Models of the home region are counted by the spoke's own stack. Deploy this one in the other Regions",
                },
            ],
        });
}
