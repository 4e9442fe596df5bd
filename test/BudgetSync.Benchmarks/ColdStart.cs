using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using BudgetSync.Cli.Commands.Local;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Benchmarks;

/// <summary>
/// From the start of a process to its first response over the Lambda Runtime API: our published Apply, and the kind of Python handler that the seed of
/// this project had (boto3, two clients, the same first call), taking turns in one run. Only the ratio is meant: both answer from the same stub of AWS.
/// </summary>
internal static class ColdStart
{
    private const int Rounds = 15;

    private const string PythonHandler = """
        import json, os, urllib.request, boto3
        api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
        ssm, budgets = boto3.client("ssm"), boto3.client("budgets")
        with urllib.request.urlopen(api + "next") as event:
            request_id = event.headers["Lambda-Runtime-Aws-Request-Id"]
            event.read()
        try:
            ssm.get_parameter(Name="/BudgetSync/Budgets")
            answer = {}
        except ssm.exceptions.ParameterNotFound:
            answer = {"missing": True}
        urllib.request.urlopen(urllib.request.Request(api + request_id + "/response", data=json.dumps(answer).encode(), method="POST")).read()
        """;

    public static async Task<int> RunAsync()
    {
        var published = await PublishedFunctions.PublishAsync(ConsoleContext.OfProcess(), CancellationToken.None);
        using var stub = new RuntimeStub();
        List<double> ours = [], python = [];
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(await FirstResponseAsync(stub, "dotnet", Path.Combine(published.Folder, "BudgetSync.Spoke", "BudgetSync.Spoke.dll")));
            python.Add(await FirstResponseAsync(stub, "python3", "-c", PythonHandler));
        }

        ours.Sort();
        python.Sort();
        var ratio = ours[Rounds / 2] / python[Rounds / 2];
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"median of {Rounds}: ours {ours[Rounds / 2]:0} ms, the Python handler {python[Rounds / 2]:0} ms, ratio {ratio:0.00} (goal: below 1)"));
        return ratio < 1 ? 0 : 1;
    }

    private static async Task<double> FirstResponseAsync(RuntimeStub stub, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Environment(stub.Port)) start.Environment[name] = value;
        var answered = stub.ExpectResponse();
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var errors = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        var first = await Task.WhenAny(answered, process.WaitForExitAsync());
        var elapsed = watch.Elapsed.TotalMilliseconds;
        if (first != answered && !answered.IsCompleted) throw new InvalidOperationException($"{program} ended without an answer: {await errors}");
        if (!process.HasExited) process.Kill();
        return elapsed;
    }

    private static Dictionary<string, string> Environment(int port) => new()
    {
        ["AWS_LAMBDA_RUNTIME_API"] = $"127.0.0.1:{port}",
        ["AWS_ENDPOINT_URL"] = $"http://127.0.0.1:{port}",
        ["AWS_REGION"] = "us-east-1",
        ["AWS_DEFAULT_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "111122223333",
        ["AWS_SECRET_ACCESS_KEY"] = "local",
        ["AWS_LAMBDA_FUNCTION_NAME"] = "BudgetSync-Apply",
        ["BUDGETSYNC_FUNCTION"] = "Apply",
        ["BUDGETSYNC_ACCOUNT_ID"] = "111122223333",
        ["BUDGETSYNC_PARAMETER_NAME"] = "/BudgetSync/Budgets",
        ["BUDGETSYNC_DEFAULT_BUDGET_NAME"] = "SpokeAccountBudget",
        ["BUDGETSYNC_EMAIL_RECIPIENT"] = "finops@example.com",
    };

    /// <summary>A Runtime API with one invocation, and an AWS that knows no parameter.</summary>
    private sealed class RuntimeStub : IDisposable
    {
        private readonly HttpListener listener = new();
        private TaskCompletionSource answered = new();

        public RuntimeStub()
        {
            using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            Port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
            listener.Start();
            _ = ServeAsync();
        }

        public int Port { get; }

        public Task ExpectResponse()
        {
            answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return answered.Task;
        }

        public void Dispose() => listener.Close();

        private async Task ServeAsync()
        {
            var given = new HashSet<TaskCompletionSource>();
            while (listener.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await listener.GetContextAsync();
                }
                catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                var path = context.Request.Url?.AbsolutePath ?? "";
                if (path.EndsWith("/invocation/next", StringComparison.Ordinal))
                {
                    // A second poll of the same process waits for an event that never comes.
                    if (!given.Add(answered)) continue;
                    context.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = "00000000-0000-4000-8000-000000000001";
                    context.Response.Headers["Lambda-Runtime-Deadline-Ms"] = "4102444800000";
                    context.Response.Headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:us-east-1:111122223333:function:BudgetSync-Apply";
                    Answer(context, 200, "{}");
                }
                else if (path.EndsWith("/response", StringComparison.Ordinal))
                {
                    // The body is Lambda's own: the official runtime client fails without it.
                    Answer(context, 202, """{"status":"OK"}""");
                    answered.TrySetResult();
                }
                else
                {
                    Answer(context, 400, """{"__type":"ParameterNotFound","message":"There is none."}""");
                }
            }
        }

        private static void Answer(HttpListenerContext context, int status, string body)
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/x-amz-json-1.1";
            context.Response.OutputStream.Write(Encoding.UTF8.GetBytes(body));
            context.Response.Close();
        }
    }
}
