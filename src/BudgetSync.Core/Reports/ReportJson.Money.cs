using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Core.Reports;

/// <content>
/// What a report says of the money of a budget: <c>"asOf":"…","period":{"start":"2026-11-01","end":"2026-12-01"},"thresholds":[{"type":"ACTUAL",
/// "threshold":80,"state":"ALARM"}]</c>. The usual comparison and kind of threshold are left out: most of a report are thresholds.
/// </content>
public static partial class ReportJson
{
    /// <summary>Of CUSTOM budgets, three years (user guide, Creating a budget); of the others a year.</summary>
    private const int LongestPeriod = 3 * 366;

    private static void WriteMoney(Utf8JsonWriter json, ReportedBudget budget, int thresholds, int closed)
    {
        WriteTime(json, "healthSince", budget.HealthSince);
        WriteTime(json, "asOf", budget.AsOf);
        if (budget.Period is { } period)
        {
            json.WriteStartObject("period");
            WriteDays(json, period);
            json.WriteEndObject();
        }

        WriteTime(json, "updatedAt", budget.UpdatedAt);
        WriteTime(json, "endsAt", budget.EndsAt);
        if (budget.Missing) json.WriteBoolean("missing", true);
        if (budget.IsAltered) json.WriteBoolean("altered", true);
        // Cut, the list would say that the alarms that are missing have been cleared: rather none is told then.
        if (budget.Thresholds is { } states && states.Length <= thresholds)
        {
            json.WriteStartArray("thresholds");
            foreach (var state in states) WriteThreshold(json, state);
            json.WriteEndArray();
        }

        if (budget.Closed.IsEmpty || closed == 0) return;
        json.WriteStartArray("closed");
        foreach (var amount in budget.Closed.Take(closed)) WriteClosed(json, amount);
        json.WriteEndArray();
    }

    private static void WriteThreshold(Utf8JsonWriter json, ThresholdState state)
    {
        json.WriteStartObject();
        json.WriteString("type", state.Key.Type.ToString());
        if (state.Key.Comparison != ComparisonOperator.GREATER_THAN) json.WriteString("comparison", state.Key.Comparison.ToString());
        json.WriteNumber("threshold", state.Key.Threshold);
        if (state.Key.ThresholdType != ThresholdType.PERCENTAGE) json.WriteString("thresholdType", state.Key.ThresholdType.ToString());
        json.WriteString("state", state.Alarm ? "ALARM" : "OK");
        json.WriteEndObject();
    }

    private static void WriteClosed(Utf8JsonWriter json, ClosedAmount closed)
    {
        json.WriteStartObject();
        WriteDays(json, closed.Period);
        json.WriteString("unit", ReportLimits.Cut(closed.Unit, ReportLimits.WordLength));
        if (closed.Budgeted is { } budgeted) json.WriteNumber("budgeted", budgeted);
        json.WriteNumber("actual", closed.Actual);
        json.WriteEndObject();
    }

    private static void WriteDays(Utf8JsonWriter json, BudgetPeriod period)
    {
        json.WriteString("start", DayText.Format(period.Start));
        json.WriteString("end", DayText.Format(period.End));
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known) json.WriteString(name, known.ToString("O", CultureInfo.InvariantCulture));
    }

    private static EquatableArray<ThresholdState>? Thresholds(JsonElement item) =>
        item.TryGetProperty("thresholds", out var list) && list.ValueKind == JsonValueKind.Array
            ? ImmutableArray.CreateRange(JsonMember.Items(item, "thresholds").Take(ReportLimits.Thresholds).Select(Threshold).OfType<ThresholdState>())
            : (EquatableArray<ThresholdState>?)null;

    private static ThresholdState? Threshold(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object
            || Word<NotificationType>(item, "type", null) is not { } type
            || Word<ComparisonOperator>(item, "comparison", ComparisonOperator.GREATER_THAN) is not { } comparison
            || Word<ThresholdType>(item, "thresholdType", ThresholdType.PERCENTAGE) is not { } kind
            || Amount(item, "threshold") is not { } threshold)
            return null;
        return new ThresholdState(new NotificationKey(type, comparison, threshold, kind), JsonMember.Text(item, "state") == "ALARM");
    }

    private static ClosedAmount? Closed(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && Days(item) is { } period && Amount(item, "actual") is { } actual
            ? new ClosedAmount(period, ReportLimits.Cut(JsonMember.Text(item, "unit") ?? "", ReportLimits.WordLength), Amount(item, "budgeted"), actual)
            : null;

    private static BudgetPeriod? Period(JsonElement item, string name) =>
        item.TryGetProperty(name, out var period) && period.ValueKind == JsonValueKind.Object ? Days(period) : null;

    /// <summary>Null of one that ends before it begins, or is longer or later than AWS has any: formulas go through its days one by one.</summary>
    private static BudgetPeriod? Days(JsonElement item) =>
        Day(item, "start") is { } start && Day(item, "end") is { } end && new BudgetPeriod(start, end) is { Days: > 0 and <= LongestPeriod } period
            && end <= DateOnly.FromDateTime(AwsLimits.PeriodEnd.UtcDateTime)
            ? period
            : null;

    private static DateOnly? Day(JsonElement item, string name) =>
        DayText.Parse(JsonMember.Text(item, name));

    /// <summary>The default where the member is missing, null where it holds a word that we do not know.</summary>
    private static TEnum? Word<TEnum>(JsonElement item, string name, TEnum? otherwise)
        where TEnum : struct, Enum =>
        JsonMember.Text(item, name) is not { } word ? otherwise
        : Enum.TryParse<TEnum>(word, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(word[0]) ? value
        : null;
}
