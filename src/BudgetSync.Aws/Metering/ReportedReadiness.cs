using System.Collections.Concurrent;
using System.Collections.Immutable;
using BudgetSync.Aws.Calls;
using BudgetSync.Core.Ai;

namespace BudgetSync.Aws.Metering;

/// <summary>
/// What only a report tells and no decision needs: asked when one is sent and not at each look, which come every five minutes. Where many things change, what
/// was asked a moment ago is told again: calls of IAM are needed for what is decided.
/// </summary>
public sealed class ReportedReadiness(PolicyRoom room, MantleUse mantle, AwsCaller caller)
{
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, long? Tokens)> used = new(StringComparer.Ordinal);
    private (DateTimeOffset At, PolicyQuota? Quota) found = (DateTimeOffset.MinValue, null);

    public async Task<AiReport> AddedAsync(AiReport report, ImmutableArray<AiPrincipal> attachable, CancellationToken cancellation)
    {
        var regions = await Task.WhenAll(report.Regions.Select(
            async region => region with { MantleTokens = await TodayAsync(region.Name, cancellation) }));
        // Where nobody was to be asked about, nothing was asked.
        if (!IsFresh(found.At) || found.Quota is { Asked: 0 }) found = (caller.Now, await room.ReadAsync(attachable, cancellation));
        return (report with { Regions = [.. regions] }).With(found.Quota);
    }

    private async Task<long?> TodayAsync(string region, CancellationToken cancellation)
    {
        // What was used yesterday is none of today's.
        if (used.TryGetValue(region, out var known) && IsFresh(known.At) && known.At.UtcDateTime.Date == caller.Now.UtcDateTime.Date) return known.Tokens;
        var tokens = await mantle.TodayAsync(region, cancellation);
        used[region] = (caller.Now, tokens);
        return tokens;
    }

    private bool IsFresh(DateTimeOffset at) => caller.Now - at < Limits.ReadinessAge;
}
