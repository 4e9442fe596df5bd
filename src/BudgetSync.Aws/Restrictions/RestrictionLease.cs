using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Spokes;
using BudgetSync.Core;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Aws.Restrictions;

/// <summary>
/// Keeps runs of Apply from restricting and giving back at the same time. Tags and attachments have no condition on what they were: a run that takes a mark off
/// because of what it has listed would take off what another wrote since, and that one stops the resource next, which nobody would start again.
/// </summary>
/// <param name="role">Name of the role of Apply: what anybody else writes there counts for nothing.</param>
public sealed class RestrictionLease(IAmazonSimpleSystemsManagement systems, string role, AccountId account, string partition, AwsCaller caller)
{
    private const string Service = "ssm";

    private readonly WrittenVersions written = new(systems, RunLease.ParameterName, caller);

    /// <summary>Does the work while no other run does any.</summary>
    /// <param name="patience">How long it waits for another run to end.</param>
    /// <param name="work">Is told when it begins.</param>
    /// <exception cref="AwsFaultException">Another run has it still, of <see cref="FaultKind.Retry"/>; or SSM failed or refused.</exception>
    public async Task<T> HoldAsync<T>(TimeSpan patience, Func<DateTimeOffset, Task<T>> work, CancellationToken cancellation)
    {
        var run = caller.Token();
        for (var waited = TimeSpan.Zero; ; waited += Limits.LeaseWait)
        {
            await WriteAsync(RunLease.Begin(run), cancellation);
            if (await HolderAsync(cancellation) == run) break;
            if (waited >= patience) throw Held();
            await caller.WaitAsync(Limits.LeaseWait, cancellation);
        }

        try
        {
            return await work(caller.Now);
        }
        finally
        {
            await EndAsync(run, cancellation);
        }
    }

    private async Task<string?> HolderAsync(CancellationToken cancellation)
    {
        var versions = await written.ReadAsync(cancellation);
        return RunLease.Holder(versions.Where(one => one.IsOf(partition, account.Value, role)).Select(one => (one.Text, one.At ?? DateTimeOffset.MinValue)));
    }

    private async Task WriteAsync(string text, CancellationToken cancellation)
    {
        try
        {
            await PutAsync(text, cancellation);
        }
        catch (AwsFaultException refused) when (ParameterObstacle.WantsAnother(refused.Fault) || ParameterObstacle.WantsAdvanced(refused.Fault))
        {
            // What somebody put in its place keeps nobody from being freed. Whoever may do that may take the lease from a run, of that account alone.
            var request = new DeleteParameterRequest { Name = RunLease.ParameterName };
            await caller.CallAsync(Service, "DeleteParameter", token => systems.DeleteParameterAsync(request, token), cancellation);
            await PutAsync(text, cancellation);
        }
    }

    private Task<PutParameterResponse> PutAsync(string text, CancellationToken cancellation)
    {
        var request = new PutParameterRequest { Name = RunLease.ParameterName, Value = text, Type = ParameterType.String, Overwrite = true };
        return caller.CallAsync(Service, "PutParameter", token => systems.PutParameterAsync(request, token), cancellation);
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

    private static AwsFaultException Held()
    {
        var message = $"another run of Apply restricts or gives back in this account ({RunLease.ParameterName}); this one goes on when that has ended, "
            + $"{RunLease.Length.TotalMinutes:0} minutes after it began at the latest";
        return new AwsFaultException(new AwsFault(FaultKind.Retry, "LeaseHeld", Service, "PutParameter", message, Known: true), new TimeoutException(message));
    }
}
