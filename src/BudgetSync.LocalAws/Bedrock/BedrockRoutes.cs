using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Bedrock;

/// <summary>Bedrock's REST paths: the logging of model invocations and inference profiles.</summary>
internal sealed class BedrockRoutes(LocalCloud cloud, BedrockService service)
{
    private const string Logging = "/logging/modelinvocations";

    private const string Profiles = "/inference-profiles/";

    /// <summary>Every operation that has a path.</summary>
    public static readonly IReadOnlyList<(string Method, string Path, string Operation)> Paths =
    [
        ("GET", Logging, "GetModelInvocationLoggingConfiguration"),
        ("PUT", Logging, "PutModelInvocationLoggingConfiguration"),
        ("DELETE", Logging, "DeleteModelInvocationLoggingConfiguration"),
        ("GET", $"{Profiles}{{inferenceProfileIdentifier}}", "GetInferenceProfile"),
    ];

    public async Task<WireResponse?> HandleAsync(WireRequest request, CancellationToken cancellation)
    {
        if (Signature.Of(request)?.Service != service.SigningName) return null;
        var requestId = cloud.Gateway.NewRequestId();
        try
        {
            var (operation, input) = Read(request);
            var call = cloud.Gateway.Identify(request, service, operation, input, requestId);
            return Respond(200, await cloud.Gateway.InvokeAsync(service, call, cancellation), requestId);
        }
        catch (AwsException error)
        {
            return Respond(error.Status, new JsonObject { ["message"] = error.Message }, requestId, error.Code);
        }
        catch (BrokenConnectionException broken)
        {
            return WireResponse.NoAnswer(crashed: broken is CallerCrashedException);
        }
    }

    private static (string Operation, JsonObject Input) Read(WireRequest request)
    {
        var path = request.PathOnly.TrimEnd('/');
        var identifier = path.StartsWith(Profiles, StringComparison.Ordinal) ? Uri.UnescapeDataString(path[Profiles.Length..]) : null;
        var (_, _, operation) = Paths.FirstOrDefault(known =>
            known.Method == request.Method && (known.Path == path || (identifier is not null && known.Path.StartsWith(Profiles, StringComparison.Ordinal))));
        if (operation is null)
        {
            throw new AwsException(
                "UnknownOperationException",
                $"LocalAws does not know {request.Method} {request.Path} of Bedrock; BEHAVIOUR.md lists what it knows.",
                404);
        }

        var input = request.Body.Length == 0 ? [] : JsonProtocol.ReadBody(request.Body);
        if (identifier is not null) input["inferenceProfileIdentifier"] = identifier;
        return (operation, input);
    }

    private static WireResponse Respond(int status, JsonObject body, string requestId, string? error = null)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["x-amzn-RequestId"] = requestId };
        if (error is not null) headers["x-amzn-ErrorType"] = error;
        return new WireResponse(status, "application/json", Encoding.UTF8.GetBytes(body.ToJsonString()), headers);
    }
}
