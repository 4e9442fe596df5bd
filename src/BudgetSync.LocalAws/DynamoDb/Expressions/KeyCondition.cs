using BudgetSync.LocalAws.DynamoDb.Items;
using BudgetSync.LocalAws.DynamoDb.Tables;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Expressions;

/// <summary>A query's choice of items: one partition, and perhaps a range of sort keys.</summary>
/// <param name="Sort">Null where all items of the partition are meant.</param>
internal sealed record KeyCondition(AttributeValue Partition, Condition? Sort)
{
    /// <exception cref="AwsException">ValidationException: not an equality of the partition key and at most one condition of the sort key.</exception>
    public static KeyCondition Parse(string text, Placeholders placeholders, KeyElement partition, KeyElement? sort)
    {
        AttributeValue? partitionValue = null;
        Condition? sortCondition = null;
        var stranger = false;
        foreach (var part in Parts(ConditionParser.Parse("KeyConditionExpression", text, placeholders)))
        {
            var (attribute, values) = Subject(part);
            if (attribute == partition.Name)
            {
                if (partitionValue is not null) throw Invalid("KeyConditionExpressions must only contain one condition per key");
                partitionValue = part is Condition.Comparison { Operator: "=" } ? values[0] : throw Invalid("Query key condition not supported");
                RequireType(partition, values);
            }
            else if (sort is not null && attribute == sort.Name)
            {
                if (sortCondition is not null) throw Invalid("KeyConditionExpressions must only contain one condition per key");
                RequireType(sort, values);
                sortCondition = part;
            }
            else
            {
                stranger = true;
            }
        }

        if (partitionValue is null) throw Invalid($"Query condition missed key schema element: {partition.Name}");
        if (stranger) throw Invalid(sort is null ? "Query key condition not supported" : $"Query condition missed key schema element: {sort.Name}");
        return new KeyCondition(partitionValue, sortCondition);
    }

    private static IEnumerable<Condition> Parts(Condition condition) => condition switch
    {
        Condition.And and => Parts(and.Left).Concat(Parts(and.Right)),
        Condition.Or => throw Invalid("Invalid operator used in KeyConditionExpression: OR"),
        Condition.Not => throw Invalid("Invalid operator used in KeyConditionExpression: NOT"),
        Condition.In => throw Invalid("Invalid operator used in KeyConditionExpression: IN"),
        _ => [condition],
    };

    private static (string Attribute, AttributeValue[] Values) Subject(Condition condition) => condition switch
    {
        Condition.Comparison { Operator: "<>" } => throw Invalid("Invalid operator used in KeyConditionExpression: <>"),
        Condition.Comparison { Left: Operand.Path path, Right: Operand.Literal value } => (Name(path), [value.Value]),
        Condition.Comparison { Left: Operand.Literal value, Right: Operand.Path path } => (Name(path), [value.Value]),
        Condition.Between { Value: Operand.Path path, Low: Operand.Literal low, High: Operand.Literal high } => (Name(path), [low.Value, high.Value]),
        Condition.BeginsWith { Value: Operand.Path path, Prefix: Operand.Literal prefix } => (Name(path), [prefix.Value]),
        _ => throw Invalid("Query key condition not supported"),
    };

    private static string Name(Operand.Path path) => path.Place.Steps.Length == 1
        ? path.Place.Attribute
        : throw Invalid($"Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: {path.Place.Attribute}");

    private static void RequireType(KeyElement key, AttributeValue[] values)
    {
        if (Array.Exists(values, value => value.Type != key.Type))
            throw Invalid("One or more parameter values were invalid: Condition parameter type does not match schema type");
    }

    private static AwsException Invalid(string message) => new("ValidationException", message);
}
