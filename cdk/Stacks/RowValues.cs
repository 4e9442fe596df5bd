using Amazon.CDK;
using BudgetSync.Cdk.Channels;

namespace BudgetSync.Cdk.Stacks;

/// <summary>What a function must know to read rows as the management stack's do, where it writes nothing into spokes.</summary>
internal sealed record RowValues
{
    public required string OrganizationId { get; init; }

    /// <summary>The variables of the function.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public static RowValues Take(Stack stack, DeploymentValues values, Settings settings)
    {
        Dictionary<string, string> environment = new()
        {
            ["BUDGETSYNC_BUDGETS_TABLE"] = Names.BudgetsTable,
            ["BUDGETSYNC_STATUS_TABLE"] = Names.StatusTable,
            ["BUDGETSYNC_PARTITION"] = Aws.PARTITION,
            ["BUDGETSYNC_DEFAULT_BUDGET_NAME"] = CommonValues.BudgetName(values, settings),
            ["BUDGETSYNC_DEFAULT_BUDGET_VALUE"] = CommonValues.DefaultValue(values, settings),
            ["BUDGETSYNC_EMAIL_RECIPIENT"] = CommonValues.EmailRecipient(values, settings),
            ["BUDGETSYNC_SPEND_BOUNDS"] = CommonValues.SpendBounds(values, settings),
            ["BUDGETSYNC_CURRENCIES"] = CommonValues.Currencies(values, settings),
            ["BUDGETSYNC_MANAGEMENT_ACCOUNT_ID"] = CommonValues.OrganizationManagementAccountId(stack, values, settings, Aws.ACCOUNT_ID),
        };
        if (settings.Channels is { } channels) environment["BUDGETSYNC_CHANNELS"] = ChannelDelivery.NamesOf(channels);
        return new RowValues { OrganizationId = CommonValues.OrganizationId(values, settings), Environment = environment };
    }
}
