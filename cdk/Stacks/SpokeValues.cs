using Amazon.CDK;

namespace BudgetSync.Cdk.Stacks;

/// <summary>What differs from one spoke deployment to the next. The names are those of the template's parameters.</summary>
internal sealed record SpokeValues
{
    public required string ManagementAccountId { get; init; }
    /// <summary>Whether this spoke's account is the one that service control policies are attached from.</summary>
    public required ICfnConditionExpression InOrganizationManagementAccount { get; init; }
    public required string Currencies { get; init; }
    public required string OrganizationId { get; init; }
    public required string ExternalId { get; init; }
    public required string HomeRegion { get; init; }
    public required string EmailRecipient { get; init; }
    public required string BudgetName { get; init; }
    public required string ParameterName { get; init; }
    /// <summary>Enabled or Disabled, or a token for one of them.</summary>
    public required string BudgetActions { get; init; }
    /// <inheritdoc cref="BudgetActions"/>
    public required string AlertTopic { get; init; }
    public required string LookEvery { get; init; }

    public static SpokeValues Take(DeploymentValues values, Settings settings)
    {
        // Deployed by CDK without that setting, the account is the management account's own spoke.
        var managementAccountId = settings.ManagementAccountId is null && !values.Portable
            ? Aws.ACCOUNT_ID
            : values.Take(
                "ManagementAccountId", settings.ManagementAccountId, "The account that BudgetSync's management stack lives in",
                Settings.AccountIdPattern, "An AWS account id is 12 digits, for example 111122223333");
        return new SpokeValues
        {
            ManagementAccountId = managementAccountId,
            InOrganizationManagementAccount = CommonValues.InOrganizationManagementAccount(values, settings, managementAccountId),
            Currencies = CommonValues.Currencies(values, settings),
            OrganizationId = CommonValues.OrganizationId(values, settings),
            ExternalId = CommonValues.ExternalId(values, settings),
            HomeRegion = values.Take(
                "HomeRegion", settings.HomeRegion, "The one region that BudgetSync uses in every account; the stack deploys in no other",
                Settings.RegionPattern, "An AWS region, for example us-east-1"),
            EmailRecipient = CommonValues.EmailRecipient(values, settings),
            BudgetName = CommonValues.BudgetName(values, settings),
            ParameterName = CommonValues.ParameterName(values, settings),
            BudgetActions = CommonValues.BudgetActions(values, settings),
            AlertTopic = CommonValues.AlertTopic(values, settings),
            LookEvery = CommonValues.LookEvery(values, settings),
        };
    }
}
