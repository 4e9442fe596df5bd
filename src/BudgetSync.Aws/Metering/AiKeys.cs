using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BudgetSync.Core;
using BudgetSync.Core.Ai;

namespace BudgetSync.Aws.Metering;

/// <summary>
/// The keys of the table <c>BudgetSync-Ai</c> (partition key <c>Part</c>, sort key <c>Item</c>): <c>R#…</c> an event that was counted, <c>D#2026-11-29</c> a
/// day's sums by principal, model and Region, <c>M#2026-11-29T10:30</c> a minute's calls by principal, <c>S#</c> where budgets stand.
/// </summary>
internal static class AiKeys
{
    public const string Partition = "Part";

    public const string Sort = "Item";

    public const string Expires = "ExpiresAt";

    /// <summary>The partition of what was decided, by subject.</summary>
    public const string States = "S#";

    /// <summary>The partition of the one item that says that the stack goes.</summary>
    public const string Going = "G#";

    /// <summary>The sort key of what has none of its own.</summary>
    public const string Only = "-";

    /// <summary>Of a day: what was no record. No principal has such a name.</summary>
    public const string Malformed = "!malformed";

    /// <summary>Beside where budgets stand: what of it was told last. No subject has such a key.</summary>
    public const string ToldItem = "!told";

    /// <summary>Of <see cref="ToldItem"/>: the digest of what was told.</summary>
    public const string Told = "Told";

    /// <summary>Of a sum: when the last call of it was made that came with the last batch.</summary>
    public const string LastAt = "LastAt";

    public static string Request(string region, string requestId) => $"R#{Part(region)}#{Part(requestId)}";

    public static string Event(string id) => $"R#event#{Part(id)}";

    public static string Day(DateTimeOffset at) => $"D#{DayText.Format(DateOnly.FromDateTime(at.UtcDateTime))}";

    public static string Minute(DateTimeOffset at) => $"M#{at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)}";

    /// <summary>The attribute of an hour of a day: windows of 5 hours begin at any.</summary>
    public static string Hour(int hour) => string.Create(CultureInfo.InvariantCulture, $"H{hour:d2}");

    public static string Sum(AiPrincipal principal, BedrockModel model, string region) =>
        $"{Part(principal.Name)}|{model.Kind}|{Part(model.Id)}|{Part(region)}";

    /// <summary>What came from outside, short enough for a key: the end of a long text is its hash.</summary>
    public static string Part(string text)
    {
        if (text.Length <= Limits.KeyPart && Encoding.UTF8.GetByteCount(text) <= Limits.KeyPart) return text;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return $"{string.Concat(text.Where(char.IsAscii).Take(Limits.KeyPart / 2))}~{hash}";
    }
}
