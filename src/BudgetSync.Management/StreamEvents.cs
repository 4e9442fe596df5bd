using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using BudgetSync.Aws.Propagate;

namespace BudgetSync.Management;

/// <summary>The event source mapping's event and answer, to and from the workflow's values.</summary>
internal static class StreamEvents
{
    private static readonly SourceGeneratorLambdaJsonSerializer<ManagementJson> Json = new();

    public static List<StreamRecord> Read(ReadOnlyMemory<byte> payload)
    {
        using var stream = new MemoryStream(payload.ToArray(), writable: false);
        var records = Json.Deserialize<DynamoDBEvent>(stream).Records ?? [];
        return
        [
            .. records.Select(record => new StreamRecord(
                record.Dynamodb.Keys.TryGetValue("AccountId", out var key) ? key.S ?? "" : "",
                record.Dynamodb.SequenceNumber,
                record.Dynamodb.ApproximateCreationDateTime == default
                    ? null
                    : new DateTimeOffset(record.Dynamodb.ApproximateCreationDateTime.ToUniversalTime()))),
        ];
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
}
