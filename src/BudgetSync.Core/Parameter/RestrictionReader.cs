using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Parameter;

/// <summary>Reads the restrictions of a document, every problem at once, with the shapes that a row's responses are read by.</summary>
internal static class RestrictionReader
{
    public const string Name = "Restrictions";

    private static readonly Shape<string> Id = Shapes.Checked(
        RowRules.RestrictionId,
        text => Restriction.IsId(text) ? null : "is no id of a restriction; it is r- and 12 hex digits, as r-0123456789ab");

    private static readonly Shape<RestrictionKind> Kind = new(
        Shapes.Word<RestrictionKind>().Schema,
        (ValueAt node, out RestrictionKind value) => Shapes.Word<RestrictionKind>().TryRead(node, out value)
            && (value.IsOfSpoke() || node.Refuse(RowRules.RestrictionPlace, $"{node.Quoted} is nothing that a spoke does; remove the restriction")));

    private static readonly Shape<DesiredRestriction> Parts = Shapes.Object(
        () => new DesiredRestriction("", RestrictionKind.NOTIFY, default),
        Field.Required("Id", Id, (DesiredRestriction read, string value) => read with { Id = value }),
        Field.Required("Kind", Kind, (DesiredRestriction read, RestrictionKind value) => read with { Kind = value }),
        Field.Required("Since", AmountShapes.Instant, (DesiredRestriction read, DateTimeOffset value) => read with { Since = value }),
        Field.Optional("Until", AmountShapes.Instant, (DesiredRestriction read, DateTimeOffset value) => read with { Until = value }),
        Field.Optional("Policy", RestrictionShapes.PolicyName, (DesiredRestriction read, string value) => read with { Policy = value }),
        Field.Optional("Tag", RestrictionShapes.Tag, (DesiredRestriction read, ResourceTag value) => read with { Tag = value }),
        Field.Optional("Except", RestrictionShapes.Principals, (DesiredRestriction read, PrincipalNames value) => read with { Except = value }),
        Field.Optional(
            "Roles",
            RestrictionShapes.Names,
            (DesiredRestriction read, EquatableSet<string> value) => read with { Binds = read.Binds with { Roles = value } }),
        Field.Optional(
            "Users",
            RestrictionShapes.Names,
            (DesiredRestriction read, EquatableSet<string> value) => read with { Binds = read.Binds with { Users = value } }));

    private static readonly Shape<DesiredRestriction> One = new(
        () => new JsonObject { ["type"] = "object" },
        (ValueAt node, out DesiredRestriction value) =>
        {
            if (!Parts.TryRead(node, out value)) return false;
            var before = node.Problems.Count;
            RestrictionShapes.CheckParts(node, value.Kind, value.Policy, value.Tag, value.Binds, value.Except);
            return node.Problems.Count == before;
        });

    /// <summary>In order of id; what is wrong is said, and then the list means nothing.</summary>
    public static ImmutableArray<DesiredRestriction> Read(ValueAt node)
    {
        if (!Shapes.ListOf(One).TryRead(node, out var read)) return [];
        if (read.Length > RestrictionLimits.Restrictions)
            node.Refuse(RowRules.RestrictionCount, $"{read.Length} restrictions; a document holds {RestrictionLimits.Restrictions}");
        if (read.GroupBy(restriction => restriction.Id, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            node.Refuse(RowRules.RestrictionsDistinct, $"holds {twice.Key} twice; remove one");
        return [.. read.OrderBy(restriction => restriction.Id, StringComparer.Ordinal)];
    }
}
