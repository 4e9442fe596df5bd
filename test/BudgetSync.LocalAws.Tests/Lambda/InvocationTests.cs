using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Tests.Iam;

namespace BudgetSync.LocalAws.Tests.Lambda;

public sealed class InvocationTests : IAsyncDisposable
{
    private readonly World world = new();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_synchronous_invocation_answers_what_the_code_returns()
    {
        world.Function(World.Spoke, "Echo", (input, _) => Task.FromResult($$"""{"got":{{input["a"]}}}"""));

        var (body, error) = await InvokeAsync("Echo", """{"a":1}""");

        Assert.Equal("""{"got":1}""", body);
        Assert.Null(error);
    }

    [Fact]
    public async Task An_exception_is_a_function_error_with_its_type_message_and_stack()
    {
        world.Function(World.Spoke, "Bad", (_, _) => throw new FormatException("no number"));

        var (body, error) = await InvokeAsync("Bad");

        Assert.Equal("Unhandled", error);
        Assert.Equal("FormatException", JsonNode.Parse(body)!["errorType"]!.ToString());
        Assert.Equal("no number", JsonNode.Parse(body)!["errorMessage"]!.ToString());
        Assert.NotEmpty(JsonNode.Parse(body)!["stackTrace"]!.AsArray());
    }

