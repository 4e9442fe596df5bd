using System.Collections.Immutable;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Spokes;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Stops;

namespace BudgetSync.Aws.Stops;

/// <summary>Keeps the journal in one run: what is about to be stopped is in it before it is marked, and what was given back is in it no more.</summary>
/// <param name="read">As it was written.</param>
/// <param name="found">With what was found where a part of it is gone, which is written down too.</param>
internal sealed class StopRecord(JournalParameter journals, OwnJournal read, OwnJournal found, long version)
{
    private readonly bool isFoundAnew = !found.Entries.IsEmpty && (!read.IsWhole || found.Entries != read.Entries);

    private OwnJournal journal = found;
    private long version = version;

    /// <summary>Writes down what is to be stopped, and what was found where there was no whole journal.</summary>
    /// <returns>The steps that may be carried out: what cannot be written down is not stopped, for nobody could give it back.</returns>
    public async Task<ImmutableArray<StopStep>> BeforeAsync(ImmutableArray<StopStep> steps, StopOutcome outcome, CancellationToken cancellation)
    {
        var stops = steps.OfType<StopStep.Stop>().ToList();
        if (stops.Count == 0 && !isFoundAnew) return steps;
        var entries = journal.Entries.Items.Union(stops.Select(stop => StopJournal.EntryOf(stop.Resource, stop.Mark)));
        var why = entries.Count > StopJournal.Most ? $"more than {StopJournal.Most} resources would be stopped" : null;
        try
        {
            if (why is null) await WriteAsync(entries, cancellation);
        }
        catch (AwsFaultException refused)
        {
            why = $"what is about to be stopped cannot be written down: {refused.Fault.Reason}";
        }

        if (why is null) return steps;
        foreach (var id in stops.SelectMany(stop => stop.Restrictions).Distinct(StringComparer.Ordinal)) outcome.Fail(id, $"nothing is stopped: {why}");
        return [.. steps.Where(step => step is not StopStep.Stop)];
    }

    /// <summary>Strikes out what has its mark no more, so that nobody who writes it there again has something started by it.</summary>
    /// <param name="listed">What was listed, with its marks, whosever they are.</param>
    /// <param name="seen">Regions of which all was listed.</param>
    public async Task AfterAsync(
        ImmutableArray<StoppableResource> listed, ImmutableArray<string> seen, StopOutcome outcome, DateTimeOffset now, CancellationToken cancellation)
    {
        if (journal.Entries.IsEmpty) return;
        var gone = outcome.Done.Select(step => step.Resource).Where(one => one.Mark is not null).SelectMany(EntriesOf);
        var kept = journal.Entries.Items.Except(gone);
        var stopped = outcome.Done.OfType<StopStep.Stop>().Select(stop => StopJournal.EntryOf(stop.Resource, stop.Mark)).ToList();
        // What was written down longer ago than any run lasts is marked by now, or never will be.
        if (stopped.Count == 0 && now - journal.WrittenAt > Limits.LongestRun)
        {
            var marked = listed.Where(one => one.Mark is not null).SelectMany(EntriesOf).ToHashSet(StringComparer.Ordinal);
            kept = kept.Except(kept.Where(entry => seen.Contains(StopJournal.RegionOf(entry), StringComparer.Ordinal) && !marked.Contains(entry)));
        }

        kept = kept.Union(stopped);
        if (kept.Count == journal.Entries.Count) return;
        try
        {
            await WriteAsync(kept, cancellation);
        }
        catch (AwsFaultException)
        {
            // It says more than there is, which the next run mends.
        }
    }

    private static string[] EntriesOf(StoppableResource marked) =>
        [StopJournal.EntryOf(marked, marked.Mark!), StopJournal.UnknownOf(marked, marked.Mark!)]; // Not null: chosen before.

    private async Task WriteAsync(ImmutableSortedSet<string> entries, CancellationToken cancellation) =>
        (journal, version) = await journals.WriteAsync(journal with { Entries = entries }, version, cancellation);
}
