using System.Collections.Concurrent;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>One call as it was answered.</summary>
/// <param name="ErrorCode">The AWS error code, or null where the call succeeded.</param>
public sealed record LoggedCall(DateTimeOffset At, AwsCall Call, string? ErrorCode);

/// <summary>Every call made, in the order answered: what a test counts when it says that a no-op makes no call.</summary>
public sealed class CallLog
{
    /// <summary>The log forgets its oldest half beyond this many calls, so that a cloud left running overnight stays small.</summary>
    public const int MaximumCalls = 2_000_000;

    private readonly ConcurrentDictionary<(string Service, string Operation), int> counts = new();
    private readonly Lock gate = new();
    private List<LoggedCall> calls = [];

    /// <summary>A copy of what was logged since the last <see cref="Clear"/>.</summary>
    public IReadOnlyList<LoggedCall> Calls
    {
        get
        {
            lock (gate) return [.. calls];
        }
    }

    /// <summary>How many calls of one operation were made, failed ones included.</summary>
    public int Count(string service, string operation) => counts.GetValueOrDefault((service, operation));

    public void Clear()
    {
        lock (gate)
        {
            calls = [];
            counts.Clear();
        }
    }

    internal void Add(LoggedCall call)
    {
        lock (gate)
        {
            if (calls.Count >= MaximumCalls) calls = calls[(MaximumCalls / 2)..];
            calls.Add(call);
            counts.AddOrUpdate((call.Call.Service, call.Call.Operation), 1, (_, number) => number + 1);
        }
    }
}
