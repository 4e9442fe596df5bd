using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Lambda;

namespace BudgetSync.LocalAws.Tests.Fuzz;

/// <summary>An operation as the cloud's own list has it, and how it is reached.</summary>
/// <param name="Service">The signing name, with <c>streams.</c> before it for the streams of DynamoDB.</param>
internal sealed record FuzzedOperation(string Service, AwsService Of, AwsOperation Operation)
{
    public string Name => $"{Service}:{Operation.Name}";

    public static IReadOnlyList<FuzzedOperation> All(LocalCloud cloud) =>
    [
        .. cloud.Gateway.Services.SelectMany(service => service.Operations.Select(operation => new FuzzedOperation(NameOf(service), service, operation))),
    ];

    /// <summary>Method and path.</summary>
    public (string Method, string Path) Place()
    {
        if (Of.Protocol != WireProtocol.RestJson) return ("POST", "/");
        var (method, path, _) = LambdaRoutes.Paths.Single(known => known.Operation == Operation.Name);
        return (method, path);
    }

    private static string NameOf(AwsService service) =>
        service.TargetPrefix.StartsWith("DynamoDBStreams", StringComparison.Ordinal) ? $"streams.{service.SigningName}" : service.SigningName;
}
