using BudgetSync.Aws.Faults;
using BudgetSync.Core;

namespace BudgetSync.Aws.Spokes;

/// <summary>
/// The versions of the parameter that AWS keeps, and which of them the hub's own role wrote. Whoever else may write the parameter chooses budgets by it, and
/// neither takes anything from anybody nor gives it back: who wrote a version is AWS's record.
/// </summary>
/// <param name="role">Name of the role that only the hub may assume, and writes the parameter by.</param>
public sealed class HubVersions(WrittenVersions written, string role, AccountId account, string partition)
{
    /// <param name="version">Of the parameter as it was just read.</param>
    /// <returns>The hub's, oldest first, and the newest of all.</returns>
    /// <exception cref="AwsFaultException">SSM failed, or its history is behind the parameter, which moments heal.</exception>
    public async Task<(IReadOnlyList<WrittenVersion> OfHub, WrittenVersion Newest)> ReadAsync(long version, CancellationToken cancellation)
    {
        var versions = await written.ReadAsync(cancellation);
        if (versions.Count == 0 || versions[^1].Version < version) throw Behind(version, versions.Count == 0 ? 0 : versions[^1].Version);
        return (OfHub(versions), versions[^1]);
    }

    /// <returns>The hub's, oldest first; none where there is no parameter.</returns>
    /// <exception cref="AwsFaultException">SSM failed.</exception>
    public async Task<IReadOnlyList<WrittenVersion>> ReadAsync(CancellationToken cancellation) => OfHub(await written.ReadAsync(cancellation));

    private List<WrittenVersion> OfHub(IReadOnlyList<WrittenVersion> versions) => [.. versions.Where(one => one.IsOf(partition, account.Value, role))];

    private static AwsFaultException Behind(long version, long newest)
    {
        var message = $"the history ends with version {newest} and the parameter is version {version}";
        return new AwsFaultException(
            new AwsFault(FaultKind.Retry, "HistoryBehind", "ssm", "GetParameterHistory", message, Known: true), new InvalidOperationException(message));
    }
}
