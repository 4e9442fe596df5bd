namespace BudgetSync.Cdk.Channels;

/// <summary>What the path of a provider's endpoint must be.</summary>
/// <param name="Pattern">A regular expression over the path.</param>
/// <param name="Example">A path that is right, for people.</param>
internal sealed record EndpointPath(string Pattern, string Example);
