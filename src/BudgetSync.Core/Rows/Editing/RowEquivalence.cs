using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Editing;

/// <summary>
/// Whether two spellings mean the same. A spreadsheet knows no sets and no types: what comes back from it as <c>80, 90</c> is the list that went out, and an
/// import of it must change nothing.
/// </summary>
public static class RowEquivalence
{
    /// <summary>Attributes that say who wrote a row: the tool's own, so a file does not set them and they make no difference between rows.</summary>
    public static bool IsProvenance(string attribute) => attribute is RowAttributes.ChangedBy or RowAttributes.ChangedAt or RowAttributes.Reason;

    /// <summary>Attributes that nothing is propagated for: the user's own.</summary>
    public static bool IsUsersOwn(string attribute) =>
        attribute == RowAttributes.Note || attribute.StartsWith(RowAttributes.UserPrefix, StringComparison.Ordinal);

    /// <summary>
    /// True when DynamoDB would call the items equal: types count, the spelling of a number and the order of a set do not. Null is a row that is not there.
    /// </summary>
    public static bool SameItem(RowImage? one, RowImage? other) =>
        one is null || other is null ? one is null && other is null : SameMap(one.Attributes, other.Attributes);

    /// <summary>True when the rows ask for the same; who wrote them is no part of it. Null is a row that is not there.</summary>
    public static bool SameRow(RowImage? one, RowImage? other) =>
        one is null || other is null ? one is null && other is null
            : one.Attributes.Keys.Union(other.Attributes.Keys, StringComparer.Ordinal)
                .Where(name => !IsProvenance(name))
                .All(name => SameAttribute(name, one.Attributes.Items.GetValueOrDefault(name), other.Attributes.Items.GetValueOrDefault(name)));

    /// <summary>True when an attribute means the same in both spellings; null is an attribute that is not there.</summary>
    public static bool SameAttribute(string name, RowValue? one, RowValue? other)
    {
        // An empty cell is no attribute, so an empty note of the table's own comes back from a spreadsheet as none.
        if (one is null || other is null) return (one ?? other) is not { } only || (IsUsersOwn(name) && RowValueText.Plain(only).Length == 0);
        if (SameValue(one, other)) return true;
        if (IsUsersOwn(name)) return SameShown(one, other);
        if (BudgetAttributes.ByName.TryGetValue(name, out var attribute)) return SameDraft(attribute, one, other);
        return (Plain(one) == Plain(other) && OneIsList(one, other)) || (RowAttributes.ByName.TryGetValue(name, out var ofRow) && SameDraft(ofRow, one, other));
    }

    /// <summary>
    /// No rule says of which type the user's own are, and a cell is text: it says the same as a value that would be written into a cell so, and <c>00420</c>
    /// is not 420. Two texts are compared as they are.
    /// </summary>
    private static bool SameShown(RowValue one, RowValue other) => (one, other) switch
    {
        (RowValue.Text, RowValue.Text) => false,
        // Spreadsheets write it in capitals.
        (RowValue.Text(var text), RowValue.Bool flag) => text.Equals(RowValueText.Plain(flag), StringComparison.OrdinalIgnoreCase),
        (RowValue.Bool, RowValue.Text) => SameShown(other, one),
        (RowValue.Text, _) or (_, RowValue.Text) => RowValueText.Plain(one) == RowValueText.Plain(other) || Plain(one) == Plain(other),
        _ => RowValueText.Json(one) == RowValueText.Json(other) || Plain(one) == Plain(other),
    };

    internal static bool SameValue(RowValue one, RowValue other) => (one, other) switch
    {
        (RowValue.Number(var left), RowValue.Number(var right)) => SameNumber(left, right),
        (RowValue.NumberSet left, RowValue.NumberSet right) => Sorted(left).SequenceEqual(Sorted(right)),
        (RowValue.List { Items: var left }, RowValue.List { Items: var right }) =>
            left.Length == right.Length && left.Zip(right).All(pair => SameValue(pair.First, pair.Second)),
        (RowValue.Map { Entries: var left }, RowValue.Map { Entries: var right }) => SameMap(left, right),
        _ => one.Equals(other),
    };

    private static bool SameMap(EquatableDictionary<string, RowValue> one, EquatableDictionary<string, RowValue> other) =>
        one.Count == other.Count && one.Items.All(entry => other.TryGetValue(entry.Key, out var value) && SameValue(entry.Value, value));

    private static bool SameNumber(string one, string other) => one == other || Canonical(one) == Canonical(other);

    private static IEnumerable<string> Sorted(RowValue.NumberSet set) => set.Items.Select(Canonical).Order(StringComparer.Ordinal);

    private static string Canonical(string number) => NumberText.TryRead(number, out var value, out _) ? NumberText.Format(value) : number;

