using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Rows.Reading;

/// <content>Whom or what an action is done to.</content>
internal static partial class ActionShapes
{
    private static readonly Shape<ActionDraft> One = Shapes.Object(
        () => new ActionDraft(""),
        Field.Required(
            "NotificationType",
            Shapes.Word<NotificationType>(),
            (ActionDraft draft, NotificationType value) => draft with { NotificationType = value }),
        Field.Required("ActionType", Shapes.Word<ActionType>(), (ActionDraft draft, ActionType value) => draft with { ActionType = value }),
        Field.Required(
            "ActionThreshold",
            Threshold,
            (ActionDraft draft, (decimal Value, ThresholdType? Type) value) => draft with { Threshold = value.Value, ThresholdType = value.Type }),
        Field.Required("Definition", Definition, (ActionDraft draft, ActionDefinition value) => draft with { Definition = value }),
        Field.Optional("ExecutionRoleArn", BudgetShapes.RoleArn, (ActionDraft draft, string value) => draft with { ExecutionRoleArn = value }),
        Field.Required("ApprovalModel", Shapes.Word<ApprovalModel>(), (ActionDraft draft, ApprovalModel value) => draft with { ApprovalModel = value }),
        Field.Optional(
            "Subscribers",
            Shapes.ListOf(Subscriber, minimum: 1),
            (ActionDraft draft, ImmutableArray<Subscriber> value) => draft with { Subscribers = value }));

    private static readonly Shape<ActionDraft> Whole = new(
        One.Schema,
        (ValueAt node, out ActionDraft value) =>
        {
            if (!One.TryRead(node, out value!))
                return false;
            value = value with { Path = node.Path };
            var place = node with { Path = node.Path + ".ActionThreshold.ActionThresholdValue" };
            return ThresholdShapes.IsInRange(place, value.Threshold ?? 0, value.ThresholdType ?? ThresholdType.PERCENTAGE);
        });

    /// <summary>All actions of a budget; an empty list says none.</summary>
    public static readonly Shape<ImmutableArray<ActionDraft>> All = new(
        () =>
        {
            var schema = Shapes.ListOf(Whole).Schema();
            schema["maxItems"] = AwsLimits.Actions;
            return schema;
        },
        (ValueAt node, out ImmutableArray<ActionDraft> value) =>
            Shapes.ListOf(Whole).TryRead(node, out value)
            && (value.Length <= AwsLimits.Actions || node.Refuse(RowRules.ActionCount, $"{value.Length} actions; write at most {AwsLimits.Actions}")));

    private static Shape<string> Matching(Regex pattern, Rule rule, string problem) => Shapes.Checked(rule, text => pattern.IsMatch(text) ? null : problem);

    private static Shape<ImmutableSortedSet<string>> Targets(Regex pattern, Rule rule, string wayOut)
    {
        var item = Matching(pattern, rule, $"is not what AWS takes here; {wayOut}");
        return new Shape<ImmutableSortedSet<string>>(
            () => new JsonObject
            {
                ["type"] = new JsonArray("array", "string"),
                ["items"] = item.Schema(),
                ["minItems"] = 1,
                ["maxItems"] = AwsLimits.ActionTargets
            },
            (ValueAt node, out ImmutableSortedSet<string> value) =>
            {
                value = [];
                if (!Shapes.WholeTextList.TryRead(node, out var texts)
                    || !Shapes.TryReadItems(node, [.. texts.Select(text => new RowValue.Text(text))], item, out var items))
                    return false;
                value = items.ToImmutableSortedSet(StringComparer.Ordinal);
                return value.Count is >= 1 and <= AwsLimits.ActionTargets
                    || node.Refuse(RowRules.ActionTargets, $"{value.Count} entries; AWS takes 1 to {AwsLimits.ActionTargets}");
            });
    }

    private static Shape<ActionDefinition> Checked<T>(Shape<T> shape, Func<ValueAt, T, bool> check)
        where T : ActionDefinition => new(
        shape.Schema,
        (ValueAt node, out ActionDefinition value) =>
        {
            var read = shape.TryRead(node, out var definition) && check(node, definition);
            value = definition!;
            return read;
        });
}
