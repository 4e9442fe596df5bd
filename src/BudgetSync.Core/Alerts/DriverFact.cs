using System.Collections.Immutable;
using BudgetSync.Core.Spend.Costs;

namespace BudgetSync.Core.Alerts;

/// <summary>What made the costs rise, beside an alert that they did.</summary>
public static class DriverFact
{
    /// <summary>Whether it is an alert that says why: that money is spent, or runs out, and says so for the first time or anew.</summary>
    public static bool Suits(Alert alert) =>
        alert.Kind is AlertKind.SpendState or AlertKind.Runway && alert.Phase is AlertPhase.Opened or AlertPhase.Escalated;

    /// <summary>The alert with one fact more; as it is where nothing rose or nothing is known.</summary>
    public static Alert Added(Alert alert, ImmutableArray<CostDriver> drivers) =>
        drivers.IsDefaultOrEmpty ? alert : alert with { Facts = [.. alert.Facts, new AlertFact("Rose most", string.Join("; ", drivers))] };
}
