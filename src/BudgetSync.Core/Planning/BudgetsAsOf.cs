using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Planning;

/// <summary>
/// The desired budgets as AWS takes them at one moment. Rows are resolved without a clock, so that the same row always means the same budgets; what depends on
/// the day is settled here, by whoever is about to write.
/// </summary>
/// <param name="Budgets">
/// Those that can be written now. A plan of limits gives exactly the periods that AWS wants: from the current one on, each with the limit that the row means
/// for it.
/// </param>
/// <param name="Refused">Names of the others; what is there under them stays as it is.</param>
/// <param name="Refusals">Why, a line each, and the way out.</param>
public sealed record BudgetsAsOf(DesiredBudgets Budgets, ImmutableSortedSet<string> Refused, EquatableArray<string> Refusals)
{
    public static BudgetsAsOf Of(DesiredBudgets desired, DateTimeOffset now)
    {
        var budgets = ImmutableArray.CreateBuilder<DesiredBudget>();
        var refused = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        var refusals = ImmutableArray.CreateBuilder<string>();
        foreach (var budget in desired.Budgets)
        {
            if (Refusal(budget.Settings, now) is { } refusal)
            {
                refused.Add(budget.Settings.Name);
                refusals.Add($"\"{budget.Settings.Name}\": {refusal}");
            }
            else
            {
                budgets.Add(Moved(budget with { Settings = Windowed(budget.Settings, now) }, DateOnly.FromDateTime(now.UtcDateTime)));
            }
        }

        return new BudgetsAsOf(new DesiredBudgets(budgets.ToImmutable()), refused.ToImmutable(), refusals.ToImmutable());
    }

    /// <summary>The same budgets, each with the limit in force on the day.</summary>
    public static DesiredBudgets OnDay(DesiredBudgets desired, DateTimeOffset now) =>
        new([.. desired.Budgets.Select(budget => Moved(budget, DateOnly.FromDateTime(now.UtcDateTime)))]);

    /// <summary>
    /// As <see cref="OnDay"/>, but with the limit that <paramref name="actual"/> has where the passing of days alone explains that one: nobody changed
    /// anything, so it is no drift, though the plan moves the limit all the same.
    /// </summary>
    public static DesiredBudgets BeforeTheDay(DesiredBudgets desired, ActualBudgets actual, DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        var found = actual.Budgets.ToDictionary(budget => budget.Settings.Name, budget => budget.Settings.Amount, StringComparer.Ordinal);
        return new([.. desired.Budgets.Select(budget => BeforeTheDay(budget, found.GetValueOrDefault(budget.Settings.Name), day))]);
    }

    private static DesiredBudget BeforeTheDay(DesiredBudget budget, BudgetAmount? found, DateOnly day)
    {
        var today = Moved(budget, day);
        return found is not null && budget.LimitTurns().Any(turn => turn <= day && Moved(budget, turn.AddDays(-1)).Settings.Amount == found)
            ? today with { Settings = today.Settings with { Amount = found } }
            : today;
    }

    private static DesiredBudget Moved(DesiredBudget budget, DateOnly day) =>
        budget.Settings.Amount is BudgetAmount.Fixed(var amount) && !(budget.Grants.IsEmpty && budget.Changes.IsEmpty)
            ? budget with
            {
                Settings = budget.Settings with
                {
                    Amount = new BudgetAmount.Fixed(amount with { Amount = LimitInForce.Of(amount, budget.Grants, budget.Changes, day).Amount })
                },
                Grants = [],
                Changes = [],
            }
            : budget;

    /// <summary>
    /// BM budgets TimePeriod: "After the end date, AWS deletes the budget"; PlannedBudgetLimits: "must start from the current month" or from a start in the
    /// future.
    /// </summary>
    private static string? Refusal(BudgetSettings settings, DateTimeOffset now)
    {
        if (settings.PeriodEnd <= now)
            return $"TimePeriod.End: {Describe.Of(settings.PeriodEnd)} has passed; AWS deletes a budget after its end and takes none that ended, so "
                + $"write a later End or take the budget out of the row";
        if (settings.Amount is BudgetAmount.Planned { Limits: { IsEmpty: false } limits } && limits.Keys.First() > FirstPeriod(settings, now))
            return $"PlannedBudgetLimits: begins with {Month(limits.Keys.First())}, but AWS wants the budget's first period, "
                + $"{Month(FirstPeriod(settings, now))}, too; add the limits from there on, or begin later with TimePeriod.Start";
        return null;
    }

    /// <summary>What has passed falls away, and the last limit goes on, as AWS says it does; so a plan never goes out of date.</summary>
    private static BudgetSettings Windowed(BudgetSettings settings, DateTimeOffset now)
    {
        if (settings.Amount is not BudgetAmount.Planned { Limits: { IsEmpty: false } limits })
            return settings;
        var (count, months) = settings.TimeUnit == TimeUnit.QUARTERLY ? (AwsLimits.PlannedQuarters, AwsLimits.QuarterMonths) : (AwsLimits.PlannedMonths, 1);
        var first = FirstPeriod(settings, now);
        var periods = Enumerable.Range(0, count)
            .Select(number => first.AddMonths(number * months))
            .TakeWhile(period => period < (settings.PeriodEnd ?? AwsLimits.PeriodEnd));
        return settings with
        {
            Amount = new BudgetAmount.Planned(periods.ToImmutableSortedDictionary(period => period, period => limits.Last(limit => limit.Key <= period).Value))
        };
    }

    private static DateTimeOffset FirstPeriod(BudgetSettings settings, DateTimeOffset now)
    {
        var day = (settings.PeriodStart > now ? settings.PeriodStart.Value : now).UtcDateTime;
        var month = settings.TimeUnit == TimeUnit.QUARTERLY ? day.Month - ((day.Month - 1) % AwsLimits.QuarterMonths) : day.Month;
        return new DateTimeOffset(day.Year, month, 1, 0, 0, 0, TimeSpan.Zero);
    }

    private static string Month(DateTimeOffset period) => period.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
