using BudgetSync.LocalAws.Bedrock;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Lambda;
using BudgetSync.LocalAws.S3;

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
        if (Of.Protocol is not (WireProtocol.RestJson or WireProtocol.RestXml)) return ("POST", "/");
        var paths = Of.Protocol == WireProtocol.RestXml ? S3Routes.Paths : Of is BedrockService ? BedrockRoutes.Paths : LambdaRoutes.Paths;
        var (method, path, _) = paths.Single(known => known.Operation == Operation.Name);
        return (method, path);
    }

    private static string NameOf(AwsService service) =>
        service.TargetPrefix.StartsWith("DynamoDBStreams", StringComparison.Ordinal) ? $"streams.{service.SigningName}" : service.SigningName;
}
