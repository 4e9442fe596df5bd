using System.Text.Json.Nodes;
using BudgetSync.LocalAws.DynamoDb.Items;
using BudgetSync.LocalAws.DynamoDb.Tables;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Operations;

/// <summary>One action of a transaction.</summary>
/// <param name="ShowsItem">Whether its reason shows the item where its condition fails.</param>
internal sealed record TransactionAction(Table Table, ItemWrite Write, bool ShowsItem)
{
    /// <summary>What it would do to the item as it is; the table's gate is held.</summary>
    public TransactionResult Against(Attributes? old)
    {
        if (!Write.Condition.Allows(old)) return new(old, old, ("ConditionalCheckFailed", "The conditional request failed"), ShowsItem);
        try
        {
            return new(old, Write.Apply(old), null, false);
        }
        catch (AwsException error) when (error.Code == "ValidationException")
        {
            // What only the item shows to be wrong is a reason, not a refusal of the request.
            return new(old, old, ("ValidationError", error.Message), false);
        }
    }

    public long SizeNow()
    {
        lock (Table.Gate) return Table.Find(Write.Key)?.Size ?? 0;
    }
}

/// <param name="Old">The item before; null where there was none.</param>
/// <param name="Now">The item after; null where there is none.</param>
/// <param name="Failure">The code and message of what is against it; null where nothing is.</param>
internal sealed record TransactionResult(Attributes? Old, Attributes? Now, (string Code, string Message)? Failure, bool ShowsItem)
{
    public JsonObject Reason()
    {
        if (Failure is not { } failure) return new JsonObject { ["Code"] = "None" };
        var reason = new JsonObject { ["Code"] = failure.Code, ["Message"] = failure.Message };
        if (ShowsItem && Old is not null) reason["Item"] = ItemJson.Write(Old);
        return reason;
    }
}
