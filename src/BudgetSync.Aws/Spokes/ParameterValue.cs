namespace BudgetSync.Aws.Spokes;

/// <summary>A parameter as it stands.</summary>
/// <param name="Version">Counts up from 1 with every write.</param>
public sealed record ParameterValue(string Text, long Version);
