using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge;

/// <content>Events that come in.</content>
public sealed partial class EventBridgeService
{
    /// <summary>What PutEvents of one event needs of IAM.</summary>
    internal static IamRequest PutEventsNeed(string busArn, JsonObject occurrence) => new("events:PutEvents", busArn)
    {
        Context = ImmutableDictionary<string, ImmutableArray<string>>.Empty
            .Add("events:source", [occurrence["source"]?.ToString() ?? ""])
            .Add("events:detail-type", [occurrence["detail-type"]?.ToString() ?? ""]),
    };

    /// <summary>Puts one event on a bus as a given caller, in the bus's region: another service's way in (a Lambda destination).</summary>
    /// <exception cref="AwsException">AccessDenied, or what the entry was refused for.</exception>
    internal async Task PutEventAsync(Caller caller, JsonObject entry, CancellationToken cancellation)
    {
        var region = Arn.TryParse(entry.Text("EventBusName"), out var bus) ? bus.Region : Home;
        var call = new AwsCall(SigningName, "PutEvents", caller, region, new JsonObject { ["Entries"] = new JsonArray(entry) });
        var answer = await cloud.Gateway.InvokeAsync(this, call with { RequestId = cloud.Gateway.NewRequestId() }, cancellation);
        if (answer.Structures("Entries").Single() is var result && result.Text("ErrorCode") is { } code)
            throw new AwsException(code, result.Text("ErrorMessage") ?? "");
    }

    internal void CountLost() => Interlocked.Increment(ref lost);

    private static IEnumerable<IamRequest> PutEventsNeeds(AwsCall call) =>
        from entry in call.Input.Structures("Entries")
        let probe = new JsonObject { ["source"] = entry.Text("Source"), ["detail-type"] = entry.Text("DetailType") }
        select PutEventsNeed(EventBuses.Arn(call.AccountId, call.Region, entry.Text("EventBusName")), probe);

    private void Accept(EventBus bus, JsonObject occurrence, bool forwarded)
    {
        foreach (var rule in bus.Rules.Values.OrderBy(rule => rule.Name, StringComparer.Ordinal))
        {
            if (!rule.Enabled || rule.Pattern?.Matches(occurrence) != true) continue;
            foreach (var target in rule.Targets) deliveries.Start(rule, target, occurrence, forwarded);
        }
    }
}
