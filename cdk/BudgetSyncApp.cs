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
        var tables = new TablesStack(app, "BudgetSync-Tables", settings, portable: false);
        var management = new ManagementStack(app, "BudgetSync-Management", settings, functions.Management);
        management.AddDependency(tables, "it reads and keeps the tables");

        if (settings.CostExplorer)
        {
            var track = new TrackStack(app, "BudgetSync-Track", settings, functions.Management);
            track.AddDependency(management, "its alarms go to the topic there, and what it keeps to the tables");
        }

        if (settings.ReportBucket)
        {
            var report = new ReportStack(app, "BudgetSync-Report", settings, functions.Management);
            report.AddDependency(management, "its alarm goes to the topic there, and it reads the tables");
        }

        // For the account that a StackSet never reaches, the organization's management account, and for trying one out.
        var spoke = new SpokeStack(app, "BudgetSync-Spoke", settings, functions.Spoke);
        // The direct spoke is for the organization's management account, which is the management stack's own unless an administrator is delegated: there its
        // first report needs the bus. A dependency on a stack of another account would make the CLI ask for that account's credentials.
        if (!settings.DelegatedAdministrator) spoke.AddDependency(management, "its first report needs bus, policy, rule and Collect");
        foreach (var region in settings.OtherAiRegions)
        {
            var models = new RegionModelsStack(app, $"BudgetSync-Models-{region}", settings, (region, functions.Spoke));
            models.AddDependency(spoke, "it counts into the spoke's table");
        }

        if (!settings.TargetOrganizationalUnitIds.IsEmpty)
        {
            var qualifier = app.Node.TryGetContext("@aws-cdk/core:bootstrapQualifier") as string ?? ArtifactsStack.DefaultQualifier;
            var release = Release(app, settings, functions, templateFolder, qualifier);
            var rollout = new RolloutStack(
                app,
                "BudgetSync-Rollout",
                settings,
                new RolloutValues([.. settings.TargetOrganizationalUnitIds], release.TemplateUrl, release.Code)
                {
                    Models = release.ModelsTemplateUrl is { } template ? (template, Fn.Sub(ArtifactsStack.BucketsName)) : null,
                });
            rollout.AddDependency(release, "the StackSet deploys the published release");
            rollout.AddDependency(management, "the spokes' first reports need bus, policy, rule and Collect");
            foreach (var region in settings.OtherAiRegions)
                rollout.AddDependency(RegionRelease(app, settings, functions, region, qualifier), "Lambda takes the code from a bucket of its own Region");
        }

        if (settings.ForwardOrganizationEvents) _ = new OrganizationEventsStack(app, "BudgetSync-OrganizationEvents", settings);
    }

    private static RegionReleaseStack RegionRelease(App app, Settings settings, PublishedFunctions functions, string region, string qualifier)
    {
        var artifacts = new ArtifactsStack(app, $"BudgetSync-Artifacts-{region}", settings, qualifier, region);
        var release = new RegionReleaseStack(app, $"BudgetSync-ModelsRelease-{region}", settings, functions.Spoke, region);
        release.AddDependency(artifacts, "the bucket must exist before anything is published into it");
        return release;
    }

    private static SpokeReleaseStack Release(App app, Settings settings, PublishedFunctions functions, string templateFolder, string qualifier)
    {
        PortableTemplates.Write(settings, templateFolder);
        var artifacts = new ArtifactsStack(app, "BudgetSync-Artifacts", settings, qualifier, settings.HomeRegion);
        var release = new SpokeReleaseStack(app, "BudgetSync-SpokeRelease", settings, functions.Spoke, templateFolder);
        release.AddDependency(artifacts, "the bucket must exist before anything is published into it");
        return release;
    }
}
