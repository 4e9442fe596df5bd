using Amazon.CDK;
using BudgetSync.Cdk.Channels;
using BudgetSync.Cdk.Stacks;

namespace BudgetSync.Cdk.Management;

/// <summary>
/// What this stack was given, as one SSM parameter: people's tools read it and so judge rows by the very settings the functions have. It holds nothing secret.
/// </summary>
internal static class StackSettingsParameter
{
    public static void Add(Stack stack, ManagementValues given, Settings settings)
    {
        var said = new Dictionary<string, string>
        {
            ["BudgetsTable"] = TableNames.BudgetsName,
            ["StatusTable"] = TableNames.StatusName,
            ["HistoryTable"] = TableNames.HistoryName,
            ["ParameterName"] = given.ParameterName,
            ["BudgetName"] = given.BudgetName,
            ["DefaultValue"] = given.DefaultValue,
            ["EmailRecipient"] = given.EmailRecipient,
            ["SpendBounds"] = given.SpendBounds,
            ["Currencies"] = given.Currencies,
            // The organization's, which a delegated administrator's stack names.
            ["ManagementAccountId"] = given.OrganizationManagementAccountId,
        };
        if (settings.Channels is { } channels) said["Channels"] = ChannelDelivery.NamesOf(channels);
        if (settings.Respond)
        {
            said["Respond"] = "true";
            said["StopRegions"] = string.Join(',', settings.StopRegions);
            said["ControlPolicies"] = settings.ControlPolicies ? "true" : "false";
            said["DenyLists"] = string.Join(',', settings.DenyLists.Keys);
        }

        if (settings.Ai) said["Ai"] = "true";
        _ = new Amazon.CDK.AWS.SSM.CfnParameter(stack, "StackSettings", new Amazon.CDK.AWS.SSM.CfnParameterProps
        {
            Name = Names.StackSettings,
            Type = "String",
            Description = "What BudgetSync was deployed with, for its command line; written by the stack, changed by deploying it",
            Value = stack.ToJsonString(said),
        });
    }
}
