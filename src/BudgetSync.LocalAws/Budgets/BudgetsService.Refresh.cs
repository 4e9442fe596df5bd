using System.Collections.Concurrent;

namespace BudgetSync.LocalAws.Budgets;

/// <content>The spend of budgets, which AWS computes a few times a day.</content>
public sealed partial class BudgetsService
{
    /// <summary>Periods behind the present one that a refresh still corrects: usage of a period's last hours is known after its end.</summary>
    private const int PeriodsCorrected = 2;

    private readonly ConcurrentDictionary<string, RefreshClock> clocks = new(StringComparer.Ordinal);

    /// <summary>When AWS computes an account's budgets next; null where nothing says what the account spends.</summary>
    public DateTimeOffset? NextRefresh(string accountId) => clocks.GetValueOrDefault(accountId)?.Due;

    /// <summary>
    /// Does what AWS does a few times a day: computes an account's COST budgets from its costs (<see cref="LocalCloud.Costs"/>), alerts and sets off actions.
    /// Budgets of other types, and all budgets of an account without costs, stay as they are.
    /// </summary>
    public void Refresh(string accountId)
    {
        var account = Account(accountId);
        lock (account.Gate)
        {
            account.DeleteEnded(Now);
            if (!cloud.Costs.SeenBy(accountId).Any()) return;
            foreach (var budget in account.Budgets.Values.Where(budget => budget.Terms.Type == "COST" && budget.Terms.Start <= Now))
                Compute(accountId, account, budget);
        }
    }

    internal void StartClock(string accountId)
    {
        var made = new RefreshClock(cloud, accountId, () => Refresh(accountId));
        if (clocks.TryAdd(accountId, made)) made.Start();
    }

    internal void StopClocks()
    {
        foreach (var clock in clocks.Values) clock.Dispose();
    }

    private void Compute(string accountId, AccountBudgets account, StoredBudget budget)
    {
        var spend = new ComputedSpend(cloud.Costs, accountId, budget.Terms, Now);
        var (start, end) = budget.Terms.PeriodAt(Now);
        Take(accountId, account, budget, spend.Between(start, end), spend.Forecast(start, end));
        if (!HealthOf(budget).IsHealthy || Period.Kept(budget.Terms.TimeUnit) is not (> 0 and var kept)) return;
        var limit = budget.CurrentLimit(Options.CurrencyOf(accountId), Now);
        for (var back = 1; back <= (Options.HistoryReachesBack ? kept - 1 : PeriodsCorrected); back++)
        {
            var before = Period.Back(budget.Terms.TimeUnit, start, back);
            var isKnown = budget.History.TryGetValue(before, out var known);
            // Older ones are final; periods of which nothing was ever computed are added only where the option says so.
            if (isKnown ? back > PeriodsCorrected : !Options.HistoryReachesBack) continue;
            var until = Period.EndOf(budget.Terms.TimeUnit, before);
            if (DateOnly.FromDateTime(until.UtcDateTime) <= spend.Begins) continue;
            budget.History[before] = new PeriodSpend(before, until, isKnown ? known.Limit : limit, spend.Between(before, until));
        }
    }

    /// <summary>Takes a computed spend, unless the budget is unhealthy; then alerts and sets off actions.</summary>
    private void Take(string accountId, AccountBudgets account, StoredBudget budget, Amount actual, Amount? forecast)
    {
        if (!HealthOf(budget).IsHealthy) return;
        var before = Passed(accountId, budget);
        var last = budget.ComputedPeriod;
        budget.Refresh(actual, forecast, Options.CurrencyOf(accountId), Now);
        var (period, _) = budget.Terms.PeriodAt(Now);
        foreach (var passed in Passed(accountId, budget))
        {
            // Once per period for what was spent; a forecast alerts whenever it passes its threshold anew (UG "Best practices for AWS Budgets").
            if (passed.Notification.Type == "ACTUAL" ? passed.AlertedIn == period : before.Contains(passed)) continue;
            passed.AlertedIn = period;
            Alert(accountId, budget, passed);
        }

        if (last is not null && last != period) Reset(account, budget);
        Evaluate(accountId, account, budget);
    }
}
