using System.Security.Cryptography;
using System.Text;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Status;

/// <summary>
/// An entry <c>Done</c> or <c>Undone</c> that the ledger got by a report, remembered so that it gets it once: a report may come twice, and runs beside each
/// other may each tell what both did.
/// </summary>
/// <param name="Digest">Of the restriction, the word and the facts.</param>
/// <param name="BegunAt">When the run began to look at what there is, by the spoke's clock.</param>
/// <param name="At">When it reported, by the spoke's clock.</param>
public sealed record RecordedDeed(string Digest, DateTimeOffset BegunAt, DateTimeOffset At)
{
    /// <summary>An account has ten restrictions, each of which may be done and given back by one report.</summary>
    public const int Most = 20;

    private const int DigestBytes = 12;

    internal static RecordedDeed Of(LedgerEntry entry, DateTimeOffset begunAt, DateTimeOffset at)
    {
        var text = string.Join('\n', entry.Facts.Order(StringComparer.Ordinal).Prepend(entry.What).Prepend(entry.Restriction));
        return new RecordedDeed(
            Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, DigestBytes)), begunAt, at);
    }

    /// <summary>
    /// Whether both are one deed: the same facts of one report, or of runs beside each other. What a run finds changed that began after the other's report was
    /// changed back meanwhile, and is done again.
    /// </summary>
    internal bool IsSame(RecordedDeed other) => Digest == other.Digest && BegunAt <= other.At && other.BegunAt <= At;
}
