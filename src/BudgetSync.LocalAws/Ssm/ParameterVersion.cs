using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Ssm;

/// <summary>One version of a parameter, as it was put.</summary>
internal sealed record ParameterVersion(
    string Name,
    long Version,
    string Type,
    string Value,
    string Tier,
    string? Description,
    string? AllowedPattern,
    DateTimeOffset Modified,
    string ModifiedBy)
{
    public ImmutableSortedSet<string> Labels { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);
}
