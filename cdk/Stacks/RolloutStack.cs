using Amazon.CDK;
using BudgetSync.Cdk.Management;
using Constructs;

namespace BudgetSync.Cdk.Stacks;

/// <summary>
/// The StackSet of spokes, in a stack of its own: where more spokes fail than it tolerates, this stack is rolled back and the hub stands. It comes after the
/// management stack, because the first thing a new spoke does is to report: bus, policy, rule and Collect must be there.
/// </summary>
internal sealed class RolloutStack : ReadableStack
{
    /// <param name="rollout">Where to and from what; null makes the portable template, which has them as parameters.</param>
    public RolloutStack(Construct scope, string id, Settings settings, RolloutValues? rollout) : base(scope, id, new StackProps
    {
        Description = "BudgetSync rollout: a spoke in every account of the target OUs",
        Synthesizer = Synthesis.For(portable: rollout is null),
        AnalyticsReporting = false,
        Env = rollout is null ? null : new Amazon.CDK.Environment { Account = settings.ManagementAccountId, Region = settings.HomeRegion },
    })
    {
        var values = new DeploymentValues(this, portable: rollout is null);
        var spokes = rollout ?? RolloutValues.FromParameters(this, settings);
        var spokeSet = SpokeRollout.Add(this, settings, spokes, new Dictionary<string, string>
        {
            ["ManagementAccountId"] = Aws.ACCOUNT_ID,
            ["OrganizationManagementAccountId"] = CommonValues.OrganizationManagementAccountId(this, values, settings, Aws.ACCOUNT_ID),
            ["OrganizationId"] = CommonValues.OrganizationId(values, settings),
            ["ExternalId"] = CommonValues.ExternalId(values, settings),
            ["HomeRegion"] = Aws.REGION,
            ["EmailRecipient"] = CommonValues.EmailRecipient(values, settings),
            ["BudgetName"] = CommonValues.BudgetName(values, settings),
            ["Currencies"] = CommonValues.Currencies(values, settings),
            ["ParameterName"] = CommonValues.ParameterName(values, settings),
            ["CodeBucket"] = spokes.Code.Bucket,
            ["CodeKey"] = spokes.Code.Key,
            ["BudgetActions"] = CommonValues.BudgetActions(values, settings),
            ["AlertTopic"] = CommonValues.AlertTopic(values, settings),
            ["LookEvery"] = CommonValues.LookEvery(values, settings),
        });
        if (spokes.Models is not { } models) return;
        var parameters = new Dictionary<string, string>
        {
            ["HomeRegion"] = Aws.REGION,
            ["CodeBuckets"] = models.CodeBuckets,
            ["CodeKey"] = spokes.Code.Key,
        };
        // Last to come and first to go: what they count stands in the spokes' tables.
        SpokeRollout.AddModels(this, settings, spokes, models.TemplateUrl, parameters).AddDependency(spokeSet);
    }
}
