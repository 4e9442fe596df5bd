using System.Collections.Immutable;
using System.Diagnostics;

namespace BudgetSync.LocalAws.Lambda;

/// <summary>A function's executable as a real process. Its output is the function's log; it dies with its environment, by its own id.</summary>
internal sealed class FunctionProcess : IRuntimeProcess
{
    /// <summary>How long to wait for a killed process to be gone.</summary>
    private static readonly TimeSpan ExitTime = TimeSpan.FromSeconds(5);

    private readonly Process process;

    private FunctionProcess(Process process, Action<string> log)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Write(log, line.Data);
        process.ErrorDataReceived += (_, line) => Write(log, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Exited = WaitAsync();
    }

    public Task<int> Exited { get; }

    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public static FunctionProcess Start(ProcessCommand command, ImmutableDictionary<string, string> variables, Action<string> log)
    {
        var start = new ProcessStartInfo(command.FileName, command.Arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // Nothing of whoever runs this cloud may leak into a function: neither credentials nor endpoints nor profiles.
        foreach (var inherited in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(inherited);
        foreach (var (name, value) in variables) start.Environment[name] = value;
        return new FunctionProcess(Process.Start(start) ?? throw new InvalidOperationException($"The program {command.FileName} did not start."), log);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        using var patience = new CancellationTokenSource(ExitTime, TimeProvider.System);
        await Task.WhenAny(Exited, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, patience.Token));
        process.Dispose();
    }

    private async Task<int> WaitAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static void Write(Action<string> log, string? line)
    {
        if (line is not null) log(line);
    }
}
