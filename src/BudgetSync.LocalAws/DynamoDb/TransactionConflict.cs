using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb;

/// <summary>
/// A transaction that met another on one of its items. Here one waits for the other, so it comes only where a <see cref="FaultPlan"/> says so.
/// </summary>
public static class TransactionConflict
{
    /// <summary>The error for a transaction.</summary>
    /// <param name="index">Of the action that met another, from 0.</param>
    /// <param name="count">How many actions the transaction has.</param>
    public static AwsException Of(int index, int count)
    {
        var codes = Enumerable.Range(0, count).Select(place => place == index ? "TransactionConflict" : "None").ToList();
        var reasons = codes.Select(code => (JsonNode)(code == "None"
            ? new JsonObject { ["Code"] = code }
            : new JsonObject { ["Code"] = code, ["Message"] = "Transaction is ongoing for the item" }));
        return new AwsException(
            "TransactionCanceledException",
            $"Transaction cancelled, please refer cancellation reasons for specific reasons [{string.Join(", ", codes)}]")
        {
            Members = new JsonObject { ["CancellationReasons"] = new JsonArray([.. reasons]) },
        };
    }
}
