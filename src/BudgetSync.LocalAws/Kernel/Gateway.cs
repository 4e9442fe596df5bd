using System.Globalization;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>
/// The way of every call: read the protocol, identify the caller, ask IAM, ask the fault plan, run the operation, write it down, answer.
/// The same gateway serves the socket and the in-process handler, so both see the same cloud.
/// </summary>
public sealed class Gateway(LocalCloud cloud)
{
    private readonly ServiceDirectory services = new();
    private readonly List<Func<WireRequest, CancellationToken, Task<WireResponse?>>> routes = [];
    private long nextRequest;

    /// <summary>Every service that is reached over the wire.</summary>
    public IReadOnlyCollection<AwsService> Services => services.All;

    internal void Add(AwsService service) => services.Add(service);

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
        var isQuery = ServiceDirectory.IsQuery(request);
        AwsService? service = null;
        try
        {
            (service, var operation, var input) = services.Read(request);
            var call = Identify(request, service, operation, input, requestId);
            var output = await InvokeAsync(service, call, cancellation);
            return service.Protocol == WireProtocol.Ec2Query ? Ec2Protocol.Success(service, operation, output, requestId)
                : isQuery ? QueryProtocol.Success(service, operation, output, requestId)
                : JsonProtocol.Success(service, output, requestId);
        }
        catch (AwsException error)
        {
            return service?.Protocol == WireProtocol.Ec2Query ? Ec2Protocol.Error(error, requestId)
                : isQuery ? QueryProtocol.Error(error, requestId)
                : JsonProtocol.Error(service, error, requestId);
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
                ?? throw new AwsException(
                    "UnknownOperationException",
                    $"LocalAws does not know the operation {call.Service}:{call.Operation}; BEHAVIOUR.md lists what it knows.");
            if (cloud.Options.Latency?.Invoke(call) is { } latency && latency > TimeSpan.Zero)
                await Task.Delay(latency, cloud.Time, cancellation);
            Validate(service, operation, call.Input);
            foreach (var need in operation.Needs(call))
                cloud.Authorize(call, need);
            var fault = cloud.Faults.Of(call);
            switch (fault)
            {
                case Fault.Refusal refusal: throw refusal.Error;
                case Fault.StaleAnswer stale:
                    error = null;
                    return stale.Answer.DeepClone().AsObject();
                case Fault.RequestLoss: throw new BrokenConnectionException();
                case Fault.Straggler straggler:
                    cloud.Work.PostAfter($"straggler {call.AccountId} {call.Service}:{call.Operation}", straggler.After, () => DoLateAsync(operation, call));
                    throw new BrokenConnectionException();
                case Fault.Crash { AfterEffect: false }: throw new CallerCrashedException();
                case Fault.Latency late: await Task.Delay(late.By, cloud.Time, cancellation); break;
                default: break;
            }

            var output = await operation.RunAsync(call, cancellation);
            if (fault is Fault.ResponseLoss) throw new BrokenConnectionException();
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

    /// <summary>Carries out a call whose caller has given it up: its outcome reaches no caller.</summary>
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
        var signature = Signature.Of(request);
        var caller = cloud.Callers.Identify(signature?.AccessKeyId, request.Header("X-Amz-Security-Token"));
        return new AwsCall(service.SigningName, operation, caller, signature?.Region ?? cloud.Options.Region, input) { RequestId = requestId };
    }

    /// <summary>A request id: unique in this cloud and the same in every run with the same calls.</summary>
    internal string NewRequestId() =>
        string.Create(CultureInfo.InvariantCulture, $"{cloud.Options.Seed:x8}-0000-4000-8000-{Interlocked.Increment(ref nextRequest):x12}");

    private static void Validate(AwsService service, AwsOperation operation, JsonObject input)
    {
        try
        {
            operation.Input.Validate(input, service.ValidationCode, operation.Name);
        }
        catch (AwsException wrongType) when (wrongType.Code == "SerializationException" && service.Protocol is WireProtocol.Query or WireProtocol.Ec2Query)
        {
            // A form has no types to get wrong: text that is no number is a value like any other that does not fit.
            throw new AwsException(service.ValidationCode, wrongType.Message);
        }
    }
}

/// <summary>A fault broke the connection: the caller gets no answer at all.</summary>
public class BrokenConnectionException : Exception;

/// <summary>A fault killed the function that made the call.</summary>
public sealed class CallerCrashedException : BrokenConnectionException;
