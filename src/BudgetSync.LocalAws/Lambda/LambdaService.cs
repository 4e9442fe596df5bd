using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>
/// AWS Lambda: functions whose code runs in this process or as processes of their own, invoked synchronously, asynchronously and from streams.
/// Where a method takes a region, null is the cloud's home region.
/// </summary>
public sealed class LambdaService : AwsService, IAsyncDisposable
{
    private readonly LocalCloud cloud;
    private readonly ConcurrentDictionary<(string AccountId, string Region, string Name), Function> functions = new();
    private readonly ConcurrentDictionary<string, EnvironmentPool> pools = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string AccountId, string Region), int> running = new();
    private readonly EnvironmentFactory environments;
    private readonly AsyncInvocations asynchronous;
    private readonly RuntimeApi runtimeApi = new();
    private readonly StreamMappings mappings;

    internal LambdaService(LocalCloud cloud)
        : base("lambda", WireProtocol.RestJson)
    {
        this.cloud = cloud;
        environments = new EnvironmentFactory(cloud);
        asynchronous = new AsyncInvocations(cloud, this, new Destinations(cloud));
        cloud.Iam.AddResourcePolicies(SigningName, arn => Named(arn)?.Policy);
        OperationAsync("Invoke", LambdaShapes.Invoke, Needs("lambda:InvokeFunction"), InvokeAsync);
        Operation(
            "GetFunction",
            LambdaShapes.GetFunction,
            Needs("lambda:GetFunction"),
            call => new JsonObject { ["Configuration"] = FunctionShape.Of(Existing(call).Definition) });
        Operation("ListFunctions", LambdaShapes.ListFunctions, static _ => [new IamRequest("lambda:ListFunctions", "*")], call => new JsonObject
        {
            ["Functions"] = new JsonArray([.. Functions(call.AccountId, call.Region).Select(FunctionShape.Of)]),
        });
        mappings = new StreamMappings(cloud, this);
        cloud.Gateway.AddRoute(new LambdaRoutes(cloud, this).HandleAsync);
        cloud.Gateway.AddRoute(runtimeApi.HandleAsync);
    }

    /// <summary>How many invocations one account may run at once in one region. New accounts of AWS often have 10.</summary>
    public int ConcurrencyPerAccount { get; set; } = 1000;

    /// <summary>How many results of asynchronous invocations could not be sent to their destination.</summary>
    public int DestinationFailures => asynchronous.DestinationFailures;

    /// <summary>Runs a handler's code in this process. The delegate is called once per environment; what it returns, once per invocation.</summary>
    public void RegisterInProcess(string handler, Func<FunctionEnvironment, InProcessFunction> create) => UseRuntime(handler, new InProcessRuntime(create));

    /// <summary>Runs a handler's code as real processes, which the cloud must be listening for (<see cref="LocalCloud.ListenAsync"/>).</summary>
    /// <param name="maximumProcesses">
    /// How many at once, busy and idle; idle ones are stopped, least recently used first, and invocations beyond it wait.
    /// </param>
    public void UseProcesses(string handler, ProcessCommand command, int maximumProcesses = 16) => UseRuntimeApi(
        handler,
        (environment, variables) => FunctionProcess.Start(command, variables, environment.Log),
        maximumProcesses);

    /// <summary>Runs a handler's code by anything that talks the Runtime API.</summary>
    /// <param name="launch">Starts it for an environment, with all variables it needs, <c>AWS_LAMBDA_RUNTIME_API</c> among them.</param>
    public void UseRuntimeApi(
        string handler,
        Func<FunctionEnvironment, ImmutableDictionary<string, string>, IRuntimeProcess> launch,
        int maximumProcesses = 16) =>
        UseRuntime(
            handler,
            new RuntimeApiRuntime(
                runtimeApi,
                () => cloud.Address
                    ?? throw new InvalidOperationException(
                        $"The handler {handler} runs outside this process and needs the cloud's address: call ListenAsync first."),
                launch,
                maximumProcesses));

    /// <summary>Runs a handler's code by any runtime.</summary>
    public void UseRuntime(string handler, IFunctionRuntime runtime) => pools[handler] = new EnvironmentPool(runtime, cloud.Time);

    /// <summary>Creates a function, or replaces the definition of the one that exists, and returns its ARN.</summary>
    /// <exception cref="AwsException">InvalidParameterValueException, also where Lambda may not assume the role.</exception>
    public string PutFunction(FunctionDefinition given)
    {
        var definition = given with { Region = given.Region ?? Home };
        FunctionCheck.Check(definition);
        var lambda = Caller.Service("lambda.amazonaws.com", definition.AccountId, definition.Arn);
        if (cloud.Iam.FindRole(definition.RoleArn) is not { } role
            || !cloud.Iam.MayAssume(lambda, role, ImmutableDictionary<string, ImmutableArray<string>>.Empty))
            throw FunctionCheck.Invalid("The role defined for the function cannot be assumed by Lambda.");
        functions.AddOrUpdate(
            (definition.AccountId, definition.Region, definition.Name),
            static (_, added) => new Function(added),
            static (_, function, changed) =>
            {
                function.Definition = changed;
                return function;
            },
            definition);
        return definition.Arn;
    }

    /// <summary>
    /// Changes what becomes of asynchronous calls. The role is not looked at, as it is not by PutFunctionEventInvokeConfig: a stack that goes may have lost
    /// it already.
    /// </summary>
    internal void PutAsyncSettings(FunctionDefinition function, AsyncSettings settings)
    {
        if (functions.TryGetValue((function.AccountId, function.Region ?? Home, function.Name), out var known))
            known.Definition = known.Definition with { Async = settings };
    }

    public void DeleteFunction(string accountId, string name, string? region = null) => functions.TryRemove((accountId, region ?? Home, name), out _);

    public FunctionDefinition? FindFunction(string accountId, string name, string? region = null) =>
        functions.GetValueOrDefault((accountId, region ?? Home, name))?.Definition;

    /// <summary>An account's functions by name.</summary>
    public IReadOnlyList<FunctionDefinition> Functions(string accountId, string? region = null) =>
    [
        .. functions.Where(function => function.Key.AccountId == accountId && function.Key.Region == (region ?? Home))
            .Select(function => function.Value.Definition)
            .OrderBy(function => function.Name, StringComparer.Ordinal),
    ];

    /// <summary>Lets a principal invoke a function (AddPermission).</summary>
    /// <param name="statement">
    /// A policy statement, for example with Principal <c>{"Service":"events.amazonaws.com"}</c> and a Condition on <c>aws:SourceArn</c>; its Resource is the
    /// function.
    /// </param>
    public void PutPermission(string accountId, string name, string statementId, JsonObject statement, string? region = null) =>
        Existing(accountId, region, name).Permit(statementId, statement);

    public void RemovePermission(string accountId, string name, string statementId, string? region = null) =>
        Existing(accountId, region, name).Forbid(statementId);

    /// <summary>Creates or replaces an event source mapping; a replaced one goes on from where it was.</summary>
    /// <exception cref="AwsException">InvalidParameterValueException, also where the function's role may not read the stream.</exception>
    public void PutEventSourceMapping(EventSourceMapping mapping) => mappings.Put(mapping);

    public void DeleteEventSourceMapping(string accountId, string id, string? region = null) => mappings.Delete(accountId, region ?? Home, id);

    /// <summary>The mappings of an account by id, each with what became of its newest batch.</summary>
    public IReadOnlyList<(EventSourceMapping Mapping, string LastResult)> EventSourceMappings(string accountId, string? region = null) =>
        mappings.List(accountId, region ?? Home);

    /// <summary>A function's newest log lines.</summary>
    public IReadOnlyList<string> Logs(string accountId, string name, string? region = null) => Existing(accountId, region, name).Log.Lines;

    public async ValueTask DisposeAsync()
    {
        mappings.Dispose();
        foreach (var pool in pools.Values) await pool.DisposeAsync();
    }

    /// <summary>Invokes asynchronously as a given caller: another service's way to a function.</summary>
    internal Task InvokeEventAsync(Caller caller, string functionArn, string payload, CancellationToken cancellation)
    {
        var input = new JsonObject { ["FunctionName"] = functionArn, ["InvocationType"] = "Event", ["Payload"] = payload };
        var region = Arn.TryParse(functionArn, out var arn) ? arn.Region : Home;
        var call = new AwsCall(SigningName, "Invoke", caller, region, input) { RequestId = cloud.Gateway.NewRequestId() };
        return cloud.Gateway.InvokeAsync(this, call, cancellation);
    }

    /// <summary>Runs one invocation to its end: the code's answer, its error, its crash or its timeout.</summary>
    /// <exception cref="AwsException">TooManyRequestsException where the concurrency is used up.</exception>
    internal async Task<FunctionResult> RunAsync(Function function, byte[] payload, string requestId)
    {
        var account = (function.Definition.AccountId, function.Definition.Region!); // Whatever was put has one.
        if (running.AddOrUpdate(account, 1, static (_, number) => number + 1) > ConcurrencyPerAccount || !function.TryEnter())
        {
            running.AddOrUpdate(account, 0, static (_, number) => number - 1);
            throw new AwsException("TooManyRequestsException", "Rate Exceeded.", 429);
        }

        try
        {
            if (!pools.TryGetValue(function.Definition.Handler, out var pool))
                return FunctionResult.Died(
                    "Runtime.InvalidEntrypoint",
                    $"No code is registered for the handler {function.Definition.Handler} of function {function.Definition.Name}");
            return await new Invocation(cloud, pool, function, environments).RunAsync(payload, requestId);
        }
        finally
        {
            function.Leave();
            running.AddOrUpdate(account, 0, static (_, number) => number - 1);
        }
    }

    internal static Caller CallerOf(FunctionDefinition function) => EnvironmentFactory.CallerOf(function);

    private async Task<JsonObject> InvokeAsync(AwsCall call, CancellationToken cancellation)
    {
        var function = Existing(call);
        var payload = Encoding.UTF8.GetBytes(call.Input.Text("Payload") ?? "{}");
        var type = call.Input.Text("InvocationType") ?? "RequestResponse";
        var limit = type == "Event" ? AwsLimits.Lambda.AsyncPayloadBytes : AwsLimits.Lambda.PayloadBytes;
        if (payload.Length > limit)
            throw new AwsException(
                "RequestTooLargeException",
                $"{payload.Length} byte payload is too large for the {type} invocation type (limit {limit} bytes)",
                413);
        switch (type)
        {
            case "Event":
                asynchronous.Start(function, payload, call.RequestId);
                return new JsonObject { ["StatusCode"] = 202 };
            case "DryRun":
                return new JsonObject { ["StatusCode"] = 204 };
            case "RequestResponse":
                var result = await RunAsync(function, payload, call.RequestId);
                var answer = new JsonObject { ["StatusCode"] = 200, ["Payload"] = Encoding.UTF8.GetString(result.Payload) };
                if (result.Error is not null) answer["FunctionError"] = result.Error;
                return answer;
            default:
                throw FunctionCheck.Invalid($"InvocationType \"{type}\" is none of RequestResponse, Event and DryRun");
        }
    }

    private static Func<AwsCall, IEnumerable<IamRequest>> Needs(string action) => call => [new IamRequest(action, FunctionArn(call))];

    /// <summary>The ARN of the function named by name, by <c>account:function:name</c> or by ARN, with any version cut off.</summary>
    private static string FunctionArn(AwsCall call)
    {
        var name = call.Input.RequiredText("FunctionName");
        return name.Split(':') switch
        {
            ["arn", _, "lambda", var region, var account, "function", var function, .. var version] when IsLatest(version) =>
                $"arn:aws:lambda:{region}:{account}:function:{function}",
            [var account, "function", var function, .. var version] when IsLatest(version) => $"arn:aws:lambda:{call.Region}:{account}:function:{function}",
            [var function, .. var version] when IsLatest(version) => $"arn:aws:lambda:{call.Region}:{call.AccountId}:function:{function}",
            _ => throw FunctionCheck.Invalid($"FunctionName \"{name}\" is neither the name nor the ARN of a function; LocalAws knows no versions and aliases"),
        };
    }

    private static bool IsLatest(string[] version) => version is [] or ["$LATEST"];

    private string Home => cloud.Options.Region;

    /// <exception cref="AwsException">ResourceNotFoundException: there is no such function, or it is in another region than the call.</exception>
    private Function Existing(AwsCall call)
    {
        var text = FunctionArn(call);
        if (Arn.TryParse(text, out var arn) && arn.Region != call.Region)
            throw new AwsException("ResourceNotFoundException", $"Functions from '{arn.Region}' are not reachable in this region ('{call.Region}')", 404);
        return Named(text) ?? throw Missing(text);
    }

    private Function Existing(string accountId, string? region, string name) =>
        Named(accountId, region ?? Home, name) ?? throw Missing(new FunctionDefinition(accountId, name, "", "") { Region = region ?? Home }.Arn);

    internal Function? Named(string accountId, string region, string name) => functions.GetValueOrDefault((accountId, region, name));

    internal Function? Named(string functionArn) =>
        Arn.TryParse(functionArn, out var arn) && arn.Resource.Split(':') is ["function", var name, ..] ? Named(arn.AccountId, arn.Region, name) : null;

    private static AwsException Missing(string arn) => new("ResourceNotFoundException", $"Function not found: {arn}", 404);
}
