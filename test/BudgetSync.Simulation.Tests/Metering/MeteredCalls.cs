using System.Text.Json.Nodes;

namespace BudgetSync.Simulation.Tests.Metering;

/// <summary>One call of a model, as the world knows it.</summary>
/// <param name="Cost">In USD; null where no list has a price, 0 where its tokens are not counted.</param>
internal sealed record MeteredCall(string Account, string RequestId, string Principal, decimal? Cost, DateTimeOffset At)
{
    /// <summary>Its record does not say how many tokens it took.</summary>
    public bool IsUncounted { get; init; }

    /// <summary>A delivery of its record was under way that nothing lost.</summary>
    public bool IsDelivered { get; set; }

    /// <summary>As it is in the log; "" until it left it.</summary>
    public string Record { get; set; } = "";
}

/// <summary>All calls of models in a world: the other side of the account that Meter keeps.</summary>
internal sealed class MeteredCalls
{
    private readonly Dictionary<string, MeteredCall> calls = new(StringComparer.Ordinal);

    /// <summary>A record may be on its way before who called knows of its call.</summary>
    private readonly Dictionary<string, (string Record, bool IsDelivered)> early = new(StringComparer.Ordinal);

    public IReadOnlyCollection<MeteredCall> All => calls.Values;

    public void Add(MeteredCall call)
    {
        if (early.Remove(call.RequestId, out var known)) (call.Record, call.IsDelivered) = known;
        calls.Add(call.RequestId, call);
    }

    /// <summary>Records left the log.</summary>
    public void Leave(IEnumerable<string> messages, bool lost)
    {
        foreach (var message in messages)
        {
            var id = JsonNode.Parse(message)!["requestId"]!.ToString(); // Each of this world's records has one.
            if (calls.TryGetValue(id, out var call)) (call.Record, call.IsDelivered) = (message, call.IsDelivered || !lost);
            else early[id] = (message, !lost);
        }
    }

    /// <summary>What a principal, or all that are chosen, spent since then, delivered or not.</summary>
    public decimal Spent(string account, Func<string, bool> who, DateTimeOffset since, bool delivered) => calls.Values
        .Where(call => call.Account == account && call.At >= since && who(call.Principal) && (call.IsDelivered || !delivered))
        .Sum(call => call.Cost ?? 0);
}
