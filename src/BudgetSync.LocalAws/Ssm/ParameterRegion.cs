using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Ssm;

/// <summary>The parameters of one account in one region.</summary>
internal sealed class ParameterRegion
{
    private readonly Queue<DateTimeOffset> puts = new();

    public Lock Gate { get; } = new();

    /// <summary>By <see cref="ParameterName.Key"/>, in ordinal order. Guarded by <see cref="Gate"/>.</summary>
    public SortedDictionary<string, Parameter> Parameters { get; } = new(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, string>? TagsOf(string? key)
    {
        lock (Gate) return key is not null && Parameters.TryGetValue(key, out var parameter) ? parameter.Tags : null;
    }

    /// <summary>Counts a PutParameter; false where the last second already holds <paramref name="perSecond"/> of them.</summary>
    public bool TakePut(DateTimeOffset now, int perSecond)
    {
        if (perSecond <= 0) return true;
        while (puts.TryPeek(out var oldest) && oldest <= now - TimeSpan.FromSeconds(1)) puts.Dequeue();
        if (puts.Count >= perSecond) return false;
        puts.Enqueue(now);
        return true;
    }
}
