using System.Text.Json.Nodes;
using BudgetSync.LocalAws.DynamoDb.Expressions;
using BudgetSync.LocalAws.DynamoDb.Items;
using BudgetSync.LocalAws.DynamoDb.Tables;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Operations;

/// <summary>BatchGetItem and BatchWriteItem: everything is checked before anything is done, and nothing is left unprocessed.</summary>
internal sealed class BatchOperations(DynamoDbState state)
{
    public JsonObject Get(AwsCall call)
    {
        var request = call.Input;
        var reads = request.RequiredStructure("RequestItems")
            .Select(entry => Read(call, entry.Key, (JsonObject)entry.Value!)) // The shape refuses null.
            .ToList();
        var count = reads.Sum(read => read.Keys.Count);
        if (count > AwsLimits.DynamoDb.BatchKeys) throw Errors.Validation("Too many items requested for the BatchGetItem call");
        var responses = new JsonObject();
        var consumed = new JsonArray();
        foreach (var (name, table, keys, projection, consistent) in reads)
        {
            // A lock for each key, not for all: a batch is no snapshot, and another's write may come in between (DynamoDB API reference, BatchGetItem).
            // AWS answers in no order (the same page); the last first is the order that a caller cannot take for its own.
            List<Attributes> items = [.. keys.Select(key => Find(table, key)).OfType<Attributes>().Reverse()];
            responses[name] = new JsonArray([.. items.Select(item => (JsonNode)ItemJson.Write(projection?.Of(item) ?? item))]);
            consumed.Add(Capacity.Of(request, table.Name, items.Sum(item => Capacity.Read(item.Size, consistent))));
        }

        return Answer(request, new JsonObject { ["Responses"] = responses, ["UnprocessedKeys"] = new JsonObject() }, consumed);
    }

    public JsonObject Write(AwsCall call)
    {
        var request = call.Input;
        var writes = request.RequiredStructure("RequestItems")
            .SelectMany(entry => Writes(state.Table(call, entry.Key), entry.Value!)) // The shape refuses null.
            .ToList();
        if (writes.Count > AwsLimits.DynamoDb.BatchWrites) throw Errors.Validation("Too many items requested for the BatchWriteItem call");
        RequireDistinct(writes.Select(write => (write.Table, write.Write.Key)));
        var consumed = new JsonArray();
        foreach (var group in writes.GroupBy(write => write.Table))
        {
            var units = 0.0;
            var recorded = false;
            lock (group.Key.Gate)
            {
                foreach (var (table, write) in group)
                {
                    var old = table.Find(write.Key);
                    var now = write.Apply(old);
                    recorded |= table.Write(write.Key, old, now, state.Now);
                    units += Capacity.Write(old?.Size ?? 0, now?.Size ?? 0);
                }
            }

            if (recorded) group.Key.Stream?.Announce();
            consumed.Add(Capacity.Of(request, group.Key.Name, units));
        }

        return Answer(request, new JsonObject { ["UnprocessedItems"] = new JsonObject() }, consumed);
    }

    private (string Name, Table Table, List<TableKey> Keys, Projection? Projection, bool Consistent) Read(AwsCall call, string name, JsonObject read)
    {
        var table = state.Table(call, name);
        var keys = read.Structures("Keys").Select(table.Keys.OfRequest).ToList();
        RequireDistinct(keys.Select(key => (table, key)));
        var placeholders = new Placeholders(read.Structure("ExpressionAttributeNames"), null, read.Has("ProjectionExpression"), "ProjectionExpression");
        var projection = read.Text("ProjectionExpression") is { } text ? Projection.Parse(text, placeholders) : null;
        placeholders.RequireAllUsed();
        return (name, table, keys, projection, read.Flag("ConsistentRead") ?? false);
    }

    private static Attributes? Find(Table table, TableKey key)
    {
        lock (table.Gate) return table.Find(key);
    }

    private static IEnumerable<(Table Table, ItemWrite Write)> Writes(Table table, JsonNode requests)
    {
        foreach (var request in requests.AsArray().OfType<JsonObject>())
        {
            if (request.Has("PutRequest") == request.Has("DeleteRequest"))
                throw Errors.Validation("Each request of BatchWriteItem must have exactly one of PutRequest and DeleteRequest.");
            yield return (table, request.Structure("PutRequest") is { } put
                ? ItemWrite.Put(table, put.RequiredStructure("Item"), null)
                : ItemWrite.Delete(table, request.RequiredStructure("DeleteRequest").RequiredStructure("Key"), null));
        }
    }

    private static void RequireDistinct(IEnumerable<(Table Table, TableKey Key)> keys)
    {
        var seen = new HashSet<(string, string)>();
        if (!keys.All(item => seen.Add((item.Table.Arn, item.Key.Text)))) throw Errors.Validation("Provided list of item keys contains duplicates");
    }

    private static JsonObject Answer(JsonObject request, JsonObject answer, JsonArray consumed)
    {
        if (Capacity.IsAsked(request)) answer["ConsumedCapacity"] = consumed;
        return answer;
    }
}
