using System.Collections.Immutable;
using BudgetSync.LocalAws.Iam;

namespace BudgetSync.LocalAws.S3;

/// <summary>A bucket: objects by key, each with all its versions where they are kept.</summary>
internal sealed class Bucket(string name, string accountId, string region)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, ImmutableArray<StoredObject>> objects = new(StringComparer.Ordinal);

    public string Name => name;

    public string AccountId => accountId;

    public string Region => region;

    public bool KeepsVersions { get; set; }

    public PolicyDocument? Policy { get; set; }

    public bool IsEmpty
    {
        get
        {
            lock (gate) return objects.Count == 0;
        }
    }

    /// <summary>The versions of an object, oldest first; none where there is no such object.</summary>
    public ImmutableArray<StoredObject> Versions(string key)
    {
        lock (gate) return objects.GetValueOrDefault(key, []);
    }

    public void Put(StoredObject made)
    {
        lock (gate) objects[made.Key] = KeepsVersions ? [.. objects.GetValueOrDefault(made.Key, []), made] : [made];
    }
}
