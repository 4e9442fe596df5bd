using Amazon.CDK;
using BudgetSync.Cdk.Stacks;

namespace BudgetSync.Cdk.Management;

/// <summary>
/// The StackSet that gives every account under the target OUs a spoke, new accounts included, and takes it away from
/// accounts that leave. It never reaches the organization's management account: deploy SpokeStack there by itself.
/// </summary>
internal static class SpokeRollout
{
    /// <param name="parameters">What every spoke's template is given.</param>
    public static CfnStackSet Add(Stack stack, Settings settings, RolloutValues rollout, IReadOnlyDictionary<string, string> parameters) => Set(
        stack, "SpokeRollout", settings, rollout, parameters, Names.SpokeStackSet, "A BudgetSync spoke in every account of the target OUs",
        rollout.TemplateUrl, [Aws.REGION]);

    /// <summary>The stacks that meter models in other Regions, in the same accounts.</summary>
    public static CfnStackSet AddModels(
        Stack stack, Settings settings, RolloutValues rollout, string templateUrl, IReadOnlyDictionary<string, string> parameters) => Set(
        stack, "ModelsRollout", settings, rollout, parameters, Names.ModelsStackSet,
        "What counts calls of models outside the home region, in every account of the target OUs", templateUrl, [.. settings.OtherAiRegions]);

    private static CfnStackSet Set(
        Stack stack, string id, Settings settings, RolloutValues rollout, IReadOnlyDictionary<string, string> parameters,
        string name, string description, string templateUrl, string[] regions) =>
        new(stack, id, new CfnStackSetProps
        {
            StackSetName = name,
            Description = description,
            PermissionModel = "SERVICE_MANAGED",
            CallAs = settings.DelegatedAdministrator ? "DELEGATED_ADMIN" : "SELF",
            Capabilities = ["CAPABILITY_NAMED_IAM"],
            AutoDeployment = new CfnStackSet.AutoDeploymentProperty { Enabled = true, RetainStacksOnAccountRemoval = false },
            // Lets operations on different accounts run together, and queues the others instead of refusing them.
            ManagedExecution = new Dictionary<string, object> { ["Active"] = true },
            // AWS's defaults are one account at a time, and stop at the first failure.
            OperationPreferences = new CfnStackSet.OperationPreferencesProperty
            {
                RegionConcurrencyType = "PARALLEL",
                ConcurrencyMode = "SOFT_FAILURE_TOLERANCE",
                MaxConcurrentPercentage = settings.MaxConcurrentPercentage,
                FailureTolerancePercentage = settings.FailureTolerancePercentage,
            },
            TemplateUrl = templateUrl,
            Parameters = Parameters(parameters),
            StackInstancesGroup = new[]
            {
                new CfnStackSet.StackInstancesProperty
                {
                    DeploymentTargets = new CfnStackSet.DeploymentTargetsProperty { OrganizationalUnitIds = rollout.TargetOrganizationalUnitIds },
                    Regions = regions,
                },
            },
        });

    private static CfnStackSet.ParameterProperty[] Parameters(IReadOnlyDictionary<string, string> values) =>
        [.. values.Select(value => new CfnStackSet.ParameterProperty { ParameterKey = value.Key, ParameterValue = value.Value })];
}
