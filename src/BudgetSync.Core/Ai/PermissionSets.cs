using System.Globalization;

namespace BudgetSync.Core.Ai;

/// <summary>Permission sets of IAM Identity Center that an account has, as far as its own roles tell.</summary>
/// <param name="All">How many.</param>
/// <param name="Without">The names of those that do not refer to the policy of suspended people, in order; at most <see cref="MostNamed"/>.</param>
public sealed record PermissionSets(int All, EquatableArray<string> Without)
{
    public const int MostNamed = 50;

    private const int MostShown = 3;

    /// <summary>What the names of all roles begin with that IAM Identity Center makes.</summary>
    internal const string RolePrefix = "AWSReservedSSO_";

    /// <summary>The suffix of a role's name: an underscore and 16 hexadecimal digits.</summary>
    private const int SuffixLength = 17;

    /// <summary>
    /// The name of the permission set that a role was made for: <c>Developer</c> of <c>AWSReservedSSO_Developer_0123456789abcdef</c>; null: of none.
    /// </summary>
    public static string? NameOf(string role) =>
        role.StartsWith(RolePrefix, StringComparison.Ordinal) && role.Length > RolePrefix.Length + SuffixLength && role[^SuffixLength] == '_'
            ? role[RolePrefix.Length..^SuffixLength]
            : null;

    /// <summary>Why nobody of IAM Identity Center can be suspended.</summary>
    public static string WhyNot(EquatableArray<string> without) => without.Length == 1
        ? $"the permission set {without[0]} does not refer to the policy of suspended people"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{without.Length} permission sets do not refer to the policy of suspended people: {Names(without)}");

    /// <summary><c>Admin, Billing, Developer and 2 more</c></summary>
    public static string Names(EquatableArray<string> names)
    {
        var shown = string.Join(", ", names.Take(MostShown));
        return names.Length > MostShown ? string.Create(CultureInfo.InvariantCulture, $"{shown} and {names.Length - MostShown} more") : shown;
    }
}
