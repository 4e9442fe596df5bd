using System.Text.Json;
using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using BudgetSync.Aws.Hosting;
using BudgetSync.Aws.Propagate;

namespace BudgetSync.Management;

/// <summary>The event source mapping's event and answer, to and from the workflow's values.</summary>
internal static class StreamEvents
{
    /// <summary>The year 9999, the last that .NET tells.</summary>
    private const double MaximumSeconds = 253_402_300_799;

    private static readonly SourceGeneratorLambdaJsonSerializer<ManagementJson> Json = new();

    /// <summary>
    /// The records that can be read, and how many cannot: what has no table key and no number of its own can neither be worked on nor be asked for again, and
    /// would pin its shard where it failed the batch.
    /// </summary>
    /// <exception cref="ArgumentException">The event is no batch of records at all.</exception>
    public static (List<StreamRecord> Records, int Unreadable) Read(ReadOnlyMemory<byte> payload)
    {
        using var document = EventPayload.Read(payload);
        if (Member(document.RootElement, "Records", JsonValueKind.Array) is not { } listed)
            throw new ArgumentException("The event has no Records: this function is invoked by the stream of the budgets table.", nameof(payload));
        var records = listed.EnumerateArray().Select(Record).ToList();
        return ([.. records.OfType<StreamRecord>()], records.Count(record => record is null));
    }

    public static byte[] Answer(string? startOver)
    {
        var response = new StreamsEventResponse
        {
            BatchItemFailures = startOver is null ? [] : [new StreamsEventResponse.BatchItemFailure { ItemIdentifier = startOver }],
        };
        using var stream = new MemoryStream();
        Json.Serialize(response, stream);
        return stream.ToArray();
    }

    private static StreamRecord? Record(JsonElement record)
    {
        if (Member(record, "dynamodb", JsonValueKind.Object) is not { } change
            || Member(change, "Keys", JsonValueKind.Object) is not { } keys
            || Member(keys, "AccountId", JsonValueKind.Object) is not { } key
            || Member(key, "S", JsonValueKind.String)?.GetString() is not { Length: > 0 } account
            || Member(change, "SequenceNumber", JsonValueKind.String)?.GetString() is not { Length: > 0 } number
            || !number.All(char.IsAsciiDigit))
            return null;
        return new StreamRecord(account, number, Created(change));
    }

    /// <summary>Epoch seconds on the wire; what is no time is none.</summary>
    private static DateTimeOffset? Created(JsonElement change) =>
        Member(change, "ApproximateCreationDateTime", JsonValueKind.Number) is { } created
            && created.TryGetDouble(out var seconds)
            && seconds is > 0 and < MaximumSeconds
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;

    private static JsonElement? Member(JsonElement parent, string name, JsonValueKind kind) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;
}
