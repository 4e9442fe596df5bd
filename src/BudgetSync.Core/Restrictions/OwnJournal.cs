using System.Collections.Immutable;
using System.Globalization;

namespace BudgetSync.Core.Restrictions;

/// <summary>
/// What a spoke writes down before it does it, where AWS records who wrote: what it finds done and does not stand here is somebody else's, and is left to them.
/// </summary>
/// <param name="Entries">One for each thing that it does; none has a space.</param>
public sealed record OwnJournal(EquatableSet<string> Entries)
{
    /// <summary>A parameter of the standard tier, which costs nothing, holds so much (AWS General Reference, Systems Manager endpoints and quotas).</summary>
    private const int PageLength = 4096;

    /// <summary>Of the time and the place that a page begins with.</summary>
    private const int HeadLength = 40;

    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>That of an account in which nothing is done.</summary>
    public static OwnJournal None { get; } = new([]);

    /// <summary>When it was written; null where it never was.</summary>
    public DateTimeOffset? WrittenAt { get; init; }

    /// <summary>Whether it is all that was written at one time: AWS keeps a hundred versions, so whoever writes others pushes pages of it out.</summary>
    public bool IsWhole { get; init; }

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
    public static OwnJournal Read(IEnumerable<string> pages)
    {
        var entries = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        DateTimeOffset? newest = null;
        var isWhole = false;
        var seen = new Dictionary<string, HashSet<int>>(StringComparer.Ordinal);
        foreach (var page in pages.Reverse())
        {
            if (page.Split(' ') is not [var time, var place, .. var listed] || At(time) is not { } at || place.Split('/') is not [var number, var count]
                || !int.TryParse(number, CultureInfo.InvariantCulture, out var index) || !int.TryParse(count, CultureInfo.InvariantCulture, out var all))
                continue;
            newest ??= at;
            entries.UnionWith(listed);
            if (!seen.TryGetValue(time, out var known)) seen[time] = known = [];
            known.Add(index);
            isWhole = known.Count == all;
            if (isWhole) break;
        }

        return new OwnJournal(entries.ToImmutable()) { WrittenAt = newest, IsWhole = isWhole };
    }

    /// <summary>All that stands in some of the pages, whole or not: what other runs wrote at the same time.</summary>
    public static ImmutableSortedSet<string> EntriesOf(IEnumerable<string> pages) =>
        [.. pages.SelectMany(page => page.Split(' ') is [var time, _, .. var listed] && At(time) is not null ? listed : [])];

    private static DateTimeOffset? At(string text) =>
        DateTimeOffset.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
