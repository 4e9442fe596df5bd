using System.Collections.Concurrent;

namespace BudgetSync.LocalAws.Kernel;

/// <summary>One call as it was answered.</summary>
/// <param name="ErrorCode">The AWS error code, or null where the call succeeded.</param>
public sealed record LoggedCall(DateTimeOffset At, AwsCall Call, string? ErrorCode);

/// <summary>The calls made, in the order answered: what a test counts when it says that a no-op makes no call.</summary>
/// <param name="kept">How many of the newest calls are kept whole (<see cref="LocalCloudOptions.CallsKept"/>); all are counted.</param>
public sealed class CallLog(int kept)
{
    private readonly ConcurrentDictionary<(string Service, string Operation), int> counts = new();
    private readonly Lock gate = new();
    private List<LoggedCall> calls = [];

    /// <summary>A copy of what was logged since the last <see cref="Clear"/>, the oldest left out where there were more than are kept.</summary>
    /// <exception cref="InvalidOperationException">None is kept: an empty answer would say that none was made.</exception>
    public IReadOnlyList<LoggedCall> Calls
    {
        get
        {
            if (kept == 0)
                throw new InvalidOperationException($"This cloud keeps no calls ({nameof(LocalCloudOptions)}.{nameof(LocalCloudOptions.CallsKept)}).");
            lock (gate) return [.. calls];
        }
    }

    /// <summary>How many calls of one operation were made, failed ones included.</summary>
    public int Count(string service, string operation) => counts.GetValueOrDefault((service, operation));

    /// <summary>How many calls of each operation were made, failed ones included.</summary>
    public IReadOnlyDictionary<(string Service, string Operation), int> Counts => counts;

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
            if (kept > 0)
            {
                // Half at once: moving all the others for every call would take longer than the calls.
                if (calls.Count >= kept) calls.RemoveRange(0, (calls.Count + 1) / 2);
                calls.Add(call);
            }

            counts.AddOrUpdate((call.Call.Service, call.Call.Operation), 1, (_, number) => number + 1);
        }
    }
}
