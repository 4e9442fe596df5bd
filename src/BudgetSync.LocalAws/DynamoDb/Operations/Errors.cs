using System.Text.Json.Nodes;
using BudgetSync.LocalAws.DynamoDb.Items;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Operations;

/// <summary>DynamoDB's errors that more than one operation answers.</summary>
internal static class Errors
{
    public static AwsException Validation(string message) => new("ValidationException", message);

    public static AwsException NoResource() => new("ResourceNotFoundException", "Requested resource not found");

    public static AwsException NoTable(string name) => new("ResourceNotFoundException", $"Requested resource not found: Table: {name} not found");

    public static AwsException NoStream(string arn) => new("ResourceNotFoundException", $"Requested resource not found: Stream: {arn} not found");

    /// <param name="current">The item as it is, where the caller asked to see it.</param>
    public static AwsException ConditionFailed(Attributes? current) => new("ConditionalCheckFailedException", "The conditional request failed")
    {
        Members = current is null ? null : new JsonObject { ["Item"] = ItemJson.Write(current) },
    };
}
