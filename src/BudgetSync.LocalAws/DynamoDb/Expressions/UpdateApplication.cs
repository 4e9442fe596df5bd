using System.Collections.Immutable;
using BudgetSync.LocalAws.DynamoDb.Items;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Expressions;

/// <summary>
/// Applies an update to an item. Every right side is read from the item as it was, so the order of actions does not matter;
/// removals of list elements come last and from the end, so that indices mean the list as it was.
/// </summary>
internal static class UpdateApplication
{
    /// <param name="item">The item as it is, or its key alone where there is none yet.</param>
    /// <exception cref="AwsException">ValidationException: a path or a type does not fit this item.</exception>
    public static Attributes Apply(this Update update, Attributes item)
    {
        var result = item;
        var writes = update.Actions
            .Where(action => action is not UpdateAction.Remove)
            .Select(action => (action.Place, Value: NewValue(action, item)))
            .ToList();
        foreach (var (place, value) in writes.OrderBy(write => write.Place))
        {
            if (value is not null) result = Write(result, place, value);
        }

        // DELETE of a set's last element removes the attribute; of an absent one, nothing happens but the path must fit.
        var removals = update.Actions.OfType<UpdateAction.Remove>().Select(action => action.Place)
            .Concat(writes.Where(write => write.Value is null).Select(write => write.Place));
        foreach (var place in removals.OrderDescending()) result = Remove(result, place);
        return result;
    }

    private static AttributeValue? NewValue(UpdateAction action, Attributes item) => action switch
    {
        UpdateAction.Set set => Evaluate(set.Value, item),
        UpdateAction.Add add => (add.Place.Find(item), add.Value) switch
        {
            (null, var value) => value,
            (AttributeValue.N old, AttributeValue.N by) => new AttributeValue.N(old.Value + by.Value),
            (AttributeValue.Set old, AttributeValue.Set more) when old.ElementType == more.ElementType =>
                old with { Elements = [.. old.Elements.Union(more.Elements)] },
            _ => throw WrongType(),
        },
        UpdateAction.Delete delete => delete.Place.Find(item) switch
        {
            null => null,
            AttributeValue.Set old when old.ElementType == delete.Elements.ElementType => Without(old, delete.Elements),
            _ => throw WrongType(),
        },
        _ => throw new InvalidOperationException($"{action.GetType().Name} has no new value."),
    };

    private static AttributeValue.Set? Without(AttributeValue.Set old, AttributeValue.Set gone)
    {
        var rest = old.Elements.Except(gone.Elements).ToImmutableArray();
        return rest.IsEmpty ? null : old with { Elements = rest };
    }

    private static AttributeValue Evaluate(SetValue value, Attributes item) => value switch
    {
        SetValue.Literal literal => literal.Value,
        SetValue.Path path => path.Place.Find(item)
            ?? throw Invalid("The provided expression refers to an attribute that does not exist in the item"),
        SetValue.IfNotExists choice => choice.Place.Find(item) ?? Evaluate(choice.Otherwise, item),
        SetValue.ListAppend append => (Evaluate(append.First, item), Evaluate(append.Second, item)) switch
        {
            (AttributeValue.L first, AttributeValue.L second) => new AttributeValue.L(first.Elements.AddRange(second.Elements)),
            _ => throw WrongType(),
        },
        SetValue.Sum sum => (Evaluate(sum.Left, item), Evaluate(sum.Right, item)) switch
        {
            (AttributeValue.N left, AttributeValue.N right) => new AttributeValue.N(sum.Minus ? left.Value - right.Value : left.Value + right.Value),
            _ => throw WrongType(),
        },
        _ => throw new InvalidOperationException($"No evaluation is known for {value.GetType().Name}."),
    };

    private static Attributes Write(Attributes item, DocumentPath place, AttributeValue value) => place.Steps.Length == 1
        ? item.With(place.Attribute, value)
        : item.With(place.Attribute, Inside(item.Find(place.Attribute), place.Steps.AsSpan()[1..], value));

    private static Attributes Remove(Attributes item, DocumentPath place)
    {
        if (place.Steps.Length == 1) return item.Without(place.Attribute);
        return item.With(place.Attribute, Inside(item.Find(place.Attribute), place.Steps.AsSpan()[1..], null));
    }

    /// <summary>The container with one place in it written, or removed where <paramref name="value"/> is null.</summary>
    private static AttributeValue Inside(AttributeValue? container, ReadOnlySpan<PathStep> steps, AttributeValue? value)
    {
        var step = steps[0];
        switch (container)
        {
            case AttributeValue.M map when step.Name is { } name:
                if (steps.Length > 1) return new AttributeValue.M(map.Members.With(name, Inside(map.Members.Find(name), steps[1..], value)));
                return new AttributeValue.M(value is null ? map.Members.Without(name) : map.Members.With(name, value));
            case AttributeValue.L list when step.Name is null:
                var exists = step.Index < list.Elements.Length;
                if (steps.Length > 1)
                    return new AttributeValue.L(
                        exists ? list.Elements.SetItem(step.Index, Inside(list.Elements[step.Index], steps[1..], value)) : throw WrongPlace());
                // Beyond its end a list grows by one, whatever the index; there is nothing to remove there.
                if (!exists) return value is null ? list : new AttributeValue.L(list.Elements.Add(value));
                return new AttributeValue.L(value is null ? list.Elements.RemoveAt(step.Index) : list.Elements.SetItem(step.Index, value));
            default:
                throw WrongPlace();
        }
    }

    private static AwsException WrongPlace() => Invalid("The document path provided in the update expression is invalid for update");

    private static AwsException WrongType() => Invalid("An operand in the update expression has an incorrect data type");

    private static AwsException Invalid(string message) => new("ValidationException", message);
}
