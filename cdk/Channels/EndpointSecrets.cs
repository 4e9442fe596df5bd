using System.Text.RegularExpressions;

namespace BudgetSync.Cdk.Channels;

/// <summary>
/// Secrets in an endpoint, which stands in templates and in what DescribeApiDestination answers. By the name of a part of the query, or by how a value or a
/// part of the path looks: ids are hex, UUIDs or words, and tokens mix letters of both cases with digits.
/// </summary>
internal static partial class EndpointSecrets
{
    /// <summary>What is wrong and the way out; null where nothing is.</summary>
    /// <param name="publicPath">
    /// Nothing in the path is a secret, whatever it looks like: of a token endpoint, which takes its secret in the request (RFC 6749, 2.3.1) and has ids in its
    /// path (Okta's authorization servers), or because a person says so.
    /// </param>
    public static string? Problem(Uri url, bool publicPath)
    {
        if (url.Host is "hooks.slack.com")
            return "is an incoming webhook of Slack, whose path is its secret; write the kind SlackWebhook, and the URL into the secret";
        foreach (var (name, value) in url.Query.TrimStart('?').Split('&').Select(Pair))
            if (Names().IsMatch(name) || LooksSecret(value))
                return $"has a secret in its query ({name}); take it out of the URL and put it into the secret";
        return !publicPath && url.AbsolutePath.Split('/').Any(part => LooksSecret(Uri.UnescapeDataString(part)))
            ? "has what looks like a secret in its path, which everybody reads who may read the stack; write an address that takes its secret in the header "
                + "Authorization, or \"publicPath\": true beside it where nothing in the path is secret"
            : null;
    }

    private static (string Name, string Value) Pair(string part)
    {
        var at = part.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? ("", Uri.UnescapeDataString(part)) : (Uri.UnescapeDataString(part[..at]), Uri.UnescapeDataString(part[(at + 1)..]));
    }

    private static bool LooksSecret(string text) =>
        Token().IsMatch(text) && text.Any(char.IsAsciiDigit) && text.Any(char.IsAsciiLetterLower) && text.Any(char.IsAsciiLetterUpper);

    [GeneratedRegex("^[A-Za-z0-9_+/=.~-]{20,}$")]
    private static partial Regex Token();

    /// <summary>Whole words of a name, as in <c>api_key</c>, <c>accessToken</c> and <c>X-Amz-Signature</c>, and the names that stand for one.</summary>
    [GeneratedRegex(
        "^(code|pw|pwd|pass|sas|jwt)$|(^|[-_.])(sig|key|auth)$|signature|(?-i:[a-z](Key|Sig|Auth))$|(api|access|secret|shared)key$|token|secret|password|passwd"
            + "|passphrase|credential|bearer|hmac|authorization",
        RegexOptions.IgnoreCase)]
    private static partial Regex Names();
}
