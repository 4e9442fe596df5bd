using Amazon.DynamoDBv2.Model;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>A row as DynamoDB's typed item: the way back from what the shell reads.</summary>
internal static class RowItem
{
    public static Dictionary<string, AttributeValue> Of(RowImage row) =>
        row.Attributes.ToDictionary(attribute => attribute.Key, attribute => Of(attribute.Value), StringComparer.Ordinal);

    private static AttributeValue Of(RowValue value) => value switch
    {
        RowValue.Text(var text) => new AttributeValue { S = text },
        RowValue.Number(var number) => new AttributeValue { N = number },
        RowValue.Bool(var flag) => new AttributeValue { BOOL = flag },
        RowValue.List { Items: var items } => new AttributeValue { L = [.. items.Select(Of)], IsLSet = true },
        RowValue.Map { Entries: var entries } =>
            new AttributeValue { M = entries.ToDictionary(entry => entry.Key, entry => Of(entry.Value), StringComparer.Ordinal), IsMSet = true },
        RowValue.TextSet { Items: var items } => new AttributeValue { SS = [.. items] },
        RowValue.NumberSet { Items: var items } => new AttributeValue { NS = [.. items] },
        // Plain JSON and CSV have no binary values, and a null is what is left.
        _ => new AttributeValue { NULL = true },
    };
}
