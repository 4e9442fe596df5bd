using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Ssm;

/// <summary>A parameter with the versions that are kept.</summary>
/// <param name="Versions">Oldest first, never empty.</param>
internal sealed record Parameter(ImmutableList<ParameterVersion> Versions, ImmutableSortedDictionary<string, string> Tags)
{
    /// <summary>AWS keeps this many; the oldest goes when another comes.</summary>
    public const int MaximumVersions = 100;

    public ParameterVersion Latest => Versions[^1];

    public Parameter With(ParameterVersion version)
    {
        var versions = Versions.Add(version);
        return this with { Versions = versions.Count > MaximumVersions ? versions.RemoveAt(0) : versions };
    }
}
