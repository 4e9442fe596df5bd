using System.Collections.Immutable;
using BudgetSync.Core;

namespace BudgetSync.Aws.Metering;

/// <summary>What IAM says of the policies that suspend.</summary>
/// <param name="Bound">The names of the roles and users that the one is attached to, and of the people that the other names, as records have them.</param>
public sealed record SeenDenials(ImmutableHashSet<string> Bound)
{
    /// <summary>Why the policy of users and roles denies nothing for sure; "" where it does.</summary>
    public string Void { get; init; } = "";

    /// <summary>Why that of people denies nothing for sure; "" where it does.</summary>
    public string PeopleVoid { get; init; } = "";

    /// <summary>Names of roles that the policy exempts, a star for any letters.</summary>
    public ImmutableArray<string> Exempt { get; init; } = [];

    /// <summary>True: the policy binds no role of that name, attached or not.</summary>
    public bool Exempts(string role) => Exempt.Any(pattern => Wildcard.Matches(pattern, role, StringComparison.Ordinal));
}
