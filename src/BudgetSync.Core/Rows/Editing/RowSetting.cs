using System.Collections.Immutable;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Editing;

/// <summary>What <c>rows set</c> was asked to change of a row; null leaves an attribute as it is.</summary>
public sealed record RowSetting
{
    public AmountChange? Value { get; init; }

    /// <summary>Each as a threshold is written: <c>80</c>, <c>100 FORECASTED</c>.</summary>
    public ImmutableArray<string>? Thresholds { get; init; }

    public ImmutableArray<string>? Emails { get; init; }

    /// <summary>Told too from now on, beside those who are told already.</summary>
    public ImmutableArray<string> MoreEmails { get; init; } = [];

    /// <summary>Told no longer.</summary>
    public ImmutableArray<string> FewerEmails { get; init; } = [];

    /// <summary>True where a row without recipients of its own is to stay so: the row it follows is changed too.</summary>
    public bool KeepsInheriting { get; init; }

    /// <summary>Where alerts go, each as a row writes it: <c>finops</c>, <c>pager Critical</c>. An empty list says to no channel.</summary>
    public ImmutableArray<string>? Notify { get; init; }

    public string? Name { get; init; }

    public string? Unit { get; init; }

    public string? TimeUnit { get; init; }

    public bool? Enabled { get; init; }

    /// <summary>Other attributes that the row shall have, by name.</summary>
    public ImmutableSortedDictionary<string, RowValue> Attributes { get; init; } = ImmutableSortedDictionary<string, RowValue>.Empty;

    /// <summary>Attributes that the row shall no longer have.</summary>
    public ImmutableArray<string> Unset { get; init; } = [];

    /// <summary>True where nothing is to be changed.</summary>
    public bool IsEmpty =>
        (this with { KeepsInheriting = false }) == new RowSetting { Unset = Unset, MoreEmails = MoreEmails, FewerEmails = FewerEmails, Attributes = Attributes }
        && Attributes.IsEmpty && Unset.IsEmpty && MoreEmails.IsEmpty && FewerEmails.IsEmpty;

    /// <summary>True where recipients are added or taken away: then a row that inherits them gets a list of its own.</summary>
    public bool ChangesRecipients => !MoreEmails.IsEmpty || !FewerEmails.IsEmpty;

    /// <summary>The row as it would be.</summary>
    /// <param name="before">Null where there is none yet.</param>
    /// <param name="inherited">Who is told by the rows above it and the stack: what a row without recipients starts from.</param>
    public WantedRow ApplyTo(string key, RowImage? before, ImmutableArray<string> inherited)
    {
        var problems = new List<string>();
        var row = before?.Attributes.Items
            ?? ImmutableSortedDictionary.Create<string, RowValue>(StringComparer.Ordinal).Add(RowAttributes.Key, new RowValue.Text(key));
        foreach (var name in Unset)
        {
            if (name == RowAttributes.Key) problems.Add($"{name}: is the row's key; 'rows delete' takes the row away");
            else if (before is not null && !row.ContainsKey(name)) problems.Add(
                $"{name}: the row has no such attribute{(NearestName.Of(name, row.Keys) is { } near ? $"; did you mean {near}?" : "")}");
            row = row.Remove(name);
        }

        row = row.SetItems(Attributes);
        if (Value is { } value)
        {
            row = value.ApplyTo(row, out var problem);
            if (problem.Length > 0) problems.Add($"BudgetValue: {problem}");
        }

        if (Thresholds is { } thresholds) row = row.SetItem("Thresholds", List(thresholds));
        row = WithRecipients(row, inherited);
        if (Notify is { } routes) row = row.SetItem(RowAttributes.Notify, List(routes));
        if (Name is { } budget) row = row.SetItem("BudgetName", new RowValue.Text(budget));
        if (Unit is { } unit) row = row.SetItem("Unit", new RowValue.Text(unit));
        if (TimeUnit is { } period) row = row.SetItem("TimeUnit", new RowValue.Text(period));
        if (Enabled is { } enabled) row = row.SetItem("Enabled", new RowValue.Bool(enabled));
        return new WantedRow(key, new RowImage(row), "", [.. problems]);
    }

    /// <summary>The row with its recipients, in each place where it names some.</summary>
    private ImmutableSortedDictionary<string, RowValue> WithRecipients(ImmutableSortedDictionary<string, RowValue> row, ImmutableArray<string> inherited)
    {
        if (Emails is { } all)
        {
            // In place of whom the row names, wherever it does for all its alerts.
            row = Attributes.ContainsKey(RowRecipients.Added) ? row : row.Remove(RowRecipients.Added);
            return row.SetItem(RowRecipients.All, List(all));
        }

        if (!ChangesRecipients) return row;
        if (row.TryGetValue(RowRecipients.Added, out var added))
        {
            var fewer = RowRecipients.Edited(added, [], FewerEmails);
            // An empty list would also drop what rows above add.
            row = fewer is RowValue.List { Items.IsEmpty: true } && !ReferenceEquals(fewer, added)
                ? row.Remove(RowRecipients.Added)
                : row.SetItem(RowRecipients.Added, fewer);
        }

        foreach (var name in new[] { "Thresholds", "Budgets" }.Where(row.ContainsKey))
            row = row.SetItem(name, RowRecipients.Within(row[name], MoreEmails, FewerEmails));
        return Recipients(row, inherited) is { } recipients ? row.SetItem(RowRecipients.All, List(recipients)) : row;
    }

    /// <summary>Null where the row may go on to inherit them: it would tell the same.</summary>
    private ImmutableArray<string>? Recipients(ImmutableSortedDictionary<string, RowValue> row, ImmutableArray<string> inherited)
    {
        var own = RowRecipients.Read(row, RowRecipients.All);
        if (own is null && KeepsInheriting) return null;
        var now = own ?? inherited;
        var added = RowRecipients.Read(row, RowRecipients.Added) ?? [];
        ImmutableArray<string> then =
        [
            .. now.Where(address => !RowRecipients.Holds(FewerEmails, address)),
            .. MoreEmails.Where(address => !RowRecipients.Holds(now, address) && !RowRecipients.Holds(added, address)),
        ];
        return own is null && then.SequenceEqual(now, StringComparer.Ordinal) ? null : then;
    }

    /// <summary>As a person writes it into the console: words with commas. None at all is the empty list: no recipient.</summary>
    private static RowValue List(ImmutableArray<string> words) =>
        words.IsEmpty ? new RowValue.List([]) : new RowValue.Text(string.Join(", ", words));
}
