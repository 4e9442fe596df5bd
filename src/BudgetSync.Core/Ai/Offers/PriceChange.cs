namespace BudgetSync.Core.Ai.Offers;

/// <summary>One price that is new or another one.</summary>
/// <param name="Before">Null where there was none.</param>
public sealed record PriceChange(PriceEntry? Before, PriceEntry After);
