namespace Amazon.Lambda.DynamoDBEvents;

/// <summary>A batch of a table's stream, as Lambda's event source mapping delivers it.</summary>
public class DynamoDBEvent
{
    public IList<DynamodbStreamRecord> Records { get; set; }

    /// <summary>One change of one item.</summary>
    public class DynamodbStreamRecord
    {
        public string EventSourceArn { get; set; }

        public string AwsRegion { get; set; }

        public StreamRecord Dynamodb { get; set; }

        public string EventID { get; set; }

        /// <summary><c>INSERT</c>, <c>MODIFY</c> or <c>REMOVE</c>.</summary>
        public string EventName { get; set; }

        /// <summary>Always <c>aws:dynamodb</c>.</summary>
        public string EventSource { get; set; }

        public string EventVersion { get; set; }

        public Identity UserIdentity { get; set; }
    }

    /// <summary>The item before and after its change.</summary>
    public class StreamRecord
    {
        /// <summary>Epoch seconds on the wire; UTC here.</summary>
        public DateTime ApproximateCreationDateTime { get; set; }

        public Dictionary<string, AttributeValue> Keys { get; set; }

        public Dictionary<string, AttributeValue> NewImage { get; set; }

        public Dictionary<string, AttributeValue> OldImage { get; set; }

        public string SequenceNumber { get; set; }

        public long SizeBytes { get; set; }

        public string StreamViewType { get; set; }
    }

    /// <summary>Who made the change, where it was AWS itself (an item's time to live).</summary>
    public class Identity
    {
        public string PrincipalId { get; set; }

        public string Type { get; set; }
    }

    /// <summary>An attribute's value: one of these is set.</summary>
    public class AttributeValue
    {
        public MemoryStream B { get; set; }

        public bool? BOOL { get; set; }

        public List<MemoryStream> BS { get; set; }

        public List<AttributeValue> L { get; set; }

        public Dictionary<string, AttributeValue> M { get; set; }

        public string N { get; set; }

        public List<string> NS { get; set; }

        public bool? NULL { get; set; }

        public string S { get; set; }

        public List<string> SS { get; set; }
    }
}
