using Amazon.CDK;

namespace BudgetSync.Cdk.Parts;

/// <summary>
/// Refuses AWS GovCloud (US), before CloudFormation creates anything: AWS Budgets has no endpoint there, and the cost of such an account is budgeted in the
/// commercial account that it is linked with. Source: AWS GovCloud user guide, "Services in AWS GovCloud (US) Regions" (Billing and Cost Management).
/// </summary>
internal static class SupportedPartition
{
    public static void Require(Stack stack) =>
        _ = new CfnRule(stack, "SupportedPartition", new CfnRuleProps
        {
            Assertions =
            [
                new CfnRuleAssertion
                {
                    Assert = Fn.ConditionNot(Fn.ConditionEquals(Aws.PARTITION, "aws-us-gov")),
                    AssertDescription = "AWS Budgets has no endpoint in AWS GovCloud (US). Deploy into the commercial account that the GovCloud account is"
                        + " linked with: its bill, and so its budget, is there",
                },
            ],
        });
}
