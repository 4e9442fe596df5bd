using System.Collections.Immutable;
using BudgetSync.LocalAws.DynamoDb.Items;

namespace BudgetSync.LocalAws.DynamoDb.Expressions;

/// <summary>One step into an item: a member by name, or a list's element by index.</summary>
internal readonly record struct PathStep(string? Name, int Index)
{
    public override string ToString() => Name ?? $"[{Index}]";
}

/// <summary>A place in an item, for example <c>Thresholds[0].Percent</c>, its placeholders already replaced.</summary>
internal sealed record DocumentPath(ImmutableArray<PathStep> Steps) : IComparable<DocumentPath>
{
    /// <summary>The attribute of the item that the path begins at. A path always begins with a name.</summary>
    public string Attribute => Steps[0].Name ?? "";

    public bool Equals(DocumentPath? other) => other is not null && Steps.SequenceEqual(other.Steps);

    public override int GetHashCode() => HashCode.Combine(Steps.Length, Attribute);

    /// <summary>True where one is the other, or leads into it.</summary>
    public bool Overlaps(DocumentPath other) =>
        Steps.AsSpan(0, Math.Min(Steps.Length, other.Steps.Length)).SequenceEqual(other.Steps.AsSpan(0, Math.Min(Steps.Length, other.Steps.Length)));

    /// <summary>True where both go on from the same place, the one by name and the other by index: it cannot be a map and a list.</summary>
    public bool ConflictsWith(DocumentPath other)
    {
        for (var i = 0; i < Math.Min(Steps.Length, other.Steps.Length); i++)
        {
            if (Steps[i] != other.Steps[i]) return Steps[i].Name is null != other.Steps[i].Name is null;
        }

        return false;
    }

    /// <summary>Elements of the same list by their index; otherwise some fixed order.</summary>
    public int CompareTo(DocumentPath? other)
    {
        for (var i = 0; i < Math.Min(Steps.Length, other?.Steps.Length ?? 0); i++)
        {
            var order = string.CompareOrdinal(Steps[i].Name, other?.Steps[i].Name);
            if (order == 0) order = Steps[i].Index.CompareTo(other?.Steps[i].Index);
            if (order != 0) return order;
        }

        return Steps.Length.CompareTo(other?.Steps.Length ?? 0);
    }

    /// <summary>The value at this place, or null where the item has none.</summary>
    public AttributeValue? Find(Attributes item)
    {
        var value = item.Find(Attribute);
        foreach (var step in Steps.AsSpan()[1..])
        {
            value = (value, step.Name) switch
            {
                (AttributeValue.M map, string name) => map.Members.Find(name),
                (AttributeValue.L list, null) when step.Index < list.Elements.Length => list.Elements[step.Index],
                _ => null,
            };
        }

        return value;
    }

    /// <summary>As error messages write it: <c>[Thresholds, [0], Percent]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", Steps)}]";
}
