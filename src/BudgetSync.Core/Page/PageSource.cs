using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Spend.Costs;
using BudgetSync.Core.Spend.History;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Page;

/// <summary>What was read of the organization, for the tool and for the function that make a page of it.</summary>
/// <param name="Rows">All rows, by key.</param>
/// <param name="Statuses">All status rows, by key.</param>
/// <param name="Bounds">Where states begin, as the deployment says.</param>
/// <param name="Month">What every account has cost this month; null where Cost Explorer is not asked.</param>
public sealed record PageSource(
    OrganizationTree Tree,
    IReadOnlyDictionary<string, RowImage> Rows,
    IReadOnlyDictionary<string, StatusRow> Statuses,
    StackDefaults Defaults,
    SpendBounds Bounds,
    MonthToDate? Month,
    DateTimeOffset Now)
{
    /// <summary>The page without curves.</summary>
    /// <param name="organization">How the page calls it.</param>
    /// <param name="within">Only accounts of this OU or root and below; null: all.</param>
    public SpendPage Page(string organization, Scope? within = null)
    {
        var coverage = OrganizationCoverage.Of(Tree, Statuses.Values, Rows.Keys, Now);
        if (within is not null)
        {
            var below = Tree.CoveredBy(within).Select(id => id.Value).ToHashSet(StringComparer.Ordinal);
            var chosen = coverage.Lines.Where(line => below.Contains(line.Key)).ToImmutableArray();
            coverage = new OrganizationCoverage(chosen, CoverageSummary.Of(chosen));
        }

        var uncovered = UncoveredSpend.Of(coverage.Lines, Month);
        var models = PageModel.Of(coverage.Lines, Statuses, Now);
        return new SpendPage
        {
            Organization = organization,
            GeneratedAt = Now,
            Coverage = coverage.Summary,
            Lines = [.. PageLines.Of(coverage, Tree).Select(WithCost).Select(WithSnooze)],
            Envelopes = PageEnvelope.Of(new OrganizationEnvelopes(Tree, Rows, Statuses, Defaults, Now) { Bounds = Bounds }.Lines(), Tree),
            Models = [.. models.Take(PageModel.Most)],
            QuieterModels = Math.Max(0, models.Length - PageModel.Most),
            Unknown = [.. new[] { Text(uncovered) }.OfType<string>(), .. PageModel.Unknown(coverage.Lines, Statuses, Now)],
        };
    }

    /// <summary>The page with curves and thresholds, for the budgets of these accounts.</summary>
    /// <param name="histories">By account.</param>
    public SpendPage WithParts(SpendPage page, IReadOnlyDictionary<string, ImmutableArray<HistoryItem>> histories)
    {
        var desired = histories.Keys.ToDictionary(account => account, Notifications, StringComparer.Ordinal);
        return page with { Lines = [.. page.Lines.Select(WithPart)] };

        PageLine WithPart(PageLine line) => line.Budget.Length > 0 && histories.TryGetValue(line.Account, out var items)
            ? PageLines.WithCurve(
                line with { Thresholds = PageThresholds.Of(desired[line.Account](line.Budget), line.Limit, line.Currency) }, items, page.GeneratedAt)
            : line;
    }

    private Func<string, IEnumerable<Budgets.Notification>> Notifications(string account)
    {
        var budgets = AccountId.TryParse(account, out var id)
            && Resolver.Resolve(id, RowPath.Of(id, Tree, Rows), Defaults) is Resolution.Desired(var resolved, _)
            ? resolved.Budgets
            : [];
        return name => budgets.Where(budget => budget.Settings.Name == name).SelectMany(budget => budget.Notifications);
    }

    /// <summary>An account without a budget costs something too, which Cost Explorer knows.</summary>
    private PageLine WithCost(PageLine line) =>
        line.Budget.Length == 0 && Month is { } month && AccountId.TryParse(line.Account, out var account)
            ? line with { Actual = month.Costs.GetValueOrDefault(account), Currency = month.Unit, AsOf = month.At }
            : line;

    private PageLine WithSnooze(PageLine line) =>
        AccountId.TryParse(line.Account, out var account) && RowResponses.SnoozeOf(account, Tree, Rows, Now) is { } snooze
            ? line with { Snoozed = SnoozeText.Of(snooze) }
            : line;

    private static string? Text(UncoveredSpend uncovered) => uncovered switch
    {
        { Accounts: 0 } => null,
        { Spent: { } spent } => string.Create(
            CultureInfo.InvariantCulture,
            $"Accounts without a budget: {uncovered.Accounts}, which spent {PageText.Money(spent, uncovered.Unit)} this month, as Cost Explorer tells it."),
        _ => $"What accounts without a budget spend ({uncovered.Accounts} of them) is not known: Cost Explorer was not asked this month.",
    };
}
