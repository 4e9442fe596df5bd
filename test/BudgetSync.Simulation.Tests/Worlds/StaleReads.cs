using System.Text.Json.Nodes;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Simulation.Tests.Worlds;

/// <summary>
/// Answers of a moment ago for reads that AWS does not promise to be consistent: the organization, parameters, budgets and IAM. DynamoDB is asked for
/// consistent reads only.
/// </summary>
internal sealed class StaleReads(LocalCloud cloud, Random random, TimeProvider time)
{
    /// <summary>What AWS calls eventually is seconds; the organization's lists are known to take longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (DateTimeOffset At, JsonObject Answer)> kept = new(StringComparer.Ordinal);

    public Fault.StaleAnswer? Of(AwsCall call)
    {
        if (Service(call) is not { } service || random.Next(4) != 0) return null;
        var key = $"{call.AccountId} {call.Service} {call.Operation} {call.Input.ToJsonString()}";
        if (kept.TryGetValue(key, out var old) && time.GetUtcNow() - old.At < Longest) return new Fault.StaleAnswer(old.Answer);
        Keep(key, service, call);
        return null;
    }

    private void Keep(string key, AwsService service, AwsCall call)
    {
        try
        {
            var now = service.Find(call.Operation)!.RunAsync(call, CancellationToken.None); // Not null: the gateway found it.
            if (now.IsCompletedSuccessfully) kept[key] = (time.GetUtcNow(), now.Result.DeepClone().AsObject());
        }
        catch (AwsException)
        {
            // Nothing is there to be remembered.
        }
    }

    private AwsService? Service(AwsCall call) => call switch
    {
        { Service: "organizations" } when call.Operation.StartsWith("List", StringComparison.Ordinal) => cloud.Organizations,
        { Service: "ssm", Operation: "GetParameter" } => cloud.Ssm,
        { Service: "budgets" } when call.Operation.StartsWith("Describe", StringComparison.Ordinal) => cloud.Budgets,
        { Service: "iam" } when call.Operation.StartsWith("List", StringComparison.Ordinal) =>
            cloud.Gateway.Services.Single(service => service.SigningName == "iam"),
        _ => null,
    };
}
