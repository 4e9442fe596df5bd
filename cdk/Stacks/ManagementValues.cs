using Amazon.CDK;

namespace BudgetSync.Cdk.Stacks;

/// <summary>What differs from one management deployment to the next. The names are those of the template's parameters.</summary>
internal sealed record ManagementValues
{
    public required string OrganizationId { get; init; }
    public required string ExternalId { get; init; }
    public required string EmailRecipient { get; init; }
    public required string BudgetName { get; init; }
    public required string DefaultValue { get; init; }
    public required string SpendBounds { get; init; }
    public required string Currencies { get; init; }
    /// <summary>Where service control policies are attached from.</summary>
    public required string OrganizationManagementAccountId { get; init; }
    public required string ParameterName { get; init; }

    public static ManagementValues Take(Stack stack, DeploymentValues values, Settings settings) => new()
    {
        OrganizationId = CommonValues.OrganizationId(values, settings),
        ExternalId = CommonValues.ExternalId(values, settings),
        EmailRecipient = CommonValues.EmailRecipient(values, settings),
        BudgetName = CommonValues.BudgetName(values, settings),
        DefaultValue = CommonValues.DefaultValue(values, settings),
        SpendBounds = CommonValues.SpendBounds(values, settings),
        Currencies = CommonValues.Currencies(values, settings),
        OrganizationManagementAccountId = CommonValues.OrganizationManagementAccountId(stack, values, settings, Aws.ACCOUNT_ID),
        ParameterName = CommonValues.ParameterName(values, settings),
    };
}
