namespace BudgetSync.LocalAws.Lambda;

/// <summary>A function's newest lines, over all its environments.</summary>
internal sealed class FunctionLog
{
    public const int MaximumLines = 2_000;

    private readonly Lock gate = new();
    private readonly Queue<string> lines = new();

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (gate) return [.. lines];
        }
    }

    public void Add(string line)
    {
        lock (gate)
        {
            if (lines.Count >= MaximumLines) lines.Dequeue();
            lines.Enqueue(line);
        }
    }
}
