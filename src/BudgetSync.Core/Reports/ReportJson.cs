using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BudgetSync.Core.Reports;

/// <summary>
/// A report as JSON. Written bounded (<see cref="ReportLimits"/>); read tolerantly, because spokes and the management account are upgraded at different times:
/// unknown members are skipped, missing ones have defaults, except <c>outcome</c> and <c>at</c>, without which it is no report.
/// </summary>
/// <example><code>
/// {"accountId":"111122223333","revision":"0123456789abcdef","parameterVersion":7,"outcome":"Applied","at":"2026-01-02T03:04:05.0000000+00:00","budgets":[…]}
/// </code></example>
public static partial class ReportJson
{
    /// <param name="holds">With all that restrictions hold: for the hub that asks, and too much for an event that each apply sends.</param>
    public static string Format(Report report, bool holds = false)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(json, report, holds);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Write(Utf8JsonWriter json, Report report, bool holds)
    {
        json.WriteStartObject();
        if (report.Account is { } account)
            json.WriteString("accountId", account.Value);
        if (report.Revision is { } revision)
            json.WriteString("revision", ReportLimits.Cut(revision, ReportLimits.NameLength));
        json.WriteNumber("parameterVersion", report.ParameterVersion);
        json.WriteString("outcome", report.Outcome.ToString());
        json.WriteString("at", report.At.ToString("O", CultureInfo.InvariantCulture));
        // Where it has no use it is not told: of two reports of the same the text is the same.
        if (report.RestrictsSince is { } since && report.Restrictions is { } told && told.Any(one => !one.Did.IsEmpty || one.Omitted > 0))
            json.WriteString("restrictsSince", since.ToString("O", CultureInfo.InvariantCulture));
        if (report.StackDeleted)
            json.WriteBoolean("stackDeleted", true);
        if (report.IsCanonical)
            json.WriteBoolean("isCanonical", true);
        if (report.Meters)
            json.WriteBoolean("meters", true);
        WriteTexts(json, "reasons", report.Reasons, ReportLimits.ReasonBytes);
        WriteTexts(json, "changes", report.Changes, ReportLimits.ChangeBytes);
        WriteTexts(json, "drift", report.Drift, ReportLimits.DriftBytes);
        WriteTexts(json, "adopted", report.Adopted, ReportLimits.AdoptedBytes);
        WriteRestrictions(json, report.Restrictions, holds);
        WriteUnexplained(json, report.Unexplained);
        WriteTopics(json, report.Topics);
        json.WriteStartArray("budgets");
        var room = (Thresholds: ReportLimits.Thresholds, Closed: ReportLimits.ClosedPeriods);
        foreach (var budget in report.Budgets.Take(ReportLimits.Budgets))
        {
            if (json.BytesCommitted + json.BytesPending > ReportLimits.MoneyBytes) room = (0, 0);
            WriteBudget(json, budget, room.Thresholds, room.Closed);
            room = (Math.Max(0, room.Thresholds - (budget.Thresholds?.Length ?? 0)), Math.Max(0, room.Closed - budget.Closed.Length));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBudget(Utf8JsonWriter json, ReportedBudget budget, int thresholds, int closed)
    {
        json.WriteStartObject();
        json.WriteString("name", ReportLimits.Cut(budget.Name, ReportLimits.NameLength));
        if (budget.Limit is { } limit)
            json.WriteNumber("limit", limit);
        json.WriteString("unit", ReportLimits.Cut(budget.Unit, ReportLimits.WordLength));
        if (budget.ActualSpend is { } actual)
            json.WriteNumber("actualSpend", actual);
        if (budget.ForecastedSpend is { } forecast)
            json.WriteNumber("forecastedSpend", forecast);
        json.WriteString("spendState", budget.SpendState.ToString());
        if (budget.HealthProblem is { } problem)
            json.WriteString("healthProblem", ReportLimits.Cut(problem, ReportLimits.WordLength));
        WriteMoney(json, budget, thresholds, closed);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, ImmutableArray<string> texts, int bytes)
    {
        if (texts.IsDefaultOrEmpty)
            return;
        json.WriteStartArray(name);
        foreach (var text in ReportLimits.Fit(texts, bytes))
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
