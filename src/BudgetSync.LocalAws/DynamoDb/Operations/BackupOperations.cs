using System.Text.Json.Nodes;
using BudgetSync.LocalAws.DynamoDb.Tables;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Operations;

/// <summary>Point-in-time recovery as a setting that is kept and shown; nothing can be restored here.</summary>
internal sealed class BackupOperations(DynamoDbState state)
{
    public JsonObject Describe(AwsCall call)
    {
        var table = Find(call, call.Input);
        return Description(table);
    }

    public JsonObject Update(AwsCall call)
    {
        var request = call.Input;
        var enabled = request.RequiredStructure("PointInTimeRecoverySpecification").Flag("PointInTimeRecoveryEnabled") ?? false;
        lock (state.Gate)
        {
            var table = Find(call, request);
            table.Settings = table.Settings with { PointInTimeRecovery = enabled };
            return Description(table);
        }
    }

    private static JsonObject Description(Table table) => new()
    {
        ["ContinuousBackupsDescription"] = new JsonObject
        {
            ["ContinuousBackupsStatus"] = "ENABLED",
            ["PointInTimeRecoveryDescription"] = new JsonObject { ["PointInTimeRecoveryStatus"] = table.Settings.PointInTimeRecovery ? "ENABLED" : "DISABLED" },
        },
    };

    private Table Find(AwsCall call, JsonObject request)
    {
        var name = request.RequiredText("TableName");
        return state.Find(call, name) ?? throw new AwsException("TableNotFoundException", $"Table not found: {name}");
    }
}
