using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Tests.Restrictions;

/// <summary>Whom a spoke has attached its policies to, as it wrote it down before.</summary>
public sealed class DenyJournalTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);
    private static readonly DesiredRestriction DenyNew = new("r-000000000001", RestrictionKind.DENY_NEW, Noon);

    [Fact]
    public void As_many_attachments_as_there_may_be_fit_half_of_the_versions_that_AWS_keeps()
    {
        var journal = new OwnJournal([.. Enumerable.Range(0, DenyJournal.Most).Select(number => DenyJournal.EntryOf("DenyNew", Role("x", $"AROA{number}")))]);
        var pages = journal.Pages(Noon);

        Assert.Equal(DenyJournal.Most, journal.Entries.Count);
        Assert.All(pages, page => Assert.InRange(page.Length, 1, 4096));
        Assert.InRange(pages.Length, 1, 50);
        Assert.Equal(journal.Entries.Items, OwnJournal.Read(pages).Entries.Items);
    }

    /// <summary>What a spoke of before the journal left attached is what its documents asked for.</summary>
    [Fact]
    public void Where_none_was_written_what_the_hub_asked_for_of_this_policy_counts_as_ours()
    {
        Principal[] attached = [Role("developer", "AROA1"), Role("deploy", "AROA2"), new Principal(true, "alice") { Id = "AIDA1" }];
        var butDeploy = DenyNew with { Except = new PrincipalNames(["deploy"], []) };

        Assert.Equal(["AROA1", "AIDA1"], Adopted(butDeploy));
        Assert.Equal(["AROA1", "AROA2", "AIDA1"], Adopted(butDeploy, DenyNew with { Binds = new PrincipalNames(["Deploy"], []) }));
        Assert.Empty(Adopted());
        Assert.Empty(Adopted(DenyNew with { Kind = RestrictionKind.DENY_AI }, DenyNew with { Kind = RestrictionKind.STOP_ALL }));

        string[] Adopted(params DesiredRestriction[] history)
        {
            var entries = DenyJournal.Adopted("DenyNew", attached, history).ToList();
            return [.. attached.Where(one => entries.Contains(DenyJournal.EntryOf("DenyNew", one))).Select(one => one.Id)];
        }
    }

    [Fact]
    public void What_nothing_explains_is_remembered_with_the_time_at_which_it_was_found_until_it_is_gone()
    {
        var (ours, foreign) = (Role("developer", "AROA1"), Role("deploy", "AROA2"));
        var journal = new OwnJournal([DenyJournal.EntryOf("DenyNew", ours)]);
        Assert.Null(journal.UnknownSince());
        Assert.Same(journal, journal.WithUnknown("DenyNew", [ours], Noon));

        journal = OwnJournal.Read(journal.WithUnknown("DenyNew", [ours, foreign], Noon).Pages(Noon));

        Assert.Equal((false, true, Noon), (journal.IsUnknown("DenyNew", ours), journal.IsUnknown("DenyNew", foreign), journal.UnknownSince()));
        Assert.False(journal.IsOurs("DenyNew", foreign));
        Assert.Equal(Noon.AddHours(1), journal.WithUnknown("DenyAi", [ours], Noon.AddHours(1)).UnknownSince());
        var entries = journal.Entries.Items;
        Assert.Equal(2, entries.Without([DenyJournal.EntryOf("DenyNew", ours), .. entries.Where(entry => entry.StartsWith('@'))]).Count);
        Assert.Equal([DenyJournal.EntryOf("DenyNew", ours)], entries.Without([DenyJournal.UnknownOf("DenyNew", foreign)]));
    }

    /// <summary>AWS keeps a hundred versions, so whoever writes others pushes pages out.</summary>
    [Fact]
    public void A_journal_is_whole_when_all_pages_of_one_writing_are_there()
    {
        var pages = new OwnJournal([.. Enumerable.Range(0, 400).Select(number => DenyJournal.EntryOf("DenyNew", Role("x", $"AROA{number}")))]).Pages(Noon);

        Assert.Equal(2, pages.Length);
        Assert.True(OwnJournal.Read(pages).IsWhole);
        Assert.True(OwnJournal.Read([.. pages, pages[0].Replace("2026-11-12T12", "2026-11-12T13", StringComparison.Ordinal)]).IsWhole);
        Assert.False(OwnJournal.Read(pages[1..]).IsWhole);
        Assert.False(OwnJournal.Read([]).IsWhole);
    }

    private static Principal Role(string name, string id) => new(false, name) { Id = id };
}
