using System.Collections.Immutable;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Planning;

/// <summary>
/// Whether what AWS answered means what we desired. Every tolerance here is one that AWS needs (numbers it normalises, defaults and periods it fills in);
/// a tolerance that is missing is an UpdateBudget every day, which blinds the budget for hours each time.
/// </summary>
public static class BudgetComparison
{
    /// <summary>AWS keeps timestamps to the second or better; rows are written to the second at most.</summary>
    private static readonly long TimestampTicks = TimeSpan.TicksPerSecond;

    /// <param name="readAt">When AWS answered; null where that is not known, and then no start is taken for a later one.</param>
    public static bool Same(BudgetSettings desired, BudgetSettings actual, DateTimeOffset? readAt = null) => Differences(desired, actual, readAt).IsEmpty;

    /// <summary>What differs in meaning, in words: <c>limit is 900 USD, should be 1000 USD</c>. Empty when the two mean the same.</summary>
    public static ImmutableArray<string> Differences(BudgetSettings desired, BudgetSettings actual, DateTimeOffset? readAt = null)
    {
        var differences = ImmutableArray.CreateBuilder<string>();
        if (desired.Type != actual.Type)
            differences.Add($"type is {actual.Type}, should be {desired.Type}");
        if (desired.TimeUnit != actual.TimeUnit)
            differences.Add($"time unit is {actual.TimeUnit}, should be {desired.TimeUnit}");
        if (!SameAmount(desired, actual))
            differences.Add($"limit is {Describe.Of(actual.Amount)}, should be {Describe.Of(desired.Amount)}");
        if (IsNewStyle(desired))
            AddNewStyle(differences, desired, actual);
        else
            AddOldStyle(differences, desired, actual);
        if (!SameView(desired.BillingViewArn, actual.BillingViewArn))
            differences.Add($"billing view is {View(actual.BillingViewArn)}, should be {View(desired.BillingViewArn)}");
        // AWS fills in the start of the current period, which passes; one that is still to come was set on purpose, and until then nothing is watched.
        if (desired.PeriodStart is null && actual.PeriodStart > readAt)
            differences.Add($"start is {Describe.Of(actual.PeriodStart)}, which is still to come; should be the current period");
        if (desired.PeriodStart is not null && !SameInstant(desired.PeriodStart, actual.PeriodStart))
            differences.Add($"start is {Describe.Of(actual.PeriodStart)}, should be {Describe.Of(desired.PeriodStart)}");
        // The end that AWS gives is always the same one. After any other it deletes the budget, whoever set it.
        if (!SameInstant(desired.PeriodEnd ?? AwsLimits.PeriodEnd, actual.PeriodEnd ?? AwsLimits.PeriodEnd))
            differences.Add($"end is {Describe.Of(actual.PeriodEnd)}, should be {Describe.Of(desired.PeriodEnd ?? AwsLimits.PeriodEnd)}");
        return differences.ToImmutable();
    }

    /// <summary>The primary view is the account's own costs, which AWS may name or not (UG "Billing View"); so may a row.</summary>
    private static bool SameView(string? one, string? other) => one == other || (IsPrimary(one) && IsPrimary(other));

    private static bool IsPrimary(string? view) => view is null || view.EndsWith(":billingview/primary", StringComparison.Ordinal);

    private static string View(string? view) => view ?? "the account's own";

    private static bool IsNewStyle(BudgetSettings settings) => settings.FilterExpression is not null || settings.Metric is not null;

    /// <summary>
    /// True of an answer that can only be a budget of the new style. AWS may show an expression for an old budget too, beside its cost types and filters: that
    /// is still an old one.
    /// </summary>
    private static bool IsOnlyNewStyle(BudgetSettings actual) => IsNewStyle(actual) && actual.CostTypes is null && actual.CostFilters.IsEmpty;

