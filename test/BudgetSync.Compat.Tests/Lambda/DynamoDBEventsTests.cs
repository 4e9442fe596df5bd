using System.Text;
using System.Text.Json.Serialization;
using Amazon.Lambda.Core;
using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace BudgetSync.Compat.Tests.Lambda;

public sealed partial class DynamoDBEventsTests
{
    private const string Batch =
        """
        {"Records":[{"eventID":"e1","eventName":"MODIFY","eventVersion":"1.1","eventSource":"aws:dynamodb","awsRegion":"eu-west-1",
          "dynamodb":{"ApproximateCreationDateTime":1764547200.0,"Keys":{"AccountId":{"S":"111122223333"}},
            "NewImage":{"BudgetValue":{"N":"1500.50"},"Enabled":{"BOOL":false},"Gone":{"NULL":true},"Tags":{"SS":["a","b"]},
              "Limits":{"NS":["1","2"]},"List":{"L":[{"N":"90"},{"M":{"Threshold":{"N":"80"}}}]},"Raw":{"B":"AQI="},"Raws":{"BS":["AQ=="]}},
            "SequenceNumber":"4421584500000000017450439091","SizeBytes":26,"StreamViewType":"NEW_AND_OLD_IMAGES"},
          "userIdentity":{"type":"Service","principalId":"dynamodb.amazonaws.com"},
          "eventSourceARN":"arn:aws:dynamodb:eu-west-1:999999999999:table/BudgetSync-Budgets/stream/2025"}]}
        """;

    public static TheoryData<bool> BothSerializers => [true, false];

    private static ILambdaSerializer Serializer(bool generated) =>
        generated ? new SourceGeneratorLambdaJsonSerializer<Context>() : new DefaultLambdaJsonSerializer();

    [Theory]
    [MemberData(nameof(BothSerializers))]
    public void A_batch_of_a_stream_is_read_whole(bool generated)
    {
        var batch = Serializer(generated).Deserialize<DynamoDBEvent>(new MemoryStream(Encoding.UTF8.GetBytes(Batch)));

        var record = Assert.Single(batch.Records);
        Assert.Equal("MODIFY", record.EventName);
        Assert.Equal("arn:aws:dynamodb:eu-west-1:999999999999:table/BudgetSync-Budgets/stream/2025", record.EventSourceArn);
        Assert.Equal("dynamodb.amazonaws.com", record.UserIdentity.PrincipalId);
        Assert.Equal(new DateTime(2025, 12, 1, 0, 0, 0, DateTimeKind.Utc), record.Dynamodb.ApproximateCreationDateTime);
        Assert.Equal("4421584500000000017450439091", record.Dynamodb.SequenceNumber);
        Assert.Equal("111122223333", record.Dynamodb.Keys["AccountId"].S);
        Assert.Null(record.Dynamodb.OldImage);
        var image = record.Dynamodb.NewImage;
        Assert.Equal("1500.50", image["BudgetValue"].N);
        Assert.Null(image["BudgetValue"].BOOL);
        Assert.False(image["Enabled"].BOOL);
        Assert.True(image["Gone"].NULL);
        Assert.Equal(["a", "b"], image["Tags"].SS);
        Assert.Equal(["1", "2"], image["Limits"].NS);
        Assert.Equal("80", image["List"].L[1].M["Threshold"].N);
        Assert.Equal([1, 2], image["Raw"].B.ToArray());
        Assert.Equal([1], image["Raws"].BS[0].ToArray());
    }

    [Theory]
    [MemberData(nameof(BothSerializers))]
    public void A_batch_response_names_the_failed_record(bool generated)
    {
        using var output = new MemoryStream();

        Serializer(generated).Serialize(new StreamsEventResponse { BatchItemFailures = [new() { ItemIdentifier = "42" }] }, output);

        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"42"}]}""", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Theory]
    [MemberData(nameof(BothSerializers))]
    public void Text_that_is_no_event_is_refused_with_its_type(bool generated)
    {
        var thrown = Assert.Throws<JsonSerializerException>(() => Serializer(generated).Deserialize<DynamoDBEvent>(new MemoryStream("[]"u8.ToArray())));

        Assert.Contains("Amazon.Lambda.DynamoDBEvents.DynamoDBEvent", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_the_generated_context_lacks_is_named()
    {
        var thrown = Assert.Throws<JsonSerializerException>(() => Serializer(generated: true).Serialize(new Version(1, 0), new MemoryStream()));

        Assert.Contains("System.Version", thrown.Message, StringComparison.Ordinal);
    }

    [JsonSerializable(typeof(DynamoDBEvent))]
    [JsonSerializable(typeof(StreamsEventResponse))]
    internal sealed partial class Context : JsonSerializerContext;
}
