using Amazon.SimpleSystemsManagement;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Spokes;
using BudgetSync.Core;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;

namespace BudgetSync.Aws.Metering;

/// <summary>
/// What the hub asks of models: the budgets of the newest version of the parameter that its own role wrote, as it is with restrictions
/// (<see cref="HubVersions"/>). Who wrote a version is asked once for each that is met.
/// </summary>
public sealed class AskedModels(
    IAmazonSimpleSystemsManagement systems,
    string parameter,
    HubVersions versions,
    AccountId account,
    StackDefaults defaults,
    AwsCaller caller,
    JsonLog log)
{
    // By the text too: after a parameter was deleted its versions are counted from the first again.
    private volatile Known? known;

    /// <returns>Null where there is no parameter, and this instance has met none.</returns>
    /// <exception cref="AwsFaultException">SSM failed, or its history is behind the parameter, which moments heal.</exception>
    public async Task<AskedPolicy?> ReadAsync(CancellationToken cancellation)
    {
        var last = known;
        // The hub deletes no parameter: an account that it lets go is told so.
        if (await ParameterReader.ReadAsync(systems, parameter, caller, cancellation) is not { } value) return last?.Asked;
        if (last?.Value == value) return last.Asked;
        var asked = new AskedPolicy(await OfHubAsync(value.Version, cancellation));
        known = new Known(value, asked);
        return asked;
    }

    private async Task<AiPolicy?> OfHubAsync(long version, CancellationToken cancellation)
    {
        var (ofHub, newest) = await versions.ReadAsync(version, cancellation);
        var last = ofHub.Count > 0 ? ofHub[^1] : null;
        if (last != newest)
        {
            var instead = last is null ? "nothing is decided about models until the hub writes again" : $"version {last.Version} counts";
            log.Warn(
                LogEvent.MeterRefused,
                account.Value,
                null,
                Redaction.Clean(
                    $"Version {newest.Version} of the parameter {parameter} was written by {newest.Author} and not by BudgetSync, so what it says of models "
                        + $"does not count; {instead}."));
        }

        switch (last is null ? null : ParameterDocument.Parse(last.Text, account, defaults))
        {
            case null:
                return null;
            case ParsedDocument.Read read:
                return read.Ai ?? AiPolicy.Empty;
            case ParsedDocument.Released:
                return AiPolicy.Empty;
            default:
                log.Error(
                    LogEvent.MeterRefused, account.Value, null, $"Version {last!.Version} of {parameter} cannot be read, so nothing is decided about models.");
                return null;
        }
    }

    private sealed record Known(ParameterValue Value, AskedPolicy Asked);
}

/// <summary>What a parameter asks for.</summary>
/// <param name="Policy">Null where it cannot be told, so that nothing is decided.</param>
public sealed record AskedPolicy(AiPolicy? Policy);
