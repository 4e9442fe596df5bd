using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>Shapes of what a budget counts, in AWS's old style (CostFilters, CostTypes) and new (FilterExpression, Metrics).</summary>
internal static class FilterShapes
{
    private static readonly ImmutableSortedDictionary<string, EquatableArray<string>> NoFilters =
        ImmutableSortedDictionary<string, EquatableArray<string>>.Empty.WithComparers(StringComparer.Ordinal);

    private static readonly Shape<string> FilterValue = Shapes.Checked(
        RowRules.FilterValueLength,
        value => value.Length <= AwsLimits.FilterValueLength ? null : $"has {value.Length} characters; AWS takes {AwsLimits.FilterValueLength}",
        new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = AwsLimits.FilterValueLength });

    /// <summary>At least one value, sorted, each once.</summary>
    internal static readonly Shape<ImmutableArray<string>> Values = new(
        () => new JsonObject { ["type"] = new JsonArray("array", "string"), ["items"] = FilterValue.Schema(), ["minItems"] = 1 },
        (ValueAt node, out ImmutableArray<string> value) =>
        {
            value = [];
            if (!Shapes.WholeTextList.TryRead(node, out var texts)
                || !Shapes.TryReadItems(node, [.. texts.Select(text => new RowValue.Text(text))], FilterValue, out value))
                return false;
            value = [.. value.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            return value.Length > 0
                || node.Refuse(RowRules.FilterValues, "no value; write at least one (without the filter the budget would count everything)");
        });

    /// <summary>Filter names to values; the values sorted, each once, because AWS keeps them as a set. An empty map says no filter.</summary>
    public static readonly Shape<ImmutableSortedDictionary<string, EquatableArray<string>>> CostFilters = new(
        () => new JsonObject
        {
            ["type"] = "object",
            ["propertyNames"] = new JsonObject { ["enum"] = new JsonArray([.. FilterNames.All.Select(name => JsonValue.Create(name))]) },
            ["additionalProperties"] = Values.Schema(),
        },
        (ValueAt node, out ImmutableSortedDictionary<string, EquatableArray<string>> value) =>
        {
            value = NoFilters;
            if (node.Value is not RowValue.Map map)
                return Shapes.WrongType(node, "a map (M) of filter names to values");
            var before = node.Problems.Count;
            var filters = NoFilters.ToBuilder();
            foreach (var (name, entry) in map.Entries)
            {
                var place = node.Entry(name, entry);
                if (!FilterNames.All.Contains(name))
                    place.Refuse(RowRules.FilterName, $"{ValueAt.Quote(name)} is no filter of AWS Budgets; {FilterNames.WayOut(name)}");
                else if (Values.TryRead(place, out var values) && FilterValues.AreRight(place, name, values))
                    filters[name] = values;
            }

            value = filters.ToImmutable();
            return node.Problems.Count == before;
        });

    public static readonly Shape<CostTypes> CostTypes = Shapes.Object(
        () => new CostTypes(),
        Field.Optional("IncludeTax", Shapes.Bool, (CostTypes draft, bool value) => draft with { IncludeTax = value }),
        Field.Optional("IncludeSubscription", Shapes.Bool, (CostTypes draft, bool value) => draft with { IncludeSubscription = value }),
        Field.Optional("UseBlended", Shapes.Bool, (CostTypes draft, bool value) => draft with { UseBlended = value }),
        Field.Optional("IncludeRefund", Shapes.Bool, (CostTypes draft, bool value) => draft with { IncludeRefund = value }),
        Field.Optional("IncludeCredit", Shapes.Bool, (CostTypes draft, bool value) => draft with { IncludeCredit = value }),
        Field.Optional("IncludeUpfront", Shapes.Bool, (CostTypes draft, bool value) => draft with { IncludeUpfront = value }),
        Field.Optional("IncludeRecurring", Shapes.Bool, (CostTypes draft, bool value) => draft with { IncludeRecurring = value }),
        Field.Optional("IncludeOtherSubscription", Shapes.Bool, (CostTypes draft, bool value) => draft with { IncludeOtherSubscription = value }),
        Field.Optional("IncludeSupport", Shapes.Bool, (CostTypes draft, bool value) => draft with { IncludeSupport = value }),
        Field.Optional("IncludeDiscount", Shapes.Bool, (CostTypes draft, bool value) => draft with { IncludeDiscount = value }),
        Field.Optional("UseAmortized", Shapes.Bool, (CostTypes draft, bool value) => draft with { UseAmortized = value }));

    /// <summary>The metrics; a text is one metric, a list may be empty, which says the default of the budget's type.</summary>
    public static readonly Shape<ImmutableArray<BudgetMetric>> Metrics = new(
        () =>
        {
            var schema = Shapes.ListOf(Shapes.Word<BudgetMetric>()).Schema();
            schema["maxItems"] = AwsLimits.Metrics;
            return schema;
        },
        (ValueAt node, out ImmutableArray<BudgetMetric> value) =>
        {
            var list = node.Value is RowValue.TextSet set
                ? node with { Value = new RowValue.List([.. set.Items.Select(item => new RowValue.Text(item))]) }
                : node;
            return Shapes.ListOf(Shapes.Word<BudgetMetric>()).TryRead(list, out value)
                && (value.Length <= AwsLimits.Metrics || node.Refuse(RowRules.MetricsCount, $"{value.Length} metrics; AWS takes {AwsLimits.Metrics}"));
        });
}
