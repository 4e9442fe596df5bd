using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Ssm;

/// <summary>A parameter with the versions that are kept.</summary>
/// <param name="Versions">Oldest first, never empty.</param>
internal sealed record Parameter(ImmutableList<ParameterVersion> Versions, ImmutableSortedDictionary<string, string> Tags)
{
    public ParameterVersion Latest => Versions[^1];

    public Parameter With(ParameterVersion version)
    {
        var versions = Versions.Add(version);
        return this with { Versions = versions.Count > AwsLimits.Ssm.Versions ? versions.RemoveAt(0) : versions };
    }
}
