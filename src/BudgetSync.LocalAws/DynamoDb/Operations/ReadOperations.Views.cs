using System.Text.Json.Nodes;
using BudgetSync.LocalAws.DynamoDb.Expressions;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Operations;

/// <content>What of each item an answer shows.</content>
internal sealed partial class ReadOperations
{
    private static Placeholders ReadPlaceholders(JsonObject request, string expression) => new(
        request.Structure("ExpressionAttributeNames"),
        request.Structure("ExpressionAttributeValues"),
        request.Has("FilterExpression") || request.Has("ProjectionExpression") || request.Has("KeyConditionExpression"),
        expression);

    private static View ReadView(JsonObject request, Placeholders placeholders, IReadOnlyCollection<string> keys)
    {
        var projection = request.Text("ProjectionExpression") is { } text ? Projection.Parse(text, placeholders) : null;
        var filter = request.Text("FilterExpression") is { } condition ? ConditionParser.ParseFilter(condition, placeholders, keys) : null;
        var select = request.Text("Select") ?? (projection is null ? "ALL_ATTRIBUTES" : "SPECIFIC_ATTRIBUTES");
        if (select == "ALL_PROJECTED_ATTRIBUTES")
            throw Errors.Validation(
                "One or more parameter values were invalid: Select type ALL_PROJECTED_ATTRIBUTES is not supported for an operation on a table, only "
                    + "on an index");
        if (select == "SPECIFIC_ATTRIBUTES" && projection is null)
            throw Errors.Validation("Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES");
        if (select != "SPECIFIC_ATTRIBUTES" && projection is not null)
            throw Errors.Validation($"Cannot specify the ProjectionExpression when choosing to get {(select == "COUNT" ? "only the Count" : select)}");
        return new View(filter, projection, select == "COUNT");
    }
}
