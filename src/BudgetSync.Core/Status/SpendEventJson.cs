using System.Collections.Immutable;
using System.Text.Json;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;

namespace BudgetSync.Core.Status;

/// <summary>
/// The details of events about money. All have the account, the budget and its amounts; version 2 of <c>BudgetSync Spend State Changed</c> has all members of
/// version 1 (accountId, budgetName, before, after). What is not known is left out.
/// </summary>
internal static class SpendEventJson
{
    private const int Version = 2;

    public static SpendEvent Changed(StatusRow row, ReportedBudget budget, SpendStanding standing, StateChange change) => new(
        SpendEvent.StateChanged,
        Detail(row, budget, standing, standing.Why, json =>
        {
            json.WriteString("before", change.Before.ToString());
            json.WriteString("after", change.After.ToString());
        }));

    public static SpendEvent Crossed(StatusRow row, ReportedBudget budget, SpendStanding standing, NotificationKey key) =>
        new(SpendEvent.ThresholdCrossed, Detail(row, budget, standing, [], json => WriteThreshold(json, key)));

    public static SpendEvent Cleared(
        StatusRow row,
        ReportedBudget budget,
        SpendStanding standing,
        ThresholdChange.Cleared cleared) =>
        new(SpendEvent.ThresholdCleared, Detail(row, budget, standing, [cleared.Why], json => WriteThreshold(json, cleared.Key)));

    public static SpendEvent RunningOut(StatusRow row, ReportedBudget budget, SpendStanding standing, int level) =>
        new(SpendEvent.RunningOut, Detail(row, budget, standing, [], json => json.WriteNumber("level", level)));

    private static void WriteThreshold(Utf8JsonWriter json, NotificationKey key)
    {
        json.WriteStartObject("notification");
        json.WriteString("type", key.Type.ToString());
        json.WriteString("comparison", key.Comparison.ToString());
        json.WriteNumber("threshold", key.Threshold);
        json.WriteString("thresholdType", key.ThresholdType.ToString());
        json.WriteEndObject();
    }

    private static string Detail(
        StatusRow row,
        ReportedBudget budget,
        SpendStanding standing,
        ImmutableArray<string> why,
        Action<Utf8JsonWriter> own) => CompactJson.Object(json =>
    {
        json.WriteNumber("version", Version);
        json.WriteString("accountId", row.Key);
        if (row.AccountName.Length > 0) json.WriteString("accountName", row.AccountName);
        json.WriteString("budgetName", budget.Name);
        own(json);
        WriteAmounts(json, budget);
        WriteTrend(json, budget, standing);
        WriteTexts(json, "path", row.Path);
        WriteTexts(json, "why", why);
        if (budget.AsOf is { } asOf) json.WriteString("asOf", UtcText.Seconds(asOf));
        json.WriteBoolean("held", standing.Memory.Freshness is Freshness.Held);
    });

    private static void WriteAmounts(Utf8JsonWriter json, ReportedBudget budget)
    {
        WriteNumber(json, "limit", budget.Limit);
        WriteNumber(json, "actual", budget.ActualSpend);
        WriteNumber(json, "forecast", budget.ForecastedSpend);
        json.WriteString("unit", budget.Unit);
        WriteNumber(json, "percent", Percent(budget.ActualSpend, budget.Limit));
        WriteNumber(json, "forecastPercent", Percent(budget.ForecastedSpend, budget.Limit));
    }

    private static void WriteTrend(Utf8JsonWriter json, ReportedBudget budget, SpendStanding standing)
    {
        if (budget is { Period: { } period, AsOf: { } asOf })
        {
            json.WriteStartObject("period");
            json.WriteString("start", Day(period.Start));
            json.WriteString("end", Day(period.End));
            json.WriteNumber("day", period.DayOf(DateOnly.FromDateTime(asOf.UtcDateTime)));
            json.WriteEndObject();
        }

        WriteNumber(json, "pace", standing.Pace);
        WriteNumber(json, "burnPerDay", standing.BurnPerDay);
        WriteNumber(json, "runwayDays", standing.RunwayDays);
        if (standing.ExhaustedOn is { } day) json.WriteString("exhaustedOn", Day(day));
    }

    /// <summary>With two decimals, also where they are zeros: a consumer that shows the number as it is shows money.</summary>
    private static void WriteNumber(Utf8JsonWriter json, string name, decimal? number)
    {
        if (number is { } known) json.WriteNumber(name, Math.Round(Statistics.Bounded(known), 2, MidpointRounding.AwayFromZero) + 0.00m);
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, ImmutableArray<string> texts)
    {
        if (texts.IsDefaultOrEmpty) return;
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static decimal? Percent(decimal? amount, decimal? limit) =>
        amount is { } part && limit is { } whole ? Statistics.Ratio(part, whole) * 100 : null;

    private static string Day(DateOnly day) => DayText.Format(day);
}
