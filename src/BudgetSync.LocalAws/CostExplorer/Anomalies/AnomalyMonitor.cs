namespace BudgetSync.LocalAws.CostExplorer.Anomalies;

/// <summary>A monitor that AWS manages: it looks at each value of one dimension by itself.</summary>
/// <param name="Dimension">LINKED_ACCOUNT or SERVICE.</param>
public sealed record AnomalyMonitor(string AccountId, string Arn, string Name, string Dimension);
