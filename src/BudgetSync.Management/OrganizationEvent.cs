using System.Text.Json;
using BudgetSync.Core;

namespace BudgetSync.Management;

/// <summary>
/// An event of AWS Organizations, which comes by CloudTrail: which account joined or moved. AWS documents the members of some of these events only, so an
/// account is looked for where any of them has one, and where none is found everything is reconciled.
/// </summary>
/// <example><code>
/// {"source":"aws.organizations","detail":{"eventName":"CreateAccountResult","serviceEventDetails":{"createAccountStatus":{"accountId":"111122223333"}}}}
/// </code></example>
internal static class OrganizationEvent
{
    /// <summary>How deep members may stand: <c>responseElements.handshake.parties[].id</c> is the deepest known.</summary>
    private const int MaximumDepth = 6;

    private static readonly string[] Places = ["serviceEventDetails", "requestParameters", "responseElements"];

    /// <summary>The accounts it is about; none where it is no such event or names none.</summary>
    public static IEnumerable<AccountId> Accounts(JsonElement root)
    {
        if (!Is(root, "source", "aws.organizations") || !root.TryGetProperty("detail", out var detail) || detail.ValueKind != JsonValueKind.Object) return [];
        return Places.SelectMany(place => detail.TryGetProperty(place, out var part) ? Find(part, 0) : []).Distinct();
    }

    private static IEnumerable<AccountId> Find(JsonElement node, int depth)
    {
        if (depth > MaximumDepth) return [];
        return node.ValueKind switch
        {
            JsonValueKind.Array => node.EnumerateArray().SelectMany(item => Find(item, depth + 1)),
            // A party of a handshake: {"id":"111122223333","type":"ACCOUNT"}.
            JsonValueKind.Object when Is(node, "type", "ACCOUNT") && Account(node, "id") is { } party => [party],
            JsonValueKind.Object => node.EnumerateObject().SelectMany(member => IsAccount(member.Name) && Account(node, member.Name) is { } account
                ? [account]
                : Find(member.Value, depth + 1)),
            _ => [],
        };
    }

    /// <summary>accountId, memberAccountId, joinedAccountId …, but not managementAccountId, which every one of these events may name beside it.</summary>
    private static bool IsAccount(string name) =>
        name.EndsWith("accountId", StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith("management", StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith("master", StringComparison.OrdinalIgnoreCase);

    private static AccountId? Account(JsonElement node, string name) =>
        node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && AccountId.TryParse(value.GetString(), out var account)
            ? account
            : null;

    private static bool Is(JsonElement node, string name, string text) =>
        node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() == text;
}
