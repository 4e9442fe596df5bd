using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Lambda;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.Lambda;

public sealed class RuntimeApiTests : IAsyncLifetime
{
    private readonly LocalCloud cloud = new();
    private readonly HttpClient client = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly List<Runtime> runtimes = [];

    public async Task InitializeAsync()
    {
        await cloud.ListenAsync(0, CancellationToken.None);
        var role = cloud.Iam.PutRole(World.Spoke, Policies.Role("Role", Policies.Allow("logs:*")));
        cloud.Lambda.PutFunction(new FunctionDefinition(World.Spoke, "F", role.Arn, "Code") { Timeout = TimeSpan.FromSeconds(60) });
        cloud.Lambda.UseRuntimeApi("Code", Launch, maximumProcesses: 1);
    }

    public async Task DisposeAsync()
    {
        await cloud.DisposeAsync();
        client.Dispose();
    }

    [Fact]
    public async Task A_runtime_gets_an_invocation_with_its_headers_and_posts_the_answer()
    {
        var answer = InvokeAsync("""{"a":1}""");
        var runtime = await LaunchedAsync();
        using var next = await runtime.NextAsync();
        var id = next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();

        Assert.Equal("""{"a":1}""", await next.Content.ReadAsStringAsync());
        Assert.Equal($"arn:aws:lambda:us-east-1:{World.Spoke}:function:F", next.Headers.GetValues("Lambda-Runtime-Invoked-Function-Arn").Single());
        Assert.True(
            long.Parse(
                next.Headers.GetValues("Lambda-Runtime-Deadline-Ms").Single(),
                System.Globalization.CultureInfo.InvariantCulture) > cloud.Time.GetUtcNow()
                .ToUnixTimeMilliseconds());
        Assert.StartsWith("Root=1-", next.Headers.GetValues("Lambda-Runtime-Trace-Id").Single(), StringComparison.Ordinal);
        Assert.Equal(202, await runtime.PostAsync($"invocation/{id}/response", """{"done":true}"""));
        Assert.Equal(("""{"done":true}""", null), await answer);
    }

    [Fact]
    public async Task The_same_runtime_is_asked_again_while_it_is_warm()
    {
        var first = InvokeAsync("1");
        var runtime = await LaunchedAsync();
        await runtime.AnswerAsync("\"one\"");
        await first;
        var second = InvokeAsync("2");
        await runtime.AnswerAsync("\"two\"");

        Assert.Equal(("\"two\"", null), await second);
        Assert.Single(runtimes);
    }

    [Fact]
    public async Task An_invocation_beyond_the_bound_of_processes_waits_for_its_turn()
    {
        var first = InvokeAsync("1");
        var runtime = await LaunchedAsync();
        using var taken = await runtime.NextAsync();
        var second = InvokeAsync("2");
        Assert.False(second.IsCompleted);

        await runtime.PostAsync($"invocation/{taken.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single()}/response", "\"one\"");
        await first;
        await runtime.AnswerAsync("\"two\"");

        Assert.Equal(("\"two\"", null), await second);
    }

    [Fact]
    public async Task An_error_that_the_runtime_posts_is_the_functions_error()
    {
        var answer = InvokeAsync("1");
        var runtime = await LaunchedAsync();
        using var next = await runtime.NextAsync();

        var status =
            await runtime.PostAsync(
                $"invocation/{next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single()}/error",
                """{"errorMessage":"no","errorType":"T"}""");

        Assert.Equal(202, status);
        Assert.Equal(("""{"errorMessage":"no","errorType":"T"}""", "Unhandled"), await answer);
    }

    [Fact]
    public async Task An_initialization_error_ends_the_invocation()
    {
        var answer = InvokeAsync("1");
        var runtime = await LaunchedAsync();

        Assert.Equal(202, await runtime.PostAsync("init/error", """{"errorMessage":"no settings","errorType":"Init"}"""));
        Assert.Equal(("""{"errorMessage":"no settings","errorType":"Init"}""", "Unhandled"), await answer);
    }

