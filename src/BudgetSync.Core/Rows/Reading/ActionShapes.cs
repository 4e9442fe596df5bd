using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>Shapes of budget actions: AWS's own.</summary>
internal static class ActionShapes
{
    private static readonly Shape<ImmutableSortedSet<string>> Principals = Targets(
        Patterns.PrincipalName(),
        RowRules.PrincipalName,
        "write its name, with its path perhaps, not its ARN");

    private static readonly Shape<ActionDefinition> Iam = Checked<ActionDefinition.Iam>(
        Shapes.Object(
            () => new ActionDefinition.Iam("", [], [], []),
            Field.Required("PolicyArn", BudgetShapes.PolicyArn, (ActionDefinition.Iam draft, string value) => draft with { PolicyArn = value }),
            Field.Optional("Roles", Principals, (ActionDefinition.Iam draft, ImmutableSortedSet<string> value) => draft with { Roles = value }),
            Field.Optional("Groups", Principals, (ActionDefinition.Iam draft, ImmutableSortedSet<string> value) => draft with { Groups = value }),
            Field.Optional("Users", Principals, (ActionDefinition.Iam draft, ImmutableSortedSet<string> value) => draft with { Users = value })),
        (node, iam) => !(iam.Roles.IsEmpty && iam.Groups.IsEmpty && iam.Users.IsEmpty)
            || node.Refuse(RowRules.ActionNobody, "names nobody; write Roles, Groups or Users"));

    private static readonly Shape<ActionDefinition> Scp = Checked<ActionDefinition.Scp>(
        Shapes.Object(
            () => new ActionDefinition.Scp("", []),
            Field.Required(
                "PolicyId",
                Matching(Patterns.PolicyId(), RowRules.PolicyId, "is no policy id; write for example p-examplepolicy1"),
                (ActionDefinition.Scp draft, string value) => draft with { PolicyId = value }),
            Field.Required(
                "TargetIds",
                Targets(Patterns.TargetId(), RowRules.TargetId, "write an OU id or a 12-digit account id"),
                (ActionDefinition.Scp draft, ImmutableSortedSet<string> value) => draft with { TargetIds = value })),
        (_, _) => true);

    private static readonly Shape<ActionDefinition> Ssm = Checked<ActionDefinition.Ssm>(
        Shapes.Object(
            () => new ActionDefinition.Ssm(default, "", []),
            Field.Required("ActionSubType", Shapes.Word<ActionSubType>(), (ActionDefinition.Ssm draft, ActionSubType value) => draft with { SubType = value }),
            Field.Required(
                "Region",
                Matching(Patterns.Region(), RowRules.RegionName, "is no Region; write for example eu-west-1"),
                (ActionDefinition.Ssm draft, string value) => draft with { Region = value }),
            Field.Required(
                "InstanceIds",
                Targets(Patterns.InstanceId(), RowRules.InstanceId, "write an EC2 instance id or an RDS identifier"),
                (ActionDefinition.Ssm draft, ImmutableSortedSet<string> value) => draft with { InstanceIds = value })),
        (_, _) => true);

    private static readonly Shape<ImmutableArray<ActionDefinition>> Definitions = Shapes.Object<ImmutableArray<ActionDefinition>>(
        () => [],
        Field.Optional("IamActionDefinition", Iam, (ImmutableArray<ActionDefinition> draft, ActionDefinition value) => draft.Add(value)),
        Field.Optional("ScpActionDefinition", Scp, (ImmutableArray<ActionDefinition> draft, ActionDefinition value) => draft.Add(value)),
        Field.Optional("SsmActionDefinition", Ssm, (ImmutableArray<ActionDefinition> draft, ActionDefinition value) => draft.Add(value)));

    private static readonly Shape<ActionDefinition> Definition = new(
        () =>
        {
            var schema = Definitions.Schema();
            schema["minProperties"] = 1;
            schema["maxProperties"] = 1;
            return schema;
        },
        (ValueAt node, out ActionDefinition value) =>
        {
            value = null!; // Read only where true is returned.
            if (!Definitions.TryRead(node, out var definitions))
                return false;
            if (definitions.Length != 1)
                return node.Refuse(
                    RowRules.DefinitionOne,
                    $"{definitions.Length} definitions; write exactly one of IamActionDefinition, ScpActionDefinition, SsmActionDefinition");
            value = definitions[0];
            return true;
        });

    private static readonly Shape<(decimal Value, ThresholdType? Type)> Threshold = Shapes.Object<(decimal Value, ThresholdType? Type)>(
        () => (0, null),
        Field.Required("ActionThresholdValue", Shapes.Number, ((decimal Value, ThresholdType? Type) draft, decimal value) => (value, draft.Type)),
        Field.Required(
            "ActionThresholdType",
            Shapes.Word<ThresholdType>(),
            ((decimal Value, ThresholdType? Type) draft, ThresholdType value) => (draft.Value, (ThresholdType?)value)));

    private static readonly Shape<SubscriberDraft> OneSubscriber = Shapes.Object(
        () => new SubscriberDraft(null, ""),
        Field.Required("SubscriptionType", Shapes.Word<SubscriptionType>(), (SubscriberDraft draft, SubscriptionType value) => draft with { Type = value }),
        Field.Required("Address", Shapes.Text, (SubscriberDraft draft, string value) => draft with { Address = value }));

    private static readonly Shape<Subscriber> Subscriber = new(
        OneSubscriber.Schema,
        (ValueAt node, out Subscriber value) =>
        {
            value = default;
            if (!OneSubscriber.TryRead(node, out var draft) || draft.Type is not { } type)
                return false;
            var address = node.Entry("Address", new RowValue.Text(draft.Address));
            value = new Subscriber(type, draft.Address);
            return type == SubscriptionType.EMAIL ? BudgetShapes.Email.TryRead(address, out _) : BudgetShapes.Topic.TryRead(address, out _);
        });

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
            value = value with { Thing = node.Path };
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

    private sealed record SubscriberDraft(SubscriptionType? Type, string Address);
}
