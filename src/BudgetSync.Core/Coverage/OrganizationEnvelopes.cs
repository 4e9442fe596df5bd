using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Parameter;
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

    /// <summary>Where states begin, as the deployment says; of no matter where nothing but allocation is asked.</summary>
    public SpendBounds Bounds { get; init; } = SpendBounds.Default;

    /// <summary>All envelopes, in order of key.</summary>
    public ImmutableArray<EnvelopeLine> Lines() =>
    [
        .. rows.Values.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => (row.Key, Envelope: RowEnvelope.Of(row, defaults)))
            .Where(row => row.Envelope is not null)
            .Select(row => Line(row.Key, row.Envelope!)), // Not null: the line before.
    ];

    /// <summary>The envelope of one row; null where it has none.</summary>
    public EnvelopeLine? LineOf(string key) =>
        rows.GetValueOrDefault(key) is { } row && RowEnvelope.Of(row, defaults) is { } envelope ? Line(key, envelope) : null;

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
        var budget = AccountWideBudget.Of(Desired(account), envelope.TimeUnit, envelope.Unit, now);
        var reported = budget is null ? null : statuses.GetValueOrDefault(account.Value)?.Budgets.FirstOrDefault(one => one.Name == budget.Settings.Name);
        var limit = budget is null ? null : AccountWideBudget.LimitOf(budget, reported, now);
        var own = rows.GetValueOrDefault(account.Value) is { } row && RowEnvelope.HasOwnAmount(row, key) ? limit : null;
        return new(account, tree.Find(account)?.Name ?? "")
        {
            OwnAmount = own,
            Limit = limit,
            Actual = IsOfToday(reported) ? reported?.ActualSpend : null,
            Forecast = IsOfToday(reported) ? reported?.ForecastedSpend : null,
            Weight = Present(account).Select(RowEnvelope.WeightOf).FirstOrDefault(weight => weight is not null)
                ?? (UsualCosts.TryGetValue(account, out var usual) ? usual : null),
        };
    }

    /// <summary>In the first hours of a month the last amounts that were read are those of the month before.</summary>
    private bool IsOfToday(ReportedBudget? reported) => reported?.Period?.Contains(DateOnly.FromDateTime(now.UtcDateTime)) is not false;

    private DesiredBudgets Desired(AccountId account)
    {
        if (desired.TryGetValue(account, out var known)) return known;
        var budgets = Resolver.Resolve(account, Present(account), defaults) is Resolution.Desired(var resolved, _) ? resolved : DesiredBudgets.None;
        desired[account] = budgets;
        return budgets;
    }

    private ImmutableArray<RowImage> Present(AccountId account) => RowPath.Of(account, tree, rows);
}
