using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Spokes;
using BudgetSync.Core;
using BudgetSync.Core.Stops;

namespace BudgetSync.Aws.Stops;

/// <summary>
/// The journal of what is stopped, in a parameter of the spoke: what this function's own role wrote of it, by AWS's record of who wrote each version. What
/// anybody else writes there counts for nothing.
/// </summary>
/// <param name="role">Name of the role of Apply.</param>
public sealed class StopJournalParameter(IAmazonSimpleSystemsManagement systems, string role, AccountId account, string partition, AwsCaller caller)
{
    private readonly WrittenVersions written = new(systems, StopJournal.ParameterName, caller);

    /// <returns>The journal, and the newest version that there is of the parameter, whoever wrote it.</returns>
    /// <exception cref="AwsFaultException">SSM failed.</exception>
    public async Task<(StopJournal Journal, long Version)> ReadAsync(CancellationToken cancellation)
    {
        var versions = await written.ReadAsync(cancellation);
        var journal = StopJournal.Read(versions.Where(one => one.IsOf(partition, account.Value, role)).Select(one => one.Text));
        return (journal, versions.Count == 0 ? 0 : versions[^1].Version);
    }

    /// <summary>Writes it, and what another run of this function has written since <paramref name="version"/> with it.</summary>
    /// <returns>The journal as it stands, and its version.</returns>
    /// <exception cref="AwsFaultException">SSM failed or refused.</exception>
    public async Task<(StopJournal Journal, long Version)> WriteAsync(StopJournal journal, long version, CancellationToken cancellation)
    {
        var read = version;
        while (true)
        {
            var at = caller.Now > journal.WrittenAt || journal.WrittenAt is null ? caller.Now : journal.WrittenAt.Value.AddTicks(1);
            var expected = version;
            foreach (var page in journal.Pages(at))
            {
                var request = new PutParameterRequest
                {
                    Name = StopJournal.ParameterName,
                    Value = page,
                    Type = ParameterType.String,
                    Overwrite = true,
                };
                var answer = await caller.CallAsync("ssm", "PutParameter", token => systems.PutParameterAsync(request, token), cancellation);
                (expected, version) = (expected + 1, answer.Version ?? 0);
            }

            journal = journal with { WrittenAt = at };
            // Smaller where somebody deleted it.
            if (version <= expected) return (journal, version);
            // Our own pages are the newest by now and hide the other run's, so all since what we had read count.
            var versions = await written.ReadAsync(cancellation);
            var others = versions.Where(one => one.Version > read && one.IsOf(partition, account.Value, role)).Select(one => one.Text).ToList();
            var both = journal.Entries.Items.Union(StopJournal.EntriesOf(others));
            version = versions.Count == 0 ? 0 : versions[^1].Version;
            if (both.Count == journal.Entries.Count) return (journal, version);
            var last = StopJournal.Read(others).WrittenAt;
            journal = new StopJournal(both) { WrittenAt = last > at ? last : at };
        }
    }
}
