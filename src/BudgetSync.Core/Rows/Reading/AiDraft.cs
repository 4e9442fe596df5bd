using System.Collections.Immutable;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>What one row, or several laid over one another, say about models.</summary>
internal sealed record AiDraft(string Path)
{
    public static readonly ImmutableSortedDictionary<string, AiBudgetDraft?> NoEntries =
        ImmutableSortedDictionary.Create<string, AiBudgetDraft?>(StringComparer.Ordinal);

    public AiBudgetDraft? Default { get; init; }

    /// <summary>By pattern; null: what a farther row says of it is dropped.</summary>
    public ImmutableSortedDictionary<string, AiBudgetDraft?> Principals { get; init; } = NoEntries;

    /// <summary>By the pool's name; null as above.</summary>
    public ImmutableSortedDictionary<string, AiBudgetDraft?> Pools { get; init; } = NoEntries;

    /// <summary>By pattern; null as above.</summary>
    public ImmutableSortedDictionary<string, AiBudgetDraft?> Models { get; init; } = NoEntries;

    /// <summary>The cap; of value null where the row drops a farther one's.</summary>
    public Located<AiBudgetDraft?>? AccountCap { get; init; }

    public decimal? DiscountPercent { get; init; }

    public string? Unit { get; init; }

    /// <summary>Member by member, and entry by entry.</summary>
    public AiDraft Over(AiDraft far) => this with
    {
        Default = Default?.Over(far.Default) ?? far.Default,
        Principals = Over(Principals, far.Principals),
        Pools = Over(Pools, far.Pools),
        Models = Over(Models, far.Models),
        AccountCap = AccountCap is { Value: { } cap } ? AccountCap with { Value = cap.Over(far.AccountCap?.Value) } : AccountCap ?? far.AccountCap,
        DiscountPercent = DiscountPercent ?? far.DiscountPercent,
        Unit = Unit ?? far.Unit,
    };

    private static ImmutableSortedDictionary<string, AiBudgetDraft?> Over(
        ImmutableSortedDictionary<string, AiBudgetDraft?> near,
        ImmutableSortedDictionary<string, AiBudgetDraft?> far)
    {
        var all = far;
        foreach (var (name, entry) in near) all = all.SetItem(name, entry?.Over(far.GetValueOrDefault(name)));
        return all;
    }
}
