using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Operations;

/// <summary>Capacity units as DynamoDB counts them: reads by 4 KB, half when not consistent; writes by 1 KB; each at least one unit.</summary>
internal static class Capacity
{
    public static double Read(long bytes, bool consistent) => Math.Max(1, (bytes + 4095) / 4096) * (consistent ? 1 : 0.5);

    public static double Write(long before, long after) => Math.Max(1, (Math.Max(before, after) + 1023) / 1024);

    /// <summary>Adds ConsumedCapacity to an answer that asked for it.</summary>
    public static void Report(JsonObject answer, JsonObject request, string table, double units)
    {
        if (IsAsked(request)) answer["ConsumedCapacity"] = Of(request, table, units);
    }

    public static bool IsAsked(JsonObject request) => request.Text("ReturnConsumedCapacity") is "TOTAL" or "INDEXES";

    /// <summary>INDEXES tells the table's own part apart, which is all of it where there are no indexes.</summary>
    public static JsonObject Of(JsonObject request, string table, double units)
    {
        var consumed = new JsonObject { ["TableName"] = table, ["CapacityUnits"] = units };
        if (request.Text("ReturnConsumedCapacity") == "INDEXES") consumed["Table"] = new JsonObject { ["CapacityUnits"] = units };
        return consumed;
    }
}
