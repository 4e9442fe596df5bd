using System.Text.Json.Nodes;
using BudgetSync.LocalAws.DynamoDb.Tables;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Operations;

/// <summary>Point-in-time recovery as a setting that is kept and shown; nothing can be restored here.</summary>
internal sealed class BackupOperations(DynamoDbState state)
{
    public JsonObject Describe(AwsCall call)
    {
        var table = Find(call, new RequestReader(call, "TableName"));
        return Description(table);
    }

    public JsonObject Update(AwsCall call)
    {
        var request = new RequestReader(call, "TableName", "PointInTimeRecoverySpecification");
        var specification = new RequestReader(request.RequiredObject("PointInTimeRecoverySpecification"), "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled");
        var enabled = specification.Truth("PointInTimeRecoveryEnabled")
            ?? throw Errors.Validation("The parameter 'PointInTimeRecoveryEnabled' is required but was not present in the request");
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

    private Table Find(AwsCall call, RequestReader request)
    {
        var name = request.RequiredText("TableName");
        return state.Find(call, name) ?? throw new AwsException("TableNotFoundException", $"Table not found: {name}");
    }
}
