using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Billing;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>
/// What the accounts of a local run spend: made up from their limits, so that some stay below theirs, some come near and some exceed them, and the same in
/// every run.
/// </summary>
internal static class InventedSpend
{
    /// <summary>Parts of the limit that an account is on the way to; account after account takes the next.</summary>
    private static readonly decimal[] Levels = [0.82m, 0.55m, 1.08m, 0.93m, 1.45m, 0.3m, 0.99m];

    private const int DaysBefore = 400;
    private const int DaysOfMean = 28;
    private const int TurnAfter = 9;

    /// <summary>The first budget of cost of each account, where it has one.</summary>
    public static async Task<IReadOnlyList<(string AccountId, ActualBudget Budget)>> BudgetsOfAsync(
        IEnumerable<string> accounts, AccountReader reader, CancellationToken cancellation)
    {
        var found = new List<(string, ActualBudget)>();
        foreach (var account in accounts.Order(StringComparer.Ordinal))
        {
            var (_, budgets) = await reader.ReadAsync(AccountId.Parse(account), cancellation);
            if (budgets.FirstOrDefault(budget => budget.Settings.Type == BudgetType.COST) is { } budget) found.Add((account, budget));
        }

        return found;
    }

    /// <summary>The same of rows that were looked into already.</summary>
    public static IReadOnlyList<(string AccountId, ActualBudget Budget)> BudgetsOf(IEnumerable<RowProgress> rows) =>
    [
        .. from row in rows.DistinctBy(row => row.AccountId)
        orderby row.AccountId
        let budget = row.Budgets.FirstOrDefault(budget => budget.Settings.Type == BudgetType.COST)
        where budget is not null && AccountId.TryParse(row.AccountId, out _)
        select (row.AccountId, budget),
    ];

    /// <summary>Lets the accounts spend, and have spent for a year.</summary>
    /// <param name="overspent">What is on the way above its limit is there on the first of the month.</param>
    public static void Begin(
        LocalCloud cloud, IReadOnlyList<(string AccountId, ActualBudget Budget)> budgets, DateOnly today, bool overspent = false)
    {
        var behaviours = Enum.GetValues<SpendBehaviour>();
        for (var number = 0; number < budgets.Count; number++)
        {
            var (account, budget) = budgets[number];
            var (limit, level) = (RowProgressJson.Limit(budget)?.Amount ?? 0, Levels[number % Levels.Length]);
            var target = limit / DaysOf(budget.Settings.TimeUnit) * level;
            var model = new SpendModel(behaviours[number % behaviours.Length], 1, today.AddDays(-DaysBefore))
            {
                Seed = number,
                Turn = today.AddDays(TurnAfter),
            };
            var first = overspent && level > 1 ? limit * level : target / 2;
            cloud.Costs.SetSpend(account, model with { DailyAmount = target / Mean(model, today), FirstOfMonth = first });
        }
    }

    /// <summary>What a behaviour comes to before today, from one a day.</summary>
    private static decimal Mean(SpendModel model, DateOnly today) =>
        Enumerable.Range(1, DaysOfMean).Sum(day => model.On(today.AddDays(-day)).Sum(line => line.Amount)) / DaysOfMean;

    private static int DaysOf(TimeUnit unit) => unit switch
    {
        TimeUnit.DAILY => 1,
        TimeUnit.QUARTERLY => 91,
        TimeUnit.ANNUALLY => 365,
        _ => 30,
    };
}
