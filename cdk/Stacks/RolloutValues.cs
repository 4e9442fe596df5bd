using Amazon.CDK;
using BudgetSync.Cdk.Code;

namespace BudgetSync.Cdk.Stacks;

/// <summary>What the StackSet needs: where to, which template, which code.</summary>
/// <param name="TargetOrganizationalUnitIds">OU ids, or the root's; or a token for such a list.</param>
/// <param name="TemplateUrl">Where CloudFormation fetches the portable spoke template from.</param>
/// <param name="Code">Apply's zip in the home region, readable by the whole organization.</param>
internal sealed record RolloutValues(string[] TargetOrganizationalUnitIds, string TemplateUrl, FunctionCode Code)
{
    /// <summary>Where the template of the stacks in other Regions is fetched from, and how their buckets' names begin; null where there are none.</summary>
    public (string TemplateUrl, string CodeBuckets)? Models { get; init; }

    /// <summary>The rollout as parameters of the portable template.</summary>
    public static RolloutValues FromParameters(Stack stack, Settings settings)
    {
        var targets = new CfnParameter(stack, "TargetOrganizationalUnitIds", new CfnParameterProps
        {
            Type = "CommaDelimitedList",
            Description = "OU ids, or the root's id, whose accounts get a spoke by StackSet",
        });
        var template = new CfnParameter(stack, "SpokeTemplateUrl", new CfnParameterProps
        {
            Type = "String",
            Description = "The S3 URL of the spoke template",
        });
        var bucket = new CfnParameter(stack, "SpokeCodeBucket", new CfnParameterProps
        {
            Type = "String",
            Description = "The S3 bucket, readable by the organization, that has the spoke's function code",
        });
        var key = new CfnParameter(stack, "SpokeCodeKey", new CfnParameterProps
        {
            Type = "String",
            Description = "The key of the spoke's zip in that bucket",
        });
        return new RolloutValues(targets.ValueAsList, template.ValueAsString, new FunctionCode(bucket.ValueAsString, key.ValueAsString))
        {
            Models = settings.OtherAiRegions.IsEmpty ? null : OfModels(stack),
        };
    }

    private static (string TemplateUrl, string CodeBuckets) OfModels(Stack stack)
    {
        var template = new CfnParameter(stack, "ModelsTemplateUrl", new CfnParameterProps
        {
            Type = "String",
            Description = "The S3 URL of the template of models in other Regions",
        });
        var buckets = new CfnParameter(stack, "ModelsCodeBuckets", new CfnParameterProps
        {
            Type = "String",
            Description = "How the S3 buckets that have the spoke's code in those Regions begin, before a dash and the Region",
        });
        return (template.ValueAsString, buckets.ValueAsString);
    }
}
