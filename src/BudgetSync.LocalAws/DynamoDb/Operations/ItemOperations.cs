using System.Text.Json.Nodes;
using BudgetSync.LocalAws.DynamoDb.Expressions;
using BudgetSync.LocalAws.DynamoDb.Items;
using BudgetSync.LocalAws.DynamoDb.Tables;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Operations;

/// <summary>GetItem, PutItem, UpdateItem and DeleteItem: read the request, decide under the table's gate, answer.</summary>
internal sealed class ItemOperations(DynamoDbState state)
{
    public JsonObject Get(AwsCall call)
    {
        var request = call.Input;
        var table = state.Table(call, request.RequiredText("TableName"));
        var key = table.Keys.OfRequest(request.RequiredStructure("Key"));
        var placeholders = new Placeholders(request.Structure("ExpressionAttributeNames"), null, request.Has("ProjectionExpression"), "ProjectionExpression");
        var projection = request.Text("ProjectionExpression") is { } text ? Projection.Parse(text, placeholders) : null;
        placeholders.RequireAllUsed();

        Attributes? item;
        lock (table.Gate) item = table.Find(key);
        var answer = new JsonObject();
        if (item is not null) answer["Item"] = ItemJson.Write(projection?.Of(item) ?? item);
        Capacity.Report(answer, request, table.Name, Capacity.Read(item?.Size ?? 0, request.Flag("ConsistentRead") ?? false));
        return answer;
    }

    public JsonObject Put(AwsCall call)
    {
        var request = call.Input;
        var table = state.Table(call, request.RequiredText("TableName"));
        var write = ItemWrite.Put(table, request.RequiredStructure("Item"), Condition(request));
        return Run(request, table, write, ReturnValues(request));
    }

    public JsonObject Delete(AwsCall call)
    {
        var request = call.Input;
        var table = state.Table(call, request.RequiredText("TableName"));
        var write = ItemWrite.Delete(table, request.RequiredStructure("Key"), Condition(request));
        return Run(request, table, write, ReturnValues(request));
    }

    public JsonObject Update(AwsCall call)
    {
        var request = call.Input;
        var table = state.Table(call, request.RequiredText("TableName"));
        var returned = request.Text("ReturnValues") ?? "NONE";
        var placeholders = WritePlaceholders(request, "UpdateExpression");
        var update = request.Text("UpdateExpression") is { } text ? UpdateParser.Parse(text, placeholders) : Expressions.Update.Nothing;
        var condition = ParseCondition(request, placeholders);
        placeholders.RequireAllUsed();
        return Run(request, table, ItemWrite.Update(table, request.RequiredStructure("Key"), update, condition), returned, update);
    }

    private JsonObject Run(JsonObject request, Table table, ItemWrite write, string returned, Update? update = null)
    {
        var showOnFailure = request.Text("ReturnValuesOnConditionCheckFailure") == "ALL_OLD";
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

    private static string ReturnValues(JsonObject request)
    {
        var returned = request.Text("ReturnValues") ?? "NONE";
        return returned is "NONE" or "ALL_OLD" ? returned : throw Errors.Validation("Return values set to invalid value");
    }

    internal static Placeholders WritePlaceholders(JsonObject request, string expression) => new(
        request.Structure("ExpressionAttributeNames"),
        request.Structure("ExpressionAttributeValues"),
        request.Has(expression) || request.Has("ConditionExpression"),
        expression);

    private static Condition? Condition(JsonObject request)
    {
        var placeholders = WritePlaceholders(request, "ConditionExpression");
        var condition = ParseCondition(request, placeholders);
        placeholders.RequireAllUsed();
        return condition;
    }

    internal static Condition? ParseCondition(JsonObject request, Placeholders placeholders) =>
        request.Text("ConditionExpression") is { } text ? ConditionParser.Parse("ConditionExpression", text, placeholders) : null;
}
