namespace BudgetSync.Core.Status;

/// <content>What follows from a spoke's stack being deployed.</content>
public static partial class StatusChange
{
    /// <summary>
    /// The spoke's stack was created or updated, and something is still open for it: what could not reach it before is due now. An account that has what its
    /// rows ask for needs nothing, so that a release to 10,000 spokes is not 10,000 reconciles.
    /// </summary>
    /// <returns>
    /// A row whose <see cref="StatusRow.DeployedAt"/> moved where a reconcile is to be asked for. Repeated deployments within <see cref="DeploymentPause"/>
    /// are one: whoever may invoke a spoke's function can claim as many as they like.
    /// </returns>
    public static StatusRow Deployed(StatusRow row, DateTimeOffset now)
    {
        // Uncovered without a place in the organization is an account that had left it, or that was not seen yet.
        if (row.State is AccountState.Applied or AccountState.Rejected || row is { State: AccountState.Uncovered, Path.IsEmpty: false }) return row;
        var repeated = row.DeployedAt is { } last && now - last < DeploymentPause;
        return Written(row, row with { NextAttemptAt = now, DeployedAt = repeated ? row.DeployedAt : now });
    }

    /// <summary>Shorter than any roll-back and new attempt of a stack; what it holds back is due at the next hourly reconcile.</summary>
    private static readonly TimeSpan DeploymentPause = TimeSpan.FromMinutes(5);
}
