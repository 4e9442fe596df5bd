using System.Collections.Immutable;
using BudgetSync.LocalAws.DynamoDb.Items;

namespace BudgetSync.LocalAws.DynamoDb.Expressions;

/// <summary>The parts of an item that are asked for. Maps keep their shape; of a list, the chosen elements close up.</summary>
internal sealed class Projection(IEnumerable<DocumentPath> paths)
{
    private readonly ImmutableArray<DocumentPath> paths = [.. paths];

    /// <exception cref="Kernel.AwsException">ValidationException in AWS's words.</exception>
    public static Projection Parse(string text, Placeholders placeholders)
    {
        var reader = new TokenReader("ProjectionExpression", text, placeholders);
        var paths = new List<DocumentPath>();
        do
        {
            paths.Add(reader.TakePath());
        }
        while (reader.TakeSymbol(","));
        reader.ExpectEnd();
        PathSet.RequireDisjoint(reader, paths);
        return new Projection(paths);
    }

    public Attributes Of(Attributes item)
    {
        var chosen = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        foreach (var group in paths.GroupBy(path => path.Attribute, StringComparer.Ordinal))
        {
            if (item.TryGet(group.Key, out var value) && Choose(value, [.. group.Select(path => path.Steps[1..])]) is { } part)
                chosen.Add(group.Key, part);
        }

        return new Attributes(chosen);
    }

    private static AttributeValue? Choose(AttributeValue value, ImmutableArray<ImmutableArray<PathStep>> rests)
    {
        if (rests.Any(rest => rest.IsEmpty)) return value;
        switch (value)
        {
            case AttributeValue.M map:
                var members = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
                foreach (var group in rests.Where(rest => rest[0].Name is not null).GroupBy(rest => rest[0].Name ?? "", StringComparer.Ordinal))
                {
                    if (map.Members.TryGet(group.Key, out var member) && Choose(member, [.. group.Select(rest => rest[1..])]) is { } part)
                        members.Add(group.Key, part);
                }

                return members.Count == 0 ? null : new AttributeValue.M(new Attributes(members));
            case AttributeValue.L list:
                var elements = rests
                    .Where(rest => rest[0].Name is null && rest[0].Index < list.Elements.Length)
                    .GroupBy(rest => rest[0].Index)
                    .OrderBy(group => group.Key)
                    .Select(group => Choose(list.Elements[group.Key], [.. group.Select(rest => rest[1..])]))
                    .OfType<AttributeValue>()
                    .ToImmutableArray();
                return elements.IsEmpty ? null : new AttributeValue.L(elements);
            default:
                return null;
        }
    }
}
