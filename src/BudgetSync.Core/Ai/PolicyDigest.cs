using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BudgetSync.Core.Ai;

/// <summary>
/// Tells whether the text of a policy is the one that the stack made, wherever AWS has put its members and whether it writes one value as a list. The stack
/// knows the digest of its policies, and computes it the same way.
/// </summary>
public static class PolicyDigest
{
    private const int Bytes = 16;

    /// <summary>32 hex digits; null where it is no JSON.</summary>
    public static string? Of(string document)
    {
        try
        {
            var text = JsonNode.Parse(document) is { } root ? Canonical(root) : "";
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, Bytes));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Members in order of name; values of a list in order, for in a policy it means nothing; one value as a list of one.</summary>
    private static string Canonical(JsonNode? node) => node switch
    {
        JsonObject members =>
            $"{{{string.Join(',', members.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}={Canonical(one.Value)}"))}}}",
        JsonArray items => $"[{string.Join(',', items.Select(Canonical).Select(Unwrapped).Order(StringComparer.Ordinal))}]",
        // In quotes, so that one text with a comma is not two. CloudFormation makes texts of numbers and of true.
        _ => $"[\"{JsonEncodedText.Encode(node?.ToString() ?? "")}\"]",
    };

    private static string Unwrapped(string one) => one.StartsWith('[') ? one[1..^1] : one;
}
