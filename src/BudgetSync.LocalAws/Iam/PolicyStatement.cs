using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Iam;

/// <summary>One statement of a policy.</summary>
/// <param name="NotAction">True: the statement is about every action but <paramref name="Actions"/>.</param>
/// <param name="NotResource">
/// True: about every resource but <paramref name="Resources"/>. A trust or resource policy may name none, which means its own resource.
/// </param>
/// <param name="Principals">Null in an identity policy.</param>
internal sealed record PolicyStatement(
    bool Allow,
    ImmutableArray<string> Actions,
    bool NotAction,
    ImmutableArray<string> Resources,
    bool NotResource,
    PolicyPrincipals? Principals,
    ImmutableArray<PolicyCondition> Conditions)
{
    /// <summary>The statement's own name; null where it has none.</summary>
    public string? Sid { get; init; }

    /// <summary>Whether this statement is about a request, its principal aside.</summary>
    public bool Covers(string action, string resource, RequestContext context) =>
        Actions.Any(pattern => Wildcard.Matches(pattern, action, StringComparison.OrdinalIgnoreCase)) != NotAction
        && CoversResource(resource, context)
        && Conditions.All(condition => condition.Holds(context));

    private bool CoversResource(string resource, RequestContext context) =>
        (Resources.IsEmpty && !NotResource)
        || Resources.Any(pattern => Wildcard.Matches(context.Substitute(pattern), resource)) != NotResource;
}
