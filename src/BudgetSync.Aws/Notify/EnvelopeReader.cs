using System.Collections.Immutable;
using BudgetSync.Core;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Notify;

/// <summary>Where envelopes stand, by what the hourly round has read.</summary>
/// <param name="defaults">As the functions have them that carry rows out: an envelope counts what rows allow.</param>
public sealed class EnvelopeReader(StackDefaults defaults, SpendBounds bounds)
{
    /// <param name="rows">All rows, by key.</param>
    /// <param name="standings">All accounts.</param>
    public ImmutableArray<EnvelopeLine> Read(
        IReadOnlyDictionary<string, RowImage> rows, IReadOnlyDictionary<string, StatusRow> standings, DateTimeOffset now) =>
        new OrganizationEnvelopes(StatusTree.Of(standings.Values), rows, standings, defaults, now) { Bounds = bounds }.Lines();

    /// <summary>The scopes whose rows bear on that of an envelope, nearest first: itself, the OUs above it, the root, <c>default</c>.</summary>
    /// <param name="key">Of its row.</param>
    /// <param name="standings">Of accounts, which know where they are.</param>
    public static ImmutableArray<string> ScopesOf(string key, IEnumerable<StatusRow> standings)
    {
        var above = standings.FirstOrDefault(row => row.Path.Contains(key))?.Path.SkipWhile(scope => scope != key).Skip(1) ?? [];
        return [.. new[] { key }.Concat(above).Append(new Scope.Default().Key).Distinct(StringComparer.Ordinal)];
    }
}
