namespace BudgetSync.Core.Restrictions;

/// <summary>
/// One restriction that a spoke should have in force: desired state, as its budgets are. What no document asks for is lifted, so undo is the document without
/// it. Policies are named, never written here: their text is the stack's, so whoever can write the parameter cannot deny what the stack does not.
/// </summary>
/// <param name="Id"><c>r-</c> and 12 hex digits; the same restriction has the same id however often it is decided.</param>
/// <param name="Kind">One that a spoke does (<see cref="RestrictionKinds.IsOfSpoke"/>).</param>
/// <param name="Since">When it was decided that it is in force, whole seconds in UTC.</param>
public sealed record DesiredRestriction(string Id, RestrictionKind Kind, DateTimeOffset Since)
{
    /// <summary>Of DENY_APIS and of no other kind: which of the deployment's lists.</summary>
    public string? Policy { get; init; }

    /// <summary>Of STOP_TAGGED and of no other kind: what is stopped has this tag.</summary>
    public ResourceTag? Tag { get; init; }

    /// <summary>Whom a deny binds; none: every role and user of the account beside <see cref="Except"/> and those that are always exempt.</summary>
    public PrincipalNames Binds { get; init; } = PrincipalNames.None;

    /// <summary>Whom a deny that binds all others does not bind.</summary>
    public PrincipalNames Except { get; init; } = PrincipalNames.None;

    /// <summary>When it ends by itself, even where no newer document comes; null: when a document without it comes.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>True while the spoke is to keep it in force.</summary>
    public bool HoldsAt(DateTimeOffset now) => Until is not { } until || now < until;

    /// <summary>Whether it means this role or user, by name; that one is exempt is not looked at.</summary>
    public bool Asks(Principal principal) => Binds.IsEmpty ? !Names(Except, principal) : Names(Binds, principal);

    private static bool Names(PrincipalNames names, Principal principal) =>
        (principal.IsUser ? names.Users : names.Roles).Contains(principal.Name, StringComparer.OrdinalIgnoreCase);
}
