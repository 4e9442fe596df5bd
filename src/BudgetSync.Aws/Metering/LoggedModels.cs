namespace BudgetSync.Aws.Metering;

/// <summary>Where calls of models are logged.</summary>
/// <param name="Group">The log group to subscribe to; the stack's own, empty one where they are not logged to any.</param>
/// <param name="IsOurs">The configuration is the stack's.</param>
/// <param name="Blind">Why no call is seen; null where they are.</param>
public sealed record LoggedModels(string Group, bool IsOurs, string? Blind);
