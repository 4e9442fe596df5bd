using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>PutEvents: each entry is taken or refused by itself.</summary>
internal sealed class PutEventsOperation(LocalCloud cloud, EventBuses buses, int maximumBytes)
{
    /// <summary>The account of an event is always its caller's: what lets a receiver trust it.</summary>
    /// <exception cref="AwsException">ValidationException: the entries are too large together.</exception>
    public JsonObject Run(AwsCall call, Action<EventBus, JsonObject> accept)
    {
        var entries = call.Input.Structures("Entries").ToList();
        if (entries.Sum(Size) > maximumBytes) throw new AwsException("ValidationException", "Total size of the entries in the request is over the limit.");
        var results = new JsonArray();
        var failed = 0;
        foreach (var entry in entries)
        {
            try
            {
                var occurrence = Read(call, entry);
                // A bus that does not exist, or not in this region, is no failure: AWS takes the event, gives it an id and drops it.
                if (buses.Find(EventBuses.Arn(call.AccountId, call.Region, entry.Text("EventBusName")), out var bus) && bus.Region == call.Region)
                    accept(bus, occurrence);
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

    private JsonObject Read(AwsCall call, JsonObject entry)
    {
        var source = Required(entry, "Source");
        var detailType = Required(entry, "DetailType");
        if (detailType.Length > AwsLimits.EventBridge.DetailType)
            throw new AwsException(
                "InvalidArgument",
                $"Parameter DetailType is not valid. Reason: DetailType has {detailType.Length} characters, of {AwsLimits.EventBridge.DetailType} at most.");
        var detail = Required(entry, "Detail");
        if (source.StartsWith("aws.", StringComparison.OrdinalIgnoreCase))
            throw new AwsException("NotAuthorizedForSourceException", "Not authorized for the source.");
        return EventEnvelope.Of(
            cloud.Gateway.NewRequestId(),
            source,
            detailType,
            call.AccountId,
            entry.Moment("Time") ?? cloud.Time.GetUtcNow(),
            call.Region,
            entry.Texts("Resources"),
            Detail(detail));
    }

    private static int Size(JsonObject entry) =>
        (entry.Has("Time") ? AwsLimits.EventBridge.TimeBytes : 0)
        + new[] { entry.Text("Source"), entry.Text("DetailType"), entry.Text("Detail") }
            .Concat(entry.Texts("Resources"))
            .Sum(text => Encoding.UTF8.GetByteCount(text ?? ""));

    private static string Required(JsonObject entry, string member) => entry.Text(member) is { Length: > 0 } text
        ? text
        : throw new AwsException("InvalidArgument", $"Parameter {member} is not valid. Reason: {member} is a required argument.");

    private static JsonObject Detail(string text)
    {
        try
        {
            if (JsonText.ParseLastWins(text) is JsonObject detail) return detail;
        }
        catch (JsonException)
        {
            // Refused below, like JSON that is no object.
        }

        throw new AwsException("MalformedDetail", "Detail is malformed.");
    }
}
