using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>Lambda's REST paths, for the AWS CLI and SDKs: Invoke, GetFunction, ListFunctions.</summary>
internal sealed partial class LambdaRoutes(LocalCloud cloud, LambdaService service)
{
    private const string Root = "/2015-03-31/functions";

    private const string FunctionName = "{FunctionName}";

    /// <summary>Every operation that has a path.</summary>
    public static readonly IReadOnlyList<(string Method, string Path, string Operation)> Paths =
    [
        ("GET", Root, "ListFunctions"),
        ("GET", $"{Root}/{FunctionName}", "GetFunction"),
        ("POST", $"{Root}/{FunctionName}/invocations", "Invoke"),
    ];

    private static readonly (string Header, string Member)[] Headers =
    [
        ("X-Amz-Invocation-Type", "InvocationType"), ("X-Amz-Log-Type", "LogType"), ("X-Amz-Client-Context", "ClientContext"),
        ("X-Amz-Durable-Execution-Name", "DurableExecutionName"), ("X-Amz-Tenant-Id", "TenantId"),
    ];

    public async Task<WireResponse?> HandleAsync(WireRequest request, CancellationToken cancellation)
    {
        var path = request.PathOnly.TrimEnd('/');
        if (path != Root && !path.StartsWith(Root + "/", StringComparison.Ordinal)) return null;
        var requestId = cloud.Gateway.NewRequestId();
        try
        {
            var (operation, input) = Read(request, [.. path[Root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)]);
            var call = cloud.Gateway.Identify(request, service, operation, input, requestId);
            return Answer(operation, await cloud.Gateway.InvokeAsync(service, call, cancellation), requestId);
        }
        catch (AwsException error)
        {
            return Respond(
                error.Status,
                new JsonObject { ["Type"] = error.Status < 500 ? "User" : "Service", ["Message"] = error.Message, ["message"] = error.Message }.ToJsonString(),
                requestId,
                ("x-amzn-ErrorType", error.Code));
        }
        catch (BrokenConnectionException broken)
        {
            return WireResponse.NoAnswer(crashed: broken is CallerCrashedException);
        }
    }

    private static (string Operation, JsonObject Input) Read(WireRequest request, string[] path)
    {
        var (_, _, operation) = Paths.FirstOrDefault(known => known.Method == request.Method && IsAlong(known.Path, path));
        if (operation is null)
        {
            throw new AwsException(
                "UnknownOperationException",
                $"LocalAws does not know {request.Method} {request.Path} of Lambda; BEHAVIOUR.md lists what it knows.",
                404);
        }

        var name = path.Length > 0 ? ("FunctionName", path[0]) : default;
        return (operation, operation switch
        {
            "Invoke" => Members(request, name, ("Payload", Payload(request))),
            "GetFunction" => Members(request, name),
            _ => Members(request),
        });
    }

    private static WireResponse Answer(string operation, JsonObject output, string requestId)
    {
        if (operation != "Invoke") return Respond(200, output.ToJsonString(), requestId);
        var status = output["StatusCode"]!.GetValue<int>();
        var body = output.Text("Payload") ?? "";
        return output.Text("FunctionError") is { } error
            ? Respond(status, body, requestId, ("X-Amz-Function-Error", error), ("X-Amz-Executed-Version", "$LATEST"))
            : Respond(status, body, requestId, ("X-Amz-Executed-Version", "$LATEST"));
    }

    private static WireResponse Respond(int status, string body, string requestId, params (string Name, string Value)[] headers)
    {
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["x-amzn-RequestId"] = requestId };
        foreach (var (name, value) in headers) all[name] = value;
        return new WireResponse(status, "application/json", Encoding.UTF8.GetBytes(body), all);
    }
}
