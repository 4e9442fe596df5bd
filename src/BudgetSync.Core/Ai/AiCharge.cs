namespace BudgetSync.Core.Ai;

/// <summary>What one call costs, and whom.</summary>
/// <param name="Cost">USD by the list, exact; null where a price is not known, so that the call is in no sum of USD. A call without tokens costs 0.</param>
public sealed record AiCharge(InvocationRecord Record, AiPrincipal Principal, BedrockModel Model, decimal? Cost)
{
    /// <param name="profiles">As in <see cref="BedrockModel.Of"/>.</param>
    public static AiCharge Of(InvocationRecord record, PriceList prices, IReadOnlyDictionary<string, string>? profiles)
    {
        var model = BedrockModel.Of(record.ModelId, profiles);
        var cost = record.Tokens.All == 0 ? 0 : prices.Find(model, record.Region)?.Of(record.Tokens);
        return new(record, AiPrincipal.Of(record.IdentityArn, record.Account), model, cost);
    }
}
