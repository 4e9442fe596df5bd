using System.Diagnostics;

namespace BudgetSync.Compat.Tests.Lambda;

public sealed class FunctionProcessTests
{
    private const int TerminatedBySignal = 128 + 15;

    private static Process Start(StubRuntimeApi api) => Process.Start(new ProcessStartInfo("dotnet", [typeof(EchoFunction).Assembly.Location])
    {
        Environment = { ["AWS_LAMBDA_RUNTIME_API"] = api.Endpoint },
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>Our stand-in ends in peace; the official package leaves SIGTERM to .NET, which ends with the signal's code.</summary>
    [Fact]
    public async Task It_finds_its_Runtime_API_in_the_environment_and_SIGTERM_ends_it()
    {
        await using var api = await StubRuntimeApi.Start();
        api.Give("one", "\"hello\"");
        using var function = Start(api);
        Assert.Equal("\"hello\"", (await api.Received()).Body);

        using var kill = Process.Start("kill", ["-TERM", $"{function.Id}"]);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await function.WaitForExitAsync(patience.Token);

        Assert.Contains(function.ExitCode, new[] { 0, TerminatedBySignal });
    }

    /// <summary>Ours answers what it was given first; the official package leaves SIGTERM to .NET here too, and then Lambda hears of the end instead.</summary>
    [Fact]
    public async Task What_was_handed_out_is_answered_even_while_stopping()
    {
        await using var api = await StubRuntimeApi.Start();
        api.Give("one", EchoFunction.Slow);
        using var function = Start(api);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await function.StandardOutput.ReadLineAsync(patience.Token) is { } line && !line.Contains("handling", StringComparison.Ordinal))
        {
            // The official package logs before it handles.
        }

        using var kill = Process.Start("kill", ["-TERM", $"{function.Id}"]);
        await function.WaitForExitAsync(patience.Token);

        Assert.Contains(function.ExitCode, new[] { 0, TerminatedBySignal });
        if (function.ExitCode == 0) Assert.Equal("invocation/one/response", (await api.Received()).Path);
    }

    [Fact]
    public async Task It_fails_when_the_Runtime_API_is_beyond_recovery()
    {
        await using var api = await StubRuntimeApi.Start();
        api.StatusOfNext = 500;
        using var function = Start(api);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));

        var said = await function.StandardError.ReadToEndAsync(patience.Token);
        await function.WaitForExitAsync(patience.Token);

        Assert.NotEqual(0, function.ExitCode);
        Assert.Contains("RuntimeApiClientException", said, StringComparison.Ordinal);
    }
}
