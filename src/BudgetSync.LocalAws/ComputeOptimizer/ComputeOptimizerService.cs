using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.ComputeOptimizer;

/// <summary>
/// AWS Compute Optimizer just enough to say what is idle: what a test or a local run told it. Nothing is measured here.
/// </summary>
public sealed class ComputeOptimizerService : AwsService
{
    private readonly LocalCloud cloud;
    private readonly ConcurrentDictionary<string, byte> enrolled = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string Type, DateTimeOffset At)> idle = new(StringComparer.Ordinal);

    internal ComputeOptimizerService(LocalCloud cloud)
        : base("compute-optimizer", WireProtocol.Json10, "ComputeOptimizerService")
    {
        this.cloud = cloud;
        Operation(
            "GetIdleRecommendations",
            ComputeOptimizerShapes.GetIdleRecommendations,
            _ => [new IamRequest("compute-optimizer:GetIdleRecommendations", "*")],
            GetIdle);
    }

    /// <summary>Opts an account in: before that it is told nothing.</summary>
    public void Enroll(string accountId) => enrolled[accountId] = 0;

    /// <summary>Finds a resource idle, as of now.</summary>
    /// <param name="type">As the API names it: <c>EC2Instance</c>, <c>AutoScalingGroup</c>.</param>
    public void FindIdle(string arn, string type) => idle[arn] = (type, cloud.Time.GetUtcNow());

    /// <summary>Finds that a resource is in use again, or stopped.</summary>
    public void Forget(string arn) => idle.TryRemove(arn, out _);

    private JsonObject GetIdle(AwsCall call)
    {
        if (!enrolled.ContainsKey(call.AccountId))
            throw new AwsException("OptInRequiredException", $"Aws account {call.AccountId} is not registered for recommendation.", 403);
        var named = call.Input.Texts("resourceArns").ToHashSet();
        var filters = call.Input.Structures("filters").ToList();
        var found = idle.OrderBy(one => one.Key, StringComparer.Ordinal)
            .Where(one => one.Key.Split(':') is [_, _, _, var region, var account, ..] && region == call.Region && account == call.AccountId)
            .Where(one => named.Count == 0 || named.Contains(one.Key))
            .Where(one => filters.TrueForAll(filter => filter.Texts("values").Contains(filter.Text("name") == "Finding" ? "Idle" : one.Value.Type)));
        var answer = new Paginator(
            $"GetIdleRecommendations {call.AccountId} {call.Region}", AwsLimits.ComputeOptimizer.Page, "InvalidParameterValueException")
        {
            SizeMember = "maxResults",
            TokenMember = "nextToken",
            InvalidTokenMessage = "The nextToken is not valid.",
        }.Answer(call.Input, "idleRecommendations", found, one => one.Key, one => new JsonObject
        {
            ["resourceArn"] = one.Key,
            ["resourceType"] = one.Value.Type,
            ["accountId"] = call.AccountId,
            ["finding"] = "Idle",
            ["lookBackPeriodInDays"] = AwsLimits.ComputeOptimizer.LookBackDays,
            ["lastRefreshTimestamp"] = one.Value.At.ToEpochSeconds(),
        });
        answer["errors"] = new JsonArray();
        return answer;
    }
}
