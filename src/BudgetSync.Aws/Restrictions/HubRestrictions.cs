using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Spokes;
using BudgetSync.Core;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows;

namespace BudgetSync.Aws.Restrictions;

/// <summary>
/// What the hub asks to restrict: the restrictions of the newest version of the parameter that its own role wrote. Whoever else may write the parameter chooses
/// budgets by it, and neither restricts nor frees anybody: who wrote a version is AWS's record. Where every version of the hub is gone (others wrote a hundred,
/// or deleted the parameter), what is in force stays until the hub writes again.
/// </summary>
public sealed class HubRestrictions(HubVersions versions, AccountId account, StackDefaults defaults, JsonLog log)
{
    /// <param name="version">Of the parameter as it was just read.</param>
    /// <exception cref="AwsFaultException">SSM failed, or its history is behind the parameter, which moments heal.</exception>
    public async Task<AskedRestrictions> ReadAsync(long version, CancellationToken cancellation)
    {
        var (all, newest) = await versions.ReadAsync(version, cancellation);
        var ours = all.Count > 0 ? all[^1] : null;
        var reason = ours == newest
            ? null
            : $"version {newest.Version} of the parameter was written by {newest.Author} and not by BudgetSync, so its restrictions do not count";
        var asked = ours is null ? null : Read(ours);
        if (asked is null)
        {
            var why = reason ?? $"version {newest.Version} of the parameter cannot be read";
            reason = $"{why}; what is in force stays until the hub writes again";
        }

        if (reason is not null) log.Warn(LogEvent.Restricted, account.Value, null, Redaction.Clean(reason));
        return new AskedRestrictions(asked, reason is null ? null : Redaction.Clean(reason)) { History = All(all) };
    }

    /// <summary>All that it has ever asked for, the newest first, as far back as AWS remembers.</summary>
    /// <exception cref="AwsFaultException">SSM failed.</exception>
    public async Task<EquatableArray<DesiredRestriction>> ReadHistoryAsync(CancellationToken cancellation) =>
        All(await versions.ReadAsync(cancellation));

    private EquatableArray<DesiredRestriction> All(IEnumerable<WrittenVersion> ofHub) =>
        [.. ofHub.Reverse().DistinctBy(one => one.Text, StringComparer.Ordinal).SelectMany(one => Read(one) ?? []).Distinct()];

    private EquatableArray<DesiredRestriction>? Read(WrittenVersion version) => ParameterDocument.Parse(version.Text, account, defaults) switch
    {
        ParsedDocument.Read read => read.Restrictions,
        // Whoever lets an account go leaves no deny behind.
        ParsedDocument.Released => [],
        _ => null,
    };
}
