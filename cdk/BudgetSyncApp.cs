using Amazon.CDK;
using BudgetSync.Cdk.Code;
using BudgetSync.Cdk.Stacks;

namespace BudgetSync.Cdk;

/// <summary>All stacks of a deployment, joined.</summary>
internal static class BudgetSyncApp
{
    /// <param name="functions">The published function code.</param>
    /// <param name="templateFolder">Where the spoke template for the StackSet is written before CDK uploads it.</param>
    public static void AddStacks(App app, Settings settings, PublishedFunctions functions, string templateFolder)
    {
        var release = settings.TargetOrganizationalUnitIds.IsEmpty ? null : Release(app, settings, functions, templateFolder);
        var rollout = release is null
            ? null
            : new RolloutValues([.. settings.TargetOrganizationalUnitIds], release.TemplateUrl, release.Code, Condition: null);
        var management = new ManagementStack(app, "BudgetSync-Management", settings, functions.Management, rollout);
        if (release is not null)
            management.AddDependency(release, "the StackSet deploys the published release");

        // For the account that a StackSet never reaches, the organization's management account, and for trying one out.
        _ = new SpokeStack(app, "BudgetSync-Spoke", settings, functions.Spoke);
    }

    private static SpokeReleaseStack Release(App app, Settings settings, PublishedFunctions functions, string templateFolder)
    {
        PortableTemplates.Write(settings, templateFolder);
        var qualifier = app.Node.TryGetContext("@aws-cdk/core:bootstrapQualifier") as string ?? ArtifactsStack.DefaultQualifier;
        var artifacts = new ArtifactsStack(app, "BudgetSync-Artifacts", settings, qualifier);
        var release = new SpokeReleaseStack(app, "BudgetSync-SpokeRelease", settings, functions.Spoke, templateFolder);
        release.AddDependency(artifacts, "the bucket must exist before anything is published into it");
        return release;
    }
}
