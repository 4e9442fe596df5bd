using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Planning;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Spend.Recommendations;

namespace BudgetSync.Core.Coverage;

/// <summary>What monthly amounts should be, account by account, and the rows that say so.</summary>
public sealed class OrganizationRecommendations(
    OrganizationTree tree,
    IReadOnlyDictionary<string, RowImage> rows,
    StackDefaults defaults,
    DateTimeOffset now,
    RecommendationSettings settings)
{
    /// <summary>The name of the budget whose months are to go by, and its currency; null where the account has none of all its costs a month.</summary>
    public (string Name, string Unit)? BudgetOf(AccountId account) =>
        Monthly(Budgets(account)) is { Settings.Amount: BudgetAmount.Fixed(var limit) } budget ? (budget.Settings.Name, limit.Unit) : null;

    /// <param name="costs">Of the account's months, in the currency of <see cref="BudgetOf"/>, or of the stack where it has no budget.</param>
    public RecommendationLine Of(AccountId account, IEnumerable<MonthlyCost> costs)
    {
        var resolution = Resolve(account);
        var budgets = resolution is Resolution.Desired(var desired, _) ? desired : DesiredBudgets.None;
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var monthly = Monthly(budgets);
        // Grants come and go by themselves: what the row says without them is what is to be right.
        var current = monthly is null ? null : LimitInForce.Of(monthly, today)?.Base;
        var recommendation = Recommender.Of(account, Unit, costs, current, today, settings);
        var own = rows.GetValueOrDefault(account.Value);
        var noRow = recommendation.IsChange ? WhyNoRow(resolution, budgets, monthly, own) : "";
        return new(
            tree.Find(account)?.Name ?? "",
            recommendation,
            noRow.Length == 0 ? recommendation.Row(own) : null,
            noRow);
    }

    private string Unit => defaults.Currencies.FirstOrDefault("USD");

    private static string WhyNoRow(Resolution resolution, DesiredBudgets budgets, DesiredBudget? monthly, RowImage? own) => resolution switch
    {
        Resolution.Rejected => "its rows are wrong; put them right first",
        Resolution.Disabled => "its row says Enabled: false, so it is left alone",
        Resolution.Desired when budgets.Budgets.Length > 1 => "it has several budgets, of which one amount does not say which; export the row and edit it",
        Resolution.Desired when monthly is null => "its budget is not of all its costs a month in the stack's currency",
        Resolution.Desired when monthly.Settings.Amount is not BudgetAmount.Fixed => "a plan or AWS moves its limit; one amount would end that",
        Resolution.Desired when !monthly.Changes.IsEmpty => "Changes take over from its amount on their days; edit those",
        Resolution.Desired when !monthly.Grants.IsEmpty && own?.Attributes.ContainsKey("BudgetValue") != true =>
            "it has grants on top of an inherited amount, and an amount of its own would end the inherited ones",
        _ => "",
    };

    private DesiredBudget? Monthly(DesiredBudgets budgets) => AccountWideBudget.Of(budgets, TimeUnit.MONTHLY, Unit, now);

    private DesiredBudgets Budgets(AccountId account) => Resolve(account) is Resolution.Desired(var budgets, _) ? budgets : DesiredBudgets.None;

    private Resolution Resolve(AccountId account) =>
        Resolver.Resolve(account, RowPath.Of(account, tree, rows), defaults);
}
