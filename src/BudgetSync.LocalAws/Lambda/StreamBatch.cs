using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.DynamoDb.Streams;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>Records that are delivered together, and how often that was tried.</summary>
internal sealed record StreamBatch(ImmutableArray<TableStreamRecord> Records, int Invocations = 0, int Retries = 0)
{
    public byte[] Payload() =>
        Encoding.UTF8.GetBytes(new JsonObject { [nameof(Records)] = new JsonArray([.. Records.Select(record => record.Record.DeepClone())]) }.ToJsonString());
}
