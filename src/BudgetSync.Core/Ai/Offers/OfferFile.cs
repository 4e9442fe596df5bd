using System.Collections.Immutable;

namespace BudgetSync.Core.Ai.Offers;

/// <summary>What one of AWS's bulk offer files says of tokens on demand.</summary>
/// <param name="Code"><c>AmazonBedrock</c> or <c>AmazonBedrockFoundationModels</c>.</param>
/// <param name="Version">As the file says: <c>20261101123456</c>.</param>
/// <param name="On">The day on which it was published.</param>
/// <param name="LeftOut">How many prices are not among the rates, by why.</param>
public sealed record OfferFile(
    string Code, string Version, DateOnly On, ImmutableArray<OfferRate> Rates, ImmutableSortedDictionary<string, int> LeftOut);
