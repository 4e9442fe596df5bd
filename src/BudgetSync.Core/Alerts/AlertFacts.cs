using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;

namespace BudgetSync.Core.Alerts;

/// <summary>What is known of a budget, as people read it.</summary>
internal static class AlertFacts
{
    public static EquatableArray<AlertFact> Of(ReportedBudget budget, SpendStanding standing)
    {
        var facts = ImmutableArray.CreateBuilder<AlertFact>();
        Add("Spent", Part(budget.ActualSpend, budget));
        Add("Limit", budget.Limit is { } limit ? AmountText.Of(limit, budget.Unit) : null);
        Add("Forecast", Part(budget.ForecastedSpend, budget));
        Add("Pace", standing.Pace is { } pace ? string.Create(CultureInfo.InvariantCulture, $"{pace:0.00}×") : null);
        Add("A day", standing.BurnPerDay is { } burn ? AmountText.Of(burn, budget.Unit) : null);
        Add("Runs out", standing.ExhaustedOn is { } day ? AmountText.Of(day) : null);
        Add("Period", standing.Memory.Period?.ToString());
        Add("As of", budget.AsOf is { } at ? AmountText.Of(at) : null);
        return facts.ToImmutable();

        void Add(string name, string? value)
        {
            if (value is not null) facts.Add(new AlertFact(name, value));
        }
    }

    /// <summary>For example <c>1,210.40 USD (121.0 %) of 1,000 USD</c>.</summary>
    public static string Spent(ReportedBudget budget) => (Part(budget.ActualSpend, budget), budget.Limit) switch
    {
        ({ } part, { } limit) => $"{part} of {AmountText.Of(limit, budget.Unit)}",
        ({ } part, null) => part,
        _ => "the amount is not known",
    };

    /// <summary>As <see cref="Spent"/>; of a forecast for example <c>1,210.40 USD (121.0 %) of 1,000 USD are forecast</c>.</summary>
    public static string Of(NotificationType type, ReportedBudget budget) => type == NotificationType.ACTUAL ? Spent(budget)
        : (Part(budget.ForecastedSpend, budget), budget.Limit) switch
        {
            ({ } part, { } limit) => $"{part} of {AmountText.Of(limit, budget.Unit)} are forecast",
            ({ } part, null) => $"{part} are forecast",
            _ => "the amount of the forecast is not known",
        };

    /// <summary>Of a notification, for example <c>80 % ACTUAL</c> or <c>500 USD FORECASTED</c>.</summary>
    public static string Threshold(NotificationKey key, string unit) =>
        $"{(key.ThresholdType == ThresholdType.PERCENTAGE ? $"{AmountText.Of(key.Threshold)} %" : AmountText.Of(key.Threshold, unit))} {key.Type}";

    /// <summary>A month as <c>2026-11</c>, a year as <c>2026</c>, what is neither by its first day; empty where it is not known.</summary>
    public static string PeriodName(BudgetPeriod? period)
    {
        if (period is not { } known) return "";
        var format = known switch
        {
            { Start.Day: 1, End.Day: 1 } when known.End.AddMonths(-1) == known.Start => "yyyy-MM",
            { Start: { Day: 1, Month: 1 }, End: { Day: 1, Month: 1 } } when known.End.Year - known.Start.Year == 1 => "yyyy",
            _ => "yyyy-MM-dd",
        };
        return known.Start.ToString(format, CultureInfo.InvariantCulture);
    }

    private static string? Part(decimal? amount, ReportedBudget budget)
    {
        if (amount is not { } known) return null;
        var text = AmountText.Of(known, budget.Unit);
        return budget.Limit is { } limit && Statistics.Ratio(known, limit) is { } part ? $"{text} ({AmountText.Percent(part)})" : text;
    }
}
