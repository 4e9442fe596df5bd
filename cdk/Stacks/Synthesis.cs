using Amazon.CDK;

namespace BudgetSync.Cdk.Stacks;

/// <summary>How templates are synthesized.</summary>
internal static class Synthesis
{
    /// <param name="portable">
    /// True: nothing of CDK's bootstrap is referred to, so the template deploys from a StackSet or the console.
    /// False: CDK's ordinary way, with assets in the bootstrap bucket. Both without the BootstrapVersion parameter and
    /// rule: the CLI checks the version itself, and a template that reads like what it deploys is worth more.
    /// </param>
    public static IStackSynthesizer For(bool portable) => portable
        ? new BootstraplessSynthesizer(new BootstraplessSynthesizerProps())
        : new DefaultStackSynthesizer(new DefaultStackSynthesizerProps { GenerateBootstrapVersionRule = false });

    /// <summary>A stack whose assets go to the bucket that the organization can read.</summary>
    public static IStackSynthesizer OfRelease() => new DefaultStackSynthesizer(new DefaultStackSynthesizerProps
    {
        GenerateBootstrapVersionRule = false,
        FileAssetsBucketName = ArtifactsStack.BucketName,
        BucketPrefix = ArtifactsStack.SpokePrefix,
    });
}
