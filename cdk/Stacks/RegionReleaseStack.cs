using Amazon.CDK;
using BudgetSync.Cdk.Code;
using Constructs;
using CfnParameter = Amazon.CDK.AWS.SSM.CfnParameter;
using CfnParameterProps = Amazon.CDK.AWS.SSM.CfnParameterProps;

namespace BudgetSync.Cdk.Stacks;

/// <summary>The code of a release in a Region that is not the home region, under the same key as there, with a parameter that says where it is.</summary>
internal sealed class RegionReleaseStack : ReadableStack
{
    public RegionReleaseStack(Construct scope, string id, Settings settings, string spokeFolder, string region) : base(scope, id, new StackProps
    {
        Description = "BudgetSync release of a Region: the spoke's code, in the bucket there that the organization can read",
        Synthesizer = Synthesis.OfRelease(),
        AnalyticsReporting = false,
        Env = new Amazon.CDK.Environment { Account = settings.ManagementAccountId, Region = region },
    })
    {
        var code = FunctionCode.FromFolder(this, "Code", spokeFolder);
        _ = new CfnParameter(this, "Release", new CfnParameterProps
        {
            Name = "/BudgetSync/ModelsRelease",
            Type = "String",
            Description = "What to answer when the template of a Region's models asks for CodeBuckets and CodeKey",
            Value = ToJsonString(new Dictionary<string, object> { ["CodeBuckets"] = Fn.Sub(ArtifactsStack.BucketsName), ["CodeKey"] = code.Key }),
        });
    }
}
