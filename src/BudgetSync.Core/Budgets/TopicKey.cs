namespace BudgetSync.Core.Budgets;

/// <summary>The key that encrypts a topic's messages, as far as it was looked at.</summary>
/// <param name="Id">As SNS names it: an ARN, an id or an alias.</param>
/// <param name="Policy">As KMS answers it; null where it was not to be had.</param>
/// <param name="Unseen">Why it was not; "" where it was.</param>
public sealed record TopicKey(string Id, string? Policy, string Unseen)
{
    /// <summary>The key that AWS manages for SNS: its policy cannot be changed, and lets no other service use it.</summary>
    private const string Managed = "alias/aws/sns";

    private const string Alias = "alias/";

    /// <summary>Whether it is the key that AWS manages for SNS.</summary>
    public static bool IsManaged(string id) => id.EndsWith(Managed, StringComparison.Ordinal);

    /// <summary>Whether GetKeyPolicy takes it, which takes ids and ARNs of keys, and no aliases (KMS API reference, GetKeyPolicy, KeyId).</summary>
    public static bool CanBeAsked(string id) => id.Length > 0 && !id.Split(':')[^1].StartsWith(Alias, StringComparison.Ordinal);

    /// <summary>An alias: which key it stands for is not asked.</summary>
    public static TopicKey OfAlias(string id) => new(id, null, "it is named by an alias, which its policy cannot be asked by");
}
