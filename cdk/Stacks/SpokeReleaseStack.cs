using Amazon.CDK;
using Amazon.CDK.AWS.S3.Assets;
using CfnParameter = Amazon.CDK.AWS.SSM.CfnParameter;
using CfnParameterProps = Amazon.CDK.AWS.SSM.CfnParameterProps;
using BudgetSync.Cdk.Code;
using Constructs;

namespace BudgetSync.Cdk.Stacks;

/// <summary>
/// One release of the spoke: its template and code, published under names that have their content's hash in them, and
/// a parameter that says which they are, for those who deploy a spoke by hand.
/// </summary>
/// <remarks>
/// A stack of its own, because the CLI publishes all assets of a stack, its template included, to one place. The
/// management stack's own code and template stay in the bootstrap bucket, where the organization cannot read them.
/// </remarks>
internal sealed class SpokeReleaseStack : ReadableStack
{
    public SpokeReleaseStack(Construct scope, string id, Settings settings, string spokeFolder, string templateFolder) : base(scope, id, new StackProps
    {
        Description = "BudgetSync spoke release: the spoke's code and template, in the bucket that the organization can read",
        Synthesizer = Synthesis.OfRelease(),
        AnalyticsReporting = false,
        Env = new Amazon.CDK.Environment { Account = settings.ManagementAccountId, Region = settings.HomeRegion },
    })
    {
        Code = FunctionCode.FromFolder(this, "Code", spokeFolder);
        var template = new Asset(this, "Template", new AssetProps { Path = Path.Combine(templateFolder, PortableTemplates.SpokeFile) });
        TemplateUrl = template.HttpUrl;
        if (!settings.OtherAiRegions.IsEmpty)
        {
            var models = new Asset(this, "ModelsTemplate", new AssetProps { Path = Path.Combine(templateFolder, PortableTemplates.RegionModelsFile) });
            ModelsTemplateUrl = models.HttpUrl;
        }

        _ = new CfnParameter(this, "Release", new CfnParameterProps
        {
            Name = "/BudgetSync/SpokeRelease",
            Type = "String",
            Description = "The spoke's current template, and what to answer when it asks for CodeBucket and CodeKey",
            Value = ToJsonString(new Dictionary<string, object>
            {
                ["TemplateUrl"] = TemplateUrl,
                ["CodeBucket"] = Code.Bucket,
                ["CodeKey"] = Code.Key,
            }),
        });
    }

    public FunctionCode Code { get; }

    public string TemplateUrl { get; }

    /// <summary>Of the stacks in other Regions; null where there are none.</summary>
    public string? ModelsTemplateUrl { get; }
}
