namespace BudgetSync.Core.Ai;

/// <summary>
/// What a model's tokens cost on demand, in USD for a million of them. Batch, flex and priority cost something else, and the log does not tell them apart.
/// </summary>
/// <param name="CacheRead">Null where the source has none.</param>
/// <param name="CacheWrite">Null where the source has none.</param>
public sealed record ModelPrice(decimal Input, decimal Output, decimal? CacheRead, decimal? CacheWrite)
{
    private const decimal Million = 1_000_000m;

    /// <summary>For what is paid by the hour.</summary>
    public static ModelPrice Free { get; } = new(0, 0, 0, 0);

    /// <summary>What the tokens cost, exactly; null where there are tokens of a kind that has no price.</summary>
    public decimal? Of(TokenCount tokens)
    {
        if ((tokens.CacheRead > 0 && CacheRead is null) || (tokens.CacheWrite > 0 && CacheWrite is null)) return null;
        return ((tokens.Input * Input) + (tokens.Output * Output) + (tokens.CacheRead * (CacheRead ?? 0)) + (tokens.CacheWrite * (CacheWrite ?? 0))) / Million;
    }
}
