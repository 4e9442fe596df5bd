using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>How a service's requests and answers look on the wire.</summary>
public enum WireProtocol
{
    Json10,
    Json11,
    Query,
}

/// <summary>One operation of a service: what it needs of IAM, and what it does.</summary>
public sealed record AwsOperation(
    string Name,
    Func<AwsCall, IEnumerable<IamRequest>> Needs,
    Func<AwsCall, CancellationToken, Task<JsonObject>> RunAsync);

/// <summary>One AWS service: a name, a protocol and the operations it knows. An operation that is not here is an error, never a guess.</summary>
public abstract class AwsService(string signingName, WireProtocol protocol, string targetPrefix = "")
{
    private readonly Dictionary<string, AwsOperation> operations = new(StringComparer.Ordinal);

    /// <summary>The name in the credential scope of a signature, for example <c>dynamodb</c>.</summary>
    public string SigningName { get; } = signingName;

    public WireProtocol Protocol { get; } = protocol;

    /// <summary>What stands before the dot of <c>X-Amz-Target</c>, for example <c>AmazonSSM</c>; empty for Query services.</summary>
    public string TargetPrefix { get; } = targetPrefix;

    /// <summary>The XML namespace of a Query service's answers.</summary>
    public virtual string XmlNamespace => "";

    /// <summary>Every operation it knows.</summary>
    public IReadOnlyCollection<AwsOperation> Operations => operations.Values;

    public AwsOperation? Find(string operation) => operations.GetValueOrDefault(operation);

    /// <summary>Declares an operation that answers at once. State is guarded by the service itself: calls come from many threads.</summary>
    protected void Operation(string name, Func<AwsCall, IEnumerable<IamRequest>> needs, Func<AwsCall, JsonObject> run) =>
        operations.Add(name, new AwsOperation(name, needs, (call, _) => Task.FromResult(run(call))));

    /// <summary>Declares an operation that waits for something (a synchronous invocation, a long poll).</summary>
    protected void OperationAsync(string name, Func<AwsCall, IEnumerable<IamRequest>> needs, Func<AwsCall, CancellationToken, Task<JsonObject>> run) =>
        operations.Add(name, new AwsOperation(name, needs, run));

    /// <summary>What an operation without any IAM check (GetCallerIdentity) declares.</summary>
    protected static IEnumerable<IamRequest> NothingNeeded(AwsCall call) => [];
}
