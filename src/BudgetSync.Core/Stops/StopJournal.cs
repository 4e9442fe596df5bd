using System.Security.Cryptography;
using System.Text;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Stops;

/// <summary>
/// What a spoke has stopped, written down before it stops anything. A mark is a tag, which whoever may tag a resource can write: only a mark that stands in the
/// journal is ours, and what has another is neither started nor resized.
/// </summary>
public static class StopJournal
{
    /// <summary>Its parameter in the spoke.</summary>
    public const string ParameterName = "/BudgetSync/Stopped";

    /// <summary>So many resources are stopped at most: a journal of them takes less than half of the hundred versions that AWS keeps.</summary>
    public const int Most = 5000;

    private const int DigestBytes = 12;

    /// <summary>
    /// The entry of a resource with this mark, the region and a digest of both, <c>eu-west-1:5Qm9…</c>: the same resource with another size, or another one
    /// with this mark, has another.
    /// </summary>
    public static string EntryOf(StoppableResource resource, StopMark mark)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{resource.Arn}\n{mark.Text}")).AsSpan(0, DigestBytes);
        return $"{resource.Region}:{Convert.ToBase64String(digest)}";
    }

    /// <summary>The region of an entry; "" of what is none.</summary>
    public static string RegionOf(string entry) => entry[..Math.Max(0, entry.IndexOf(':', StringComparison.Ordinal))];

    /// <summary>The resource as it is to be taken: without its mark where that is not ours.</summary>
    public static StoppableResource Believed(this OwnJournal journal, StoppableResource resource) =>
        resource.Mark is not { } mark || journal.Entries.Contains(EntryOf(resource, mark))
            ? resource
            : resource with { Tags = resource.Tags.Items.Remove(StopMark.Key) };
}
