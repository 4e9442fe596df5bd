using System.Collections.Immutable;
using BudgetSync.Core.Ai;

namespace BudgetSync.Aws.Metering;

/// <summary>
/// What only a report tells and no decision needs: asked when one is sent, hourly and at each change, and not at each look, which come every five minutes.
/// </summary>
public sealed class ReportedReadiness(PolicyRoom room, MantleUse mantle)
{
    public async Task<AiReport> AddedAsync(AiReport report, ImmutableArray<AiPrincipal> attachable, CancellationToken cancellation)
    {
        var regions = await Task.WhenAll(report.Regions.Select(
            async region => region with { MantleTokens = await mantle.TodayAsync(region.Name, cancellation) }));
        return (report with { Regions = [.. regions] }).With(await room.ReadAsync(attachable, cancellation));
    }
}
