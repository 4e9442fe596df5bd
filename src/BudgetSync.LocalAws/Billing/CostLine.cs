namespace BudgetSync.LocalAws.Billing;

/// <summary>What one account was charged on one day for one thing, unblended, in the payer's currency.</summary>
/// <param name="Service">As bills name it: <c>Amazon Elastic Compute Cloud - Compute</c>.</param>
/// <param name="RecordType">The charge type of Cost Explorer: <c>Usage</c>, <c>Support</c>, <c>Tax</c>, <c>Credit</c>, <c>Refund</c>.</param>
/// <param name="Amount">Of the whole day; negative for credits and refunds.</param>
public readonly record struct CostLine(string Service, string RecordType, decimal Amount)
{
    /// <summary>Where it was used.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>For example <c>USE1-NovaPro-input-tokens</c>; empty where nobody said.</summary>
    public string UsageType { get; init; } = "";
}
