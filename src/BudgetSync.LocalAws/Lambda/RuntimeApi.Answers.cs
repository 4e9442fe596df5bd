using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Lambda;

/// <content>What the runtime is answered, and what it says of an error.</content>
internal sealed partial class RuntimeApi
{
    /// <summary>The error as the code reported it; where it reported none, its type from the header.</summary>
    private static byte[] ErrorBody(WireRequest request, string otherwise)
    {
        try
        {
            if (JsonNode.Parse(request.Body) is JsonObject) return request.Body;
        }
        catch (JsonException)
        {
            // Not an error object: one is made below.
        }

        return Encoding.UTF8.GetBytes(
            new JsonObject
            {
                ["errorType"] = request.Header("Lambda-Runtime-Function-Error-Type") ?? otherwise,
                ["errorMessage"] = Encoding.UTF8.GetString(request.Body)
            }.ToJsonString());
    }

    private static WireResponse Accepted() => Json(202, new JsonObject { ["status"] = "OK" });

    private static WireResponse UnknownRequest(string requestId) =>
        Error(400, "InvalidRequestID", $"Invalid request ID {requestId}: it is not the invocation that this environment is running.");

    /// <summary>A 500 of this API is a container error: the runtime must exit. It is never the answer to what a caller sent.</summary>
    private static WireResponse Stopped() => Error(500, "Runtime.Stopped", "The environment is being stopped.");

    private static WireResponse NeverThere() => Error(403, "InvalidEnvironment", "There is no such environment.");

    private static WireResponse Error(int status, string type, string message) =>
        Json(status, new JsonObject { ["errorType"] = type, ["errorMessage"] = message });

    private static WireResponse Json(int status, JsonObject body) =>
        new(status, "application/json", Encoding.UTF8.GetBytes(body.ToJsonString()), new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
}
