using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.DynamoDb.Items;

namespace BudgetSync.LocalAws.DynamoDb.Streams;

/// <summary>
/// A change as a record of the Lambda event (Lambda developer guide, "Using AWS Lambda with Amazon DynamoDB"), and as a record of GetRecords
/// (DynamoDB API reference, "Record"), which differ in two names only.
/// </summary>
internal static class LambdaEvent
{
    public static JsonObject Record(StreamLog stream, ItemChange change)
    {
        var record = ApiRecord(stream, change);
        record["eventSourceARN"] = stream.Arn;
        return record;
    }

    /// <summary>What GetRecords answers: the same without the stream's ARN.</summary>
    public static JsonObject ApiRecord(StreamLog stream, ItemChange change)
    {
        var body = new JsonObject
        {
            ["ApproximateCreationDateTime"] = change.At.ToUnixTimeSeconds(),
            ["Keys"] = ItemJson.Write(change.Keys),
        };
        var size = change.Keys.Size;
        if (stream.ViewType is "NEW_IMAGE" or "NEW_AND_OLD_IMAGES") size += AddImage(body, "NewImage", change.New);
        if (stream.ViewType is "OLD_IMAGE" or "NEW_AND_OLD_IMAGES") size += AddImage(body, "OldImage", change.Old);
        body["SequenceNumber"] = change.SequenceNumber;
        body["SizeBytes"] = size;
        body["StreamViewType"] = stream.ViewType;
        return new JsonObject
        {
            ["eventID"] = EventId(stream.Arn + change.SequenceNumber),
            ["eventName"] = change.EventName,
            ["eventVersion"] = "1.1",
            ["eventSource"] = "aws:dynamodb",
            ["awsRegion"] = stream.Region,
            ["dynamodb"] = body,
        };
    }

    private static int AddImage(JsonObject body, string name, Attributes? image)
    {
        if (image is null) return 0;
        body[name] = ItemJson.Write(image);
        return image.Size;
    }

    /// <summary>32 hex digits, the same for the same change in every run.</summary>
    private static string EventId(string change) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(change)).AsSpan(0, 16));
}