    /// <summary>Both can be read, and what is read is equal: <c>80, 90</c> and the set of 90 and 80.</summary>
    private static bool SameDraft(BudgetAttribute attribute, RowValue one, RowValue other)
    {
        var problems = new ProblemList();
        var left = attribute.Read(BudgetDraft.Empty, new ValueAt(one, attribute.Name, problems));
        var right = attribute.Read(BudgetDraft.Empty, new ValueAt(other, attribute.Name, problems));
        if (problems.Count > 0) return false;
        return WithoutLists(left) == WithoutLists(right)
            && Same(left.Emails?.Value, right.Emails?.Value)
            && Same(left.MoreEmails?.Value, right.MoreEmails?.Value)
            && Same(left.Grants?.Value, right.Grants?.Value)
            && Same(left.Changes?.Value, right.Changes?.Value)
            && (left.ResourceTags is null || Plain(one) == Plain(other))
            && Same(left.Metrics?.Value, right.Metrics?.Value)
            && Same(Thresholds(left), Thresholds(right))
            && Same(left.Planned?.Value, right.Planned?.Value)
            // What they hold compares by reference: they are equal where their values were, which has been looked at already.
            && (left.Actions is null || Plain(one) == Plain(other))
            && (left.CostFilters is null || Plain(one) == Plain(other));
    }

    /// <summary>
    /// What is read of both is equal: <c>"TRUE"</c> and true, <c>finops, pager</c> and a list of the two. What holds another list compares by reference, and
    /// has been looked at already.
    /// </summary>
    private static bool SameDraft(RowAttribute attribute, RowValue one, RowValue other)
    {
        var problems = new ProblemList();
        var nothing = new RowDraft { Flat = BudgetDraft.Empty };
        var left = attribute.Read(nothing, new ValueAt(one, attribute.Name, problems));
        var right = attribute.Read(nothing, new ValueAt(other, attribute.Name, problems));
        return problems.Count == 0
            && left != nothing
            && left with { Notify = null } == right with { Notify = null }
            && Same(left.Notify?.Value, right.Notify?.Value);
    }

    private static BudgetDraft WithoutLists(BudgetDraft draft) => draft with
    {
        Emails = null,
        MoreEmails = null,
        Metrics = null,
        Thresholds = null,
        Planned = null,
        Grants = null,
        Changes = null,
        Actions = null,
        CostFilters = null,
        ResourceTags = null
    };

    // An address may be spelt with capitals and in any order; the alerts are the same.
    private static ImmutableArray<string>? Thresholds(BudgetDraft draft) => draft.Thresholds is { Value: var thresholds }
        ? [.. thresholds.Select(Text).Order(StringComparer.Ordinal)]
        : null;

    private static string Text(ThresholdDraft threshold) => string.Create(
        CultureInfo.InvariantCulture,
        $"{threshold.Threshold} {threshold.Type} {threshold.ThresholdType} {threshold.Comparison} {threshold.IsBare} "
            + $"{(threshold.Emails is { } emails ? string.Join(',', emails) : "-")} {threshold.Topic ?? "-"}");

    private static bool Same<T>(ImmutableArray<T>? one, ImmutableArray<T>? other) => one is { } left && other is { } right
        ? left.ToHashSet().SetEquals(right) && left.Length == right.Length
        : one is null && other is null;

    private static bool OneIsList(RowValue one, RowValue other) => one is RowValue.List or RowValue.TextSet or RowValue.NumberSet
        && other is RowValue.List or RowValue.TextSet or RowValue.NumberSet;

    /// <summary>Without types, as a cell of a spreadsheet holds it.</summary>
    private static string Plain(RowValue value)
    {
        if (value is not RowValue.Text { Value: var text }) return RowValueText.Json(Canonical(value));
        if (text is not ['{' or '[', ..]) return text;
        try
        {
            using var document = JsonDocument.Parse(text);
            return RowValueText.Json(Canonical(RowJson.Read(document.RootElement)));
        }
        catch (JsonException)
        {
            return text;
        }
    }

    /// <summary>Numbers spelt one way, sets as lists in one order.</summary>
    private static RowValue Canonical(RowValue value) => value switch
    {
        RowValue.Number(var number) => new RowValue.Number(Canonical(number)),
        RowValue.TextSet { Items: var items } => new RowValue.List([.. items.Order(StringComparer.Ordinal).Select(item => new RowValue.Text(item))]),
        RowValue.NumberSet set => new RowValue.List([.. Sorted(set).Select(item => new RowValue.Number(item))]),
        RowValue.List { Items: var items } => new RowValue.List([.. items.Select(Canonical)]),
        RowValue.Map { Entries: var entries } => new RowValue.Map(entries.Items.ToImmutableSortedDictionary(
            entry => entry.Key,
            entry => Canonical(entry.Value),
            StringComparer.Ordinal)),
        _ => value,
    };
}
