using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Planning;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;
using BudgetSync.Core.Spend.History;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Responses;

/// <summary>
/// What rows would have restricted if they had been so for the last weeks: each day of the history is a look, against the limits that the rows ask for, and
/// every response is taken in earnest, with its own grace. The brakes are left out, because they ask for a person and not for less money.
/// </summary>
public static class ResponseReplay
{
    /// <summary>How far back.</summary>
    public const int Days = 90;

    private static readonly TimeOnly Evening = new(23, 0);

    /// <param name="facts">Of the account with the rows that are tried; its status counts for nothing.</param>
    /// <param name="history">The account's, of all its budgets.</param>
    public static ImmutableArray<ReplayedRestriction> Of(AccountFacts facts, ImmutableArray<HistoryItem> history, SpendBounds bounds, DateOnly today)
    {
        if (facts is not { Rules: { IsEmpty: false } rules, Desired: { } desired }) return [];
        var earnest = facts with
        {
            Rules = [.. rules.Where(rule => rule.Do != RestrictionKind.NOTIFY).Select(Earnest)],
            Snooze = null,
            Word = new SpokeWord.NotNeeded(),
        };
        var row = new StatusRow { Key = facts.Account.Value, State = AccountState.Applied, FirstSeenAt = DateTimeOffset.UnixEpoch, Restricts = true };
        var begun = new Dictionary<string, ReplayedRestriction>(StringComparer.Ordinal);
        var found = ImmutableArray.CreateBuilder<ReplayedRestriction>();
        foreach (var now in Looks(history, today))
        {
            var day = DateOnly.FromDateTime(now.UtcDateTime);
            row = Looked(row, BudgetsAsOf.OnDay(desired, now), [.. history.Where(item => item.Key.Day == day)], bounds, now);
            // A grace shorter than a day is over by the next evening: history has one amount a day.
            var decision = ResponsePlan.Decide(earnest with { Row = row }, new ResponseContext(now, Armed: true, new MassBrake(0, 1)));
            foreach (var (_, after) in decision.Changes)
            {
                if (after.State is RestrictionState.InForce)
                    begun[after.Id] = new ReplayedRestriction(facts.Account, after.Budget, Said(rules, after.Rule), day, null, after.Fact);
                else if (after.State is RestrictionState.Revoked && begun.Remove(after.Id, out var over))
                    found.Add(over with { To = day });
            }

            row = row with { Restrictions = [.. decision.Restrictions.Select(restriction => GivenBack(restriction, now))] };
        }

        return [.. found.Concat(begun.Values).OrderBy(replayed => replayed.From).ThenBy(replayed => replayed.Budget, StringComparer.Ordinal)];
    }

    /// <summary>
    /// Every evening; and the morning of a day of which only the total of its period is known: what began somewhere in that period is in force on its last day.
    /// </summary>
    private static IEnumerable<DateTimeOffset> Looks(ImmutableArray<HistoryItem> history, DateOnly today)
    {
        var totals = history.Where(item => item.Source == HistorySource.BackFill).Select(item => item.Key.Day).ToHashSet();
        for (var day = today.AddDays(-Days); day <= today; day = day.AddDays(1))
        {
            if (totals.Contains(day)) yield return new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
            yield return new DateTimeOffset(day, Evening, TimeSpan.Zero);
        }
    }

    private static ResponseRule Earnest(ResponseRule rule) =>
        rule with { Mode = ResponseMode.ARMED, Grace = rule.Grace < ResponseRule.LeastGrace ? ResponseRule.LeastGrace : rule.Grace };

    private static ResponseRule Said(EquatableArray<ResponseRule> rules, ResponseRule earnest) => rules.First(rule => rule.Key == earnest.Key);

    private static Restriction GivenBack(Restriction restriction, DateTimeOffset now) =>
        // Not null: it has a state.
        restriction with { State = RestrictionTransition.Next(restriction.State, new RestrictionEvent.GivenBack(), now)! };

    private static StatusRow Looked(StatusRow row, DesiredBudgets desired, ImmutableArray<HistoryItem> items, SpendBounds bounds, DateTimeOffset now)
    {
        var standings = row.Spend.ToDictionary(standing => standing.BudgetName, StringComparer.Ordinal);
        var budgets = row.Budgets.ToDictionary(budget => budget.Name, StringComparer.Ordinal);
        foreach (var budget in desired.Budgets)
        {
            var name = budget.Settings.Name;
            if (items.FirstOrDefault(item => item.Key.BudgetName == name) is not { Actual: { } actual } item) continue;
            if (LimitOf(budget, item) is not { } limit || limit.Unit != item.Unit) continue;
            var forecast = item.Forecast is { } amount ? new SpendAmount(amount, item.Unit) : (SpendAmount?)null;
            var state = bounds.StateOf(limit, new SpendAmount(actual, item.Unit), forecast);
            standings[name] = new SpendStanding(name, new SpendMemory
            {
                State = state,
                Period = item.Period,
                Limit = limit.Amount,
                Actual = actual,
                Forecast = item.Forecast,
                AmountsAt = now,
                LastLookAt = now,
            });
            budgets[name] = new ReportedBudget(name, limit.Amount, limit.Unit, actual, item.Forecast, state) { AsOf = now, Period = item.Period };
        }

        return row with { Spend = [.. standings.Values], Budgets = [.. budgets.Values] };
    }

    private static SpendAmount? LimitOf(DesiredBudget budget, HistoryItem item) => budget.Settings.Amount switch
    {
        BudgetAmount.Fixed(var limit) => limit,
        _ => item.Limit is { } known ? new SpendAmount(known, item.Unit) : null,
    };
}
