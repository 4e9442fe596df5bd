using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Spokes;
using BudgetSync.Core;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Aws.Restrictions;

/// <summary>
/// Keeps runs of Apply from restricting and giving back at the same time. Tags and attachments have no condition on what they were: a run that takes a mark off
/// because of what it has listed would take off what another wrote since, and that one stops the resource next, which nobody would start again.
/// </summary>
/// <param name="role">Name of the role of Apply: what anybody else writes there counts for nothing.</param>
public sealed class RestrictionLease(
    IAmazonSimpleSystemsManagement systems, string role, AccountId account, string partition, AwsCaller caller, JsonLog log)
{
    /// <summary>The error where another run has it.</summary>
    public const string Held = "LeaseHeld";

    private const string Service = "ssm";

    private readonly WrittenVersions written = new(systems, RunLease.ParameterName, caller);

    /// <summary>
    /// Does the work while no other run does any. Where SSM refuses to say or to take which run does, it is done all the same: what is lifted must not stay in
    /// force because of it, and a mark is lost only where two runs meet.
    /// </summary>
    /// <param name="mustHold">False: what another run has still after that time is not waited for any longer.</param>
    /// <param name="work">Is told when it begins.</param>
    /// <exception cref="AwsFaultException">
    /// Another run has it still, <see cref="Held"/>; or SSM failed in a way that may pass; or the work did.
    /// </exception>
    public async Task<T> HoldAsync<T>(bool mustHold, Func<DateTimeOffset, Task<T>> work, CancellationToken cancellation)
    {
        var run = caller.Token();
        var hasBegun = false;
        try
        {
            try
            {
                if (!await TakeAsync() && mustHold) throw HeldByAnother();
            }
            catch (AwsFaultException refused) when (refused.Fault.Kind != FaultKind.Retry)
            {
                log.Warn(
                    LogEvent.RestrictedWithoutLease,
                    account.Value,
                    null,
                    $"Which run restricts cannot be written down in {RunLease.ParameterName}; this one goes on without: {refused.Fault.Reason}");
            }

            return await work(caller.Now);
        }
        finally
        {
            if (hasBegun) await EndAsync(run, cancellation);
        }

        // Who waits writes nothing: AWS keeps the last hundred versions, and what a run that works has begun by must stay among them.
        async Task<bool> TakeAsync()
        {
            for (var waited = TimeSpan.Zero; ; waited += Limits.LeaseWait)
            {
                if (RunLease.Holder(await ReadAsync(0, cancellation), caller.Now) is null)
                {
                    // Whatever becomes of the write, its end is written too.
                    hasBegun = true;
                    var version = await WriteAsync(RunLease.Begin(run), cancellation);
                    if (RunLease.Holder(await ReadAsync(version, cancellation)) == run) return true;
                    await PutAsync(RunLease.End(run), cancellation);
                    hasBegun = false;
                }

                if (waited >= Limits.LeasePatience) return false;
                await caller.WaitAsync(Limits.LeaseWait, cancellation);
            }
        }
    }

    /// <param name="version">One that is known to be there, because GetParameterHistory may lag behind PutParameter; 0: none is.</param>
    private async Task<IReadOnlyList<(string Text, DateTimeOffset At)>> ReadAsync(long version, CancellationToken cancellation)
    {
        for (var read = 1; ; read++)
        {
            var versions = await written.ReadAsync(cancellation);
            if (version == 0 || read == Limits.LeaseReads || versions.Any(one => one.Version >= version))
            {
                return
                [
                    .. versions.Where(one => one.IsOf(partition, account.Value, role)).Select(one => (one.Text, one.At ?? DateTimeOffset.MinValue)),
                ];
            }

            await caller.WaitAsync(Limits.LeaseWait, cancellation);
        }
    }

    private async Task<long> WriteAsync(string text, CancellationToken cancellation)
    {
        try
        {
            return await PutAsync(text, cancellation);
        }
        catch (AwsFaultException refused) when (ParameterObstacle.WantsAnother(refused.Fault) || ParameterObstacle.WantsAdvanced(refused.Fault))
        {
            // What somebody put in its place goes. Whoever may do that may take the lease from a run, of that account alone.
            await DeleteAsync(cancellation);
            return await PutAsync(text, cancellation);
        }
    }

    private async Task DeleteAsync(CancellationToken cancellation)
    {
        try
        {
            var request = new DeleteParameterRequest { Name = RunLease.ParameterName };
            await caller.CallAsync(Service, "DeleteParameter", token => systems.DeleteParameterAsync(request, token), cancellation);
        }
        catch (AwsFaultException gone) when (gone.Fault.Kind == FaultKind.AlreadyDone)
        {
            // Somebody else did it.
        }
    }

    private async Task<long> PutAsync(string text, CancellationToken cancellation)
    {
        var request = new PutParameterRequest { Name = RunLease.ParameterName, Value = text, Type = ParameterType.String, Overwrite = true };
        var answer = await caller.CallAsync(Service, "PutParameter", token => systems.PutParameterAsync(request, token), cancellation);
        return answer.Version ?? 0;
    }

    private async Task EndAsync(string run, CancellationToken cancellation)
    {
        try
        {
            await PutAsync(RunLease.End(run), cancellation);
        }
        catch (AwsFaultException)
        {
            // It is over by itself when this run would be.
        }
    }

    private static AwsFaultException HeldByAnother()
    {
        var message = $"another run of Apply restricts or gives back in this account ({RunLease.ParameterName}); this one goes on when that has ended, "
            + $"{RunLease.Length.TotalMinutes:0} minutes after it began at the latest";
        return new AwsFaultException(new AwsFault(FaultKind.Retry, Held, Service, "PutParameter", message, Known: true), new TimeoutException(message));
    }
}
