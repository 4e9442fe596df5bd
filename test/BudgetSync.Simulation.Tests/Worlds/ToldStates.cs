using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Simulation.Tests.Worlds;

/// <summary>
/// What a listener on the bus knows of the states of spending: the last that it was told of each budget, by the time the event gives. Events come twice and
/// out of order.
/// </summary>
internal sealed class ToldStates
{
    private readonly Dictionary<(string Account, string Budget), (string AsOf, HashSet<string> States)> last = [];

    public void Listen(AwsCall call)
    {
        if (call is not { Service: "events", Operation: "PutEvents" } || call.Input["Entries"] is not JsonArray entries) return;
        foreach (var entry in entries)
        {
            if (entry?["DetailType"]?.ToString() != "BudgetSync Spend State Changed" || JsonNode.Parse(entry["Detail"]!.ToString()) is not { } detail) continue;
            // Every such event has all four.
            var key = (detail["accountId"]!.ToString(), detail["budgetName"]!.ToString());
            var (asOf, state) = (detail["asOf"]!.ToString(), detail["after"]!.ToString());
            var order = last.TryGetValue(key, out var known) ? string.CompareOrdinal(asOf, known.AsOf) : 1;
            if (order > 0) last[key] = (asOf, [state]);
            else if (order == 0) known.States.Add(state);
        }
    }

    /// <summary>Empty where nothing was told.</summary>
    public IReadOnlyCollection<string> Of(string account, string budget) => last.TryGetValue((account, budget), out var known) ? known.States : [];
}
