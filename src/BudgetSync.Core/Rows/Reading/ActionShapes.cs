using System.Collections.Immutable;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>Shapes of budget actions: AWS's own.</summary>
internal static partial class ActionShapes
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
            || node.Refuse(RowRules.ActionPrincipal, "names no principal; write Roles, Groups or Users"));

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
        Field.Required("ActionThresholdValue", Shapes.Percentage, ((decimal Value, ThresholdType? Type) draft, decimal value) => (value, draft.Type)),
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

    private sealed record SubscriberDraft(SubscriptionType? Type, string Address);
}
