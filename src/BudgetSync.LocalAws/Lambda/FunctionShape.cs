using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>A function's configuration as GetFunction and ListFunctions answer it.</summary>
internal static class FunctionShape
{
    public static JsonObject Of(FunctionDefinition function) => new()
    {
        ["FunctionName"] = function.Name,
        ["FunctionArn"] = function.Arn,
        ["Runtime"] = function.Runtime,
        ["Role"] = function.RoleArn,
        ["Handler"] = function.Handler,
        ["Timeout"] = (int)function.Timeout.TotalSeconds,
        ["MemorySize"] = function.MemoryMegabytes,
        ["Version"] = "$LATEST",
        ["State"] = "Active",
        ["PackageType"] = "Zip",
        ["Environment"] = new JsonObject
        {
            ["Variables"] = new JsonObject(
                function.Environment.OrderBy(variable => variable.Key, StringComparer.Ordinal)
                    .Select(variable => KeyValuePair.Create(variable.Key, (JsonNode?)variable.Value)))
        },
    };
}
