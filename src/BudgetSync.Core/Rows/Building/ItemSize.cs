using System.Text;

namespace BudgetSync.Core.Rows.Building;

/// <summary>
/// Bytes of a row as DynamoDB counts them against the 400 KB of an item. Source: DynamoDB developer guide, "DynamoDB item sizes and formats". Of binary values
/// only the name counts here: no file and no option can give a row one.
/// </summary>
public static class ItemSize
{
    /// <summary>What a list or a map has, whatever it holds, and each of its members once more.</summary>
    private const int Overhead = 3;

    public static int Of(RowImage row) => row.Attributes.Sum(attribute => Of(attribute.Key, attribute.Value));

    public static int Of(string name, RowValue value) => Encoding.UTF8.GetByteCount(name) + Of(value);

    private static int Of(RowValue value) => value switch
    {
        RowValue.Text(var text) => Encoding.UTF8.GetByteCount(text),
        RowValue.Number(var number) => ItemNumber.Bytes(number),
        RowValue.TextSet { Items: var texts } => texts.Sum(Encoding.UTF8.GetByteCount),
        RowValue.NumberSet { Items: var numbers } => numbers.Sum(ItemNumber.Bytes),
        RowValue.List { Items: var items } => Overhead + items.Sum(item => Of(item) + 1),
        RowValue.Map { Entries: var entries } => Overhead + entries.Sum(entry => Of(entry.Key, entry.Value) + 1),
        RowValue.Binary => 0,
        _ => 1,
    };
}
