using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.DynamoDb.Expressions;
using BudgetSync.LocalAws.DynamoDb.Tables;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Operations;

/// <summary>
/// TransactWriteItems: all of it or nothing. What is wrong with the request itself is a ValidationException; what the items are against cancels the
/// transaction, with one reason for each action, in the order of the request (API reference, TransactWriteItems).
/// </summary>
internal sealed class TransactionOperations(DynamoDbState state)
{
    private static readonly string[] Actions = ["ConditionCheck", "Put", "Delete", "Update"];

    private readonly TransactionTokens tokens = new(state);

    public JsonObject Write(AwsCall call)
    {
        var request = call.Input;
        var items = request.Structures("TransactItems");
        if (items.Any(item => Named(item).Count == 0))
            throw Errors.Validation("Invalid Request: TransactWriteRequest should contain Delete or Put or Update request");
        if (items.Any(item => Named(item).Count > 1)) throw Errors.Validation("TransactItems can only contain one of Check, Put, Update or Delete");
        // One at a time for those that have a token, so that a repetition finds what the first has done and not what it is about to do.
        return tokens.Once(call, repeated =>
        {
            var actions = items.Select(item => Read(call, item)).ToImmutableArray();
            if (actions.Select(action => (action.Table.Arn, action.Write.Key.Text)).Distinct().Count() < actions.Length)
                throw Errors.Validation("Transaction request cannot include multiple operations on one item");
            return repeated ? Repeated(request, actions) : Run(request, actions);
        });
    }

    private static List<string> Named(JsonObject item) => [.. Actions.Where(item.Has)];

    private TransactionAction Read(AwsCall call, JsonObject item)
    {
        var kind = Named(item)[0];
        var request = item.RequiredStructure(kind);
        var table = state.Table(call, request.RequiredText("TableName"));
        var placeholders = ItemOperations.WritePlaceholders(request, kind == "Update" ? "UpdateExpression" : "ConditionExpression");
        var update = kind == "Update" ? UpdateParser.Parse(request.RequiredText("UpdateExpression"), placeholders) : Update.Nothing;
        var condition = ItemOperations.ParseCondition(request, placeholders);
        placeholders.RequireAllUsed();
        var write = kind switch
        {
            "Put" => ItemWrite.Put(table, request.RequiredStructure("Item"), condition),
            "Delete" => ItemWrite.Delete(table, request.RequiredStructure("Key"), condition),
            "Update" => ItemWrite.Update(table, request.RequiredStructure("Key"), update, condition),
            _ => new ItemWrite(table.Keys.OfRequest(request.RequiredStructure("Key")), condition, item => item),
        };
        return new TransactionAction(table, write, request.Text("ReturnValuesOnConditionCheckFailure") == "ALL_OLD");
    }

    private JsonObject Run(JsonObject request, ImmutableArray<TransactionAction> actions)
    {
        // In one order for all, so that no two transactions wait for each other.
        var tables = actions.Select(action => action.Table).Distinct().OrderBy(table => table.Arn, StringComparer.Ordinal).ToList();
        var announced = new HashSet<Table>();
        var units = tables.ToDictionary(table => table, _ => 0.0);
        foreach (var table in tables) table.Gate.Enter();
        try
        {
            var results = actions.Select(action => action.Against(action.Table.Find(action.Write.Key))).ToList();
            if (results.Any(result => result.Failure is not null)) throw Cancelled(results);
            if (results.Sum(result => result.Now?.Size ?? result.Old?.Size ?? 0) > AwsLimits.DynamoDb.TransactionBytes)
                throw Errors.Validation($"The items of a transaction have more than {AwsLimits.DynamoDb.TransactionBytes} bytes.");
            foreach (var (action, result) in actions.Zip(results))
            {
                if (action.Table.Write(action.Write.Key, result.Old, result.Now, state.Now)) announced.Add(action.Table);
                // Prepared and committed: twice what a write by itself is (DynamoDB developer guide, "Managing complex workflows with transactions").
                units[action.Table] += 2 * Capacity.Write(result.Old?.Size ?? 0, result.Now?.Size ?? 0);
            }
        }
        finally
        {
            foreach (var table in tables) table.Gate.Exit();
        }

        foreach (var table in announced) table.Stream?.Announce();
        return Answer(request, tables, "WriteCapacityUnits", table => units[table]);
    }

    /// <summary>What has its token's effect already costs reads (DynamoDB developer guide, "Idempotency").</summary>
    private static JsonObject Repeated(JsonObject request, ImmutableArray<TransactionAction> actions) => Answer(
        request,
        [.. actions.Select(action => action.Table).Distinct()],
        "ReadCapacityUnits",
        table => actions.Where(action => action.Table == table).Sum(action => Capacity.Read(action.SizeNow(), consistent: true)));

    private static JsonObject Answer(JsonObject request, List<Table> tables, string kind, Func<Table, double> units)
    {
        if (!Capacity.IsAsked(request)) return [];
        var consumed = tables.Select(table =>
        {
            var one = Capacity.Of(request, table.Name, units(table));
            one[kind] = units(table);
            return (JsonNode)one;
        });
        return new JsonObject { ["ConsumedCapacity"] = new JsonArray([.. consumed]) };
    }

    private static AwsException Cancelled(List<TransactionResult> results)
    {
        var codes = string.Join(", ", results.Select(result => result.Failure?.Code ?? "None"));
        return new AwsException(
            "TransactionCanceledException",
            $"Transaction cancelled, please refer cancellation reasons for specific reasons [{codes}]")
        {
            Members = new JsonObject { ["CancellationReasons"] = new JsonArray([.. results.Select(result => (JsonNode)result.Reason())]) },
        };
    }
}
