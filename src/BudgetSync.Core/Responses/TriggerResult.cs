using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Planning;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;

namespace BudgetSync.Core.Responses;

/// <summary>What one response of a row finds at one budget.</summary>
/// <param name="Holds">Its trigger is reached.</param>
/// <param name="Doubt">Why nothing may follow from that, nor from the contrary; null where it may.</param>
internal sealed record TriggerResult(ResponseRule Rule, string Budget, BudgetPeriod Period, bool Holds, string? Doubt, string Fact)
{
    /// <summary>
    /// Why nothing may end by it; null where something may. A budget that AWS computes anew lets nothing begin, and ends what its last true amounts, measured
    /// against its present limit, do not ask for: that limit was just raised.
    /// </summary>
    public string? FallDoubt { get; init; } = Doubt;

    /// <summary>The last true amounts; null where there are none of the row's own period and currency.</summary>
    public KnownSpend? Told { get; init; }

    /// <summary>The limit that the rows ask for today; null where it is AWS's to say.</summary>
    public decimal? Limit { get; init; }

    /// <summary>The limit that AWS has, as the account's reports say.</summary>
    public decimal? LimitOfAws { get; init; }

    /// <inheritdoc cref="SpendStanding.BurnPerDay"/>
    public decimal? BurnPerDay { get; init; }

    public static ImmutableArray<TriggerResult> Of(AccountFacts facts, DateTimeOffset now)
    {
        if (facts.Rules is not { } rules) return [];
        var desired = facts.Desired is { } asked ? BudgetsAsOf.OnDay(asked, now) : null;
        return
        [
            .. from standing in facts.Row.Spend
               let budget = facts.Row.Budgets.FirstOrDefault(budget => budget.Name == standing.BudgetName)
               from rule in RuleIdentity.Distinct(rules.Where(rule => RuleIdentity.IsFor(rule, standing.BudgetName)))
               select Of(rule, standing, budget, desired, now),
            .. AiCap.Of(facts, now) is { } cap ? [cap] : (TriggerResult[])[],
        ];
    }

    public bool IsOf(Restriction restriction) => restriction.Budget == Budget && RuleIdentity.Key(restriction.Rule) == RuleIdentity.Key(Rule);

    /// <summary>A restriction before its first state: what follows is for the table of transitions.</summary>
    public Restriction Begun(string id, DateTimeOffset now) => new(id, Budget, Rule, new RestrictionState.Cancelled(now, ""))
    {
        PeriodStart = Period.Start,
        PeriodEnd = Period.End,
        Fact = Fact,
    };

    private static TriggerResult Of(ResponseRule rule, SpendStanding standing, ReportedBudget? budget, DesiredBudgets? desired, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var settings = desired?.Budgets.FirstOrDefault(asked => asked.Settings.Name == standing.BudgetName)?.Settings;
        var period = standing.Memory.Period ?? BudgetPeriod.Of(TimeUnit.MONTHLY, today);
        var isOfNow = period.Contains(today) && (Asked(settings, today) ?? period) == period;
        var asked = settings?.Amount is BudgetAmount.Fixed(var amount) ? amount : (SpendAmount?)null;
        // What was to hold until a day that is over is asked for no more: it would end in the moment in which it begins.
        var holds = budget is not null && TriggerCheck.Holds(rule.At, standing, budget)
            && !(rule.Until is ResponseEnd.Day(var last) && last < today);
        return new TriggerResult(rule, standing.BudgetName, period, holds, Doubted(mayBeHeld: false), FactOf(rule.At, standing, budget))
        {
            FallDoubt = Doubted(mayBeHeld: true),
            Told = isOfNow && budget is not null && standing.Memory.Actual is { } actual && budget.Unit == (asked?.Unit ?? budget.Unit)
                ? new KnownSpend(period.Start, budget.Unit, actual, standing.Memory.Forecast)
                : null,
            Limit = asked?.Amount,
            LimitOfAws = budget?.Limit,
            BurnPerDay = standing.BurnPerDay,
        };

        string? Doubted(bool mayBeHeld) =>
            AmountTrust.Doubt(standing, budget, desired, now, mayBeHeld) ?? (isOfNow ? null : "the amounts are of another period");
    }

    /// <summary>The period that the row's budget is in today, whatever is reported of it; null of a CUSTOM one to which the row gives no days.</summary>
    private static BudgetPeriod? Asked(BudgetSettings? settings, DateOnly today) =>
        settings is null or { TimeUnit: TimeUnit.CUSTOM, PeriodStart: null } or { TimeUnit: TimeUnit.CUSTOM, PeriodEnd: null }
            ? null
            : BudgetPeriod.Of(settings, today);

    private static string FactOf(ResponseTrigger trigger, SpendStanding standing, ReportedBudget? budget)
    {
        if (budget is not { ActualSpend: { } actual, Limit: { } limit }) return $"{standing.BudgetName} is {standing.Memory.State}";
        return $"{standing.BudgetName} is {standing.Memory.State}: {Part(actual, limit, budget.Unit)} of {AmountText.Of(limit, budget.Unit)}"
            + Expected(trigger, standing, actual, limit, budget.Unit);
    }

    /// <summary>What is not spent yet and decides all the same; "" where what is spent says it all.</summary>
    private static string Expected(ResponseTrigger trigger, SpendStanding standing, decimal actual, decimal limit, string unit)
    {
        if (trigger is ResponseTrigger.Runway) return standing.ExhaustedOn is { } day && actual < limit ? $", which runs out on {AmountText.Of(day)}" : "";
        var byForecast = trigger is ResponseTrigger.Percent(_, true) || (standing.Memory.State >= SpendState.Over && actual < limit);
        if (!byForecast) return "";
        return standing.Memory.Forecast is { } forecast && forecast > actual ? $", forecast {Part(forecast, limit, unit)}"
            : standing.Why.IsEmpty ? ""
            : $"; {string.Join("; ", standing.Why)}";
    }

    private static string Part(decimal amount, decimal limit, string unit) =>
        AmountText.Of(amount, unit) + (Statistics.Ratio(amount, limit) is { } ratio ? $" ({AmountText.Percent(ratio)})" : "");
}
