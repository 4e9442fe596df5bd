namespace BudgetSync.Core.Ai.Offers;

/// <summary>One price of an offer file: USD for a million tokens of one kind.</summary>
/// <param name="Name">What AWS calls the model: <c>Nova Lite</c>, <c>Claude Opus 4.5</c>.</param>
/// <param name="Kind"><see cref="ModelKind.Regional"/> or <see cref="ModelKind.Global"/>.</param>
/// <param name="Sku">For people: which price it is.</param>
public sealed record OfferRate(string Name, string Region, ModelKind Kind, TokenKind Tokens, decimal Usd, string Sku);

/// <summary>The four kinds of tokens that have prices of their own.</summary>
public enum TokenKind
{
    Input,
    Output,
    CacheRead,
    CacheWrite,
}
