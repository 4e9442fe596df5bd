namespace BudgetSync.LocalAws.CostExplorer.Anomalies;

/// <summary>What the model of AWS Cost Anomaly Detection has found out; here whoever uses the cloud invents it.</summary>
/// <param name="LinkedAccount">Whose costs they are, 12 digits.</param>
/// <param name="Service">For example Amazon Elastic Compute Cloud - Compute.</param>
/// <param name="Actual">USD that were spent since <paramref name="Since"/>.</param>
/// <param name="Expected">USD that were expected; 0 for a service that was never used before.</param>
/// <param name="Since">The first day.</param>
public sealed record UnusualCost(string LinkedAccount, string Service, decimal Actual, decimal Expected, DateOnly Since)
{
    /// <summary>AWS's own of the anomaly, the same while it goes on.</summary>
    public string Id { get; init; } = "12345678-abcd-ef12-3456-987654321a12";

    public string Region { get; init; } = "us-east-1";

    public string UsageType { get; init; } = "BoxUsage:m5.large";

    /// <summary>What a monitor of accounts calls the account; null: by its number. Of monitors of services the user guide says that it is the name.</summary>
    public string? AccountAs { get; init; }

    /// <summary>USD.</summary>
    public decimal Impact => Actual - Expected;

    /// <summary>Of what was expected; null where nothing was (API reference, Impact).</summary>
    public decimal? Percentage => Expected == 0 ? null : 100 * Impact / Expected;
}
