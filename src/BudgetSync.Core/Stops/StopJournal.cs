using System.Collections.Immutable;
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

    /// <summary>Of no letter of base64: ends the entry of a mark of which nothing says whose it is.</summary>
    private const char Unknown = '?';

    /// <summary>Ends the entry of a region whose marks nobody has looked through since a part of the journal was lost.</summary>
    private const string Lost = "??";

    /// <summary>
    /// The entry of a resource with this mark, the region and a digest of both, <c>eu-west-1:5Qm9…</c>: the same resource with another size, or another one
    /// with this mark, has another.
    /// </summary>
    public static string EntryOf(StoppableResource resource, StopMark mark)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{resource.Arn}\n{mark.Text}")).AsSpan(0, DigestBytes);
        return $"{resource.Region}:{Convert.ToBase64String(digest)}";
    }

    /// <summary>The entry of a mark that was found when neither the journal nor AWS said whose it is.</summary>
    public static string UnknownOf(StoppableResource resource, StopMark mark) => $"{EntryOf(resource, mark)}{Unknown}";

    /// <summary>
    /// Whether its mark may be ours, and may be a person's: a part of the journal was gone when it was found. It is left as it is, and told until the mark is
    /// taken off. What Apply wrote down itself is its own, although another run found the mark before it could read that.
    /// </summary>
    public static bool IsUnknown(this OwnJournal journal, StoppableResource resource) =>
        resource.Mark is { } mark && journal.Entries.Contains(UnknownOf(resource, mark)) && !journal.Entries.Contains(EntryOf(resource, mark));

    /// <summary>Whether its mark is one that the journal does not have at all: a person's.</summary>
    public static bool IsMissing(this OwnJournal journal, StoppableResource resource) =>
        resource.Mark is not null && journal.Believed(resource).Mark is null && !journal.IsUnknown(resource);

    /// <summary>
    /// The journal with all the marks that there are, where a part of it is gone: ours are those that are left in it, and those that AWS itself explains; of
    /// the others nothing says whose they are. A whole one is as it is. Where nothing is left of it there may never have been one, so AWS explains nothing:
    /// whoever may tag resources, and no more, has none started.
    /// </summary>
    /// <param name="found">What was listed.</param>
    /// <param name="unseen">Regions of which not all was listed: their marks are looked through when they can be.</param>
    /// <param name="history">Stops that the hub has ever asked for, as far as AWS remembers.</param>
    public static OwnJournal WithFound(
        this OwnJournal journal,
        IReadOnlyCollection<StoppableResource> found,
        IReadOnlyCollection<string> unseen,
        IReadOnlyCollection<DesiredRestriction> history)
    {
        var marked = from resource in found
                     let mark = resource.Mark
                     where mark is not null && IsLost(resource.Region) && !journal.Entries.Contains(EntryOf(resource, mark))
                     select journal.WrittenAt is not null && IsExplained(resource, history) ? EntryOf(resource, mark) : UnknownOf(resource, mark);
        var seen = found.Select(resource => resource.Region).Except(unseen, StringComparer.Ordinal).Select(LostOf);
        return journal with { Entries = journal.Entries.Items.Except(seen).Union(marked).Union(unseen.Where(IsLost).Select(LostOf)) };

        bool IsLost(string region) => !journal.IsWhole || journal.Entries.Contains(LostOf(region));
    }

    private static string LostOf(string region) => $"{region}:{Lost}";

    /// <summary>
    /// By what nobody but AWS writes: it stopped within the time of a stop after its mark, so it had run, and the hub asked for that restriction then. Of a
    /// group or a service AWS does not say what size it had.
    /// </summary>
    private static bool IsExplained(StoppableResource resource, IReadOnlyCollection<DesiredRestriction> history) =>
        resource is { Runs: false, Mark: { Before: StopMark.Running } mark, StoppedAt: { } at }
        && at >= mark.At
        && at <= mark.At + StopPlan.MarkToStop
        && history.Any(stop => stop.Id == mark.Restriction && stop.Since <= mark.At);

    /// <summary>The region of an entry; "" of what is none.</summary>
    public static string RegionOf(string entry) => entry[..Math.Max(0, entry.IndexOf(':', StringComparison.Ordinal))];

    /// <summary>The resource as it is to be taken: without its mark where that is not ours.</summary>
    public static StoppableResource Believed(this OwnJournal journal, StoppableResource resource) =>
        resource.Mark is not { } mark || journal.Entries.Contains(EntryOf(resource, mark))
            ? resource
            : resource with { Tags = resource.Tags.Items.Remove(StopMark.Key) };
}
