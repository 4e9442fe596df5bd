using System.Collections.Concurrent;
using System.Globalization;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>
/// The Lambda Runtime API (Lambda developer guide, "Using the Lambda runtime API for custom runtimes") for all environments that are not in this process.
/// Each has a path of its own before the API's, which <c>AWS_LAMBDA_RUNTIME_API</c> carries: <c>127.0.0.1:4566/_runtime/ENVIRONMENT</c>.
/// </summary>
internal sealed partial class RuntimeApi
{
    private const string Root = "/_runtime/";

    private readonly ConcurrentDictionary<string, RuntimeSession> sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> ended = new(StringComparer.Ordinal);

    /// <summary>What <c>AWS_LAMBDA_RUNTIME_API</c> must say for an environment.</summary>
    public static string AddressOf(FunctionEnvironment environment, Uri cloud) => $"{cloud.Authority}{Root}{Uri.EscapeDataString(environment.Id)}";

    public RuntimeSession Open(FunctionEnvironment environment) => sessions[environment.Id] = new RuntimeSession(environment);

    public void Close(RuntimeSession session)
    {
        ended[session.Environment.Id] = 0;
        sessions.TryRemove(session.Environment.Id, out _);
    }

    public async Task<WireResponse?> HandleAsync(WireRequest request, CancellationToken cancellation)
    {
        if (!request.Path.StartsWith(Root, StringComparison.Ordinal)) return null;
        var path = request.Path.Split('?')[0][Root.Length..].Split('/');
        var id = Uri.UnescapeDataString(path[0]);
        if (path.Length < 4 || !sessions.TryGetValue(id, out var session)) return ended.ContainsKey(id) ? Stopped() : NeverThere();
        return (request.Method, path[1..]) switch
        {
            ("GET", ["2018-06-01", "runtime", "invocation", "next"]) => await NextAsync(session, cancellation),
            ("POST", ["2018-06-01", "runtime", "invocation", var invocation, "response"]) => Response(session, invocation, request.Body),
            ("POST", ["2018-06-01", "runtime", "invocation", var invocation, "error"]) => Failure(session, invocation, request),
            ("POST", ["2018-06-01", "runtime", "init", "error"]) => InitFailure(session, request),
            _ => Error(404, "UnknownPath", $"{request.Method} {request.Path} is no call of the Runtime API that LocalAws knows."),
        };
    }

    private static async Task<WireResponse> NextAsync(RuntimeSession session, CancellationToken cancellation)
    {
        try
        {
            var (payload, context) = await session.NextAsync(cancellation);
            return new WireResponse(200, "application/json", payload.ToArray(), new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
            {
                ["Lambda-Runtime-Aws-Request-Id"] = context.RequestId,
                ["Lambda-Runtime-Deadline-Ms"] = context.Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
                ["Lambda-Runtime-Invoked-Function-Arn"] = context.FunctionArn,
                ["Lambda-Runtime-Trace-Id"] = context.TraceId,
            });
        }
        catch (OperationCanceledException)
        {
            return Stopped();
        }
    }

    private static WireResponse Response(RuntimeSession session, string requestId, byte[] body)
    {
        if (body.Length > AwsLimits.Lambda.PayloadBytes)
        {
            session.Complete(
                requestId,
                FunctionResult.Died(
                    "Function.ResponseSizeTooLarge",
                    $"Response payload size ({body.Length} bytes) exceeded maximum allowed payload size ({AwsLimits.Lambda.PayloadBytes} bytes).") with
                {
                    Reusable = true
                });
            return Error(413, "RequestEntityTooLarge", $"Exceeded maximum allowed payload size ({AwsLimits.Lambda.PayloadBytes} bytes).");
        }

        return session.Complete(requestId, FunctionResult.Success(body)) ? Accepted() : UnknownRequest(requestId);
    }

    private static WireResponse Failure(RuntimeSession session, string requestId, WireRequest request) =>
        session.Complete(requestId, new FunctionResult(ErrorBody(request, "Function.Unhandled"), "Unhandled")) ? Accepted() : UnknownRequest(requestId);

    private static WireResponse InitFailure(RuntimeSession session, WireRequest request)
    {
        session.Die(new FunctionResult(ErrorBody(request, "Runtime.InitError"), "Unhandled") { Reusable = false });
        return Accepted();
    }
}
