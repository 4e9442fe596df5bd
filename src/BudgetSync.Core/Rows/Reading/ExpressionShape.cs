using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>The shape of AWS's Expression, which holds itself.</summary>
internal static partial class ExpressionShape
{
    /// <summary>Where the schema of an expression stands, once, for all the places that refer to it.</summary>
    public const string Definition = "FilterExpression";

    private static readonly string[] Members = ["And", "Or", "Not", "Dimensions", "Tags", "CostCategories"];

    /// <summary>BM budgets Dimension.</summary>
    public static readonly IReadOnlyList<string> Dimensions =
    [
        "AZ", "INSTANCE_TYPE", "LINKED_ACCOUNT", "LINKED_ACCOUNT_NAME", "OPERATION", "PURCHASE_TYPE", "REGION", "SERVICE", "SERVICE_CODE", "USAGE_TYPE",
        "USAGE_TYPE_GROUP", "RECORD_TYPE", "OPERATING_SYSTEM", "TENANCY", "SCOPE", "PLATFORM", "SUBSCRIPTION_ID", "LEGAL_ENTITY_NAME", "INVOICING_ENTITY",
        "DEPLOYMENT_OPTION", "DATABASE_ENGINE", "CACHE_ENGINE", "INSTANCE_TYPE_FAMILY", "BILLING_ENTITY", "RESERVATION_ID", "RESOURCE_ID",
        "RIGHTSIZING_TYPE", "SAVINGS_PLANS_TYPE", "SAVINGS_PLAN_ARN", "PAYMENT_OPTION", "RESERVATION_MODIFIED", "TAG_KEY", "COST_CATEGORY_NAME",
    ];

    // BM budgets MatchOption.
    private static readonly string[] MatchOptions =
        ["EQUALS", "ABSENT", "STARTS_WITH", "ENDS_WITH", "CONTAINS", "GREATER_THAN_OR_EQUAL", "CASE_SENSITIVE", "CASE_INSENSITIVE"];

    private static readonly Shape<string> DimensionKey = OneOf(Dimensions);

    private static readonly Shape<string> GroupKey = Shapes.Checked(
        RowRules.FilterValueLength,
        key => key.Length <= AwsLimits.FilterValueLength ? null : $"has {key.Length} characters; AWS takes {AwsLimits.FilterValueLength}");

    private static readonly Shape<ImmutableArray<string>> Options = Shapes.ListOf(OneOf(MatchOptions));

    private static readonly Shape<MatchDraft> DimensionMatch = Match(DimensionKey);

    private static readonly Shape<MatchDraft> GroupMatch = Match(GroupKey);

    public static readonly Shape<FilterExpression> Whole = new(
        () => new JsonObject { ["$ref"] = $"#/$defs/{Definition}" },
        (ValueAt node, out FilterExpression value) => TryRead(node, 0, out value!));

    /// <summary>The schema that <see cref="Whole"/> refers to.</summary>
    public static JsonObject DefinitionSchema()
    {
        var operands = () => new JsonObject { ["type"] = "array", ["minItems"] = AwsLimits.ExpressionOperands, ["items"] = Whole.Schema() };
        return new JsonObject
        {
            ["type"] = "object",
            ["minProperties"] = 1,
            ["maxProperties"] = 1,
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject
            {
                ["And"] = operands(),
                ["Or"] = operands(),
                ["Not"] = Whole.Schema(),
                ["Dimensions"] = DimensionMatch.Schema(),
                ["Tags"] = GroupMatch.Schema(),
                ["CostCategories"] = GroupMatch.Schema(),
            },
        };
    }

    /// <param name="depth">How many operators the expression stands in.</param>
    private static bool TryRead(ValueAt node, int depth, out FilterExpression? value)
    {
        value = null;
        if (node.Value is not RowValue.Map map)
            return Shapes.WrongType(node, "a map (M)");
        var before = node.Problems.Count;
        foreach (var (name, entry) in map.Entries.Where(entry => Array.IndexOf(Members, entry.Key) < 0))
            Shapes.RefuseName(node.Entry(name, entry), name, Members);
        var members = map.Entries.Where(entry => Array.IndexOf(Members, entry.Key) >= 0).ToList();
        if (members.Count > 1 || map.Entries.IsEmpty)
            node.Refuse(
                RowRules.ExpressionOneMember,
                $"{(members.Count == 0 ? "an empty expression" : string.Join(" and ", members.Select(member => member.Key)))}; write exactly one of "
                    + $"{string.Join(", ", Members)}");
        foreach (var (name, entry) in members)
        {
            var place = node.Entry(name, entry);
            if (name is "And" or "Or" or "Not" && depth >= AwsLimits.ExpressionDepth)
                return place.Refuse(
                    RowRules.ExpressionDepth,
                    $"stands inside {AwsLimits.ExpressionDepth} operators already, and AWS takes no more; write the expression flatter, or several budgets");
            value = name switch
            {
                "And" => Operands(place, depth) is { } operands ? new FilterExpression.And(operands) : null,
                "Or" => Operands(place, depth) is { } operands ? new FilterExpression.Or(operands) : null,
                "Not" => TryRead(place, depth + 1, out var operand) ? new FilterExpression.Not(operand!) : null,
                "Dimensions" => OfDimension(place),
                "Tags" => OfGroup(place, MatchKind.Tags),
                _ => OfGroup(place, MatchKind.CostCategories),
            };
        }

        return node.Problems.Count == before;
    }
}
