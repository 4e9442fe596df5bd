using System.Collections.Immutable;

namespace BudgetSync.Core.Restrictions;

/// <summary>One attachment to make or to take away.</summary>
public sealed record ControlChange(AccountId Account, RestrictionKind Kind, bool Attach);

/// <summary>
/// What makes the organization's policies bind the accounts that are asked for, and no others: an attachment of our own policy to an account is ours whoever
/// made it, so what people changed is healed and undo is a plan without restrictions. Attachments to units and to the root are people's and are left.
/// </summary>
public sealed record ControlPlan(EquatableArray<ControlChange> Changes)
{
    /// <summary>What is asked for and not done, with the reason.</summary>
    public ImmutableDictionary<DesiredControl, string> Refused { get; init; } = ImmutableDictionary<DesiredControl, string>.Empty;

    /// <param name="attached">By kind, for each policy that there is: the accounts it is attached to.</param>
    /// <param name="management">The organization's management account, which service control policies do not bind.</param>
    /// <param name="hub">The account that BudgetSync runs in, which would stop itself.</param>
    public static ControlPlan Of(
        IReadOnlyCollection<DesiredControl> desired,
        IReadOnlyDictionary<RestrictionKind, IReadOnlySet<AccountId>> attached,
        AccountId? management,
        AccountId? hub)
    {
        var refused = desired.Select(control => (control, Why: Refusal(control, attached, management, hub)))
            .Where(pair => pair.Why is not null)
            .ToImmutableDictionary(pair => pair.control, pair => pair.Why!); // Not null: chosen by the line before.
        var wanted = desired.Where(control => !refused.ContainsKey(control)).ToLookup(control => control.Kind, control => control.Account);
        var detach = attached.SelectMany(
            policy => policy.Value.Except(wanted[policy.Key]).Select(account => new ControlChange(account, policy.Key, Attach: false)));
        var attach = attached.SelectMany(
            policy => wanted[policy.Key].Distinct().Except(policy.Value).Select(account => new ControlChange(account, policy.Key, Attach: true)));
        // Whoever is to be free is freed first: at two a second, a hundred that are to be bound would keep them waiting.
        return new ControlPlan([.. InOrder(detach), .. InOrder(attach)]) { Refused = refused };
    }

    private static IEnumerable<ControlChange> InOrder(IEnumerable<ControlChange> changes) =>
        changes.OrderBy(change => change.Account.Value, StringComparer.Ordinal).ThenBy(change => change.Kind);

    private static string? Refusal(
        DesiredControl control, IReadOnlyDictionary<RestrictionKind, IReadOnlySet<AccountId>> attached, AccountId? management, AccountId? hub) =>
        control.Account == management
            ? "it is the organization's management account, which service control policies do not bind"
            : control.Account == hub ? "it is the account that BudgetSync runs in, which would stop itself"
            : attached.ContainsKey(control.Kind) ? null
            : $"the management stack has no policy of the organization for {control.Kind}; {WayOut(control.Kind)}";

    /// <summary>What to do where the organization has no policy for it.</summary>
    internal static string WayOut(RestrictionKind kind) =>
        "deploy it with controlPolicies=true" + (kind.IsOfSpoke() ? ", or take Binding from the row: then the account's spoke does it" : "");
}
