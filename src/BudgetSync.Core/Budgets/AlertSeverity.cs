namespace BudgetSync.Core.Budgets;

/// <summary>
/// How much an alert matters, from the least to the most. The words are those of the states of spending where there is one: an account that is Over is a
/// warning, one that is Critical is critical, and Shutdown is an emergency.
/// </summary>
public enum AlertSeverity
{
    /// <summary>Worth knowing: a threshold below the limit, money that runs out in ten days.</summary>
    Info,

    /// <summary>Needs a look: Over, a threshold at the limit, a budget that AWS does not compute.</summary>
    Warning,

    /// <summary>It needs an action today: Critical, money that runs out in four days.</summary>
    Critical,

    /// <summary>Workloads should be stopped: Shutdown.</summary>
    Emergency,
}

/// <summary>Where alerts go, and from which severity on: <c>pager Critical</c> in a row's <c>Notify</c>.</summary>
/// <param name="Channel">The name of one of the deployment's channels.</param>
public readonly record struct AlertRoute(string Channel, AlertSeverity From)
{
    /// <summary>The deployment's own topic for operations, which stands beside its channels and needs no setting.</summary>
    public const string Operations = "operations";

    /// <summary>Where alerts go for which no row says anything.</summary>
    public static AlertRoute Default => new(Operations, AlertSeverity.Critical);

    /// <summary>As a row writes it: a channel that takes everything stands by itself.</summary>
    public override string ToString() => From == AlertSeverity.Info ? Channel : $"{Channel} {From}";
}
