using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace BudgetSync.Aws.Propagate;

/// <summary>The arithmetic of a batch: which records to work on, and what to answer. Pure.</summary>
public static class BatchVerdict
{
    /// <summary>The newest record of each key, in the order of the stream: the older ones told of what has been overwritten since.</summary>
    public static ImmutableArray<StreamRecord> Newest(IEnumerable<StreamRecord> records) =>
        // Not null: a group has a member.
        [.. records.GroupBy(record => record.Key, StringComparer.Ordinal).Select(key => key.MaxBy(Position)!).OrderBy(Position)];

    /// <summary>
    /// What to answer: the lowest sequence number that must come again, because Lambda starts over there and takes everything after it along. Null where none
    /// must.
    /// </summary>
    public static string? StartOver(IEnumerable<StreamRecord> failed) => failed.MinBy(Position)?.SequenceNumber;

    private static BigInteger Position(StreamRecord record) =>
        BigInteger.TryParse(record.SequenceNumber, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : BigInteger.Zero;
}
