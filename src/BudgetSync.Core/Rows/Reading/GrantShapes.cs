using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>Shapes of what moves a fixed limit on a day: grants and amounts that take over.</summary>
internal static class GrantShapes
{
    public static readonly Shape<DateOnly> Day = new(
        () => new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
        (ValueAt node, out DateOnly value) =>
        {
            value = default;
            if (node.Value is not RowValue.Text { Value: var text })
                return Shapes.WrongType(node, "a day such as 2026-11-30");
            return (DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value) && value >= FirstDay)
                || node.Refuse(RowRules.Day, $"{node.Quoted} is no day; write for example 2026-11-30");
        });

    /// <summary>As for every other instant of a row: nothing was budgeted before.</summary>
    private static readonly DateOnly FirstDay = new(1970, 1, 1);

    public static readonly Shape<string> FreeText = Shapes.Checked(
        RowRules.GrantText,
        text => text.Length <= AwsLimits.GrantTextLength ? null : $"has {text.Length} characters; write at most {AwsLimits.GrantTextLength}",
        new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = AwsLimits.GrantTextLength });

    private static readonly Shape<Grant> One = Shapes.Object(
        () => new Grant(0, default, "", ""),
        Field.Required("Amount", BudgetShapes.Amount, (Grant grant, decimal value) => grant with { Amount = value }),
        Field.Required("Until", Day, (Grant grant, DateOnly value) => grant with { Until = value }),
        Field.Required("Why", FreeText, (Grant grant, string value) => grant with { Why = value }),
        Field.Optional("By", FreeText, (Grant grant, string value) => grant with { By = value }));

    private static readonly Shape<EffectiveAmount> Change = Shapes.Object(
        () => default(EffectiveAmount),
        Field.Required("From", Day, (EffectiveAmount change, DateOnly value) => change with { From = value }),
        Field.Required("BudgetValue", BudgetShapes.Amount, (EffectiveAmount change, decimal value) => change with { Amount = value }));

    /// <summary>In the order in which they expire; an empty list says none.</summary>
    public static readonly Shape<ImmutableArray<Grant>> Grants = new(
        () => Bounded(One, AwsLimits.Grants),
        (ValueAt node, out ImmutableArray<Grant> value) =>
        {
            var read = Shapes.ListOf(One).TryRead(node, out value);
            value = [.. value.Order(GrantOrder.Instance)];
            return read;
        });

    /// <summary>In order of day; an empty list says none.</summary>
    public static readonly Shape<ImmutableArray<EffectiveAmount>> Changes = new(
        () => Bounded(Change, AwsLimits.AmountChanges),
        (ValueAt node, out ImmutableArray<EffectiveAmount> value) =>
        {
            var read = Shapes.ListOf(Change).TryRead(node, out value);
            value = [.. value.OrderBy(change => change.From)];
            return read;
        });

    public static string Text(DateOnly day) => DayText.Format(day);

    private static JsonObject Bounded<T>(Shape<T> item, int most)
    {
        var schema = Shapes.ListOf(item).Schema();
        schema["maxItems"] = most;
        return schema;
    }
}
