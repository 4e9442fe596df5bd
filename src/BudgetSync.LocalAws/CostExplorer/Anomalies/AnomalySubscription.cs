namespace BudgetSync.LocalAws.CostExplorer.Anomalies;

/// <summary>Who is told of what some monitors find.</summary>
/// <param name="Frequency">IMMEDIATE, DAILY or WEEKLY.</param>
/// <param name="Topics">Of an immediate one; those of the others are addresses of people, to whom nothing is sent here.</param>
internal sealed record AnomalySubscription(
    string AccountId, string Arn, string Name, string Frequency, IReadOnlyList<string> Monitors, IReadOnlyList<string> Topics, AnomalyThreshold Threshold);
