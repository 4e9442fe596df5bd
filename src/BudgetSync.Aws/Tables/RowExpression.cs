using System.Globalization;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Aws.Tables;

/// <summary>
/// The expressions of one conditional write of a row, with the names and values they stand for. A row has no version attribute, because people write it in the
/// console too: what was read is the version. Source: DynamoDB developer guide, "Condition and filter expressions, operators, and functions".
/// </summary>
internal sealed class RowExpression
{
    /// <summary>Each takes an operator or a function, and an AND before the next: an expression has at most 300 (UG "Quotas in Amazon DynamoDB").</summary>
    private const int MostConditions = 150;

    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);

    public Dictionary<string, string> Names => names.ToDictionary(name => name.Value, name => name.Key, StringComparer.Ordinal);

    public Dictionary<string, AttributeValue> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// That the row is still what was read. An attribute that only its owner knows (<c>x-…</c>) and that came since cannot be asked for; of more of them than
    /// an expression can name, those that the write changes are asked for first.
    /// </summary>
    /// <param name="after">The row as it should be; null: there should be none.</param>
    public string Unmoved(RowImage read, RowImage? after)
    {
        var missing = RowOrder.KnownNames.Where(name => !read.Attributes.ContainsKey(name)).ToList();
        var present = read.Attributes
            .OrderByDescending(attribute => RowOrder.KnownNames.Contains(attribute.Key))
            .ThenByDescending(attribute => after is null || !attribute.Value.Equals(after.Attributes.Items.GetValueOrDefault(attribute.Key)))
            .ThenBy(attribute => attribute.Key, StringComparer.Ordinal)
            .Take(MostConditions - missing.Count);
        return string.Join(
            " AND ",
            present.Select(attribute => Holds(attribute.Key, attribute.Value)).Concat(missing.Select(name => $"attribute_not_exists({Name(name)})")));
    }

    /// <summary>What makes of the one row the other; their keys are the same.</summary>
    public string Difference(RowImage before, RowImage after)
    {
        var set = after.Attributes
            .Where(attribute => !before.Attributes.TryGetValue(attribute.Key, out var value) || !value.Equals(attribute.Value))
            .Select(attribute => $"{Name(attribute.Key)} = {Value(RowImageMapper.Value(attribute.Value))}")
            .ToList();
        var removed = before.Attributes.Keys.Where(name => !after.Attributes.ContainsKey(name)).Select(Name).ToList();
        return string.Join(
            ' ',
            new[] { set.Count > 0 ? $"SET {string.Join(", ", set)}" : "", removed.Count > 0 ? $"REMOVE {string.Join(", ", removed)}" : "" }
                .Where(clause => clause.Length > 0));
    }

    private string Holds(string name, RowValue value) => value is RowValue.Binary { Type: var type }
        ? $"attribute_type({Name(name)}, {Value(new AttributeValue { S = type })})"
        : $"{Name(name)} = {Value(RowImageMapper.Value(value))}";

    private string Name(string attribute)
    {
        if (names.TryGetValue(attribute, out var known)) return known;
        return names[attribute] = string.Create(CultureInfo.InvariantCulture, $"#n{names.Count}");
    }

    private string Value(AttributeValue value)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $":v{Values.Count}");
        Values[name] = value;
        return name;
    }
}
