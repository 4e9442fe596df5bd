using System.Text;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>How one invocation ended.</summary>
/// <param name="Error">Null for a success; <c>Unhandled</c> as AWS says it for exceptions, crashes and timeouts.</param>
public sealed record FunctionResult(byte[] Payload, string? Error)
{
    /// <summary>False: the environment cannot be used again.</summary>
    public bool Reusable { get; init; } = true;

    public static FunctionResult Success(byte[] payload) => new(payload, null);

    /// <summary>The code threw: the environment lives on.</summary>
    public static FunctionResult Thrown(Exception exception) => Unhandled(
        exception.GetType().Name,
        exception.Message,
        new JsonArray([.. (exception.StackTrace ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonValue.Create(line.Trim()))]));

    /// <summary>The environment died: the error is the runtime's, not the code's.</summary>
    public static FunctionResult Died(string errorType, string message) => Unhandled(errorType, message, null) with { Reusable = false };

    private static FunctionResult Unhandled(string errorType, string message, JsonArray? stackTrace)
    {
        var error = new JsonObject { ["errorType"] = errorType, ["errorMessage"] = message };
        if (stackTrace is not null) error["stackTrace"] = stackTrace;
        return new FunctionResult(Encoding.UTF8.GetBytes(error.ToJsonString()), "Unhandled");
    }
}
