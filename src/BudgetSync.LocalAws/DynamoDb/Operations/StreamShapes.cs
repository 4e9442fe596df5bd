using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.DynamoDb.Operations;

/// <summary>The requests of DynamoDB Streams as its service model (2012-08-10) bounds them.</summary>
internal static class StreamShapes
{
    private static readonly Shape StreamArn = String(37, 1024);
    private static readonly Shape ShardId = String(28, 65);

    public static Shape ListStreams { get; } = Members(
        Optional("TableName", String(3, 255, "[a-zA-Z0-9_.-]+")), Optional("Limit", Integer(1, int.MaxValue)), Optional("ExclusiveStartStreamArn", StreamArn));

    public static Shape DescribeStream { get; } = Members(
        Required("StreamArn", StreamArn), Optional("Limit", Integer(1, int.MaxValue)), Optional("ExclusiveStartShardId", ShardId));

    public static Shape GetShardIterator { get; } = Members(
        Required("StreamArn", StreamArn),
        Required("ShardId", ShardId),
        Required("ShardIteratorType", Enum("TRIM_HORIZON", "LATEST", "AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER")),
        Optional("SequenceNumber", String(21, 40)));

    public static Shape GetRecords { get; } = Members(Required("ShardIterator", String(1, 2048)), Optional("Limit", Integer(1, 1000)));
}
