using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BudgetSync.Core.Stops;

/// <summary>
/// What a spoke has stopped, written down before it stops anything, where AWS records who wrote. A mark is a tag, which whoever may tag a resource can write:
/// only a mark that stands here is ours, and what has another is neither started nor resized.
/// </summary>
/// <param name="Entries">One for each mark: the region and a digest of the resource with its mark, <c>eu-west-1:5Qm9…</c>.</param>
public sealed record StopJournal(EquatableSet<string> Entries)
{
    /// <summary>Its parameter in the spoke.</summary>
    public const string ParameterName = "/BudgetSync/Stopped";

    /// <summary>So many resources are stopped at most: a journal of them takes less than half of the hundred versions that AWS keeps.</summary>
    public const int Most = 5000;

    /// <summary>A parameter of the standard tier, which costs nothing, holds so much (AWS General Reference, Systems Manager endpoints and quotas).</summary>
    private const int PageLength = 4096;

    /// <summary>Of the time and the place that a page begins with.</summary>
    private const int HeadLength = 40;

    private const int DigestBytes = 12;

    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>That of an account in which nothing is stopped.</summary>
    public static StopJournal None { get; } = new([]);

    /// <summary>When it was written; null where it never was.</summary>
    public DateTimeOffset? WrittenAt { get; init; }

    /// <summary>The entry of a resource with this mark: the same resource with another size, or another one with this mark, has another.</summary>
    public static string EntryOf(StoppableResource resource, StopMark mark)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{resource.Arn}\n{mark.Text}")).AsSpan(0, DigestBytes);
        return $"{resource.Region}:{Convert.ToBase64String(digest)}";
    }

    /// <summary>The region of an entry.</summary>
    public static string RegionOf(string entry) => entry[..entry.IndexOf(':', StringComparison.Ordinal)];

    /// <summary>The resource as it is to be taken: without its mark where that is not ours.</summary>
    public StoppableResource Believed(StoppableResource resource) => resource.Mark is not { } mark || Entries.Contains(EntryOf(resource, mark))
        ? resource
        : resource with { Tags = resource.Tags.Items.Remove(StopMark.Key) };

    /// <summary>The texts to write, each of which a parameter can hold: <c>2026-11-29T07:00:00.0000000Z 1/2 us-east-1:… us-east-1:…</c>.</summary>
    /// <param name="at">Different for each writing of it: what tells its pages from those of others.</param>
    public ImmutableArray<string> Pages(DateTimeOffset at)
    {
        var pages = new List<List<string>> { new() };
        var length = 0;
        foreach (var entry in Entries)
        {
            if (length + entry.Length + 1 > PageLength - HeadLength)
            {
                pages.Add([]);
                length = 0;
            }

            pages[^1].Add(entry);
            length += entry.Length + 1;
        }

        var time = at.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);
        return
        [
            .. pages.Select((page, index) =>
                string.Join(' ', page.Prepend(string.Create(CultureInfo.InvariantCulture, $"{index + 1}/{pages.Count}")).Prepend(time))),
        ];
    }

    /// <summary>The last one that was written as a whole, with what was written since by whoever died before the end.</summary>
    /// <param name="pages">What was written, oldest first.</param>
    public static StopJournal Read(IEnumerable<string> pages)
    {
        var entries = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        DateTimeOffset? newest = null;
        var seen = new Dictionary<string, HashSet<int>>(StringComparer.Ordinal);
        foreach (var page in pages.Reverse())
        {
            if (page.Split(' ') is not [var time, var place, .. var listed] || At(time) is not { } at || place.Split('/') is not [var number, var count]
                || !int.TryParse(number, CultureInfo.InvariantCulture, out var index) || !int.TryParse(count, CultureInfo.InvariantCulture, out var all))
                continue;
            newest ??= at;
            entries.UnionWith(listed.Where(entry => entry.Contains(':', StringComparison.Ordinal)));
            if (!seen.TryGetValue(time, out var known)) seen[time] = known = [];
            known.Add(index);
            if (known.Count == all) break;
        }

        return new StopJournal(entries.ToImmutable()) { WrittenAt = newest };
    }

    /// <summary>All that stands in some of the pages, whole or not: what other runs wrote at the same time.</summary>
    public static ImmutableSortedSet<string> EntriesOf(IEnumerable<string> pages) =>
        [.. pages.SelectMany(page => page.Split(' ') is [var time, _, .. var listed] && At(time) is not null
            ? listed.Where(entry => entry.Contains(':', StringComparison.Ordinal))
            : [])];

    private static DateTimeOffset? At(string text) =>
        DateTimeOffset.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
