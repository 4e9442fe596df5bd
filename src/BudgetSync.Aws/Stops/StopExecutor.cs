using System.Collections.Immutable;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Spokes;
using BudgetSync.Core;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Stops;

namespace BudgetSync.Aws.Stops;

/// <summary>
/// Stops what the restrictions of a document ask for, stops again what was started since, and gives back what no restriction asks for any more. What is ours is
/// read of the marks on the resources, as far as the journal has them, so a crash between two calls is the next apply's to mend.
/// </summary>
/// <param name="services">Of the regions that the stack names; whatever is elsewhere is not stopped.</param>
/// <param name="idle">Of the same regions; asked only where a restriction is about what is idle.</param>
public sealed class StopExecutor(
    ImmutableArray<IStoppables> services,
    ImmutableArray<IdleFindings> idle,
    JournalParameter journals,
    AccountId account,
    JsonLog log,
    TimeProvider time)
{
    /// <summary>Resources named of those of which something is told; the others are counted.</summary>
    private const int Named = 3;

    /// <param name="stops">Those that hold now, of the kinds that stop; none gives everything back.</param>
    /// <param name="history">
    /// Stops that were ever asked for, as far as AWS remembers: where a region cannot be seen, what those stopped there that are over is not known to be given
    /// back, and where a part of the journal is gone, they explain what was stopped.
    /// </param>
    public async Task<StopOutcome> CarryOutAsync(
        ImmutableArray<DesiredRestriction> stops, ImmutableArray<DesiredRestriction> history, CancellationToken cancellation)
    {
        var outcome = new StopOutcome();
        List<string> earlier = [.. history.Select(stop => stop.Id).Except(stops.Select(stop => stop.Id))];
        // Before anything is listed: what it has is marked by then, or was never stopped.
        var (read, version) = await journals.ReadAsync(cancellation);
        var found = new List<StoppableResource>();
        var hidden = new List<UnseenKind>();
        var unseenRegions = new HashSet<string>(StringComparer.Ordinal);
        foreach (var service in services)
        {
            try
            {
                found.AddRange(await service.ListAsync(marked: stops.IsEmpty, cancellation));
            }
            catch (AwsFaultException unseen)
            {
                log.Warn(LogEvent.Restricted, account.Value, null, $"{service.Region}: {unseen.Fault.Reason}");
                var kind = new UnseenKind(service.Region, service.Kind);
                hidden.Add(kind);
                // What else is to be given back is, before the apply ends with it.
                if (stops.IsEmpty && unseen.Fault.Kind == FaultKind.Retry) outcome.Stuck ??= unseen;
                var left = kind.Owner switch
                {
                    StoppableKind.AutoScalingGroup => ", so the auto scaling groups there are left as they are",
                    StoppableKind.DatabaseCluster => ", so the clusters of databases there are left as they are",
                    _ => "",
                };
                foreach (var stop in stops) outcome.Fail(stop.Id, $"what runs in {service.Region} cannot be seen{left}: {unseen.Fault.Reason}");
                // A region that the account has not switched on holds nothing of ours.
                if (unseen.Fault.IsOfRegionSwitchedOff) continue;
                unseenRegions.Add(service.Region);
                foreach (var id in earlier)
                    outcome.Fail(id, $"what is stopped in {service.Region} cannot be seen and is not given back: {unseen.Fault.Reason}");
            }
        }

        var findings = await IdleAsync(stops, outcome, cancellation);
        var journal = read.WithFound(found, unseenRegions, history);
        TellUnknown(stops, found.Where(journal.IsUnknown), outcome);
        foreach (var foreign in found.Where(journal.IsMissing))
            log.Warn(LogEvent.Restricted, account.Value, null, $"{foreign.Arn}: the tag {StopMark.Key} is not Apply's, and counts for nothing.");
        // After all is listed: what was started while roles were bound and the account was looked through, was running before its mark, and is given back.
        var now = time.GetUtcNow();
        var believed = found.ConvertAll(resource => journal.Believed(resource) with { IdleAt = IdleAt(resource) });
        var plan = StopPlan.Of(stops, believed, hidden, now);
        foreach (var (id, left) in plan.LeftAlone) outcome.Leave(id, left);
        var steps = plan.Steps.Items;
        var record = new StopRecord(journals, read, journal, version);
        var refusals = new RefusedSteps(outcome, account, log);
        foreach (var group in (await record.BeforeAsync([.. steps.Take(Limits.Stops)], outcome, cancellation)).GroupBy(Alike))
        {
            var service = services.Single(one => (one.Region, one.Kind) == (group.Key.Region, group.Key.Kind));
            foreach (var batch in group.Chunk(service.AtOnce)) await CarryOutAsync(service, batch, outcome, refusals, cancellation);
        }

        await refusals.TellAsync(now, cancellation);
        foreach (var id in steps.Skip(Limits.Stops).OfType<StopStep.Stop>().SelectMany(step => step.Restrictions).Distinct(StringComparer.Ordinal))
            outcome.Fail(id, $"more than {Limits.Stops} resources are to be changed; the next look goes on");
        foreach (var id in steps.Skip(Limits.Stops).OfType<StopStep.GiveBack>().Select(step => step.Mark.Restriction).Distinct(StringComparer.Ordinal))
            outcome.Fail(id, $"more than {Limits.Stops} resources are to be given back; the next look goes on");
        var seen = services.Select(service => service.Region).Except(hidden.Select(kind => kind.Region), StringComparer.Ordinal);
        await record.AfterAsync([.. found], [.. seen], outcome, now, cancellation);
        Hold(stops, believed, outcome);
        return outcome;

        DateTimeOffset? IdleAt(StoppableResource resource) =>
            findings.Where(one => one.Holds(resource, now)).Select(one => (DateTimeOffset?)one.RefreshedAt).Max();
    }

    /// <summary>
    /// What may be ours and does not run is told of the restriction that its mark names, whether or not anybody asks for that any more: one that is being given
    /// back is not known to be.
    /// </summary>
    private void TellUnknown(ImmutableArray<DesiredRestriction> stops, IEnumerable<StoppableResource> unknown, StopOutcome outcome)
    {
        foreach (var group in unknown.Where(resource => !resource.Runs).GroupBy(resource => resource.Mark!.Restriction, StringComparer.Ordinal))
        {
            var names = group.Select(resource => resource.Arn).Order(StringComparer.Ordinal).ToList();
            var more = names.Count > Named ? $" and {names.Count - Named} more" : "";
            var text = $"{string.Join(", ", names.Take(Named))}{more}: the tag {StopMark.Key} is there, and nothing says any more whether BudgetSync or a "
                + $"person wrote it, because a part of its journal ({StopJournal.ParameterName}) was deleted or written over; give back by hand what "
                + "the tag says, where it is to run, and take the tag off";
            log.Warn(LogEvent.Restricted, account.Value, null, text);
            if (stops.Any(stop => stop.Id == group.Key)) outcome.Leave(group.Key, [text]);
            else outcome.Fail(group.Key, text);
        }
    }

    private static void Hold(ImmutableArray<DesiredRestriction> stops, IEnumerable<StoppableResource> believed, StopOutcome outcome)
    {
        var done = outcome.Done.Select(step => step.Resource.Arn).ToHashSet(StringComparer.Ordinal);
        var marks = believed.Where(resource => !resource.Runs && !done.Contains(resource.Arn)).Select(resource => (resource.Arn, resource.Mark))
            .Concat(outcome.Done.OfType<StopStep.Stop>().Select(stop => (stop.Resource.Arn, Mark: (StopMark?)stop.Mark)));
        foreach (var (arn, mark) in marks)
        {
            if (mark is not null && stops.Any(stop => stop.Id == mark.Restriction)) outcome.Hold(mark.Restriction, new RestrictedResource(arn, mark.Before));
        }
    }

    /// <summary>Where AWS does not say what is idle, nothing there is, and the restriction says so.</summary>
    private async Task<List<IdleResource>> IdleAsync(ImmutableArray<DesiredRestriction> stops, StopOutcome outcome, CancellationToken cancellation)
    {
        var all = new List<IdleResource>();
        var asking = stops.Where(stop => stop.Kind == RestrictionKind.STOP_IDLE).ToList();
        if (asking.Count == 0) return all;
        foreach (var region in idle)
        {
            try
            {
                all.AddRange(await region.ListAsync(cancellation));
            }
            catch (AwsFaultException untold)
            {
                foreach (var stop in asking) outcome.Fail(stop.Id, $"what is idle in {region.Region} is not known: {untold.Fault.Reason}");
            }
        }

        return all;
    }

    /// <summary>Steps that one call can do: their order stays that of the plan, which begins with what is given back.</summary>
    private static (string Region, StoppableKind Kind, Type Step, string Mark) Alike(StopStep step) =>
        (step.Resource.Region, step.Resource.Kind, step.GetType(), step is StopStep.Stop stop ? stop.Mark.Text : "");

    private async Task CarryOutAsync(
        IStoppables service, StopStep[] batch, StopOutcome outcome, RefusedSteps refusals, CancellationToken cancellation)
    {
        try
        {
            await DoAsync(service, batch, cancellation);
            foreach (var step in batch) Note(step, outcome);
            outcome.Done.AddRange(batch);
        }
        catch (AwsFaultException refused) when (batch.Length > 1 && refused.Fault.Kind != FaultKind.Retry)
        {
            // What is refused of one is refused of all that a call names: one by one it is seen whose fault it is.
            foreach (var step in batch) await CarryOutAsync(service, [step], outcome, refusals, cancellation);
        }
        catch (AwsFaultException refused)
        {
            foreach (var step in batch) refusals.Add(service, step, refused);
        }
    }

    private static async Task DoAsync(IStoppables service, StopStep[] batch, CancellationToken cancellation)
    {
        List<StoppableResource> resources = [.. batch.Select(step => step.Resource)];
        switch (batch[0])
        {
            case StopStep.Stop stop:
                // In this order: what is stopped without a mark would never be started again.
                await service.MarkAsync(resources, stop.Mark, cancellation);
                await service.StopAsync(resources, cancellation);
                break;
            case StopStep.GiveBack:
                await service.GiveBackAsync(resources, cancellation);
                await service.UnmarkAsync(resources, cancellation);
                break;
            case StopStep.Forget:
                await service.UnmarkAsync(resources, cancellation);
                break;
            default:
                throw new InvalidOperationException($"{batch[0].GetType()} is no case of StopStep.");
        }
    }

    private void Note(StopStep step, StopOutcome outcome)
    {
        switch (step)
        {
            case StopStep.Stop stop:
                log.Info(LogEvent.Restricted, account.Value, null, $"{step.Resource.Arn} was stopped; it was {stop.Mark.Before}.");
                foreach (var id in stop.Restrictions) outcome.Note(id, new RestrictedResource(step.Resource.Arn, stop.Mark.Before));
                break;
            case StopStep.GiveBack(_, var mark):
                log.Info(LogEvent.Restricted, account.Value, null, $"{step.Resource.Arn} was given back: {mark.Before}.");
                outcome.Note(mark.Restriction, new RestrictedResource(step.Resource.Arn, "stopped") { IsGivenBack = true });
                break;
            default:
                log.Info(LogEvent.Restricted, account.Value, null, $"{step.Resource.Arn} is not ours any more: a person changed it since.");
                break;
        }
    }
}
