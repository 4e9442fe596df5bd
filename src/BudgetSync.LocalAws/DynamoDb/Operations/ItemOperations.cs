using System.Text.Json.Nodes;
using BudgetSync.LocalAws.DynamoDb.Expressions;
using BudgetSync.LocalAws.DynamoDb.Items;
using BudgetSync.LocalAws.DynamoDb.Tables;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Operations;

/// <summary>GetItem, PutItem, UpdateItem and DeleteItem: read the request, decide under the table's gate, answer.</summary>
internal sealed class ItemOperations(DynamoDbState state)
{
    private static readonly string[] WriteMembers =
    [
        "TableName", "ConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues",
        "ReturnValues", "ReturnValuesOnConditionCheckFailure", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics",
    ];

    public JsonObject Get(AwsCall call)
    {
        var request = new RequestReader(call, "TableName", "Key", "ProjectionExpression", "ExpressionAttributeNames", "ConsistentRead", "ReturnConsumedCapacity");
        var table = state.Table(call, request.RequiredText("TableName"));
        var key = table.Keys.OfRequest(request.RequiredObject("Key"));
        var placeholders = new Placeholders(request.Object("ExpressionAttributeNames"), null, request.Has("ProjectionExpression"), "ProjectionExpression");
        var projection = request.Text("ProjectionExpression") is { } text ? Projection.Parse(text, placeholders) : null;
        placeholders.RequireAllUsed();

        Attributes? item;
        lock (table.Gate) item = table.Find(key);
        var answer = new JsonObject();
        if (item is not null) answer["Item"] = ItemJson.Write(projection?.Of(item) ?? item);
        Capacity.Report(answer, request, table.Name, Capacity.Read(item?.Size ?? 0, request.Truth("ConsistentRead") ?? false));
        return answer;
    }

    public JsonObject Put(AwsCall call)
    {
        var request = new RequestReader(call, [.. WriteMembers, "Item"]);
        var table = state.Table(call, request.RequiredText("TableName"));
        var write = ItemWrite.Put(table, request.RequiredObject("Item"), Condition(request));
        return Run(request, table, write, ReturnValues(request));
    }

    public JsonObject Delete(AwsCall call)
    {
        var request = new RequestReader(call, [.. WriteMembers, "Key"]);
        var table = state.Table(call, request.RequiredText("TableName"));
        var write = ItemWrite.Delete(table, request.RequiredObject("Key"), Condition(request));
        return Run(request, table, write, ReturnValues(request));
    }

    public JsonObject Update(AwsCall call)
    {
        var request = new RequestReader(call, [.. WriteMembers, "Key", "UpdateExpression"]);
        var table = state.Table(call, request.RequiredText("TableName"));
        var returned = request.Choice("ReturnValues", "NONE", "ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW");
        var placeholders = WritePlaceholders(request, "UpdateExpression");
        var update = request.Text("UpdateExpression") is { } text ? UpdateParser.Parse(text, placeholders) : Expressions.Update.Nothing;
        var condition = ParseCondition(request, placeholders);
        placeholders.RequireAllUsed();
        return Run(request, table, ItemWrite.Update(table, request.RequiredObject("Key"), update, condition), returned, update);
    }

    private JsonObject Run(RequestReader request, Table table, ItemWrite write, string returned, Update? update = null)
    {
        var showOnFailure = request.Choice("ReturnValuesOnConditionCheckFailure", "NONE", "ALL_OLD") == "ALL_OLD";
        request.Choice("ReturnItemCollectionMetrics", "NONE", "SIZE"); // Of local secondary indexes, which no table here has.
        Attributes? old, now;
        bool recorded;
        lock (table.Gate)
        {
            old = table.Find(write.Key);
            if (!write.Condition.Allows(old)) throw Errors.ConditionFailed(showOnFailure ? old : null);
            now = write.Apply(old);
            recorded = table.Write(write.Key, old, now, state.Now);
        }

        if (recorded) table.Stream?.Announce();
        var answer = new JsonObject();
        if (Returned(returned, old, now, update) is { } attributes) answer["Attributes"] = ItemJson.Write(attributes);
        Capacity.Report(answer, request, table.Name, Capacity.Write(old?.Size ?? 0, now?.Size ?? 0));
        return answer;
    }

    /// <summary>Null where the answer has no Attributes at all.</summary>
    private static Attributes? Returned(string returned, Attributes? old, Attributes? now, Update? update)
    {
        if (returned == "NONE") return null;
        var item = returned.EndsWith("OLD", StringComparison.Ordinal) ? old : now;
        if (item is null || !returned.StartsWith("UPDATED", StringComparison.Ordinal)) return item;
        var touched = new Projection(update?.Actions.Select(action => action.Place) ?? []).Of(item);
        return touched.Count == 0 ? null : touched;
    }

    private static string ReturnValues(RequestReader request)
    {
        var returned = request.Choice("ReturnValues", "NONE", "ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW");
        return returned is "NONE" or "ALL_OLD" ? returned : throw Errors.Validation("Return values set to invalid value");
    }

    private static Placeholders WritePlaceholders(RequestReader request, string expression) => new(
        request.Object("ExpressionAttributeNames"),
        request.Object("ExpressionAttributeValues"),
        request.Has(expression) || request.Has("ConditionExpression"),
        expression);

    private static Condition? Condition(RequestReader request)
    {
        var placeholders = WritePlaceholders(request, "ConditionExpression");
        var condition = ParseCondition(request, placeholders);
        placeholders.RequireAllUsed();
        return condition;
    }

    private static Condition? ParseCondition(RequestReader request, Placeholders placeholders) =>
        request.Text("ConditionExpression") is { } text ? ConditionParser.Parse("ConditionExpression", text, placeholders) : null;
}
