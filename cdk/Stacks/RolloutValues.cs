using Amazon.CDK;
using BudgetSync.Cdk.Code;

namespace BudgetSync.Cdk.Stacks;

/// <summary>What the StackSet needs: where to, which template, which code.</summary>
/// <param name="TargetOrganizationalUnitIds">OU ids, or the root's; or a token for such a list.</param>
/// <param name="TemplateUrl">Where CloudFormation fetches the portable spoke template from.</param>
/// <param name="Code">Apply's zip in the home region, readable by the whole organization.</param>
/// <param name="Condition">In a portable template, whether there is a rollout at all.</param>
internal sealed record RolloutValues(string[] TargetOrganizationalUnitIds, string TemplateUrl, FunctionCode Code, CfnCondition? Condition)
{
    /// <summary>The rollout as parameters of a portable template; without target OUs it does nothing.</summary>
    public static RolloutValues FromParameters(Stack stack)
    {
        var targets = new CfnParameter(stack, "TargetOrganizationalUnitIds", new CfnParameterProps
        {
            Type = "CommaDelimitedList",
            Default = "",
            Description = "OU ids, or the root's id, whose accounts get a spoke by StackSet; empty: no StackSet",
        });
        var template = new CfnParameter(stack, "SpokeTemplateUrl", new CfnParameterProps
        {
            Type = "String",
            Default = "",
            Description = "With target OUs: the S3 URL of the spoke template",
        });
        var bucket = new CfnParameter(stack, "SpokeCodeBucket", new CfnParameterProps
        {
            Type = "String",
            Default = "",
            Description = "With target OUs: the S3 bucket, readable by the organization, that has the spoke's function code",
        });
        var key = new CfnParameter(stack, "SpokeCodeKey", new CfnParameterProps
        {
            Type = "String",
            Default = "",
            Description = "With target OUs: the key of the spoke's zip in that bucket",
        });
        var condition = new CfnCondition(stack, "RollsOut", new CfnConditionProps
        {
            Expression = Fn.ConditionNot(Fn.ConditionEquals(Fn.Join(",", targets.ValueAsList), "")),
        });
        return new RolloutValues(targets.ValueAsList, template.ValueAsString, new FunctionCode(bucket.ValueAsString, key.ValueAsString), condition);
    }
}
