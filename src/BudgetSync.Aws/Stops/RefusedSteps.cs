using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Core;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Stops;

namespace BudgetSync.Aws.Stops;

/// <summary>
/// Steps that AWS refused in one run. A person may have done the same since it was listed: the role starts only what has the mark, which he has taken off, and
/// AWS stops no database twice. So what was refused is listed once more, and what is done is nobody's failure.
/// </summary>
internal sealed class RefusedSteps(StopOutcome outcome, AccountId account, JsonLog log)
{
    private readonly List<(IStoppables Service, StopStep Step, AwsFaultException Refused)> all = [];

    public void Add(IStoppables service, StopStep step, AwsFaultException refused)
    {
        log.Warn(LogEvent.Restricted, account.Value, null, $"{step.Resource.Arn}: {refused.Fault.Reason}");
        // Else it is gone since it was listed.
        if (refused.Fault.Kind != FaultKind.AlreadyDone) all.Add((service, step, refused));
    }

    /// <summary>Tells of each that is not done yet why it is not.</summary>
    public async Task TellAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var group in all.GroupBy(one => one.Service))
        {
            var marked = await MarkedAsync(group.Key, cancellation);
            foreach (var (service, step, refused) in group)
            {
                var there = marked?.GetValueOrDefault(step.Resource.Arn);
                if (step is StopStep.Stop stop) await TellAsync(service, stop, there, refused, cancellation);
                else if (marked is null || !await IsDoneAsync(service, step, there, now, cancellation)) Tell(step, refused);
            }
        }
    }

    /// <returns>What has a mark, by its ARN; null where it cannot be listed.</returns>
    private static async Task<Dictionary<string, StoppableResource>?> MarkedAsync(IStoppables service, CancellationToken cancellation)
    {
        try
        {
            var listed = await service.ListAsync(marked: true, cancellation);
            return listed.Where(one => one.Mark is not null).DistinctBy(one => one.Arn).ToDictionary(one => one.Arn, StringComparer.Ordinal);
        }
        catch (AwsFaultException)
        {
            // The refusal itself is told.
            return null;
        }
    }

    private async Task TellAsync(
        IStoppables service, StopStep.Stop stop, StoppableResource? there, AwsFaultException refused, CancellationToken cancellation)
    {
        if (there is { Runs: false })
        {
            foreach (var id in stop.Restrictions) outcome.Hold(id, new RestrictedResource(there.Arn, stop.Mark.Before));
            return;
        }

        if (refused.Fault.Kind != FaultKind.Rejected)
        {
            foreach (var id in stop.Restrictions) outcome.Fail(id, $"{stop.Resource.Id} is not stopped: {refused.Fault.Reason}");
            return;
        }

        // Seen to run: without the mark, what is stopped would stay so for good.
        if (there is not null) await ForgetAsync(service, stop.Resource, cancellation);
        foreach (var id in stop.Restrictions) outcome.Leave(id, [$"{stop.Resource.Id} cannot be stopped: {refused.Fault.Reason}"]);
    }

    /// <summary>Its mark is gone or another: somebody has given it back. Where it runs, only the mark is left to be taken off.</summary>
    private static async Task<bool> IsDoneAsync(
        IStoppables service, StopStep step, StoppableResource? there, DateTimeOffset now, CancellationToken cancellation)
    {
        if (there is null || there.Mark != step.Resource.Mark) return true;
        return StopPlan.Of([], [there], now).Steps.Items is [StopStep.Forget] && await ForgetAsync(service, there, cancellation);
    }

    private void Tell(StopStep step, AwsFaultException refused)
    {
        if (refused.Fault.Kind == FaultKind.Retry) outcome.Stuck ??= refused;
        if (step is StopStep.GiveBack(_, var mark)) outcome.Fail(mark.Restriction, $"{step.Resource.Id} is not started: {refused.Fault.Reason}");
    }

    /// <summary>Takes the mark off what runs. Where that fails, the next apply does it: it sees a mark on what runs.</summary>
    private static async Task<bool> ForgetAsync(IStoppables service, StoppableResource resource, CancellationToken cancellation)
    {
        try
        {
            await service.UnmarkAsync([resource], cancellation);
            return true;
        }
        catch (AwsFaultException)
        {
            // The refusal that it follows from is told.
            return false;
        }
    }
}
