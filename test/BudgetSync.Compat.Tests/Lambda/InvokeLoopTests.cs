using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace BudgetSync.Compat.Tests.Lambda;

public sealed class InvokeLoopTests
{
    private static Task Run(
        StubRuntimeApi api,
        Func<Stream, ILambdaContext, Task<Stream>> handler,
        CancellationToken stop,
        LambdaBootstrapInitializer? initializer = null) =>
        LambdaBootstrapBuilder.Create(handler)
            .ConfigureOptions(options => options.RuntimeApiEndpoint = api.Endpoint)
            .UseBootstrapHandler(initializer)
            .Build()
            .RunAsync(stop);

    private static Task<Stream> Utf8(string text) => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task It_answers_each_invocation_under_its_own_id()
    {
        await using var api = await StubRuntimeApi.Start();
        using var stop = new CancellationTokenSource();
        api.Give("one", "1");
        api.Give("two", "2");

        var run = Run(api, (input, _) => Utf8($"[{new StreamReader(input).ReadToEnd()}]"), stop.Token);

        Assert.Equal(new StubRuntimeApi.Posted("invocation/one/response", "application/json", null, "[1]"), await api.Received());
        Assert.Equal(new StubRuntimeApi.Posted("invocation/two/response", "application/json", null, "[2]"), await api.Received());
        await stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task It_reads_input_and_writes_output_with_the_serializer()
    {
        await using var api = await StubRuntimeApi.Start();
        using var stop = new CancellationTokenSource();
        api.Give("one", """{"word":"ab"}""");
        Func<Dictionary<string, string>, ILambdaContext, Task<List<string>>> handler = (input, context) =>
            Task.FromResult<List<string>>([input["word"], context.Serializer.GetType().Name]);

        var run = LambdaBootstrapBuilder.Create(handler, new DefaultLambdaJsonSerializer())
            .ConfigureOptions(options => options.RuntimeApiEndpoint = api.Endpoint)
            .Build()
            .RunAsync(stop.Token);

        Assert.Equal("""["ab","DefaultLambdaJsonSerializer"]""", (await api.Received()).Body);
        await stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task The_context_says_what_the_headers_said()
    {
        await using var api = await StubRuntimeApi.Start();
        using var stop = new CancellationTokenSource();
        ILambdaContext? seen = null;
        string? traceOfProcess = null;
        var remaining = TimeSpan.Zero;
        var before = TimeProvider.System.GetUtcNow();
        api.Give("one", "{}");

        var run = Run(
            api,
            (_, context) =>
            {
                seen = context;
                remaining = context.RemainingTime;
                traceOfProcess = Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID");
                return Utf8("null");
            },
            stop.Token);
        await api.Received();
        await stop.CancelAsync();
        await run;

        Assert.Equal("one", seen!.AwsRequestId);
        Assert.Equal("arn:aws:lambda:eu-west-1:111122223333:function:f", seen.InvokedFunctionArn);
        Assert.StartsWith("Root=1-", seen.TraceId, StringComparison.Ordinal);
        Assert.StartsWith("Root=1-", traceOfProcess, StringComparison.Ordinal);
        Assert.InRange(StubRuntimeApi.Deadline - remaining, before.AddMilliseconds(-1), TimeProvider.System.GetUtcNow());
        Assert.Null(seen.Identity.IdentityId);
        Assert.Null(seen.ClientContext.Client);
    }

    [Fact]
    public async Task A_failed_invocation_is_reported_with_its_causes_and_the_loop_goes_on()
    {
        await using var api = await StubRuntimeApi.Start();
        using var stop = new CancellationTokenSource();
        var calls = 0;
        api.Give("one", "{}");
        api.Give("two", "{}");

        var run = Run(
            api,
            (_, _) => ++calls == 1
                ? throw new InvalidOperationException("no \"budget\"", new TimeoutException("slow"))
                : Utf8("2"),
            stop.Token);

        var error = await api.Received();
        Assert.Equal("invocation/one/error", error.Path);
        Assert.Equal("application/vnd.aws.lambda.error+json", error.ContentType);
        Assert.Equal("InvalidOperationException", error.ErrorType);
        using var body = JsonDocument.Parse(error.Body);
        Assert.Equal("InvalidOperationException", body.RootElement.GetProperty("errorType").GetString());
        Assert.Equal("no \"budget\"", body.RootElement.GetProperty("errorMessage").GetString());
        Assert.Contains("A_failed_invocation", body.RootElement.GetProperty("stackTrace")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal("slow", body.RootElement.GetProperty("cause").GetProperty("errorMessage").GetString());
        Assert.Equal("invocation/two/response", (await api.Received()).Path);
        await stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task An_error_too_large_for_Lambda_is_cut_to_its_type()
    {
        await using var api = await StubRuntimeApi.Start();
        using var stop = new CancellationTokenSource();
        api.Give("one", "{}");

        var run = Run(api, (_, _) => throw new InvalidOperationException(new string('x', 300_000)), stop.Token);

        var error = await api.Received();
        Assert.Equal("InvalidOperationException", error.ErrorType);
        Assert.InRange(error.Body.Length, 1, 256 * 1024);
        using var body = JsonDocument.Parse(error.Body);
        Assert.Contains("256KB", body.RootElement.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        await stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task A_failed_initialization_is_reported_and_ends_the_run()
    {
        await using var api = await StubRuntimeApi.Start();

        var run = Run(api, (_, _) => Utf8("1"), CancellationToken.None, () => throw new InvalidOperationException("no table"));

        var error = await api.Received();
        Assert.Equal("init/error", error.Path);
        Assert.Null(error.ErrorType);
        using var body = JsonDocument.Parse(error.Body);
        Assert.Equal("InvalidOperationException", body.RootElement.GetProperty("errorType").GetString());
        Assert.Equal("no table", body.RootElement.GetProperty("errorMessage").GetString());
        Assert.Equal("no table", (await Assert.ThrowsAsync<InvalidOperationException>(() => run)).Message);
    }

    [Fact]
    public async Task An_initializer_that_says_no_ends_the_run_in_peace()
    {
        await using var api = await StubRuntimeApi.Start();

        await Run(api, (_, _) => Utf8("1"), CancellationToken.None, () => Task.FromResult(false));

        Assert.Empty(api.UserAgents);
    }

    [Fact]
    public async Task A_Runtime_API_beyond_recovery_ends_the_run()
    {
        await using var api = await StubRuntimeApi.Start();
        api.StatusOfNext = 500;

        var thrown = await Assert.ThrowsAsync<RuntimeApiClientException>(() => Run(api, (_, _) => Utf8("1"), CancellationToken.None));

        Assert.Equal(500, thrown.StatusCode);
        Assert.StartsWith("aws-lambda-dotnet/", Assert.Single(api.UserAgents), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_for_work()
    {
        await using var api = await StubRuntimeApi.Start();
        using var stop = new CancellationTokenSource();
        var run = Run(api, (_, _) => Utf8("1"), stop.Token);

        await stop.CancelAsync();

        await run;
    }

    [Fact]
    public async Task A_caller_that_cancels_while_an_invocation_is_handled_ends_the_loop_without_an_answer()
    {
        await using var api = await StubRuntimeApi.Start();
        using var stop = new CancellationTokenSource();
        api.Give("one", "{}");

        await Run(
            api,
            async (_, _) =>
            {
                await stop.CancelAsync();
                return await Utf8("1");
            },
            stop.Token);

        Assert.False(api.HasReceived);
    }
}
