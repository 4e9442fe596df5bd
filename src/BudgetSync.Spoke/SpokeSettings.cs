using System.Collections.Immutable;
using Amazon;
using BudgetSync.Aws.Restrictions;
using BudgetSync.Aws.Settings;
using BudgetSync.Core;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Spoke;

/// <summary>The settings of Apply, read from the environment (src/README.md lists the variables).</summary>
/// <param name="AlertTopic">ARN of the topic that asks for a look when AWS alerts; null where the spoke has none.</param>
/// <param name="Restrictions">What the stack gives it to restrict with; null where the feature is off.</param>
internal sealed record SpokeSettings(
    AccountId Account, string ParameterName, StackDefaults Defaults, string? AlertTopic, RestrictionSettings? Restrictions)
{
    /// <summary>The stack meters models.</summary>
    public bool Meters { get; init; }

    /// <param name="region">Tells the partition where no variable does.</param>
    /// <exception cref="InvalidOperationException">Something is missing or wrong; all of it is named.</exception>
    public static SpokeSettings Read(IReadOnlyDictionary<string, string> environment, RegionEndpoint region)
    {
        var reader = new EnvironmentReader(environment);
        var function = reader.Required("BUDGETSYNC_FUNCTION", "Apply");
        if (function.Length > 0 && function != "Apply") reader.Add([$"BUDGETSYNC_FUNCTION: \"{function}\" is neither Apply nor Meter"]);
        var account = reader.RequiredAccount("BUDGETSYNC_ACCOUNT_ID");
        var parameter = reader.Required("BUDGETSYNC_PARAMETER_NAME", "/BudgetSync/Budgets");
        var defaults = new StackDefaults(
            reader.Required("BUDGETSYNC_DEFAULT_BUDGET_NAME", "SpokeAccountBudget"),
            reader.List("BUDGETSYNC_EMAIL_RECIPIENT"),
            reader.Optional("BUDGETSYNC_PARTITION") ?? region.PartitionName,
            ManagementAccount: null);
        if (defaults.BudgetName.Length > 0) reader.Add(defaults.Problems());
        var restrictions = RestrictionsOf(reader);
        reader.ThrowIfWrong();
        return new SpokeSettings(account, parameter, defaults, reader.Optional("BUDGETSYNC_ALERT_TOPIC"), restrictions)
        {
            Meters = reader.Optional("BUDGETSYNC_METERS") == "true",
        };
    }

    private static RestrictionSettings? RestrictionsOf(EnvironmentReader reader) =>
        Names(reader.Optional("BUDGETSYNC_DENY_POLICIES")) is { Length: > 0 } policies
            ? new RestrictionSettings(policies, Names(reader.Optional("BUDGETSYNC_EXEMPT_ROLES")))
            {
                HubRole = reader.Required("BUDGETSYNC_HUB_ROLE", "BudgetSyncSpokeRole"),
                OwnRole = reader.Required("BUDGETSYNC_ROLE", "BudgetSync-Apply"),
                StopRegions = Names(reader.Optional("BUDGETSYNC_STOP_REGIONS")),
            }
            : null;

    private static ImmutableArray<string> Names(string? list) =>
        [.. (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
