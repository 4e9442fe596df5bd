using System.Collections.Immutable;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Ai;

/// <summary>One thing that two policies say differently.</summary>
/// <param name="Attribute">The path in a row: <c>Ai.Principals.role/DataScience</c>.</param>
/// <param name="Text">For people: <c>role/DataScience: 50 → 80 USD in 30d; never suspended → suspended after 5m</c>.</param>
/// <param name="Before">What counted before; null where nothing did, and of what is no budget.</param>
/// <param name="After">What counts then; null where nothing does, and of what is no budget.</param>
public sealed record AiPolicyChange(string Attribute, string Text, AiBudget? Before, AiBudget? After)
{
    /// <summary>Suspensions begin by themselves then, and did not before.</summary>
    public bool Arms { get; init; }

    /// <summary>What changes for whom, in the order in which a policy is told. Null: no row says anything, and the default watches everybody.</summary>
    public static ImmutableArray<AiPolicyChange> Between(AiPolicy? before, AiPolicy? after)
    {
        var (was, now) = (before ?? AiPolicy.Empty, after ?? AiPolicy.Empty);
        AiPolicyChange?[] changes =
        [
            .. Keys(was.Principals, now.Principals).Select(pattern => OfPrincipals(pattern, was, now)),
            Of("Default", AiPolicyText.Others(now), was.Default, now.Default, AiConsequence.OfDefault),
            .. Keys(was.Pools, now.Pools).Select(name => OfPool(name, was, now)),
            .. Keys(was.Models, now.Models).Select(pattern => Of(
                $"Models.{pattern}",
                AiPolicyText.Each("model ", pattern),
                was.Models.Items.GetValueOrDefault(pattern),
                now.Models.Items.GetValueOrDefault(pattern),
                _ => "")),
            Of("AccountCap", AiPolicyText.Account, was.AccountCap, now.AccountCap, AiConsequence.OfAccount),
            OfDiscount(was.DiscountPercent, now.DiscountPercent),
        ];
        return [.. changes.OfType<AiPolicyChange>()];
    }

    private static IEnumerable<string> Keys<T>(EquatableDictionary<string, T> was, EquatableDictionary<string, T> now) =>
        was.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>A principal has a budget whether or not a pattern names it: what counts for it is compared, and not only what its own entry says.</summary>
    private static AiPolicyChange? OfPrincipals(string pattern, AiPolicy was, AiPolicy now)
    {
        var (before, after) = AiPrincipal.Parse(pattern) is { } principal && !AiPattern.IsOpen(pattern)
            ? (was.Of(principal), now.Of(principal))
            : (was.Principals.Items.GetValueOrDefault(pattern), now.Principals.Items.GetValueOrDefault(pattern));
        var change = Of($"Principals.{pattern}", AiPolicyText.Each("", pattern), before, after, budget => AiConsequence.OfPrincipals(pattern, budget));
        // Whom no pattern names any more the default means.
        return change is { Before: { Mode: not ResponseMode.ARMED }, After: null } && now.Default.Mode == ResponseMode.ARMED
            ? change with { Arms = true }
            : change;
    }

    private static AiPolicyChange? OfPool(string name, AiPolicy was, AiPolicy now)
    {
        var (before, after) = (was.Pools.Items.GetValueOrDefault(name), now.Pools.Items.GetValueOrDefault(name));
        var title = AiPolicyText.Pool(name, after ?? before!); // Not null: one of the two has it.
        var change = Of($"Pools.{name}", title, Followed(before, was), Followed(after, now));
        if (before is null || after is null || before.Members == after.Members) return change;
        var moved = $"members were {string.Join(", ", before.Members)}";
        var arms = Suspends(Followed(after, now)) && after.Members.Except(before.Members).Any();
        return change is null
            ? new($"Ai.Pools.{name}", $"{title}: {moved}", before.Budget, after.Budget) { Arms = arms }
            : change with { Text = $"{change.Text}; {moved}", Arms = change.Arms || arms };
    }

    private static AiPolicyChange? OfDiscount(decimal was, decimal now) => was == now
        ? null
        : new("Ai.DiscountPercent", $"prices: {AiText.Number(was)} → {AiText.Number(now)} % less than listed", null, null);

    private static (AiBudget Budget, string Follows)? Followed(AiPool? pool, AiPolicy policy) =>
        pool is null ? null : (pool.Budget, AiConsequence.OfPool(pool, policy));

    private static AiPolicyChange? Of(string attribute, string title, AiBudget? was, AiBudget? now, Func<AiBudget, string> follows) =>
        Of(attribute, title, was is null ? null : (was, follows(was)), now is null ? null : (now, follows(now)));

    private static AiPolicyChange? Of(
        string attribute, string title, (AiBudget Budget, string Follows)? was, (AiBudget Budget, string Follows)? now) => (was, now) switch
        {
            (null, null) => null,
            (null, var (come, follows)) => new($"Ai.{attribute}", $"+ {title}: {AiPolicyText.Of(come, follows)}", null, come) { Arms = Suspends(now) },
            (var (gone, followed), null) => new($"Ai.{attribute}", $"- {title}: {AiPolicyText.Of(gone, followed)}", gone, null),
            ({ } before, { } after) when before == after => null,
            ({ } before, { } after) => new($"Ai.{attribute}", $"{title}: {AiPolicyText.Between(before, after)}", before.Budget, after.Budget)
            {
                Arms = Suspends(now) && !Suspends(was),
            },
        };

    private static bool Suspends((AiBudget Budget, string Follows)? one) =>
        one is ({ Mode: ResponseMode.ARMED }, var follows) && !AiConsequence.IsNever(follows);
}