    [Fact]
    public async Task A_runtime_that_exits_ends_the_invocation_and_the_next_one_starts_another()
    {
        var answer = InvokeAsync("1");
        var runtime = await LaunchedAsync();
        runtime.Exit(7);
        var (body, error) = await answer;

        var next = InvokeAsync("2");
        await (await LaunchedAsync(2)).AnswerAsync("\"two\"");

        Assert.Equal("Unhandled", error);
        Assert.Equal("Runtime.ExitError", JsonNode.Parse(body)!["errorType"]!.ToString());
        Assert.Contains("exit status 7", body, StringComparison.Ordinal);
        Assert.Equal(("\"two\"", null), await next);
    }

    [Fact]
    public async Task An_answer_to_another_request_id_is_refused()
    {
        var answer = InvokeAsync("1");
        var runtime = await LaunchedAsync();
        using var next = await runtime.NextAsync();

        Assert.Equal(400, await runtime.PostAsync("invocation/other/response", "1"));
        await runtime.PostAsync($"invocation/{next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single()}/response", "1");
        await answer;
    }

    [Theory]
    [InlineData("never-there/2018-06-01/runtime/invocation/next")]
    [InlineData("/2018-06-01/runtime/invocation/next")]
    [InlineData("never-there")]
    public async Task An_environment_that_never_was_is_forbidden(string path)
    {
        using var answer = await client.GetAsync(new Uri(cloud.Address!, $"/_runtime/{path}"));

        Assert.Equal(403, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_waiting_runtime_is_told_to_exit_when_the_cloud_ends()
    {
        var answer = InvokeAsync("1");
        var runtime = await LaunchedAsync();
        await runtime.AnswerAsync("1");
        await answer;
        var poll = runtime.NextAsync();

        await cloud.Lambda.DisposeAsync();

        Assert.Equal(500, (int)(await poll).StatusCode);
        Assert.True(runtime.Killed);
    }

    [Fact]
    public async Task A_real_process_that_exits_is_a_function_error()
    {
        cloud.Lambda.UseProcesses("Code", new ProcessCommand("dotnet", ["no-such-assembly-of-ours.dll"]));

        var (body, error) = await InvokeAsync("1");

        Assert.Equal("Unhandled", error);
        Assert.Equal("Runtime.ExitError", JsonNode.Parse(body)!["errorType"]!.ToString());
    }

    private Runtime Launch(FunctionEnvironment environment, ImmutableDictionary<string, string> variables)
    {
        var runtime = new Runtime(client, $"http://{variables["AWS_LAMBDA_RUNTIME_API"]}/2018-06-01/runtime/");
        Assert.Equal(cloud.Address!.GetLeftPart(UriPartial.Authority), variables["AWS_ENDPOINT_URL"]);
        lock (runtimes)
        {
            runtimes.Add(runtime);
            Monitor.PulseAll(runtimes);
        }

        return runtime;
    }

    /// <summary>The runtime that was launched as the given one in order; waits until it is.</summary>
    private Task<Runtime> LaunchedAsync(int order = 1) => Task.Run(() =>
    {
        lock (runtimes)
        {
            while (runtimes.Count < order) Assert.True(Monitor.Wait(runtimes, TimeSpan.FromSeconds(30)), "no runtime was launched");
            return runtimes[order - 1];
        }
    });

    private async Task<(string Body, string? Error)> InvokeAsync(string payload)
    {
        using var api = new Api(cloud, World.Spoke);
        using var response = await api.RestAsync("POST", "/2015-03-31/functions/F/invocations", payload);
        return (await response.Content.ReadAsStringAsync(), response.Headers.TryGetValues("X-Amz-Function-Error", out var errors) ? errors.Single() : null);
    }

    private sealed class Runtime(HttpClient client, string root) : IRuntimeProcess
    {
        private readonly TaskCompletionSource<int> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<int> Exited => exited.Task;

        public bool Killed { get; private set; }

        public void Exit(int code) => exited.TrySetResult(code);

        public Task<HttpResponseMessage> NextAsync() => client.GetAsync(new Uri($"{root}invocation/next"));

        public async Task<int> PostAsync(string path, string body)
        {
            using var content = new StringContent(body, Encoding.UTF8);
            using var response = await client.PostAsync(new Uri(root + path), content);
            return (int)response.StatusCode;
        }

        public async Task AnswerAsync(string body)
        {
            using var next = await NextAsync();
            await PostAsync($"invocation/{next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single()}/response", body);
        }

        public ValueTask DisposeAsync()
        {
            Killed = true;
            exited.TrySetResult(137);
            return ValueTask.CompletedTask;
        }
    }
}
