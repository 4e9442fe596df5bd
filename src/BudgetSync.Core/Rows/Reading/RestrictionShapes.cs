using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>Shapes that rows and documents share where they speak of restrictions.</summary>
internal static class RestrictionShapes
{
    /// <summary>The name of one of the deployment's lists.</summary>
    public static readonly Shape<string> PolicyName = Shapes.Checked(
        RowRules.PolicyName,
        text => Patterns.PolicyListName().IsMatch(text) ? null : "is no name of a list; write letters, digits and -, 32 at most, and a letter first",
        new JsonObject { ["type"] = "string", ["pattern"] = "^[A-Za-z][A-Za-z0-9-]{0,31}$" });

    /// <summary>A tag of a resource.</summary>
    public static readonly Shape<ResourceTag> Tag = new(
        () => new JsonObject { ["type"] = "string", ["pattern"] = "^[^=]+=" },
        (ValueAt node, out ResourceTag value) =>
        {
            value = new ResourceTag("", "");
            if (!Shapes.Text.TryRead(node, out var text)) return false;
            var end = text.IndexOf('=', StringComparison.Ordinal);
            if (end <= 0 || end > AwsLimits.TagKeyLength || text.Length - end - 1 > AwsLimits.TagValueLength)
                return node.Refuse(RowRules.TagForm, $"{node.Quoted} is no tag with its value; write for example environment=sandbox");
            value = new ResourceTag(text[..end], text[(end + 1)..]);
            return true;
        });

    /// <summary>Names of IAM roles or users.</summary>
    public static readonly Shape<EquatableSet<string>> Names = new(
        () => new JsonObject
        {
            ["type"] = new JsonArray("array", "string"),
            ["items"] = Shapes.Text.Schema(),
            ["minItems"] = 1,
            ["maxItems"] = RestrictionLimits.Names,
        },
        (ValueAt node, out EquatableSet<string> value) =>
        {
            value = [];
            // A comma may stand in a name of IAM, so a text is one name.
            if (!Shapes.WholeTextList.TryRead(node, out var names)) return false;
            var before = node.Problems.Count;
            foreach (var name in names.Where(name => !Patterns.IamName().IsMatch(name)))
                node.Refuse(RowRules.IamName, $"{ValueAt.Quote(name)} is no name of a role or user; write it without path or ARN, for example developer");
            if (names.Length == 0) node.Refuse(RowRules.NameCount, "names nobody, which would mean everybody; leave it out, or name at least one");
            if (names.Length > RestrictionLimits.Names)
                node.Refuse(RowRules.NameCount, $"{names.Length} names; write at most {RestrictionLimits.Names}");
            value = names.ToImmutableSortedSet(StringComparer.Ordinal);
            return node.Problems.Count == before;
        });

    /// <summary>Roles and users by name.</summary>
    public static readonly Shape<PrincipalNames> Principals = Shapes.Object(
        () => PrincipalNames.None,
        Field.Optional("Roles", Names, (PrincipalNames names, EquatableSet<string> value) => names with { Roles = value }),
        Field.Optional("Users", Names, (PrincipalNames names, EquatableSet<string> value) => names with { Users = value }));

    /// <summary>What goes with which kind: said of a row's response and of a document's restriction alike.</summary>
    public static void CheckParts(ValueAt node, RestrictionKind kind, string? policy, ResourceTag? tag, PrincipalNames binds, PrincipalNames except)
    {
        if (kind == RestrictionKind.DENY_APIS && policy is null)
            node.Refuse(RowRules.PolicyOfKind, "Policy is missing; name the list of calls that DENY_APIS denies");
        if (kind != RestrictionKind.DENY_APIS && policy is not null)
            node.Refuse(RowRules.PolicyOfKind, $"Policy names a list, and {kind} has its own; remove it, or write DENY_APIS");
        if (kind == RestrictionKind.STOP_TAGGED && tag is null)
            node.Refuse(RowRules.TagOfKind, "Tag is missing; write which tag what is stopped has, for example environment=sandbox");
        if (kind != RestrictionKind.STOP_TAGGED && tag is not null)
            node.Refuse(RowRules.TagOfKind, $"Tag stands beside {kind}, which does not look at tags; remove it, or write STOP_TAGGED");
        if (!kind.IsDeny() && !(binds.IsEmpty && except.IsEmpty))
            node.Refuse(
                RowRules.PrincipalsOfKind,
                $"names roles or users, and {kind} binds none; remove them"
                    + (kind.IsStop() ? $" (a resource with the tag {ProtectTag.Key} is not stopped)" : ""));
        else if (!binds.IsEmpty && !except.IsEmpty)
            node.Refuse(RowRules.PrincipalsOfKind, "names whom it binds and whom it does not; write one of the two");
    }
}
