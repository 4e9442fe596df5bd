using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Core;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Aws.Spokes;

/// <summary>
/// A journal of what Apply does, in a parameter of the spoke: what this function's own role wrote of it, by AWS's record of who wrote each version. What
/// anybody else writes there counts for nothing.
/// </summary>
/// <param name="name">Of the parameter, which is for the journal alone.</param>
/// <param name="role">Name of the role of Apply.</param>
public sealed class JournalParameter(
    IAmazonSimpleSystemsManagement systems, string name, string role, AccountId account, string partition, AwsCaller caller)
{
    private readonly WrittenVersions written = new(systems, name, caller);

    /// <returns>The journal, and the newest version that there is of the parameter, whoever wrote it.</returns>
    /// <exception cref="AwsFaultException">SSM failed.</exception>
    public async Task<(OwnJournal Journal, long Version)> ReadAsync(CancellationToken cancellation)
    {
        var versions = await written.ReadAsync(cancellation);
        var journal = OwnJournal.Read(versions.Where(one => one.IsOf(partition, account.Value, role)).Select(one => one.Text));
        return (journal, versions.Count == 0 ? 0 : versions[^1].Version);
    }

    /// <summary>Writes it, and what another run of this function has written since <paramref name="version"/> with it.</summary>
    /// <returns>The journal as it stands, and its version.</returns>
    /// <exception cref="AwsFaultException">SSM failed or refused.</exception>
    public async Task<(OwnJournal Journal, long Version)> WriteAsync(OwnJournal journal, long version, CancellationToken cancellation)
    {
        var (read, isAnew) = (version, false);
        while (true)
        {
            var at = caller.Now > journal.WrittenAt || journal.WrittenAt is null ? caller.Now : journal.WrittenAt.Value.AddTicks(1);
            var expected = version;
            try
            {
                foreach (var page in journal.Pages(at)) (expected, version) = (expected + 1, await PutAsync(page, cancellation));
            }
            catch (AwsFaultException refused) when (!isAnew && IsInTheWay(refused.Fault))
            {
                journal = await DeleteAsync(journal, read, cancellation);
                (read, version, isAnew) = (0, 0, true);
                continue;
            }

            journal = journal with { WrittenAt = at, IsWhole = true };
            // Smaller where somebody deleted it.
            if (version <= expected) return (journal, version);
            // Our own pages are the newest by now and hide the other run's, so all since what we had read count.
            var (others, newest) = await SinceAsync(read, cancellation);
            var both = journal.Entries.Items.Union(OwnJournal.EntriesOf(others));
            version = newest;
            if (both.Count == journal.Entries.Count) return (journal, version);
            var last = OwnJournal.Read(others).WrittenAt;
            journal = new OwnJournal(both) { WrittenAt = last > at ? last : at, IsWhole = true };
        }
    }

    /// <summary>Nothing could be written down, so nothing done. The parameter is ours alone, so what is in the way goes.</summary>
    private static bool IsInTheWay(AwsFault fault) => ParameterObstacle.WantsAnother(fault) || ParameterObstacle.WantsAdvanced(fault);

    /// <summary>Deletes it. What this function's role wrote there since it was read is not forgotten.</summary>
    private async Task<OwnJournal> DeleteAsync(OwnJournal journal, long read, CancellationToken cancellation)
    {
        var (others, _) = await SinceAsync(read, cancellation);
        try
        {
            var request = new DeleteParameterRequest { Name = name };
            await caller.CallAsync("ssm", "DeleteParameter", token => systems.DeleteParameterAsync(request, token), cancellation);
        }
        catch (AwsFaultException gone) when (gone.Fault.Kind == FaultKind.AlreadyDone)
        {
            // Somebody else was faster.
        }

        return journal with { Entries = journal.Entries.Items.Union(OwnJournal.EntriesOf(others)) };
    }

    private async Task<(IReadOnlyList<string> Ours, long Newest)> SinceAsync(long read, CancellationToken cancellation)
    {
        var versions = await written.ReadAsync(cancellation);
        var ours = versions.Where(one => one.Version > read && one.IsOf(partition, account.Value, role)).Select(one => one.Text);
        return ([.. ours], versions.Count == 0 ? 0 : versions[^1].Version);
    }

    private async Task<long> PutAsync(string page, CancellationToken cancellation)
    {
        var request = new PutParameterRequest { Name = name, Value = page, Type = ParameterType.String, Overwrite = true };
        return (await caller.CallAsync("ssm", "PutParameter", token => systems.PutParameterAsync(request, token), cancellation)).Version ?? 0;
    }
}
