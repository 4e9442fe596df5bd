namespace BudgetSync.Core.Ai;

/// <summary>What one call costs, and whom.</summary>
/// <param name="Cost">USD by the list, exact; null where a price is not known, so that the call is in no sum of USD. A call without tokens costs 0.</param>
public sealed record AiCharge(InvocationRecord Record, AiPrincipal Principal, BedrockModel Model, decimal? Cost)
{
    /// <summary>
    /// It was answered, and its record does not say by how many tokens, so that it costs more than <see cref="Cost"/>: an image, a video, a stream that broke
    /// off.
    /// </summary>
    public bool IsUncounted { get; init; }

    /// <param name="profiles">As in <see cref="BedrockModel.Of"/>.</param>
    public static AiCharge Of(InvocationRecord record, PriceList prices, IReadOnlyDictionary<string, string>? profiles)
    {
        var model = BedrockModel.Of(record.ModelId, profiles);
        var price = prices.Find(model, record.Region);
        var cost = record.Tokens.All == 0 ? 0 : price?.Of(record.Tokens);
        // What is paid by the hour costs nothing more; of an embedding nothing comes out that has a price.
        var isUncounted = !record.HasFailed && model.Kind != ModelKind.Provisioned
            && (record.Tokens.All == 0 || (!record.HasOutputCount && price is { Output: > 0 }));
        return new(record, AiPrincipal.Of(record.IdentityArn, record.Account), model, cost) { IsUncounted = isUncounted };
    }
}
