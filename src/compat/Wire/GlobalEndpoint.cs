namespace BudgetSync.Compat.Wire;

/// <summary>The one endpoint of a global service in one partition, whatever region the client is set to.</summary>
/// <param name="Partition">Example: <c>aws</c>.</param>
/// <param name="Url">Example: <c>https://budgets.amazonaws.com</c>.</param>
/// <param name="SigningRegion">The region to sign for. Example: <c>us-east-1</c>.</param>
public sealed record GlobalEndpoint(string Partition, string Url, string SigningRegion);
