using System.Diagnostics;
using System.Globalization;

namespace BudgetSync.Cli.Tests.Commands.Local;

/// <summary>A <c>budgetsync local</c> in a process of its own, ended as scripts, containers and CI jobs end a process.</summary>
public sealed class TerminatedLocalTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_that_asks_a_process_to_end_ends_it_in_order(string signal)
    {
        string[] command = ["dotnet", Path.Combine(AppContext.BaseDirectory, "budgetsync.dll"), "local", "--empty", "--port", "0"];
        // A shell starts what runs in its background with SIGINT ignored, and all below inherit that, these tests and their process too.
        if (OperatingSystem.IsLinux()) command = ["env", "--default-signal=INT", .. command];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var local = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        try
        {
            await UntilReadyAsync(local);
            using var kill = Process.Start("kill", [$"-{signal}", local.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();

            // Whoever ignores the signal would wait here for ever; a minute is generous on any machine.
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            await local.WaitForExitAsync(patience.Token);

            Assert.Equal(ExitCode.Done, local.ExitCode);
            Assert.DoesNotContain("Exception", await local.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
        }
        finally
        {
            local.Kill();
        }
    }

    private static async Task UntilReadyAsync(Process local)
    {
        while (await local.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Contains("Ctrl+C ends it", StringComparison.Ordinal)) return;
        }

        throw new InvalidOperationException("It ended before it was ready.");
    }
}
