using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>Lambda's REST paths, for the AWS CLI and SDKs: Invoke, GetFunction, ListFunctions.</summary>
internal sealed class LambdaRoutes(LocalCloud cloud, LambdaService service)
{
    private const string Root = "/2015-03-31/functions";

    public async Task<WireResponse?> HandleAsync(WireRequest request, CancellationToken cancellation)
    {
        var path = request.Path.Split('?')[0].TrimEnd('/');
        if (!path.StartsWith(Root, StringComparison.Ordinal)) return null;
        var requestId = cloud.Gateway.NewRequestId();
        try
        {
            var (operation, input) = Read(request, path[Root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries));
            var call = cloud.Gateway.Identify(request, service, operation, input, requestId);
            return Answer(operation, await cloud.Gateway.InvokeAsync(service, call, cancellation), requestId);
        }
        catch (AwsException error)
        {
            return Respond(error.Status, new JsonObject { ["Type"] = error.Status < 500 ? "User" : "Service", ["Message"] = error.Message, ["message"] = error.Message }.ToJsonString(), requestId, ("x-amzn-ErrorType", error.Code));
        }
        catch (BrokenConnectionException broken)
        {
            return WireResponse.NoAnswer(crashed: broken is CallerCrashedException);
        }
    }

    private static (string Operation, JsonObject Input) Read(WireRequest request, string[] path) => (request.Method, path) switch
    {
        ("GET", []) => ("ListFunctions", []),
        ("GET", [var name]) => ("GetFunction", new JsonObject { ["FunctionName"] = Uri.UnescapeDataString(name) }),
        ("POST", [var name, "invocations"]) => ("Invoke", new JsonObject
        {
            ["FunctionName"] = Uri.UnescapeDataString(name),
            ["InvocationType"] = request.Header("X-Amz-Invocation-Type") ?? "RequestResponse",
            ["Payload"] = request.Body.Length == 0 ? "{}" : Encoding.UTF8.GetString(request.Body),
        }),
        _ => throw new AwsException("UnknownOperationException", $"LocalAws does not know {request.Method} {request.Path} of Lambda; BEHAVIOUR.md lists what it knows.", 404),
    };

    private static WireResponse Answer(string operation, JsonObject output, string requestId)
    {
        if (operation != "Invoke") return Respond(200, output.ToJsonString(), requestId);
        var status = output["StatusCode"]!.GetValue<int>();
        var body = output.Optional("Payload") ?? "";
        return output.Optional("FunctionError") is { } error
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
