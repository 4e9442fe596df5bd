using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Rows.Reading;

/// <content>The leaves of an expression: a dimension, a tag, a cost category.</content>
internal static partial class ExpressionShape
{
    private static ImmutableArray<FilterExpression>? Operands(ValueAt node, int depth)
    {
        var operand = new Shape<FilterExpression>(Whole.Schema, (ValueAt inner, out FilterExpression expression) => TryRead(inner, depth + 1, out expression!));
        if (!Shapes.ListOf(operand).TryRead(node, out var operands))
            return null;
        if (operands.Length >= AwsLimits.ExpressionOperands)
            return operands;
        node.Refuse(RowRules.ExpressionOperands, $"{operands.Length} operands; write at least {AwsLimits.ExpressionOperands}, or the operand alone");
        return null;
    }

    private static FilterExpression.Match? OfDimension(ValueAt node)
    {
        if (!DimensionMatch.TryRead(node, out var match))
            return null;
        if (match.Options.Contains("ABSENT"))
            node.Refuse(RowRules.AbsentValues, "a dimension is never absent; write ABSENT for Tags or CostCategories");
        else if (match.Values.IsEmpty)
            node.Refuse(RowRules.Required, "Values is missing; add it");
        FilterValues.AreRight(node, match.Key, match.Values, match.Options);
        if (match.Options.Length > AwsLimits.DimensionMatchOptions)
            node.Refuse(RowRules.DimensionMatchOptions, $"{match.Options.Length} MatchOptions; AWS takes {AwsLimits.DimensionMatchOptions} for a dimension");
        return new FilterExpression.Match(MatchKind.Dimensions, match.Key, match.Values, match.Options);
    }

    private static FilterExpression.Match? OfGroup(ValueAt node, MatchKind kind)
    {
        if (!GroupMatch.TryRead(node, out var match))
            return null;
        var absent = match.Options.Contains("ABSENT");
        if (absent && !match.Values.IsEmpty)
            node.Refuse(RowRules.AbsentValues, "ABSENT looks for what is not there, so it has no values; write Values alone, or ABSENT alone");
        else if (!absent && match.Values.IsEmpty)
            node.Refuse(RowRules.Required, "Values is missing; add it, or write ABSENT in MatchOptions");
        return new FilterExpression.Match(kind, match.Key, match.Values, match.Options);
    }

    private static Shape<MatchDraft> Match(Shape<string> key) => Shapes.Object(
        () => new MatchDraft("", [], []),
        Field.Required("Key", key, (MatchDraft draft, string value) => draft with { Key = value }),
        Field.Optional("Values", FilterShapes.Values, (MatchDraft draft, ImmutableArray<string> value) => draft with { Values = value }),
        Field.Optional(
            "MatchOptions",
            Options,
            (
                MatchDraft draft,
                ImmutableArray<string> value) => draft with { Options = [.. value.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] }));

    private static Shape<string> OneOf(IReadOnlyList<string> words) => Shapes.Checked(
        RowRules.Word,
        word => words.Contains(word)
            ? null
            : $"is not one of {string.Join(", ", words)}" + (NearestName.Of(word, words) is { } nearest ? $"; write {nearest}" : ""),
        new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. words.Select(word => JsonValue.Create(word))]) });

    private sealed record MatchDraft(string Key, ImmutableArray<string> Values, ImmutableArray<string> Options);
}
