using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>How a service's requests and answers look on the wire.</summary>
public enum WireProtocol
{
    Json10,
    Json11,
    Query,
    Ec2Query,
    RestJson,
    RestXml,
}

/// <summary>One AWS service: a name, a protocol and the operations it knows. An operation that is not here is an error, never a guess.</summary>
public abstract class AwsService(string signingName, WireProtocol protocol, string targetPrefix = "")
{
    private readonly Dictionary<string, AwsOperation> operations = new(StringComparer.Ordinal);

    /// <summary>The name in the credential scope of a signature, for example <c>dynamodb</c>.</summary>
    public string SigningName { get; } = signingName;

    public WireProtocol Protocol { get; } = protocol;

    /// <summary>What stands before the dot of <c>X-Amz-Target</c>, for example <c>AmazonSSM</c>; empty for services that are not reached by it.</summary>
    public string TargetPrefix { get; } = targetPrefix;

    /// <summary>The XML namespace of a Query service's answers.</summary>
    public virtual string XmlNamespace => "";

    /// <summary>The version of the API that a Query request names; it ends the namespace of the answers.</summary>
    public string QueryVersion => XmlNamespace.TrimEnd('/').Split('/')[^1];

    /// <summary>The error for a request outside the service model.</summary>
    public virtual string ValidationCode => "ValidationException";

    /// <summary>Every operation it knows.</summary>
    public IReadOnlyCollection<AwsOperation> Operations => operations.Values;

    public AwsOperation? Find(string operation) => operations.GetValueOrDefault(operation);

    /// <summary>What stands in <c>__type</c> of a JSON error; services differ in the namespace before the code.</summary>
    internal virtual string ErrorType(string code) => code;

    /// <summary>Headers that an error has beside those of its protocol.</summary>
    internal virtual IEnumerable<KeyValuePair<string, string>> ErrorHeaders(AwsException error) => [];

    /// <summary>Declares an operation that answers at once. State is guarded by the service itself: calls come from many threads.</summary>
    /// <param name="input">Checked before anything else: neither <paramref name="needs"/> nor <paramref name="run"/> ever sees a request outside it.</param>
    private protected void Operation(string name, Shape input, Func<AwsCall, IEnumerable<IamRequest>> needs, Func<AwsCall, JsonObject> run) =>
        operations.Add(name, new AwsOperation(name, input, needs, (call, _) => Task.FromResult(run(call))));

    /// <summary>Declares an operation that waits for something (a synchronous invocation, a long poll).</summary>
    private protected void OperationAsync(
        string name,
        Shape input,
        Func<AwsCall, IEnumerable<IamRequest>> needs,
        Func<AwsCall, CancellationToken, Task<JsonObject>> run) => operations.Add(name, new AwsOperation(name, input, needs, run));

    /// <summary>What an operation without any IAM check (GetCallerIdentity) declares.</summary>
    protected static IEnumerable<IamRequest> NothingNeeded(AwsCall call) => [];
}
