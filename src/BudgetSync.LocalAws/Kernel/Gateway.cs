using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>
/// The way of every call: read the protocol, identify the caller, ask IAM, ask the fault plan, run the operation, write it down, answer.
/// The same gateway serves the socket and the in-process handler, so both see the same cloud.
/// </summary>
public sealed partial class Gateway(LocalCloud cloud)
{
    private readonly Dictionary<string, AwsService> byTarget = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AwsService> bySigningName = new(StringComparer.Ordinal);
    private readonly List<Func<WireRequest, CancellationToken, Task<WireResponse?>>> routes = [];
    private long nextRequest;

    /// <summary>Every service that is reached by its protocol; Lambda, a REST service, is not among them.</summary>
    public IReadOnlyCollection<AwsService> Services => [.. byTarget.Values, .. bySigningName.Values];

    /// <summary>Makes a service reachable by its target prefix (JSON) or its signing name (Query).</summary>
    internal void Add(AwsService service)
    {
        if (service.Protocol == WireProtocol.Query) bySigningName.Add(service.SigningName, service);
        else byTarget.Add(service.TargetPrefix, service);
    }

    /// <summary>Adds something that answers by path (the Lambda Runtime API, a REST service); null from it means "not mine".</summary>
    internal void AddRoute(Func<WireRequest, CancellationToken, Task<WireResponse?>> route) => routes.Add(route);

    /// <summary>Answers one request of the wire. Never throws for what a caller did wrong; only for bugs.</summary>
    public async Task<WireResponse> HandleAsync(WireRequest request, CancellationToken cancellation)
    {
        foreach (var route in routes)
        {
            if (await route(request, cancellation) is { } answer) return answer;
        }

        var requestId = NewRequestId();
        var protocol = WireProtocol.Json11;
        try
        {
            var (service, operation, input) = Read(request);
            protocol = service.Protocol;
            var call = Identify(request, service, operation, input, requestId);
            var output = await InvokeAsync(service, call, cancellation);
            return service.Protocol == WireProtocol.Query
                ? QueryProtocol.Success(service, operation, output, requestId)
                : JsonProtocol.Success(service.Protocol, output, requestId);
        }
        catch (AwsException error)
        {
            return protocol == WireProtocol.Query ? QueryProtocol.Error(error, requestId) : JsonProtocol.Error(protocol, error, requestId);
        }
        catch (BrokenConnectionException broken)
        {
            return WireResponse.NoAnswer(crashed: broken is CallerCrashedException);
        }
    }

    /// <summary>Runs one call past IAM, faults and the log. Services call each other through here too, as the principal that AWS would use.</summary>
    /// <exception cref="AwsException">What AWS would answer.</exception>
    /// <exception cref="BrokenConnectionException">A fault that leaves the caller without an answer.</exception>
    public async Task<JsonObject> InvokeAsync(AwsService service, AwsCall call, CancellationToken cancellation)
    {
        var error = "Broken";
        try
        {
            var operation = service.Find(call.Operation)
                ?? throw new AwsException("UnknownOperationException", $"LocalAws does not know the operation {call.Service}:{call.Operation}; BEHAVIOUR.md lists what it knows.");
            if (cloud.Options.Latency?.Invoke(call) is { } latency && latency > TimeSpan.Zero)
                await Task.Delay(latency, cloud.Time, cancellation);
            foreach (var need in operation.Needs(call))
                cloud.Authorize(call, need);
            var fault = cloud.Faults?.Invoke(call);
            switch (fault)
            {
                case Fault.Refuse refusal: throw refusal.Error;
                case Fault.LostBefore: throw new BrokenConnectionException();
                case Fault.LostThenDone straggler:
                    cloud.Work.PostAfter($"straggler {call.AccountId} {call.Service}:{call.Operation}", straggler.After, () => DoLateAsync(operation, call));
                    throw new BrokenConnectionException();
                case Fault.Crash { AfterEffect: false }: throw new CallerCrashedException();
                case Fault.Late late: await Task.Delay(late.By, cloud.Time, cancellation); break;
                default: break;
            }

            var output = await operation.RunAsync(call, cancellation);
            if (fault is Fault.LostAfter) throw new BrokenConnectionException();
            if (fault is Fault.Crash) throw new CallerCrashedException();
            error = null;
            return output;
        }
        catch (AwsException refused)
        {
            error = refused.Code;
            throw;
        }
        finally
        {
            cloud.Calls.Add(new LoggedCall(cloud.Time.GetUtcNow(), call, error));
        }
    }

