namespace BudgetSync.Core.Rows.Reading;

internal static partial class Shapes
{
    /// <summary>A number that is a percentage, written without its sign: what to write is the same number, and no other.</summary>
    public static readonly Shape<decimal> Percentage = new(
        () => Number.Schema(), // Not before all parts of the class are there.
        (ValueAt node, out decimal value) =>
        {
            if (node.Value is not RowValue.Text { Value: var text }
                || !text.TrimEnd().EndsWith('%')
                || !NumberText.TryRead(text.TrimEnd()[..^1], out value, out _))
                return Number.TryRead(node, out value);
            return node.Refuse(RowRules.Number, $"{node.Quoted} has a percent sign; write {NumberText.Format(value)}");
        });
}
