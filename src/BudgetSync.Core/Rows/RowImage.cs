
namespace BudgetSync.Core.Rows;

/// <summary>One item of the budgets table as it stands there, unread: attribute names to values, the key attribute <c>AccountId</c> included.</summary>
public sealed record RowImage(EquatableDictionary<string, RowValue> Attributes)
{
    /// <summary>The text of the <c>AccountId</c> attribute, or "" where it is missing or not text.</summary>
    public string Key => Attributes.TryGetValue("AccountId", out var value) && value is RowValue.Text { Value: var text } ? text : "";
}
