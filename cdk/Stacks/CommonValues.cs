using System.Globalization;
using Amazon.CDK;

namespace BudgetSync.Cdk.Stacks;

/// <summary>The values that the management account and the spokes must be given alike.</summary>
internal static class CommonValues
{
    public static string OrganizationId(DeploymentValues values, Settings settings) => values.Take(
        "OrganizationId", settings.OrganizationId, "The AWS organization that all accounts belong to; nothing outside it is trusted",
        Settings.OrganizationIdPattern, "o- and 10 to 32 letters or digits, for example o-a1b2c3d4e5");

    public static string ExternalId(DeploymentValues values, Settings settings) => values.Take(
        "ExternalId", settings.ExternalId, "The external id that the management account sends when it assumes the spoke role",
        Settings.ExternalIdPattern, "2 to 1224 of the characters a-z A-Z 0-9 _ + = , . @ : / -");

    public static string EmailRecipient(DeploymentValues values, Settings settings) => values.Take(
        "EmailRecipient",
        settings.EmailRecipient,
        "Who is written to when a budget's row names no recipient: one e-mail address, or up to 10 separated by commas",
        Settings.EmailRecipientPattern, "One e-mail address, or up to 10 separated by commas, for example finops@example.com");

    public static string BudgetName(DeploymentValues values, Settings settings) => values.Take(
        "BudgetName", settings.BudgetName, "The name of a budget whose row or parameter names none",
        Settings.BudgetNamePattern, @"1 to 100 characters without : and \, and without /action/");

    public static string ParameterName(DeploymentValues values, Settings settings) => values.Take(
        "ParameterName", settings.ParameterName, "The SSM parameter that carries the desired budgets into an account",
        Settings.ParameterNamePattern, "A / and then parts of a-z A-Z 0-9 _ . - separated by /, for example /BudgetSync/Budgets");

    public static string DefaultValue(DeploymentValues values, Settings settings) => values.Take(
        "DefaultValue", settings.DefaultValue ?? "", "The limit of a COST budget whose rows give no amount; empty: such a row is rejected",
        Settings.DefaultValuePattern, "Empty, or a number with at most 2 decimals, for example 1000");

    public static string SpendBounds(DeploymentValues values, Settings settings) => values.Take(
        "SpendBounds", settings.SpendBounds ?? "", "Where the states of spending begin, in percent of the limit; empty: the defaults",
        Settings.SpendBoundsPattern, "Empty, or names and percents separated by commas, for example OnTargetFrom=80, CriticalFrom=120");

    public static string Currencies(DeploymentValues values, Settings settings) => values.Take(
        "Currencies", settings.Currencies, "The currencies that limits may be in, separated by commas: AWS takes only the one an account is billed in",
        Settings.CurrenciesPattern, "Currency codes separated by commas, for example USD,EUR");

    /// <summary>The organization's management account; where nothing is said, the account of the management stack.</summary>
    /// <param name="managementStackAccount">That account, or a token for it.</param>
    public static string OrganizationManagementAccountId(Stack stack, DeploymentValues values, Settings settings, string managementStackAccount)
    {
        if (!values.Portable) return settings.OrganizationManagementAccountId ?? managementStackAccount;
        var given = GivenOrganizationManagementAccountId(values, settings);
        var same = new CfnCondition(stack, "ManagementStackInManagementAccount", new CfnConditionProps { Expression = Fn.ConditionEquals(given, "") });
        return Fn.ConditionIf(same.LogicalId, managementStackAccount, given).ToString()!;
    }

    /// <summary>Whether the stack's own account is the organization's management account. Conditions take no Fn::If, hence the long form.</summary>
    public static ICfnConditionExpression InOrganizationManagementAccount(DeploymentValues values, Settings settings, string managementStackAccount)
    {
        if (!values.Portable) return Fn.ConditionEquals(Aws.ACCOUNT_ID, settings.OrganizationManagementAccountId ?? managementStackAccount);
        var given = GivenOrganizationManagementAccountId(values, settings);
        return Fn.ConditionOr(
            Fn.ConditionEquals(Aws.ACCOUNT_ID, given),
            Fn.ConditionAnd(Fn.ConditionEquals(given, ""), Fn.ConditionEquals(Aws.ACCOUNT_ID, managementStackAccount)));
    }

    private static string GivenOrganizationManagementAccountId(DeploymentValues values, Settings settings) => values.Take(
        "OrganizationManagementAccountId", settings.OrganizationManagementAccountId ?? "",
        "The organization's management account, where the management stack lives in a delegated administrator's; empty: they are the same",
        "^([0-9]{12})?$", "Empty, or an AWS account id of 12 digits");

    /// <inheritdoc cref="BudgetActions"/>
    public static string AlertTopic(DeploymentValues values, Settings settings) => values.Switch(
        "AlertTopic", settings.AlertTopic,
        "Enabled: a topic of the spoke is subscribed to its budgets' notifications, so that an alert is known at once; no person is told by it");

    public static string LookEvery(DeploymentValues values, Settings settings) => values.Take(
        "LookEvery", settings.LookEvery.ToString(CultureInfo.InvariantCulture), "How many hours apart a spoke looks at what was spent, at most",
        Settings.LookEveryPattern, "A whole number of hours from 1 to 24");

    /// <returns>Enabled or Disabled, or a token for one of them.</returns>
    public static string BudgetActions(DeploymentValues values, Settings settings) => values.Switch(
        "BudgetActions", settings.BudgetActions,
        "Enabled: rows may have Actions, and AWS Budgets gets a role in each spoke that attaches policies and stops EC2 and RDS instances");
}
