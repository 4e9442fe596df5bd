using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace BudgetSync.Core.Budgets;

/// <summary>
/// Whether the policy of a topic or a key lets AWS Budgets use it for a budget. Only what is sure is said: a condition that is not known here, or a statement
/// of the kinds Not…, makes the answer unknown. Sources: Cost Management user guide, "Creating an Amazon SNS topic for budget notifications"; IAM user guide,
/// "Policy evaluation logic" and "IAM JSON policy elements".
/// </summary>
internal static class ServicePolicy
{
    public const string Principal = "budgets.amazonaws.com";

    private const string IfExists = "IfExists";

    /// <param name="policy">As SNS or KMS answers it.</param>
    /// <param name="action">For example <c>sns:Publish</c>.</param>
    /// <param name="resource">Its ARN.</param>
    /// <param name="sourceArn">The budget's ARN.</param>
    /// <returns>Null where it cannot be told.</returns>
    public static bool? Allows(string policy, string action, string resource, string sourceArn, AccountId account)
    {
        try
        {
            using var document = JsonDocument.Parse(policy);
            var written = Several(document.RootElement.GetProperty("Statement"));
            var statements = written.ConvertAll(statement => Judge(statement, action, resource, sourceArn, account));
            if (statements.Exists(one => one is { Denies: true, Matches: true })) return false;
            if (statements.Exists(one => one is { Denies: true, Matches: null })) return null;
            if (statements.Exists(one => one is { Denies: false, Matches: true })) return true;
            return statements.Exists(one => one is { Denies: false, Matches: null }) ? null : false;
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static (bool Denies, bool? Matches) Judge(
        JsonElement statement, string action, string resource, string sourceArn, AccountId account) =>
        (statement.GetProperty("Effect").GetString() == "Deny", All(
        [
            ForPrincipal(statement),
            Names(statement, "Action", action, StringComparison.OrdinalIgnoreCase),
            Names(statement, "Resource", resource, StringComparison.Ordinal),
            .. Conditions(statement, sourceArn, account),
        ]));

    private static bool? ForPrincipal(JsonElement statement)
    {
        if (!statement.TryGetProperty("Principal", out var principal)) return null;
        if (principal.ValueKind == JsonValueKind.String) return principal.GetString() == "*";
        return principal.EnumerateObject().Any(kind => Texts(kind.Value).Any(name => name == "*" || (kind.Name == "Service" && name == Principal)));
    }

    /// <summary>Whether an element with wildcards names something; unknown where the statement says Not… instead.</summary>
    private static bool? Names(JsonElement statement, string element, string wanted, StringComparison how) => statement.TryGetProperty(element, out var names)
        ? Texts(names).Any(name => IsLike(wanted, name, how))
        : null;

    private static IEnumerable<bool?> Conditions(JsonElement statement, string sourceArn, AccountId account) =>
        statement.TryGetProperty("Condition", out var conditions)
            ? from condition in conditions.EnumerateObject()
              from key in condition.Value.EnumerateObject()
              select Holds(condition.Name, key.Name, [.. Texts(key.Value)], sourceArn, account)
            : [];

    private static bool? Holds(string condition, string key, ImmutableArray<string> values, string sourceArn, AccountId account)
    {
        var (present, value) = key.ToLowerInvariant() switch
        {
            "aws:sourceaccount" => (true, account.Value),
            "aws:sourcearn" => (true, sourceArn),
            "aws:securetransport" or "aws:principalisawsservice" => (true, "true"),
            // Of the caller's account, which a service has none of: what the policy that SNS itself makes asks for.
            "aws:sourceowner" => (false, ""),
            _ => (true, null as string),
        };
        var optional = condition.EndsWith(IfExists, StringComparison.Ordinal);
        var word = optional ? condition[..^IfExists.Length] : condition;
        var negated = word.Contains("Not", StringComparison.Ordinal);
        if (!present) return optional || negated;
        if (value is null) return null;
        return word.Replace("Not", "", StringComparison.Ordinal) switch
        {
            "StringEquals" => values.Contains(value) != negated,
            "StringEqualsIgnoreCase" => values.Contains(value, StringComparer.OrdinalIgnoreCase) != negated,
            "StringLike" or "ArnLike" or "ArnEquals" => values.Any(pattern => IsLike(value, pattern, StringComparison.Ordinal)) != negated,
            "Bool" => values.Contains(value, StringComparer.OrdinalIgnoreCase),
            _ => null,
        };
    }

    /// <summary>Each account asks of its own ARNs: an expression for each takes far longer to make than to match, and most patterns need none.</summary>
    private static bool IsLike(string text, string pattern, StringComparison how) =>
        !pattern.Contains('?') ? Wildcard.Matches(pattern, text, how) : Regex.IsMatch(
            text,
            $"\\A{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal)}\\z",
            RegexOptions.NonBacktracking | RegexOptions.Singleline | (how == StringComparison.Ordinal ? RegexOptions.None : RegexOptions.IgnoreCase));

    private static bool? All(IEnumerable<bool?> parts)
    {
        var all = parts.ToList();
        return all.Contains(false) ? false : all.Contains(null) ? null : true;
    }

    private static List<JsonElement> Several(JsonElement one) => one.ValueKind == JsonValueKind.Array ? [.. one.EnumerateArray()] : [one];

    private static IEnumerable<string> Texts(JsonElement one) => Several(one).Select(text => text.GetString() ?? "");
}
