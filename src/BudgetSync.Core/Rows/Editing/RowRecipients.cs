using System.Collections.Immutable;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Editing;

/// <summary>
/// Whom a row names to be told, in each place where it can: EmailRecipients, AddEmailRecipients, and the lists of their own that its thresholds and the
/// budgets of its list have.
/// </summary>
public static class RowRecipients
{
    internal const string All = "EmailRecipients";
    internal const string Added = "AddEmailRecipients";

    /// <summary>The recipients that a row names itself; null where it names none, or not in a way that can be read.</summary>
    public static ImmutableArray<string>? Of(RowImage row) => Read(row.Attributes.Items, All);

    /// <summary>
    /// Whom a scope's row inherits to be told, as <see cref="Inheritance"/> says: those of the nearest row above that names them all, else the stack's, and
    /// those that rows from there down add.
    /// </summary>
    /// <param name="row">The row itself; null where there is none. One that says to add nobody inherits none of those that are added.</param>
    /// <param name="above">The rows above it, nearest first.</param>
    public static ImmutableArray<string> Inherited(RowImage? row, IEnumerable<RowImage> above, ImmutableArray<string> stack)
    {
        var added = new List<string>();
        var adds = row is null || AddedBy(row) is not { IsEmpty: true };
        foreach (var one in above)
        {
            if (adds && AddedBy(one) is { } more)
            {
                added.AddRange(more);
                adds = !more.IsEmpty;
            }

            if (Of(one) is { } all) return Together(all, added);
        }

        return Together(stack, added);
    }

    /// <summary>True where the address stands in any list of the row.</summary>
    public static bool Names(RowImage row, string address) =>
        Holds(Of(row) ?? [], address) || Holds(AddedBy(row) ?? [], address)
        || Lists(row).Any(list => Holds(Read(list) ?? [], address));

    /// <summary>True where a threshold of the row has recipients of its own, whom no list of another row changes.</summary>
    public static bool ThresholdsNameTheirOwn(RowImage row) =>
        row.Attributes.TryGetValue("Thresholds", out var thresholds) && thresholds is RowValue.List { Items: var items }
        && items.OfType<RowValue.Map>().Any(threshold => threshold.Entries.Items.ContainsKey(All));

    /// <summary>The value with the addresses added to, and taken from, each list of recipients in it; itself where nothing of that changes it.</summary>
    internal static RowValue Within(RowValue value, ImmutableArray<string> more, ImmutableArray<string> fewer) => value switch
    {
        RowValue.List { Items: var items } => new RowValue.List([.. items.Select(item => Within(item, more, fewer))]),
        RowValue.Map { Entries: var entries } => new RowValue.Map(entries.Items.ToImmutableSortedDictionary(
            entry => entry.Key,
            entry => entry.Key switch
            {
                All => Edited(entry.Value, more, fewer),
                Added => Edited(entry.Value, [], fewer),
                "Thresholds" => Within(entry.Value, more, fewer),
                _ => entry.Value,
            },
            StringComparer.Ordinal)),
        _ => value,
    };

    /// <summary>A list with the addresses added and taken away; itself where it has the first and not the others.</summary>
    internal static RowValue Edited(RowValue list, ImmutableArray<string> more, ImmutableArray<string> fewer)
    {
        if (Read(list) is not { } now) return list;
        ImmutableArray<string> then = [.. now.Where(address => !Holds(fewer, address)), .. more.Where(address => !Holds(now, address))];
        if (then.SequenceEqual(now, StringComparer.Ordinal)) return list;
        return list is RowValue.Text && !then.IsEmpty
            ? new RowValue.Text(string.Join(", ", then))
            : new RowValue.List([.. then.Select(one => new RowValue.Text(one))]);
    }

    internal static ImmutableArray<string>? Read(ImmutableSortedDictionary<string, RowValue> row, string attribute) =>
        row.TryGetValue(attribute, out var value) ? Read(value) : null;

    internal static bool Holds(ImmutableArray<string> addresses, string address) => addresses.Contains(address, StringComparer.OrdinalIgnoreCase);

    private static ImmutableArray<string>? AddedBy(RowImage row) => Read(row.Attributes.Items, Added);

    private static ImmutableArray<string>? Read(RowValue list) =>
        BudgetAttributes.ByName[All].Read(BudgetDraft.Empty, new ValueAt(list, All, new ProblemList())).Emails?.Value;

    private static ImmutableArray<string> Together(ImmutableArray<string> all, List<string> added) =>
        [.. all.Concat(added).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The lists that stand within thresholds and budgets.</summary>
    private static IEnumerable<RowValue> Lists(RowImage row) =>
        new[] { "Thresholds", "Budgets" }.Where(row.Attributes.Items.ContainsKey).SelectMany(name => Lists(row.Attributes[name]));

    private static IEnumerable<RowValue> Lists(RowValue value) => value switch
    {
        RowValue.List { Items: var items } => items.SelectMany(Lists),
        RowValue.Map { Entries: var entries } => entries.Items.SelectMany(entry => entry.Key switch
        {
            All or Added => [entry.Value],
            "Thresholds" => Lists(entry.Value),
            _ => [],
        }),
        _ => [],
    };
}
