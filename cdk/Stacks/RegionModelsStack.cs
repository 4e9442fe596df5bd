using Amazon.CDK;
using BudgetSync.Cdk.Code;
using BudgetSync.Cdk.Parts;
using BudgetSync.Cdk.Spoke;
using Constructs;

namespace BudgetSync.Cdk.Stacks;

/// <summary>
/// What a member account gets in each Region of <c>aiRegions</c> but the home region: CloudWatch Logs delivers to functions of its own Region only.
/// </summary>
internal sealed class RegionModelsStack : ReadableStack
{
    /// <param name="deployed">The Region, and the published code of spokes for CDK to upload; null makes the portable template.</param>
    public RegionModelsStack(Construct scope, string id, Settings settings, (string Region, string CodeFolder)? deployed) : base(scope, id, new StackProps
    {
        Description = "BudgetSync models: counts what the calls of Bedrock's models cost in a Region that is not the home region",
        Synthesizer = Synthesis.For(portable: deployed is null),
        AnalyticsReporting = false,
        Env = deployed is { } place ? new Amazon.CDK.Environment { Region = place.Region } : null,
    })
    {
        var values = new DeploymentValues(this, portable: deployed is null);
        var homeRegion = values.Take(
            "HomeRegion", settings.HomeRegion, "The region of the account's spoke, which has the table and decides; this stack deploys in every other",
            Settings.RegionPattern, "An AWS region, for example us-east-1");
        var code = deployed is { } given ? FunctionCode.FromFolder(this, "Code", given.CodeFolder) : PortableCode.TakeInRegion(this);
        SupportedPartition.Require(this);
        HomeRegionOnly.Refuse(this, homeRegion);
        _ = new RegionModelMeter(this, "Ai", settings, homeRegion, code);
    }
}
