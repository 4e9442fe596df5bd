using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Editing;

/// <summary>Who writes rows, when and why: what the tool puts on each row it writes.</summary>
/// <param name="ChangedBy">The ARN of the caller, for example <c>arn:aws:sts::999999999999:assumed-role/FinOps/jane</c>.</param>
/// <param name="Reason">As the caller put it; null says nothing, and takes an older reason away.</param>
public sealed record RowProvenance(string ChangedBy, DateTimeOffset ChangedAt, string? Reason)
{
    /// <summary>The row with these three attributes in place of what it had.</summary>
    public RowImage On(RowImage row)
    {
        var attributes = row.Attributes.Items
            .SetItem(RowAttributes.ChangedBy, new RowValue.Text(ChangedBy))
            .SetItem(RowAttributes.ChangedAt, new RowValue.Text(Format(ChangedAt)));
        return new RowImage(Reason is { Length: > 0 } reason
            ? attributes.SetItem(RowAttributes.Reason, new RowValue.Text(reason))
            : attributes.Remove(RowAttributes.Reason));
    }

    /// <summary>The three attributes as a row has them; "" where it does not say.</summary>
    public static (string ChangedBy, string ChangedAt, string Reason) Of(RowImage row) =>
        (Text(row, RowAttributes.ChangedBy), Text(row, RowAttributes.ChangedAt), Text(row, RowAttributes.Reason));

    /// <summary>The row without them.</summary>
    public static RowImage Without(RowImage row) => new(row.Attributes.Items.RemoveRange(row.Attributes.Keys.Where(RowEquivalence.IsProvenance)));

    /// <summary>ISO 8601 in UTC, to the millisecond: <c>2026-01-31T12:00:00.000Z</c>.</summary>
    public static string Format(DateTimeOffset time) => UtcText.Milliseconds(time);

    private static string Text(RowImage row, string name) => row.Attributes.TryGetValue(name, out var value) ? RowValueText.Plain(value) : "";
}
