using System.Diagnostics;

namespace BudgetSync.Benchmarks;

/// <summary>One run of the tool in a process of its own, against a local AWS in this one.</summary>
/// <param name="Clock">From its start to its end.</param>
/// <param name="Own">What it took of a processor.</param>
/// <param name="Cloud">What this process, with the local AWS and all functions, took of one meanwhile.</param>
/// <param name="Peak">Bytes of its memory at most.</param>
internal sealed record ToolRun(int ExitCode, TimeSpan Clock, TimeSpan Own, TimeSpan Cloud, long Peak)
{
    /// <summary>Seldom enough that looking, which counts as the cloud's time, is nothing beside it.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The clock, or the time of this machine's processors: on a machine with other work the second says more than the first, so the smaller counts.
    /// </summary>
    public TimeSpan Counts => (Own + Cloud) / Environment.ProcessorCount is var processors && processors < Clock ? processors : Clock;

    public static async Task<ToolRun> MeasureAsync(string home, Uri address, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "budgetsync.dll"), .. arguments]) { RedirectStandardOutput = true };
        foreach (var (name, value) in new[]
        {
            ("AWS_ENDPOINT_URL", address.ToString()), ("AWS_REGION", "us-east-1"), ("AWS_ACCESS_KEY_ID", "999999999999"), ("AWS_SECRET_ACCESS_KEY", "local"),
            ("BUDGETSYNC_HOME", home),
        }) start.Environment[name] = value;
        var (began, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var (peak, own) = (0L, TimeSpan.Zero);
        while (!process.HasExited)
        {
            try
            {
                process.Refresh();
                (peak, own) = (Math.Max(peak, process.PeakWorkingSet64), process.TotalProcessorTime);
            }
            catch (InvalidOperationException) when (process.HasExited)
            {
                // It ended between the two; what was read last counts.
            }

            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(Look, TimeProvider.System));
        }

        var (clock, cloud) = (Stopwatch.GetElapsedTime(began), Environment.CpuUsage.TotalTime - used);
        await output;
        return new(process.ExitCode, clock, own, cloud, peak);
    }
}
