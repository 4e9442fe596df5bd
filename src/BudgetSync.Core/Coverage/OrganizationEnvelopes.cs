using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Planning;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Envelopes;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Coverage;

/// <summary>Every envelope against the accounts it covers: what their rows allow today, what they have spent, what they will.</summary>
/// <param name="tree"><see cref="OrganizationTree.None"/>: then only <c>default</c> covers accounts, those that have a row.</param>
/// <param name="rows">All rows, by key.</param>
/// <param name="statuses">What the spokes reported, by key; empty where nothing but allocation is asked.</param>
public sealed class OrganizationEnvelopes(
    OrganizationTree tree,
    IReadOnlyDictionary<string, RowImage> rows,
    IReadOnlyDictionary<string, StatusRow> statuses,
    StackDefaults defaults,
    DateTimeOffset now)
{
    private readonly Dictionary<AccountId, DesiredBudgets> desired = [];

    /// <summary>What accounts usually cost in a month: their weight where no row gives one.</summary>
    public IReadOnlyDictionary<AccountId, decimal> UsualCosts { get; init; } = ImmutableDictionary<AccountId, decimal>.Empty;

    /// <summary>The bounds of states.</summary>
    public SpendBounds Bounds { get; init; } = SpendBounds.Default;

    /// <summary>All envelopes, in order of key.</summary>
    public ImmutableArray<EnvelopeLine> Lines() =>
    [
        .. rows.Values.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => (row.Key, Envelope: RowEnvelope.Of(row, defaults)))
            .Where(row => row.Envelope is not null)
            .Select(row => Line(row.Key, row.Envelope!)), // Not null: the line before.
    ];

    private EnvelopeLine Line(string key, Envelope envelope)
    {
        var scope = Scope.TryParse(key)!; // A row with an envelope has a scope.
        var members = Covered(scope).Select(account => Member(account, key, envelope)).ToImmutableArray();
        var name = tree.NameOf(scope);
        return new(key, name, envelope, EnvelopeStanding.Of(key, name, envelope, members, Bounds), EnvelopeShare.Of(envelope, members));
    }

    private IEnumerable<AccountId> Covered(Scope scope) => tree.Accounts.IsEmpty && scope is Scope.Default
        ? rows.Keys.Select(Scope.TryParse).OfType<Scope.Account>().Select(account => account.Id)
        : tree.CoveredBy(scope);

    private EnvelopeMember Member(AccountId account, string key, Envelope envelope)
    {
        var budget = AccountWide(account, envelope);
        var reported = budget is null ? null : statuses.GetValueOrDefault(account.Value)?.Budgets.FirstOrDefault(one => one.Name == budget.Settings.Name);
        var limit = budget is null ? null : LimitOf(budget, reported);
        var own = rows.GetValueOrDefault(account.Value) is { } row && RowEnvelope.HasOwnAmount(row, key) ? limit : null;
        return new(account, tree.Find(account)?.Name ?? "")
        {
            OwnAmount = own,
            Limit = limit,
            Actual = reported?.ActualSpend,
            Forecast = reported?.ForecastedSpend,
            Weight = Present(account).Select(RowEnvelope.WeightOf).FirstOrDefault(weight => weight is not null)
                ?? (UsualCosts.TryGetValue(account, out var usual) ? usual : null),
        };
    }

    /// <summary>
    /// The budget of all the account's cost in the envelope's unit and period. Of several the one with the highest limit: each account counts once, and for
    /// no less than it may spend.
    /// </summary>
    private DesiredBudget? AccountWide(AccountId account, Envelope envelope) => Desired(account).Budgets
        .Where(budget => budget.Settings is { Type: BudgetType.COST, FilterExpression: null, CostFilters.IsEmpty: true, BillingViewArn: null }
            && budget.Settings.TimeUnit == envelope.TimeUnit
            && UnitOf(budget.Settings.Amount) is var unit && (unit is null || unit == envelope.Unit))
        .OrderByDescending(budget => LimitOf(budget, null) ?? 0)
        .ThenBy(budget => budget.Settings.Name, StringComparer.Ordinal)
        .FirstOrDefault();

    private static string? UnitOf(BudgetAmount amount) => amount switch
    {
        BudgetAmount.Fixed(var limit) => limit.Unit,
        BudgetAmount.Planned({ IsEmpty: false } limits) => limits.Values.First().Unit,
        _ => null,
    };

    /// <summary>In force today; one that AWS computes is what it last reported.</summary>
    private decimal? LimitOf(DesiredBudget budget, ReportedBudget? reported) => budget.Settings.Amount switch
    {
        BudgetAmount.Planned({ IsEmpty: false } limits) => limits.Where(limit => limit.Key <= now).Select(limit => (decimal?)limit.Value.Amount).LastOrDefault()
            ?? limits.Values.First().Amount,
        BudgetAmount.Fixed => LimitInForce.Of(budget, DateOnly.FromDateTime(now.UtcDateTime))?.Amount,
        _ => reported?.Limit,
    };

    private DesiredBudgets Desired(AccountId account)
    {
        if (desired.TryGetValue(account, out var known)) return known;
        var budgets = Resolver.Resolve(account, Present(account), defaults) is Resolution.Desired(var resolved, _) ? resolved : DesiredBudgets.None;
        desired[account] = budgets;
        return budgets;
    }

    private ImmutableArray<RowImage> Present(AccountId account) =>
        [.. tree.PathOf(account).Select(scope => rows.GetValueOrDefault(scope.Key)).OfType<RowImage>()];
}
