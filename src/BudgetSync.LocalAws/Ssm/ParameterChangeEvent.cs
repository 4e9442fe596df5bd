using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Ssm;

/// <summary>The event that Parameter Store sends to the default bus of a parameter's account and region. It never carries the value.</summary>
internal static class ParameterChangeEvent
{
    /// <param name="operation"><c>Create</c>, <c>Update</c>, <c>Delete</c> or <c>LabelParameterVersion</c>.</param>
    public static JsonObject Of(string operation, ParameterVersion version, string accountId, string region, string id, DateTimeOffset time)
    {
        var detail = new JsonObject { ["operation"] = operation, ["name"] = version.Name, ["type"] = version.Type };
        if (!string.IsNullOrEmpty(version.Description)) detail["description"] = version.Description;
        return new JsonObject
        {
            ["version"] = "0",
            ["id"] = id,
            ["detail-type"] = "Parameter Store Change",
            ["source"] = "aws.ssm",
            ["account"] = accountId,
            ["time"] = time.ToUtcSeconds(),
            ["region"] = region,
            ["resources"] = new JsonArray(ParameterName.Arn(accountId, region, version.Name)),
            ["detail"] = detail,
        };
    }
}
