using System.Collections.Immutable;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Spokes;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Aws.Restrictions;

/// <summary>Keeps the journal of denies in one run: what is about to be attached is in it before, and what was detached is in it no more.</summary>
internal sealed class DenyRecord
{
    private readonly JournalParameter? journals;
    private readonly bool writes;
    private readonly OwnJournal read;
    private long version;

    private DenyRecord(JournalParameter? journals, bool writes, OwnJournal journal, long version)
    {
        (this.journals, this.writes, Journal, this.version) = (journals, writes, journal, version);
        read = journal;
    }

    /// <summary>As it stands.</summary>
    public OwnJournal Journal { get; private set; }

    /// <summary>Reads it before anything is listed: what it has is attached by then, or never was.</summary>
    /// <param name="journals">Null: there is none.</param>
    /// <param name="writes">False while policies of the stack go: those that stay are not looked at.</param>
    /// <exception cref="AwsFaultException">SSM failed.</exception>
    public static async Task<DenyRecord> ReadAsync(JournalParameter? journals, bool writes, CancellationToken cancellation)
    {
        var (journal, version) = journals is null ? (OwnJournal.None, 0) : await journals.ReadAsync(cancellation);
        return new DenyRecord(journals, writes && journals is not null, journal, version);
    }

    /// <summary>
    /// Takes these for ours where the journal was never written, or a part of it is gone; of what else has the policy, nothing says whose it is.
    /// </summary>
    public void Adopt(string policy, IEnumerable<Principal> attached, IEnumerable<string> entries, DateTimeOffset now)
    {
        if (!read.IsWhole) Journal = (Journal with { Entries = Journal.Entries.Items.Union(entries) }).WithUnknown(policy, attached, now);
    }

    /// <summary>Writes down what is to be attached, and where there was no whole journal what is.</summary>
    /// <returns>Why it cannot be written down, and so not be attached, for nobody would take it away; null where it is.</returns>
    public async Task<string?> BeforeAsync(IReadOnlyCollection<string> entries, CancellationToken cancellation)
    {
        if (!writes || (entries.Count == 0 && read.IsWhole)) return null;
        var all = Journal.Entries.Items.Union(entries);
        if (all.Count > DenyJournal.Most) return $"more than {DenyJournal.Most} attachments would be made";
        try
        {
            await WriteAsync(all, cancellation);
            return null;
        }
        catch (AwsFaultException refused)
        {
            return $"what is about to be attached cannot be written down: {refused.Fault.Reason}";
        }
    }

    /// <summary>Strikes out what is not attached, so that it is a person's when a person attaches it.</summary>
    /// <param name="gone">What was detached, or could not be attached.</param>
    /// <param name="attached">What is attached, as far as this run knows.</param>
    public async Task AfterAsync(IEnumerable<string> gone, IReadOnlySet<string> attached, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!writes) return;
        // What was written down longer ago than any run lasts is attached by now, or never will be. What another run has written since is that run's: where
        // this one has written, and so taken over what that one attached meanwhile, the next one strikes out.
        var stale = Journal.WrittenAt == read.WrittenAt && now - read.WrittenAt > Limits.LongestRun ? read.Entries.Items.Except(attached) : [];
        var kept = Journal.Entries.Items.Without(gone.Concat(stale));
        if (kept.Count == Journal.Entries.Count) return;
        try
        {
            await WriteAsync(kept, cancellation);
        }
        catch (AwsFaultException)
        {
            // It says more than there is, which the next run mends.
        }
    }

    private async Task WriteAsync(ImmutableSortedSet<string> entries, CancellationToken cancellation)
    {
        // Not null: only with it anything is written.
        (Journal, version) = await journals!.WriteAsync(Journal with { Entries = entries }, version, cancellation);
    }
}
