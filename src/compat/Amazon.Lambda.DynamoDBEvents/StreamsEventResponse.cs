using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.DynamoDBEvents;

/// <summary>Which records of a batch failed; none, or an empty list, means the whole batch went well.</summary>
[DataContract]
public class StreamsEventResponse
{
    [DataMember(Name = "batchItemFailures", EmitDefaultValue = false)]
    [JsonPropertyName("batchItemFailures")]
    public IList<BatchItemFailure> BatchItemFailures { get; set; }

    /// <summary>A record to take again, together with all after it in its shard.</summary>
    [DataContract]
    public class BatchItemFailure
    {
        /// <summary>The record's sequence number.</summary>
        [DataMember(Name = "itemIdentifier", EmitDefaultValue = false)]
        [JsonPropertyName("itemIdentifier")]
        public string ItemIdentifier { get; set; }
    }
}
