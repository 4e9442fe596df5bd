using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Building;

/// <summary>Puts a budget's amount, unit and period together.</summary>
internal static class AmountBuilder
{
    private const string Percentage = "PERCENTAGE";

    /// <summary>What is left of less: zero would be refused in turn.</summary>
    private const decimal SmallestCost = 0.01m;

    /// <summary>The amount; null when it is missing or wrong, which is then said.</summary>
    public static BudgetAmount? Amount(BudgetDraft draft, BudgetType type, TimeUnit timeUnit, BuildContext context, ProblemList problems)
    {
        if (type is not (BudgetType.COST or BudgetType.USAGE))
            return OfUtilization(draft, type, problems);
        var ways = new[] { draft.Value?.Path, draft.Planned?.Path, draft.AutoAdjust?.Path }.OfType<string>().ToList();
        if (ways.Count > 1)
        {
            problems.Add(RowRules.AmountOneWay, ways[0], $"stands beside {string.Join(" and ", ways.Skip(1))}; keep one of them");
            return null;
        }

        if (draft.AutoAdjust is { } autoAdjust)
            return AutoAdjusting(autoAdjust, timeUnit, problems);
        var unit = Unit(draft, type, context, problems);
        if (draft.Planned is { } planned)
            return PlannedLimitsBuilder.Planned(planned, draft, type, unit, timeUnit, problems);
        if (draft.Value is { } value)
        {
            CheckDecimals(value.Value, type, value.Path, problems);
            return new BudgetAmount.Fixed(new SpendAmount(value.Value, unit));
        }

        // What is written wrongly is not made up for by the stack: the row must be put right.
        var broken = draft.IsBroken("BudgetValue") || draft.IsBroken("PlannedBudgetLimits") || draft.IsBroken("AutoAdjustData");
        if (type == BudgetType.COST && !broken && context.Defaults.BudgetValue is { } usual)
            return new BudgetAmount.Fixed(new SpendAmount(usual, unit));
        if (!context.Alone && !broken)
            problems.Add(
                RowRules.AmountPresent,
                draft.Prefix + "BudgetValue",
                "is missing, and so are PlannedBudgetLimits and AutoAdjustData; write the limit, for example 1500");
        return null;
    }

    /// <summary>What a COST budget that has too many decimals is to have in place of them; the amount itself where it has no more than AWS takes.</summary>
    public static decimal Rounded(decimal amount) =>
        NumberText.Decimals(amount) > AwsLimits.CostDecimals ? Math.Max(decimal.Round(amount, AwsLimits.CostDecimals), SmallestCost) : amount;

    public static void CheckDecimals(decimal amount, BudgetType type, string path, ProblemList problems)
    {
        var decimals = NumberText.Decimals(amount);
        if (type == BudgetType.COST && decimals > AwsLimits.CostDecimals)
            problems.Add(
                RowRules.CostDecimals,
                path,
                $"{NumberText.Format(amount)} has {decimals} decimals; a COST budget has at most {AwsLimits.CostDecimals}, so write "
                    + $"{NumberText.Format(Rounded(amount))}");
        else if (decimals > AwsLimits.UsageDecimals)
            problems.Add(RowRules.UsageDecimals, path, $"{NumberText.Format(amount)} has {decimals} decimals; write at most {AwsLimits.UsageDecimals}");
    }

