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
    public static void Add(Stack stack, Settings settings, RolloutValues rollout, IReadOnlyDictionary<string, string> parameters)
    {
        var set = new CfnStackSet(stack, "SpokeRollout", new CfnStackSetProps
        {
            StackSetName = Names.SpokeStackSet,
            Description = "A BudgetSync spoke in every account of the target OUs",
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
            TemplateUrl = rollout.TemplateUrl,
            Parameters = Parameters(parameters),
            StackInstancesGroup = new[]
            {
                new CfnStackSet.StackInstancesProperty
                {
                    DeploymentTargets = new CfnStackSet.DeploymentTargetsProperty { OrganizationalUnitIds = rollout.TargetOrganizationalUnitIds },
                    Regions = [Aws.REGION],
                },
            },
        });
    }

    private static CfnStackSet.ParameterProperty[] Parameters(IReadOnlyDictionary<string, string> values) =>
        [.. values.Select(value => new CfnStackSet.ParameterProperty { ParameterKey = value.Key, ParameterValue = value.Value })];
}