    /// <summary>Carries out a call whose caller has long given it up: nobody hears how it ends.</summary>
    private async Task DoLateAsync(AwsOperation operation, AwsCall call)
    {
        string? error = null;
        try
        {
            await operation.RunAsync(call, CancellationToken.None);
        }
        catch (AwsException refused)
        {
            error = refused.Code;
        }

        cloud.Calls.Add(new LoggedCall(cloud.Time.GetUtcNow(), call, error));
    }

    /// <summary>The call of a request whose operation is known: its caller and region from the signature.</summary>
    /// <exception cref="AwsException">As <see cref="CallerDirectory.Identify"/>.</exception>
    internal AwsCall Identify(WireRequest request, AwsService service, string operation, JsonObject input, string requestId)
    {
        var (accessKeyId, region) = Signature(request);
        var caller = cloud.Callers.Identify(accessKeyId, request.Header("X-Amz-Security-Token"));
        return new AwsCall(service.SigningName, operation, caller, region ?? cloud.Options.Region, input) { RequestId = requestId };
    }

    /// <summary>A request id: unique in this cloud and the same in every run with the same calls.</summary>
    internal string NewRequestId() =>
        string.Create(CultureInfo.InvariantCulture, $"{cloud.Options.Seed:x8}-0000-4000-8000-{Interlocked.Increment(ref nextRequest):x12}");

    private (AwsService Service, string Operation, JsonObject Input) Read(WireRequest request)
    {
        if (request.Header("X-Amz-Target") is { } target)
        {
            var dot = target.LastIndexOf('.');
            if (dot < 0 || !byTarget.TryGetValue(target[..dot], out var service))
                throw new AwsException("UnknownOperationException", $"LocalAws does not know the service of X-Amz-Target \"{target}\"; BEHAVIOUR.md lists what it knows.");
            return (service, target[(dot + 1)..], JsonProtocol.ReadBody(request.Body));
        }

        var form = QueryProtocol.ReadForm(request);
        if (form["Action"]?.GetValue<string>() is { } action)
        {
            var name = SigningName().Match(request.Header("Authorization") ?? "").Groups["service"].Value;
            if (!bySigningName.TryGetValue(name, out var service))
                throw new AwsException("InvalidAction", $"LocalAws does not know the Query service \"{name}\" (operation {action}); BEHAVIOUR.md lists what it knows.");
            return (service, action, form);
        }

        throw new AwsException("UnknownOperationException", $"{request.Method} {request.Path} is no AWS call that LocalAws knows.", 404);
    }

    private static (string? AccessKeyId, string? Region) Signature(WireRequest request)
    {
        var match = SigningName().Match(request.Header("Authorization") ?? "");
        return match.Success ? (match.Groups["key"].Value, match.Groups["region"].Value) : (null, null);
    }

    [GeneratedRegex("Credential=(?<key>[^/]+)/[0-9]{8}/(?<region>[^/]+)/(?<service>[^/]+)/aws4_request")]
    private static partial Regex SigningName();
}

/// <summary>A fault broke the connection: the caller gets no answer at all.</summary>
public class BrokenConnectionException : Exception;

/// <summary>A fault killed the function that made the call.</summary>
public sealed class CallerCrashedException : BrokenConnectionException;