    private static bool SameAmount(BudgetSettings desired, BudgetSettings actual) => (desired.Amount, actual.Amount) switch
    {
        // Utilization and coverage budgets are 100 PERCENTAGE by AWS's rule, and AWS may leave the limit out of its answer.
        (BudgetAmount.Fixed, BudgetAmount.Fixed) when desired.Type is not (BudgetType.COST or BudgetType.USAGE) => true,
        (BudgetAmount.Fixed(var wanted), BudgetAmount.Fixed(var found)) => wanted == found,
        (BudgetAmount.Planned(var wanted), BudgetAmount.Planned(var found)) => SamePlan(wanted, found),
        (BudgetAmount.AutoAdjusted(AutoAdjustType.HISTORICAL, var wanted), BudgetAmount.AutoAdjusted(AutoAdjustType.HISTORICAL, var found)) => wanted == found,
        (BudgetAmount.AutoAdjusted(AutoAdjustType.FORECAST, _), BudgetAmount.AutoAdjusted(AutoAdjustType.FORECAST, _)) => true,
        _ => false,
    };

    /// <summary>
    /// A plan begins with the period that is current when it is written, so what only one side has before the other begins has passed (AWS may forget
    /// past periods, a person may prune them from the row) and no alert depends on it. From there on the two mean the same limit for every period; after
    /// the last one its limit goes on (BM budgets PlannedBudgetLimits), so a plan that only repeats it for longer is no other plan.
    /// </summary>
    private static bool SamePlan(ImmutableSortedDictionary<DateTimeOffset, SpendAmount> wanted, ImmutableSortedDictionary<DateTimeOffset, SpendAmount> found)
    {
        if (wanted.IsEmpty || found.IsEmpty)
            return wanted.IsEmpty && found.IsEmpty;
        var common = wanted.Keys.First() > found.Keys.First() ? wanted.Keys.First() : found.Keys.First();
        return wanted.Keys.Concat(found.Keys).Append(common).Where(period => period >= common).All(period => InForce(wanted, period) == InForce(found, period));
    }

    private static SpendAmount InForce(ImmutableSortedDictionary<DateTimeOffset, SpendAmount> limits, DateTimeOffset period) =>
        limits.Last(limit => limit.Key <= period).Value;

    private static void AddOldStyle(ImmutableArray<string>.Builder differences, BudgetSettings desired, BudgetSettings actual)
    {
        if (IsOnlyNewStyle(actual))
            differences.Add("it has a FilterExpression, should have none");
        if (!SameFilters(desired.CostFilters, actual.CostFilters))
            differences.Add("CostFilters differ from the row's");
        // Describe fills in all eleven members, so a row without CostTypes means AWS's defaults. Other budget types have none.
        if (desired.Type == BudgetType.COST
            && actual.Type == BudgetType.COST
            && (desired.CostTypes ?? new CostTypes()) != (actual.CostTypes ?? new CostTypes()))
            differences.Add("CostTypes differ from the row's");
    }

    private static void AddNewStyle(ImmutableArray<string>.Builder differences, BudgetSettings desired, BudgetSettings actual)
    {
        if (!FilterNormalForm.Same(desired.FilterExpression, actual.FilterExpression)
            || (desired.FilterExpression is null && !actual.CostFilters.IsEmpty))
            differences.Add("FilterExpression differs from the row's");
        // AWS fills in none: a budget of an expression without a metric is one that it cannot compute (hashicorp/terraform-provider-aws#46866).
        if (desired.Metric != actual.Metric)
            differences.Add($"metric is {Of(actual.Metric)}, should be {Of(desired.Metric)}");
        static string Of(BudgetMetric? metric) => metric?.ToString() ?? "none";
    }

    /// <summary>Values of one filter are alternatives: their order and repetition mean nothing. A filter without values filters nothing.</summary>
    private static bool SameFilters(
        ImmutableSortedDictionary<string, EquatableArray<string>> desired,
        ImmutableSortedDictionary<string, EquatableArray<string>> actual)
    {
        var wanted = desired.Where(entry => entry.Value.Length > 0).ToList();
        return wanted.Count == actual.Count(entry => entry.Value.Length > 0)
            && wanted.TrueForAll(entry => actual.TryGetValue(entry.Key, out var values) && entry.Value.ToHashSet(StringComparer.Ordinal).SetEquals(values));
    }

    private static bool SameInstant(DateTimeOffset? one, DateTimeOffset? other) => one?.UtcTicks / TimestampTicks == other?.UtcTicks / TimestampTicks;
}
