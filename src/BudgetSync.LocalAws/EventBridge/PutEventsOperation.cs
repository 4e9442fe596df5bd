using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>PutEvents: each entry is taken or refused by itself.</summary>
internal static class PutEventsOperation
{
    /// <summary>The account of an event is always its caller's: what lets a receiver trust it.</summary>
    public static JsonObject Run(AwsCall call, LocalCloud cloud, Action<EventBus, JsonObject, bool> accept, Func<string, EventBus?> find)
    {
        var entries = call.Input.Structures("Entries").ToList();
        var results = new JsonArray();
        var failed = 0;
        foreach (var entry in entries)
        {
            try
            {
                var (bus, occurrence) = Read(call, cloud, entry, find);
                accept(bus, occurrence, false);
                results.Add(new JsonObject { ["EventId"] = occurrence["id"]!.ToString() });
            }
            catch (AwsException refused)
            {
                failed++;
                results.Add(new JsonObject { ["ErrorCode"] = refused.Code, ["ErrorMessage"] = refused.Message });
            }
        }

        return new JsonObject { ["FailedEntryCount"] = failed, ["Entries"] = results };
    }

    private static (EventBus Bus, JsonObject Occurrence) Read(AwsCall call, LocalCloud cloud, JsonObject entry, Func<string, EventBus?> find)
    {
        var source = Required(entry, "Source");
        var detailType = Required(entry, "DetailType");
        if (source.StartsWith("aws.", StringComparison.OrdinalIgnoreCase)) throw new AwsException("NotAuthorizedForSourceException", "Not authorized for the source.");
        var busArn = cloud.EventBridge.BusArn(call.AccountId, entry.Text("EventBusName"));
        var bus = find(busArn) ?? throw new AwsException("ResourceNotFoundException", $"Event bus {busArn} does not exist.");
        var detail = Detail(Required(entry, "Detail"));
        var at = entry.Moment("Time") ?? cloud.Time.GetUtcNow();
        return (bus, EventEnvelope.Of(cloud.Gateway.NewRequestId(), source, detailType, call.AccountId, at, cloud.Options.Region, entry.Texts("Resources"), detail));
    }

    private static string Required(JsonObject entry, string member) =>
        entry.Text(member) ?? throw new AwsException("InvalidArgument", $"Parameter {member} is not valid. Reason: {member} is a required argument.");

    private static JsonObject Detail(string text)
    {
        try
        {
            if (JsonNode.Parse(text) is JsonObject detail) return detail;
        }
        catch (JsonException)
        {
            // Refused below, like JSON that is no object.
        }

        throw new AwsException("MalformedDetail", "Detail is malformed.");
    }
}
