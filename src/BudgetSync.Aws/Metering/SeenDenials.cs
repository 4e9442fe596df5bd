using System.Collections.Immutable;

namespace BudgetSync.Aws.Metering;

/// <summary>What IAM says of the policies that suspend.</summary>
/// <param name="Bound">The names of the roles and users that the one is attached to, and of the people that the other names, as records have them.</param>
public sealed record SeenDenials(ImmutableHashSet<string> Bound)
{
    /// <summary>Why the policy of users and roles denies nothing for sure; "" where it does.</summary>
    public string Void { get; init; } = "";

    /// <summary>Why that of people denies nothing for sure; "" where it does.</summary>
    public string PeopleVoid { get; init; } = "";

    /// <summary>Names of the account's roles that the policy does not bind, attached or not.</summary>
    public ImmutableHashSet<string> Exempt { get; init; } = [];
}
