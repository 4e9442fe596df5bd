using BudgetSync.LocalAws.DynamoDb.Operations;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb;

/// <summary>The streams' own API, beside DynamoDB's but with the same signing name and IAM prefix.</summary>
public sealed class DynamoDbStreamsService : AwsService
{
    internal DynamoDbStreamsService(DynamoDbService tables)
        : base("dynamodb", WireProtocol.Json10, "DynamoDBStreams_20120810")
    {
        var streams = new StreamOperations(tables.State);
        Operation("ListStreams", StreamShapes.ListStreams, DynamoDbPermissions.OnAll, streams.List);
        Operation("DescribeStream", StreamShapes.DescribeStream, DynamoDbPermissions.OnStream, streams.Describe);
        Operation("GetShardIterator", StreamShapes.GetShardIterator, DynamoDbPermissions.OnStream, streams.GetIterator);
        Operation("GetRecords", StreamShapes.GetRecords, DynamoDbPermissions.OnIterator, streams.GetRecords);
    }

    internal override string ErrorType(string code) => DynamoDbErrorType.Of(code);
}
