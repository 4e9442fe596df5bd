namespace BudgetSync.LocalAws.Kernel;

/// <summary>An error that AWS would answer. Thrown by a service's rules, turned into the protocol's error shape by the gateway.</summary>
/// <param name="code">The error's name without namespace, for example <c>ParameterNotFound</c>.</param>
/// <param name="status">The HTTP status: 400 for nearly all of them.</param>
public sealed class AwsException(string code, string message, int status = 400) : Exception(message)
{
    public string Code { get; } = code;

    public int Status { get; } = status;

    /// <summary>Members of the error's shape beside its message, for example <c>Item</c> of ConditionalCheckFailedException.</summary>
    public System.Text.Json.Nodes.JsonObject? Members { get; init; }
}
