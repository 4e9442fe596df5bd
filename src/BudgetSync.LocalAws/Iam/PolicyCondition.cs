using System.Collections.Immutable;
using System.Globalization;

namespace BudgetSync.LocalAws.Iam;

/// <summary>One condition: an operator, a key of the request, and the values it is compared with (any one of them is enough).</summary>
/// <param name="ForAll">ForAllValues: every value of the request must match, and none at all matches too.</param>
/// <param name="IfExists">An absent key satisfies the condition.</param>
/// <param name="Negated">A Not… operator: no value may match; an absent key satisfies it.</param>
/// <param name="IsOfSet">It has a set operator, ForAllValues or ForAnyValue.</param>
internal sealed record PolicyCondition(
    string Key,
    ImmutableArray<string> Values,
    Func<string, string, bool> Test,
    bool IsNull,
    bool IsOfSet,
    bool ForAll,
    bool IfExists,
    bool Negated)
{
    /// <summary>Operators by name without quantifier, Not and IfExists: request value, policy value, whether they agree.</summary>
    private static readonly ImmutableDictionary<string, Func<string, string, bool>> Operators = new Dictionary<string, Func<string, string, bool>>
    {
        ["StringEquals"] = static (actual, wanted) => actual == wanted,
        ["StringEqualsIgnoreCase"] = static (actual, wanted) => string.Equals(actual, wanted, StringComparison.OrdinalIgnoreCase),
        ["StringLike"] = static (actual, wanted) => Wildcard.Matches(wanted, actual),
        // AWS lets both ARN operators take wildcards; they behave identically.
        ["ArnEquals"] = static (actual, wanted) => ArnMatches(wanted, actual),
        ["ArnLike"] = static (actual, wanted) => ArnMatches(wanted, actual),
        ["Bool"] = static (actual, wanted) => string.Equals(actual, wanted, StringComparison.OrdinalIgnoreCase),
        ["NumericEquals"] = static (actual, wanted) => Compare(actual, wanted) == 0,
        ["NumericLessThan"] = static (actual, wanted) => Compare(actual, wanted) < 0,
        ["NumericLessThanEquals"] = static (actual, wanted) => Compare(actual, wanted) <= 0,
        ["NumericGreaterThan"] = static (actual, wanted) => Compare(actual, wanted) > 0,
        ["NumericGreaterThanEquals"] = static (actual, wanted) => Compare(actual, wanted) >= 0,
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>
    /// Keys that AWS documents as multivalued (service authorization reference, "ArrayOf…" types), of those that requests have here. What an operator for
    /// single values makes of them is not promised (IAM user guide, "Multivalued context keys"), so it holds for none of their values here.
    /// </summary>
    private static readonly ImmutableHashSet<string> Multivalued =
        ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, "aws:TagKeys", "dynamodb:LeadingKeys", "events:source", "events:detail-type");

    public static PolicyCondition Of(string name, string key, ImmutableArray<string> values)
    {
        var rest = name;
        var forAll = Cut(ref rest, "ForAllValues:", prefix: true);
        var ofSet = Cut(ref rest, "ForAnyValue:", prefix: true) || forAll;
        var ifExists = Cut(ref rest, "IfExists", prefix: false);
        if (rest == "Null") return new PolicyCondition(key, values, static (_, _) => false, IsNull: true, ofSet, forAll, ifExists, Negated: false);
        var positive = rest.Replace("Not", "", StringComparison.Ordinal);
        if (!Operators.TryGetValue(positive, out var test))
            throw PolicyDocument.Malformed($"the condition operator \"{name}\" is none that LocalAws knows; BEHAVIOUR.md lists them");
        return new PolicyCondition(key, values, test, IsNull: false, ofSet, forAll, ifExists, Negated: rest != positive);
    }

    public bool Holds(RequestContext context)
    {
        var actual = context[Key];
        if (IsNull) return Values.Any(value => string.Equals(value, actual.IsEmpty ? "true" : "false", StringComparison.OrdinalIgnoreCase));
        if (!IsOfSet && Multivalued.Contains(Key)) return false;
        if (actual.IsEmpty) return IfExists || ForAll || Negated;
        return ForAll ? actual.All(value => Agrees(value, context)) : actual.Any(value => Agrees(value, context));
    }

    private bool Agrees(string actual, RequestContext context) => Values.Any(wanted => Test(actual, context.Substitute(wanted))) != Negated;

    private static bool ArnMatches(string pattern, string arn)
    {
        // Each of the six parts is compared alone: a star never reaches over a colon into the next part.
        var wanted = pattern.Split(':', 6);
        var actual = arn.Split(':', 6);
        return wanted.Length == actual.Length && wanted.Zip(actual).All(part => Wildcard.Matches(part.First, part.Second));
    }

    private static int? Compare(string actual, string wanted) =>
        decimal.TryParse(actual, CultureInfo.InvariantCulture, out var left) && decimal.TryParse(wanted, CultureInfo.InvariantCulture, out var right)
            ? left.CompareTo(right)
            : null;

    private static bool Cut(ref string text, string part, bool prefix)
    {
        var found = prefix ? text.StartsWith(part, StringComparison.Ordinal) : text.EndsWith(part, StringComparison.Ordinal);
        if (found) text = prefix ? text[part.Length..] : text[..^part.Length];
        return found;
    }
}
