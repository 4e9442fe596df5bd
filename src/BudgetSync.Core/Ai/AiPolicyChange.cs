using System.Collections.Immutable;

namespace BudgetSync.Core.Ai;

/// <summary>One thing that two policies say differently.</summary>
/// <param name="Attribute">The path in a row: <c>Ai.Principals.role/DataScience</c>.</param>
/// <param name="Text">For people: <c>role/DataScience: 50 → 80 USD in 30d; never suspended → suspended after 5m</c>.</param>
/// <param name="Before">What counted before; null where nothing did, and of what is no budget.</param>
/// <param name="After">What counts then; null where nothing does, and of what is no budget.</param>
public sealed record AiPolicyChange(string Attribute, string Text, AiBudget? Before, AiBudget? After)
{
    /// <summary>What changes for whom, in the order in which a policy is told. Null: no row says anything, and the default watches everybody.</summary>
    public static ImmutableArray<AiPolicyChange> Between(AiPolicy? before, AiPolicy? after)
    {
        var (was, now) = (before ?? AiPolicy.Empty, after ?? AiPolicy.Empty);
        AiPolicyChange?[] changes =
        [
            .. Keys(was.Principals, now.Principals).Select(pattern => OfPrincipals(pattern, was, now)),
            Of("Default", AiPolicyText.Others(now), was.Default, now.Default),
            .. Keys(was.Pools, now.Pools).Select(name => OfPool(name, was, now)),
            .. Keys(was.Models, now.Models).Select(pattern => Of(
                $"Models.{pattern}",
                AiPolicyText.Each("model ", pattern),
                was.Models.Items.GetValueOrDefault(pattern),
                now.Models.Items.GetValueOrDefault(pattern),
                acts: false)),
            Of("AccountCap", AiPolicyText.Account, was.AccountCap, now.AccountCap),
            OfDiscount(was.DiscountPercent, now.DiscountPercent),
        ];
        return [.. changes.OfType<AiPolicyChange>()];
    }

    private static IEnumerable<string> Keys<T>(EquatableDictionary<string, T> was, EquatableDictionary<string, T> now) =>
        was.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>A principal has a budget whether or not a pattern names it: what counts for it is compared, and not only what its own entry says.</summary>
    private static AiPolicyChange? OfPrincipals(string pattern, AiPolicy was, AiPolicy now)
    {
        var attribute = $"Principals.{pattern}";
        if (AiPrincipal.Parse(pattern) is { } principal && !AiPattern.IsOpen(pattern)) return Of(attribute, pattern, was.Of(principal), now.Of(principal));
        return Of(
            attribute, AiPolicyText.Each("", pattern), was.Principals.Items.GetValueOrDefault(pattern), now.Principals.Items.GetValueOrDefault(pattern));
    }

    private static AiPolicyChange? OfPool(string name, AiPolicy was, AiPolicy now)
    {
        var (before, after) = (was.Pools.Items.GetValueOrDefault(name), now.Pools.Items.GetValueOrDefault(name));
        var title = AiPolicyText.Pool(name, after ?? before!); // Not null: one of the two has it.
        var change = Of($"Pools.{name}", title, before?.Budget, after?.Budget);
        if (before is null || after is null || before.Members == after.Members) return change;
        var moved = $"members were {string.Join(", ", before.Members)}";
        return change is null
            ? new($"Ai.Pools.{name}", $"{title}: {moved}", before.Budget, after.Budget)
            : change with { Text = $"{change.Text}; {moved}" };
    }

    private static AiPolicyChange? OfDiscount(decimal was, decimal now) => was == now
        ? null
        : new("Ai.DiscountPercent", $"prices: {AiText.Number(was)} → {AiText.Number(now)} % less than listed", null, null);

    private static AiPolicyChange? Of(string attribute, string title, AiBudget? was, AiBudget? now, bool acts = true) => (was, now) switch
    {
        (null, null) => null,
        (null, { } come) => new($"Ai.{attribute}", $"+ {title}: {AiPolicyText.Of(come, acts)}", null, come),
        ({ } gone, null) => new($"Ai.{attribute}", $"- {title}: {AiPolicyText.Of(gone, acts)}", gone, null),
        _ when was == now => null,
        _ => new($"Ai.{attribute}", $"{title}: {AiPolicyText.Between(was, now, acts)}", was, now),
    };
}
