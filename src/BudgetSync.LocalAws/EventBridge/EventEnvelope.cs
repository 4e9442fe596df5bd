using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>The envelope that every event has.</summary>
internal static class EventEnvelope
{
    public static JsonObject Of(
        string id,
        string source,
        string detailType,
        string accountId,
        DateTimeOffset at,
        string region,
        IEnumerable<string> resources,
        JsonNode detail) =>
        new()
        {
            ["version"] = "0",
            ["id"] = id,
            ["detail-type"] = detailType,
            ["source"] = source,
            ["account"] = accountId,
            ["time"] = at.ToUtcSeconds(),
            ["region"] = region,
            ["resources"] = new JsonArray([.. resources.Select(resource => JsonValue.Create(resource))]),
            ["detail"] = detail,
        };
}