    [Fact]
    public async Task Code_that_runs_over_the_functions_timeout_is_cut_off_and_its_environment_replaced()
    {
        var environments = 0;
        world.Function(World.Spoke, "Slow", environment =>
        {
            environments++;
            return async (input, _) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(input["seconds"]!.GetValue<int>()), environment.Time);
                return "{}";
            };
        });

        var late = InvokeAsync("Slow", """{"seconds":10}""");
        world.Clock.Advance(TimeSpan.FromSeconds(3));
        var (body, error) = await late;
        var next = InvokeAsync("Slow", """{"seconds":1}""");
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        await next;

        Assert.Equal("Unhandled", error);
        Assert.EndsWith("Task timed out after 3.00 seconds", JsonNode.Parse(body)!["errorMessage"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, environments);
    }

    [Fact]
    public async Task A_warm_environment_is_used_again_and_another_is_started_only_for_concurrency()
    {
        var environments = 0;
        var gates = new Queue<TaskCompletionSource>();
        world.Function(World.Spoke, "Warm", _ =>
        {
            environments++;
            return async (_, _) =>
            {
                if (gates.TryDequeue(out var gate)) await gate.Task;
                return "{}";
            };
        });
        await InvokeAsync("Warm");
        await InvokeAsync("Warm");
        Assert.Equal(1, environments);

        var hold = new TaskCompletionSource();
        gates.Enqueue(hold);
        var first = InvokeAsync("Warm");
        await InvokeAsync("Warm");
        hold.SetResult();
        await first;

        Assert.Equal(2, environments);
    }

    [Fact]
    public async Task An_environment_is_replaced_before_its_credentials_end_and_when_its_definition_changes()
    {
        var environments = 0;
        world.Function(World.Spoke, "Fresh", _ =>
        {
            environments++;
            return (_, _) => Task.FromResult("{}");
        });
        await InvokeAsync("Fresh");
        world.Clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromMinutes(5));
        await InvokeAsync("Fresh");
        Assert.Equal(2, environments);

        world.Cloud.Lambda.PutFunction(world.Cloud.Lambda.FindFunction(World.Spoke, "Fresh")! with { MemoryMegabytes = 1024 });
        await InvokeAsync("Fresh");

        Assert.Equal(3, environments);
    }

    [Fact]
    public async Task The_codes_calls_are_made_by_a_session_of_its_role()
    {
        world.Function(World.Spoke, "Who", environment => async (_, _) =>
        {
            var api = new Api(environment.CreateHandler(), environment.Variables["AWS_ACCESS_KEY_ID"], environment.Variables["AWS_SESSION_TOKEN"]);
            return $"\"{(await api.QueryAsync("sts", "GetCallerIdentity")).Element("Arn")!.Value}\"";
        });

        var (body, _) = await InvokeAsync("Who");

        Assert.Equal($"\"arn:aws:sts::{World.Spoke}:assumed-role/WhoRole/Who\"", body);
    }

    [Fact]
    public async Task The_environment_holds_the_functions_variables_and_Lambdas_own()
    {
        world.Function(
            World.Spoke,
            "Vars",
            environment => (
                _,
                _) =>
                    Task.FromResult(
                        $"\"{environment.Variables["COLOUR"]} {environment.Variables["AWS_REGION"]} {environment.Variables["AWS_LAMBDA_FUNCTION_NAME"]} "
                            + $"{environment.Variables["_HANDLER"]} {environment.Variables["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]}\""),
            shape: function => function with { Environment = function.Environment.Add("COLOUR", "green"), MemoryMegabytes = 512 });

        var (body, _) = await InvokeAsync("Vars");

        Assert.Equal("\"green us-east-1 Vars Vars 512\"", body);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task A_crash_at_a_call_kills_the_environment_before_or_after_the_call_took_effect(bool afterEffect, int messages)
    {
        var queue = world.Queue(World.Spoke, "work");
        var reached = new List<string>();
        world.Function(
            World.Spoke,
            "Dies",
            environment => async (_, _) =>
            {
                var api = new Api(environment.CreateHandler(), environment.Variables["AWS_ACCESS_KEY_ID"], environment.Variables["AWS_SESSION_TOKEN"]);
                foreach (var body in new[] { "1", "2" })
                {
                    await api.JsonAsync("AmazonSQS.SendMessage", new JsonObject { ["QueueUrl"] = $"https://q/{World.Spoke}/work", ["MessageBody"] = body });
                    reached.Add(body);
                }

                return "{}";
            },
            [Policies.Allow("sqs:SendMessage")]);
        var calls = 0;
        world.Cloud.Faults.OnCalls(call => call.Operation == "SendMessage" && calls++ == 0 ? new Fault.Crash(afterEffect) : null);

        var (body, error) = await InvokeAsync("Dies");

        Assert.Equal("Unhandled", error);
        Assert.Equal("Runtime.ExitError", JsonNode.Parse(body)!["errorType"]!.ToString());
        Assert.Equal(messages, world.Cloud.Sqs.Messages(queue).Count);
        Assert.Empty(reached);
    }

    [Fact]
    public async Task Invocations_beyond_the_accounts_concurrency_are_throttled()
    {
        world.Cloud.Lambda.ConcurrencyPerAccount = 1;
        var hold = new TaskCompletionSource<string>();
        world.Function(World.Spoke, "Busy", (_, _) => hold.Task);
        var first = InvokeAsync("Busy");

        using var api = new Api(world.Cloud, World.Spoke);
        using var refused = await api.RestAsync("POST", "/2015-03-31/functions/Busy/invocations");
        hold.SetResult("{}");
        await first;
        await InvokeAsync("Busy");

        Assert.Equal(429, (int)refused.StatusCode);
        Assert.Equal("TooManyRequestsException", refused.Headers.GetValues("x-amzn-ErrorType").Single());
    }

    [Theory]
    [InlineData("RequestResponse", "nope")]
    [InlineData("Event", "nope")]
    [InlineData("Event", "{\"a\":1")]
    public async Task A_payload_that_is_no_JSON_is_refused(string type, string payload)
    {
        world.Function(World.Spoke, "One");
        using var api = new Api(world.Cloud, World.Spoke);
        using var refused = await api.RestAsync("POST", "/2015-03-31/functions/One/invocations", payload, headers: ("X-Amz-Invocation-Type", type));

        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Equal("InvalidRequestContentException", refused.Headers.GetValues("x-amzn-ErrorType").Single());
    }

    [Fact]
    public async Task A_function_is_described_and_listed_in_its_account_only()
    {
        world.Function(World.Spoke, "One");
        using var own = new Api(world.Cloud, World.Spoke);
        using var other = new Api(world.Cloud, World.Management);

        using var described = await own.RestAsync("GET", "/2015-03-31/functions/One");
        using var listed = await own.RestAsync("GET", "/2015-03-31/functions/");
        using var missing = await other.RestAsync("GET", "/2015-03-31/functions/One");

        Assert.Contains(
            $"\"FunctionArn\":\"arn:aws:lambda:us-east-1:{World.Spoke}:function:One\"",
            await described.Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
        Assert.Contains("\"FunctionName\":\"One\"", await listed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(404, (int)missing.StatusCode);
    }

    [Fact]
    public async Task A_function_whose_role_may_write_logs_keeps_its_lines_and_one_whose_role_may_not_keeps_none()
    {
        foreach (var (name, allowed) in new[] { ("Loud", new[] { Policies.Allow("logs:*") }), ("Mute", []) })
        {
            world.Function(
                World.Spoke,
                name,
                environment => (_, _) =>
                {
                    environment.Log("hello");
                    return Task.FromResult("{}");
                },
                allowed);
            await InvokeAsync(name);
        }

        Assert.Equal(["hello"], world.Cloud.Lambda.Logs(World.Spoke, "Loud"));
        Assert.Empty(world.Cloud.Lambda.Logs(World.Spoke, "Mute"));
    }

    [Fact]
    public void A_role_that_Lambda_may_not_assume_is_refused()
    {
        var role = world.Cloud.Iam.PutRole(
            World.Spoke,
            Policies.Role("Closed", """{"Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sts:AssumeRole"}]}""", []));

        var error = Assert.Throws<AwsException>(() => world.Cloud.Lambda.PutFunction(new(World.Spoke, "F", role.Arn, "F")));

        Assert.Equal("InvalidParameterValueException", error.Code);
        Assert.Contains("cannot be assumed by Lambda", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS_REGION", "x")]
    [InlineData("1X", "x")]
    [InlineData("BIG", null)]
    public void A_reserved_malformed_or_too_large_variable_is_refused(string name, string? value)
    {
        var error =
            Assert.Throws<AwsException>(
                () => world.Function(
                    World.Spoke,
                    "F",
                    shape: function => function with { Environment = function.Environment.Add(name, value ?? new string('x', 4094)) }));

        Assert.Equal("InvalidParameterValueException", error.Code);
    }

    [Fact]
    public async Task A_payload_over_6_MB_is_refused()
    {
        world.Function(World.Spoke, "F");
        using var api = new Api(world.Cloud, World.Spoke);

        using var refused = await api.RestAsync("POST", "/2015-03-31/functions/F/invocations", $"\"{new string('x', 6 * 1024 * 1024)}\"");

        Assert.Equal(413, (int)refused.StatusCode);
    }

    private async Task<(string Body, string? Error)> InvokeAsync(string function, string payload = "{}")
    {
        using var api = new Api(world.Cloud, World.Spoke);
        using var response = await api.RestAsync("POST", $"/2015-03-31/functions/{function}/invocations", payload);
        Assert.Equal(200, (int)response.StatusCode);
        return (
            Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync()),
            response.Headers.TryGetValues("X-Amz-Function-Error", out var errors) ? errors.Single() : null);
    }
}
