using BudgetSync.Aws.Settings;
using BudgetSync.Core;

namespace BudgetSync.Spoke;

/// <summary>The settings of Meter outside the home region, read from the environment (src/README.md lists the variables).</summary>
/// <param name="HomeRegion">Where the account's table is, and what decides.</param>
/// <param name="Table">As <see cref="MeterSettings.Table"/>.</param>
/// <param name="LogGroup">As <see cref="MeterSettings.LogGroup"/>.</param>
/// <param name="LogRoleArn">As <see cref="MeterSettings.LogRoleArn"/>, one for each Region.</param>
internal sealed record RegionMeterSettings(AccountId Account, string HomeRegion, string Table, string LogGroup, string LogRoleArn)
{
    /// <exception cref="InvalidOperationException">Something is missing or wrong; all of it is named.</exception>
    public static RegionMeterSettings Read(IReadOnlyDictionary<string, string> environment)
    {
        var reader = new EnvironmentReader(environment);
        var settings = new RegionMeterSettings(
            reader.RequiredAccount("BUDGETSYNC_ACCOUNT_ID"),
            reader.Required("BUDGETSYNC_HOME_REGION", "us-east-1"),
            reader.Required("BUDGETSYNC_AI_TABLE", "BudgetSync-Ai"),
            reader.Required("BUDGETSYNC_AI_LOG_GROUP", "/BudgetSync/ModelInvocations"),
            reader.Required("BUDGETSYNC_AI_LOG_ROLE", "arn:aws:iam::111122223333:role/BudgetSync-ModelLogs-eu-west-1"));
        reader.ThrowIfWrong();
        return settings;
    }
}
