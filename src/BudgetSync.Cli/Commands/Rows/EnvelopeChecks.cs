using System.Collections.Immutable;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>What an edit of rows means for the envelopes over them.</summary>
internal static class EnvelopeChecks
{
    /// <summary>Of the sound rows of a file, over those of the table.</summary>
    public static EnvelopeEdit Of(
        IEnumerable<RowEntry> file,
        IEnumerable<RowImage> table,
        OrganizationTree tree,
        StackDefaults defaults,
        DateTimeOffset now)
    {
        var before = table.ToImmutableDictionary(row => row.Key, StringComparer.Ordinal);
        var sound = file.Where(row => row.Problems.Count == 0 && row.Image.Key.Length > 0);
        return Between(before, before.SetItems(sound.Select(row => KeyValuePair.Create(row.Image.Key, row.Image))), tree, defaults, now);
    }

    public static EnvelopeEdit Between(
        IReadOnlyDictionary<string, RowImage> before,
        IReadOnlyDictionary<string, RowImage> after,
        OrganizationTree tree,
        StackDefaults defaults,
        DateTimeOffset now) => EnvelopeEdit.Of(Lines(before, tree, defaults, now), Lines(after, tree, defaults, now));

    private static ImmutableArray<EnvelopeLine> Lines(
        IReadOnlyDictionary<string, RowImage> rows, OrganizationTree tree, StackDefaults defaults, DateTimeOffset now) =>
        new OrganizationEnvelopes(tree, rows, ImmutableDictionary<string, StatusRow>.Empty, defaults, now).Lines();
}
