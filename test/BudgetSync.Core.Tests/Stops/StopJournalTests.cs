using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Stops;

namespace BudgetSync.Core.Tests.Stops;

/// <summary>What a spoke has stopped, as it wrote it down before.</summary>
public sealed class StopJournalTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_mark_counts_that_was_written_down_for_this_resource_and_no_other()
    {
        var mark = new StopMark("r-0123456789ab", Noon, "min 1 desired 3 max 5");
        var journal = new OwnJournal([StopJournal.EntryOf(Group("web"), mark)]);

        Assert.Equal(mark, journal.Believed(Marked("web", mark)).Mark);
        Assert.Null(journal.Believed(Marked("batch", mark)).Mark);
        Assert.Null(journal.Believed(Marked("web", mark with { Before = "min 1 desired 300 max 500" })).Mark);
        Assert.Null(journal.Believed(Marked("web", mark with { At = Noon.AddSeconds(1) })).Mark);
        Assert.Null(journal.Believed(Marked("web", mark with { Restriction = "r-0123456789ac" })).Mark);
        Assert.Null(OwnJournal.None.Believed(Marked("web", mark)).Mark);
        Assert.Equal("us-east-1", StopJournal.RegionOf(journal.Entries.Items[0]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(StopJournal.Most)]
    public void Its_pages_fit_a_parameter_and_are_read_as_they_were_written(int count)
    {
        var journal = Of(count);
        var pages = journal.Pages(Noon);

        Assert.All(pages, page => Assert.InRange(page.Length, 1, 4096));
        Assert.InRange(pages.Length, 1, 50);
        Assert.Equal(journal.Entries.Items, OwnJournal.Read(pages).Entries.Items);
        Assert.Equal(Noon, OwnJournal.Read(pages).WrittenAt);
    }

    /// <summary>Who dies between two pages has stopped nothing of them yet, and must not have forgotten what was there before.</summary>
    [Fact]
    public void What_was_not_written_to_the_end_forgets_nothing()
    {
        var (before, after) = (Of(500), Of(900));
        var written = before.Pages(Noon).AddRange(after.Pages(Noon.AddMinutes(1)).Take(2));

        Assert.Subset(OwnJournal.Read(written).Entries.Items.ToHashSet(), before.Entries.Items.ToHashSet());
        Assert.Equal(Noon.AddMinutes(1), OwnJournal.Read(written).WrittenAt);
    }

    [Fact]
    public void The_last_one_counts_and_what_is_no_page_does_not()
    {
        var written = Of(500).Pages(Noon).AddRange(Of(3).Pages(Noon.AddMinutes(1)));

        Assert.Equal(Of(3).Entries.Items, OwnJournal.Read(["nothing", .. written, "nonsense of somebody", "2026-11-12 1/1 x:y", ""]).Entries.Items);
        Assert.Equal((OwnJournal.None.Entries, null), (OwnJournal.Read(["nothing"]).Entries, OwnJournal.Read([]).WrittenAt));
    }

    private static OwnJournal Of(int count) => new(
        [.. Enumerable.Range(0, count).Select(number => StopJournal.EntryOf(Group($"g{number}"), new StopMark("r-0123456789ab", Noon, "running")))]);

    private static StoppableResource Group(string name) =>
        new(StoppableKind.AutoScalingGroup, "us-east-1", name, $"arn:aws:autoscaling:us-east-1:111122223333:autoScalingGroup:1:name/{name}", Runs: true);

    private static StoppableResource Marked(string name, StopMark mark) =>
        Group(name) with { Tags = Group(name).Tags.Items.Add(StopMark.Key, mark.Text) };
}
