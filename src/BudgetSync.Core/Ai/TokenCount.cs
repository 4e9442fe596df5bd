namespace BudgetSync.Core.Ai;

/// <summary>
/// Tokens of one call of a model, or of many. The four are apart from one another and have prices of their own (Bedrock user guide, "Prompt caching": cached
/// tokens are not among the input tokens).
/// </summary>
public readonly record struct TokenCount(long Input, long CacheRead, long CacheWrite, long Output)
{
    /// <summary>Ours: far above what a model takes; more is no count.</summary>
    public const long Maximum = 1_000_000_000;

    public long All => Input + CacheRead + CacheWrite + Output;

    public static TokenCount operator +(TokenCount one, TokenCount other) =>
        new(one.Input + other.Input, one.CacheRead + other.CacheRead, one.CacheWrite + other.CacheWrite, one.Output + other.Output);

    public static TokenCount Add(TokenCount one, TokenCount other) => one + other;
}
