namespace BudgetSync.Cdk.Stacks;

/// <summary>What differs from one management deployment to the next. The names are those of the template's parameters.</summary>
internal sealed record ManagementValues
{
    public required string OrganizationId { get; init; }
    public required string ExternalId { get; init; }
    public required string EmailRecipient { get; init; }
    public required string BudgetName { get; init; }
    public required string ParameterName { get; init; }
    /// <summary>Enabled or Disabled, or a token for one of them.</summary>
    public required string BudgetActions { get; init; }

    public static ManagementValues Take(DeploymentValues values, Settings settings) => new()
    {
        OrganizationId = CommonValues.OrganizationId(values, settings),
        ExternalId = CommonValues.ExternalId(values, settings),
        EmailRecipient = CommonValues.EmailRecipient(values, settings),
        BudgetName = CommonValues.BudgetName(values, settings),
        ParameterName = CommonValues.ParameterName(values, settings),
        BudgetActions = CommonValues.BudgetActions(values, settings),
    };
}
