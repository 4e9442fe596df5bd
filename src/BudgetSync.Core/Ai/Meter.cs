using System.Collections.Immutable;

namespace BudgetSync.Core.Ai;

/// <summary>
/// Adds up records of calls: each request once, however often it is delivered, in decimal, so that the order of records does not matter and nothing is rounded.
/// Not safe for several threads.
/// </summary>
/// <param name="profiles">As in <see cref="BedrockModel.Of"/>.</param>
public sealed class Meter(PriceList prices, IReadOnlyDictionary<string, string>? profiles = null)
{
    private readonly HashSet<(AccountId Account, string Region, string RequestId)> seen = [];
    private readonly Dictionary<(AccountId Account, AiPrincipal Principal, string Region, BedrockModel Model), ModelUsage> usages = [];

    /// <summary>How many records were there before.</summary>
    public long Doubles { get; private set; }

    /// <summary>The dearest first.</summary>
    public ImmutableArray<ModelUsage> Usages => [.. usages.Values
        .OrderByDescending(usage => usage.Cost)
        .ThenByDescending(usage => usage.Tokens.All)
        .ThenBy(usage => usage.Account.Value, StringComparer.Ordinal)
        .ThenBy(usage => usage.Principal.Name, StringComparer.Ordinal)
        .ThenBy(usage => usage.Model.Id, StringComparer.Ordinal)
        .ThenBy(usage => usage.Region, StringComparer.Ordinal)
        .ThenBy(usage => usage.Model.Kind)];

    /// <returns>False where the request was counted before.</returns>
    public bool Add(InvocationRecord record)
    {
        if (!seen.Add((record.Account, record.Region, record.RequestId)))
        {
            Doubles++;
            return false;
        }

        var charge = AiCharge.Of(record, prices, profiles);
        var (_, principal, model, cost) = charge;
        var key = (record.Account, principal, record.Region, model);
        var before = usages.GetValueOrDefault(key) ?? new ModelUsage(record.Account, principal, record.Region, model, 0, default, 0, 0);
        usages[key] = before with
        {
            Calls = before.Calls + 1,
            Tokens = before.Tokens + record.Tokens,
            Cost = before.Cost + (cost ?? 0),
            UnpricedCalls = before.UnpricedCalls + (cost is null ? 1 : 0),
            UncountedCalls = before.UncountedCalls + (charge.IsUncounted ? 1 : 0),
            Missing = cost is null ? before.Missing.Items.Add(prices.Missing(model, record.Region, record.Tokens)) : before.Missing,
        };
        return true;
    }
}
