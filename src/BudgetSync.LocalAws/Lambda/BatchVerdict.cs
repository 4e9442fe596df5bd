using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>
/// What a function's answer says about its batch (Lambda developer guide, "Configuring partial batch response with DynamoDB and Lambda"). Pure.
/// </summary>
internal static class BatchVerdict
{
    /// <summary>The index of the first record to deliver again: the number of records when all succeeded, 0 when the whole batch failed.</summary>
    public static int FirstToRetry(StreamBatch batch, FunctionResult result, bool reportsFailures)
    {
        if (result.Error is not null) return 0;
        if (!reportsFailures) return batch.Records.Length;
        if (!TryRead(result.Payload, out var answer)) return 0;
        // null, {} and an object without the member are successes; any other kind of JSON is no answer.
        if (answer is null) return batch.Records.Length;
        if (answer is not JsonObject members) return 0;
        if (members["batchItemFailures"] is not { } failures) return batch.Records.Length;
        if (failures is not JsonArray items) return 0;
        var first = batch.Records.Length;
        foreach (var item in items)
        {
            // An identifier that is empty, missing or of no record here makes the whole batch a failure.
            var named = item is JsonObject failure && failure["itemIdentifier"] is JsonValue value ? IndexOf(batch, value.ToString()) : -1;
            if (named < 0) return 0;
            first = Math.Min(first, named);
        }

        return first;
    }

    /// <summary>What to deliver again, in order: cut in two where bisecting helps, which costs no retry.</summary>
    public static ImmutableArray<StreamBatch> Again(StreamBatch batch, int first, bool bisect)
    {
        var left = batch with { Records = batch.Records[first..] };
        // The function itself said where to cut.
        if (first > 0) return [bisect ? left : left with { Retries = left.Retries + 1 }];
        if (!bisect || left.Records.Length == 1) return [left with { Retries = left.Retries + 1 }];
        var middle = left.Records.Length / 2;
        return [left with { Records = left.Records[..middle] }, left with { Records = left.Records[middle..] }];
    }

    private static int IndexOf(StreamBatch batch, string sequenceNumber)
    {
        for (var i = 0; i < batch.Records.Length; i++)
        {
            if (batch.Records[i].SequenceNumber == sequenceNumber) return i;
        }

        return -1;
    }

    private static bool TryRead(byte[] payload, out JsonNode? answer)
    {
        answer = null;
        try
        {
            if (payload.Length > 0) answer = JsonNode.Parse(payload);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
