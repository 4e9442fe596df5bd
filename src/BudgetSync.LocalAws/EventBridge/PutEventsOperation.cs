using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>PutEvents: each entry is taken or refused by itself.</summary>
internal static class PutEventsOperation
{
    private const int MaximumEntries = 10;

    /// <summary>The account of an event is always its caller's: what lets a receiver trust it.</summary>
    public static JsonObject Run(AwsCall call, LocalCloud cloud, Action<EventBus, JsonObject, bool> accept, Func<string, EventBus?> find)
    {
        var entries = call.Input.Objects("Entries").ToList();
        if (entries.Count is 0 or > MaximumEntries)
            throw new AwsException("ValidationException", $"1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length from 1 to {MaximumEntries}");
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
        var source = entry.Required("Source", "InvalidArgument");
        var detailType = entry.Required("DetailType", "InvalidArgument");
        if (source.StartsWith("aws.", StringComparison.OrdinalIgnoreCase)) throw new AwsException("NotAuthorizedForSourceException", "Not authorized for the source.");
        var busArn = cloud.EventBridge.BusArn(call.AccountId, entry.Optional("EventBusName"));
        var bus = find(busArn) ?? throw new AwsException("ResourceNotFoundException", $"Event bus {busArn} does not exist.");
        var detail = Detail(entry.Required("Detail", "InvalidArgument"));
        var at = entry.Optional("Time") is { } seconds && double.TryParse(seconds, System.Globalization.CultureInfo.InvariantCulture, out var epoch)
            ? DateTimeOffset.UnixEpoch.AddSeconds(epoch)
            : cloud.Time.GetUtcNow();
        return (bus, Events.Envelope(cloud.Gateway.NewRequestId(), source, detailType, call.AccountId, at, cloud.Options.Region, entry.Strings("Resources"), detail));
    }

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
