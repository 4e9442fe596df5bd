using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>
/// Tells a mapping's on-failure destination where in the stream the records stand that were given up: positions only, never the data
/// (Lambda developer guide, "Retaining discarded records for a DynamoDB event source in Lambda").
/// </summary>
internal sealed class OnFailureDestination(LocalCloud cloud, EventSourceMapping mapping, string shardId, Action<string> report)
{
    public async Task SendAsync(StreamBatch batch, string condition, FunctionResult? result)
    {
        if (mapping.OnFailure is not { } destination || cloud.Lambda.FindFunction(mapping.AccountId, mapping.FunctionName, mapping.Region) is not { } function)
            return;
        var caller = EnvironmentFactory.CallerOf(function);
        var text = Record(batch, condition, result, function).ToJsonString();
        try
        {
            await (Arn.ServiceOf(destination) == "sns"
                ? cloud.Sns.PublishAsync(caller, destination, text, CancellationToken.None)
                : cloud.Sqs.SendAsync(caller, destination, text, null, CancellationToken.None));
        }
        catch (Exception trouble) when (trouble is AwsException or BrokenConnectionException)
        {
            // The records are gone either way: AWS does not hold the shard for a destination that refuses.
            report($"PROBLEM: the on-failure destination {destination} refused: {trouble.Message}");
        }
    }

    private JsonObject Record(StreamBatch batch, string condition, FunctionResult? result, FunctionDefinition function)
    {
        var record = new JsonObject
        {
            ["requestContext"] = new JsonObject
            {
                ["requestId"] = cloud.Gateway.NewRequestId(),
                ["functionArn"] = function.Arn,
                ["condition"] = condition,
                ["approximateInvokeCount"] = batch.Invocations,
            },
        };
        if (result is not null)
        {
            var response = new JsonObject { ["statusCode"] = 200, ["executedVersion"] = "$LATEST" };
            if (result.Error is not null) response["functionError"] = result.Error;
            record["responseContext"] = response;
        }

        record["version"] = "1.0";
        record["timestamp"] = Format(cloud.Time.GetUtcNow(), "yyyy-MM-ddTHH:mm:ss.fffZ");
        record["DDBStreamBatchInfo"] = new JsonObject
        {
            ["shardId"] = shardId,
            ["startSequenceNumber"] = batch.Records[0].SequenceNumber,
            ["endSequenceNumber"] = batch.Records[^1].SequenceNumber,
            ["approximateArrivalOfFirstRecord"] = Format(batch.Records[0].ArrivedAt, "yyyy-MM-ddTHH:mm:ssZ"),
            ["approximateArrivalOfLastRecord"] = Format(batch.Records[^1].ArrivedAt, "yyyy-MM-ddTHH:mm:ssZ"),
            ["batchSize"] = batch.Records.Length,
            ["streamArn"] = mapping.StreamArn,
        };
        return record;
    }

    private static string Format(DateTimeOffset time, string format) => time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
