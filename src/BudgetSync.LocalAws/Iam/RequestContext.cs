using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace BudgetSync.LocalAws.Iam;

/// <summary>The condition keys of one request. Key names are compared without case, as IAM does.</summary>
internal sealed partial class RequestContext
{
    private readonly Dictionary<string, ImmutableArray<string>> keys = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The values of a key; empty where the request does not carry it.</summary>
    public ImmutableArray<string> this[string key]
    {
        get => keys.TryGetValue(key, out var values) ? values : [];
        set => keys[key] = value;
    }

    /// <summary>Sets a key of one value; null leaves it absent.</summary>
    public void Set(string key, string? value)
    {
        if (value is not null) keys[key] = [value];
    }

    /// <summary>Puts the request's values in place of policy variables such as <c>${aws:PrincipalAccount}</c>; an absent key matches nothing.</summary>
    public string Substitute(string pattern) =>
        !pattern.Contains("${", StringComparison.Ordinal) ? pattern : Variable().Replace(pattern, match => match.Groups["key"].Value switch
        {
            "*" or "?" or "$" => match.Groups["key"].Value,
            var key when this[key] is [var value] => value,
            _ => match.Value,
        });

    [GeneratedRegex(@"\$\{(?<key>[^}]+)\}")]
    private static partial Regex Variable();
}
