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
    public bool IsEmpty => this == new RowSetting { Unset = Unset, MoreEmails = MoreEmails, FewerEmails = FewerEmails, Attributes = Attributes }
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
        if (Recipients(row, inherited) is { } recipients) row = row.SetItem(EmailRecipients, List(recipients));
        if (Notify is { } routes) row = row.SetItem(RowAttributes.Notify, List(routes));
        if (Name is { } budget) row = row.SetItem("BudgetName", new RowValue.Text(budget));
        if (Unit is { } unit) row = row.SetItem("Unit", new RowValue.Text(unit));
        if (TimeUnit is { } period) row = row.SetItem("TimeUnit", new RowValue.Text(period));
        if (Enabled is { } enabled) row = row.SetItem("Enabled", new RowValue.Bool(enabled));
        return new WantedRow(key, new RowImage(row), "", [.. problems]);
    }

    private const string EmailRecipients = "EmailRecipients";

    /// <summary>The recipients that a row names itself; null where it names none, or not in a way that can be read.</summary>
    public static ImmutableArray<string>? RecipientsOf(RowImage row) => RecipientsOf(row.Attributes.Items);

    private static ImmutableArray<string>? RecipientsOf(ImmutableSortedDictionary<string, RowValue> row) =>
        row.TryGetValue(EmailRecipients, out var value)
            ? BudgetAttributes.ByName[EmailRecipients].Read(BudgetDraft.Empty, new ValueAt(value, EmailRecipients, new ProblemList())).Emails?.Value
            : null;

    private ImmutableArray<string>? Recipients(ImmutableSortedDictionary<string, RowValue> row, ImmutableArray<string> inherited)
    {
        if (Emails is { } all) return all;
        if (MoreEmails.IsEmpty && FewerEmails.IsEmpty) return null;
        var now = RecipientsOf(row) ?? inherited;
        return [.. now.Where(address => !Holds(FewerEmails, address)).Concat(MoreEmails.Where(address => !Holds(now, address)))];
    }

    private static bool Holds(ImmutableArray<string> addresses, string address) => addresses.Contains(address, StringComparer.OrdinalIgnoreCase);

    /// <summary>As a person writes it into the console: words with commas. None at all is the empty list: no recipient.</summary>
    private static RowValue List(ImmutableArray<string> words) =>
        words.IsEmpty ? new RowValue.List([]) : new RowValue.Text(string.Join(", ", words));
}
