using System.Text;

namespace BudgetSync.Cli.Tests.Commands.Local;

/// <summary>A writer that tells when a text has been written, so that a test waits for what happens and not for time to pass.</summary>
internal sealed class SignallingWriter : TextWriter
{
    private readonly StringBuilder text = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> waiting = [];

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        lock (text)
        {
            text.Append(value);
            foreach (var (wanted, seen) in waiting.Where(wait => Has(wait.Text))) seen.TrySetResult();
        }
    }

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public Task UntilAsync(string wanted)
    {
        lock (text)
        {
            if (Has(wanted)) return Task.CompletedTask;
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((wanted, seen));
            return seen.Task;
        }
    }

    public override string ToString()
    {
        lock (text) return text.ToString();
    }

    private bool Has(string wanted) => text.ToString().Contains(wanted, StringComparison.Ordinal);
}
