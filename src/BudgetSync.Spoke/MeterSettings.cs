using System.Collections.Immutable;
using BudgetSync.Aws.Settings;
using BudgetSync.Core;
using BudgetSync.Core.Rows;

namespace BudgetSync.Spoke;

/// <summary>The settings of Meter, read from the environment (src/README.md lists the variables).</summary>
/// <param name="ParameterName">Where the budgets of models are asked for.</param>
/// <param name="Table">Where calls of models are counted.</param>
/// <param name="LogGroup">The stack's group for Bedrock's invocation log.</param>
/// <param name="LogRoleArn">The role by which Bedrock writes it.</param>
internal sealed record MeterSettings(
    AccountId Account, string ParameterName, StackDefaults Defaults, string Table, string LogGroup, string LogRoleArn)
{
    /// <summary>The role by which the hub writes the parameter: what others write says nothing of models.</summary>
    public string HubRole { get; init; } = "";

    /// <summary>The digest of the policy that suspends users and roles, as the stack made it (<see cref="Core.Ai.PolicyDigest"/>).</summary>
    public string SuspensionDigest { get; init; } = "";

    /// <summary>As <see cref="SuspensionDigest"/>, of the policy that names people.</summary>
    public string PeopleDigest { get; init; } = "";

    /// <summary>Where what Meter could not do waits; null where a template of an earlier release did not say.</summary>
    public string? DeadLetterQueueUrl { get; init; }

    /// <summary>Regions that stacks of their own meter, beside the function's.</summary>
    public ImmutableArray<string> OtherRegions { get; init; } = [];

    /// <param name="partition">Where no variable names one.</param>
    /// <exception cref="InvalidOperationException">Something is missing or wrong; all of it is named.</exception>
    public static MeterSettings Read(IReadOnlyDictionary<string, string> environment, string partition)
    {
        var reader = new EnvironmentReader(environment);
        var settings = new MeterSettings(
            reader.RequiredAccount("BUDGETSYNC_ACCOUNT_ID"),
            reader.Required("BUDGETSYNC_PARAMETER_NAME", "/BudgetSync/Budgets"),
            new StackDefaults(
                reader.Required("BUDGETSYNC_DEFAULT_BUDGET_NAME", "SpokeAccountBudget"),
                reader.List("BUDGETSYNC_EMAIL_RECIPIENT"),
                reader.Optional("BUDGETSYNC_PARTITION") ?? partition,
                ManagementAccount: null),
            reader.Required("BUDGETSYNC_AI_TABLE", "BudgetSync-Ai"),
            reader.Required("BUDGETSYNC_AI_LOG_GROUP", "/BudgetSync/ModelInvocations"),
            reader.Required("BUDGETSYNC_AI_LOG_ROLE", "arn:aws:iam::111122223333:role/BudgetSync-ModelLogs"))
        {
            HubRole = reader.Required("BUDGETSYNC_HUB_ROLE", "BudgetSyncSpokeRole"),
            SuspensionDigest = reader.Required("BUDGETSYNC_AI_SUSPENSION", "0123456789abcdef0123456789abcdef"),
            PeopleDigest = reader.Required("BUDGETSYNC_AI_PEOPLE", "0123456789abcdef0123456789abcdef"),
            DeadLetterQueueUrl = reader.Optional("BUDGETSYNC_AI_DEAD_LETTER_QUEUE_URL"),
            OtherRegions = reader.List("BUDGETSYNC_AI_REGIONS"),
        };
        reader.ThrowIfWrong();
        return settings;
    }
}
