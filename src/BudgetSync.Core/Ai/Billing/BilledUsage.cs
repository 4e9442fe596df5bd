using BudgetSync.Core.Ai.Offers;

namespace BudgetSync.Core.Ai.Billing;

/// <summary>What AWS billed an account on one day for one thing of Bedrock, credits and refunds left out.</summary>
/// <param name="Service">As bills name it: <c>Amazon Bedrock</c>, or <c>Claude Opus 4.5 (Amazon Bedrock Edition)</c>.</param>
/// <param name="UsageType">For example <c>USE1-NovaPro-input-tokens</c>; "" where it is not known.</param>
/// <param name="Amount">Unblended, in USD.</param>
public sealed record BilledUsage(AccountId Account, DateOnly Day, string Service, string UsageType, decimal Amount)
{
    private const string Edition = " (Amazon Bedrock Edition)";

    /// <summary>Words of a usage type by which it is no plain call on demand, which a metered sum is priced as.</summary>
    private static readonly string[] OtherTiers =
        ["batch", "flex", "priority", "latency", "provisioned", "reserved", "custom", "long-context", "longcontext", "1h", "grounding"];

    /// <summary>Where the count of tokens begins in a usage type, after the model's name.</summary>
    private static readonly string[] Counts = ["-input", "-output", "-cache", "_Input", "_Output", "_Cache"];

    /// <summary>True of services that bill Bedrock's models.</summary>
    public static bool IsBedrock(string service) => service.Contains("Bedrock", StringComparison.OrdinalIgnoreCase);

    /// <summary>True where it was used through <c>bedrock-mantle</c>, whose calls are in no invocation log.</summary>
    public bool IsMantle => UsageType.Contains("mantle", StringComparison.OrdinalIgnoreCase);

    /// <summary>The word that makes it another tier, for example <c>batch</c>; "" where it has none.</summary>
    public string Tier => Array.Find(OtherTiers, tier => UsageType.Contains(tier, StringComparison.OrdinalIgnoreCase)) ?? "";

    /// <summary>The model's id, where the name that the bill has is one of the table's; null where it is not, because none is guessed.</summary>
    public string? Model(ModelNames names) =>
        names.FindBare(Service.EndsWith(Edition, StringComparison.Ordinal) ? Service[..^Edition.Length] : NameIn(UsageType));

    /// <summary><c>NovaPro</c> of <c>USE1-NovaPro-input-tokens</c>.</summary>
    private static string NameIn(string usageType)
    {
        var place = usageType.IndexOf('-', StringComparison.Ordinal);
        if (place < 0) return "";
        var rest = usageType[(place + 1)..];
        var end = Counts.Select(count => rest.IndexOf(count, StringComparison.Ordinal)).Where(at => at > 0).DefaultIfEmpty(-1).Min();
        return end < 0 ? "" : rest[..end];
    }
}