    public static (DateTimeOffset? Start, DateTimeOffset? End) Period(BudgetDraft draft, TimeUnit timeUnit, BuildContext context, ProblemList problems)
    {
        if (timeUnit == TimeUnit.CUSTOM)
            CustomPeriod.Check(draft, context, problems);
        if (draft.Period is not { } period)
            return (null, null);
        var (start, end) = period.Value;
        if (end > AwsLimits.PeriodEnd)
            problems.Add(
                RowRules.PeriodEnd,
                period.Path + ".End",
                $"{InstantText.Format(end.Value)} is too late; AWS takes at most {InstantText.Format(AwsLimits.PeriodEnd)}");
        if (start >= (end ?? AwsLimits.PeriodEnd))
            problems.Add(
                RowRules.PeriodOrder,
                period.Path + ".Start",
                $"{InstantText.Format(
                    start.Value)} is not before the end, {InstantText.Format(end ?? AwsLimits.PeriodEnd)}; write an earlier Start or a later End");
        return (start, end);
    }

    private static BudgetAmount.Fixed OfUtilization(BudgetDraft draft, BudgetType type, ProblemList problems)
    {
        var moving = draft.Planned?.Path ?? draft.AutoAdjust?.Path;
        if (moving is not null)
            problems.Add(RowRules.AmountOfUtilization, moving, $"a {type} budget is always 100 percent; remove it");
        if (draft.Value is { Value: not 100 } value)
            problems.Add(
                RowRules.AmountOfUtilization,
                value.Path,
                $"{NumberText.Format(value.Value)} is not 100; a {type} budget is always 100 percent, so remove it and say in Thresholds when to alert");
        if (draft.Unit is { Value: not Percentage } unit)
            problems.Add(
                RowRules.UnitOfUtilization,
                unit.Path,
                $"{ValueAt.Quote(unit.Value)} is not the unit of a {type} budget; remove it or write {Percentage}");
        return new BudgetAmount.Fixed(new SpendAmount(100, Percentage));
    }

    private static string Unit(BudgetDraft draft, BudgetType type, BuildContext context, ProblemList problems)
    {
        if (type == BudgetType.COST)
        {
            if (context.FromDocument)
                return draft.Unit?.Value ?? StackDefaults.Currency;
            var currency = draft.Unit?.Value ?? context.Defaults.Currencies.FirstOrDefault(StackDefaults.Currency);
            if (!Patterns.Currency().IsMatch(currency))
                // The default is a code, so it was given.
                problems.Add(RowRules.UnitOfCost, draft.Unit!.Path, $"{ValueAt.Quote(currency)} is no currency code; write for example USD");
            else if (draft.Unit is { } given && !context.Defaults.Currencies.IsEmpty && !context.Defaults.Currencies.Contains(currency))
                problems.Add(
                    RowRules.CurrencyOfStack,
                    given.Path,
                    $"{ValueAt.Quote(currency)} is no currency of the stack, which has {string.Join(", ", context.Defaults.Currencies)}; write that, or add "
                        + $"{currency} to the setting currencies if the account is billed in it (AWS takes no other)");
            return currency;
        }

        if (draft.Unit is null && !context.Alone && !draft.IsBroken("Unit"))
            problems.Add(RowRules.UnitOfUsage, draft.Prefix + "Unit", "is missing; write the unit of what the USAGE budget counts, for example GB or Hrs");
        return draft.Unit?.Value ?? "";
    }

    private static BudgetAmount.AutoAdjusted? AutoAdjusting(Located<AutoAdjustDraft> given, TimeUnit timeUnit, ProblemList problems)
    {
        var (type, periods) = given.Value;
        if (timeUnit == TimeUnit.CUSTOM)
        {
            problems.Add(RowRules.CustomNotAdjusting, given.Path, "does not go with a CUSTOM budget, which has one period; write BudgetValue in its place");
            return null;
        }

        var most = AwsLimits.AdjustmentPeriods(timeUnit);
        if (type == AutoAdjustType.HISTORICAL != periods is not null)
        {
            problems.Add(RowRules.HistoricalOptions, given.Path, type == AutoAdjustType.HISTORICAL
                ? "HISTORICAL looks back; add HistoricalOptions with BudgetAdjustmentPeriod"
                : "FORECAST does not look back; remove HistoricalOptions");
        }

        if (periods < 1 || periods > most)
            problems.Add(
                RowRules.AdjustmentPeriod,
                given.Path + ".HistoricalOptions.BudgetAdjustmentPeriod",
                $"{periods} is out of range; a {timeUnit} budget looks back 1 to {most} periods");
        return type is null ? null : new BudgetAmount.AutoAdjusted(type.Value, periods);
    }
}
