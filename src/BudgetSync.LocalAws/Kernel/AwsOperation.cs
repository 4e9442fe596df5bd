using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>One operation of a service: what it takes, what it needs of IAM, and what it does.</summary>
public sealed class AwsOperation
{
    internal AwsOperation(string name, Shape input, Func<AwsCall, IEnumerable<IamRequest>> needs, Func<AwsCall, CancellationToken, Task<JsonObject>> run) =>
        (Name, Input, Needs, RunAsync) = (name, input, needs, run);

    /// <summary>For example <c>PutParameter</c>.</summary>
    public string Name { get; }

    internal Shape Input { get; }

    public Func<AwsCall, IEnumerable<IamRequest>> Needs { get; }

    public Func<AwsCall, CancellationToken, Task<JsonObject>> RunAsync { get; }
}
