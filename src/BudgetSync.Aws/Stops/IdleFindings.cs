using System.Collections.Immutable;
using Amazon.ComputeOptimizer;
using Amazon.ComputeOptimizer.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Core.Stops;

namespace BudgetSync.Aws.Stops;

/// <summary>What AWS Compute Optimizer finds idle in one region of the account: its own criteria, which cost nothing to ask for.</summary>
public sealed class IdleFindings(IAmazonComputeOptimizer optimizer, string region, AwsCaller caller)
{
    public string Region { get; } = region;

    public async Task<ImmutableArray<IdleResource>> ListAsync(CancellationToken cancellation)
    {
        var found = await Pages.ReadAsync(
            caller,
            "compute-optimizer",
            "GetIdleRecommendations",
            async (string? next, CancellationToken token) =>
            {
                var request = new GetIdleRecommendationsRequest
                {
                    Filters = [new IdleRecommendationFilter { Name = IdleRecommendationFilterName.Finding, Values = ["Idle"] }],
                    MaxResults = Limits.IdlePage,
                    NextToken = next,
                };
                var answer = await optimizer.GetIdleRecommendationsAsync(request, token);
                return (answer.IdleRecommendations, answer.NextToken);
            },
            cancellation);
        return
        [
            .. found.Where(one => one is { ResourceArn.Length: > 0, LastRefreshTimestamp: not null })
                .Select(one => new IdleResource(one.ResourceArn, new DateTimeOffset(one.LastRefreshTimestamp!.Value.ToUniversalTime()))), // Chosen by it.
        ];
    }
}
