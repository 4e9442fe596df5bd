using System.Collections.Immutable;

namespace BudgetSync.Core.Ai;

/// <summary>What the rows of one account say about models: whose spending is looked at, and what follows from it.</summary>
public sealed record AiPolicy
{
    /// <summary>What restrictions, the ledger and people call the account's cap.</summary>
    public const string CapBudget = "Ai.AccountCap";

    /// <summary>Where no row says anything.</summary>
    public static AiPolicy Empty { get; } = new();

    /// <summary>Of each principal that no pattern of <see cref="Principals"/> matches.</summary>
    public AiBudget Default { get; init; } = AiBudget.Default;

    /// <summary>A budget for each of the principals that a pattern matches, by pattern.</summary>
    public EquatableDictionary<string, AiBudget> Principals { get; init; }

    /// <summary>Budgets that several principals share, by the pool's name.</summary>
    public EquatableDictionary<string, AiPool> Pools { get; init; }

    /// <summary>Of all principals of the account together; null: none.</summary>
    public AiBudget? AccountCap { get; init; }

    /// <summary>A budget for each of the models that a pattern matches, of all principals together. It only tells.</summary>
    public EquatableDictionary<string, AiBudget> Models { get; init; }

    /// <summary>What the account pays less than the list's price, in percent.</summary>
    public decimal DiscountPercent { get; init; }

    /// <summary>Through this day nobody is suspended, as a row's Snooze says; null: none.</summary>
    public DateOnly? SnoozedThrough { get; init; }

    /// <summary>The kill switch is thrown: nobody's suspension begins, and nobody's ends for that. No row says it, it travels beside.</summary>
    public bool Stopped { get; init; }

    /// <summary>The organization denies the account's models for its cap: no row says it, it travels beside.</summary>
    public bool AccountDenied { get; init; }

    /// <summary>What people want of single budgets, newest last: no row says it, it travels beside.</summary>
    public EquatableArray<AiRequest> Requests { get; init; } = [];

    /// <summary>What is paid of a price in the list: 1 without a discount.</summary>
    public decimal Paid => 1 - (DiscountPercent / 100);

    /// <summary>The same budgets, with what travels beside them.</summary>
    public AiPolicy With(AiTravel travel) => this with
    {
        Requests = travel.Requests,
        Stopped = travel.Stopped,
        AccountDenied = travel.AccountDenied,
        SnoozedThrough = travel.SnoozedThrough,
    };

    public bool IsSnoozed(DateTimeOffset now) => SnoozedThrough is { } day && DateOnly.FromDateTime(now.UtcDateTime) <= day;

    public AiBudget Of(AiPrincipal principal) =>
        AiPattern.Strongest(Principals.Keys, principal.Name) is { } pattern ? Principals[pattern] : Default;

    /// <summary>The budget of one model; null where it has none.</summary>
    public AiBudget? Of(BedrockModel model) => OfModel(model.Id);

    /// <summary>
    /// The budgets that one call counts to, each once and in this order: the principal's, its pools' in order of name, the model's, the account's.
    /// </summary>
    public ImmutableArray<AiSubject> SubjectsOf(AiPrincipal principal, BedrockModel model)
    {
        var subjects = ImmutableArray.CreateBuilder<AiSubject>();
        subjects.Add(new AiSubject.Principal(principal));
        foreach (var (name, _) in Pools.Where(pool => pool.Value.Has(principal)).OrderBy(pool => pool.Key, StringComparer.Ordinal))
            subjects.Add(new AiSubject.Pool(name));
        if (Of(model) is not null) subjects.Add(new AiSubject.Model(model.Id));
        if (AccountCap is not null) subjects.Add(new AiSubject.Account());
        return subjects.ToImmutable();
    }

    /// <summary>A subject's budget; null where the policy has none any more.</summary>
    public AiBudget? BudgetOf(AiSubject subject) => subject switch
    {
        AiSubject.Principal(var principal) => Of(principal),
        AiSubject.Pool(var name) => Pools.TryGetValue(name, out var pool) ? pool.Budget : null,
        AiSubject.Model(var id) => OfModel(id),
        AiSubject.Account => AccountCap,
        _ => throw new InvalidOperationException($"{subject.GetType()} is no case of AiSubject."),
    };

    private AiBudget? OfModel(string id) => AiPattern.Strongest(Models.Keys, id) is { } pattern ? Models[pattern] : null;
}
