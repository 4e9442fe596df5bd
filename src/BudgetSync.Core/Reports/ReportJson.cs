using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BudgetSync.Core.Spend;

namespace BudgetSync.Core.Reports;

/// <summary>
/// A report as JSON. Written bounded (<see cref="ReportLimits"/>); read tolerantly, because spokes and the management account are upgraded at different times:
/// unknown members are skipped, missing ones have defaults, except <c>outcome</c> and <c>at</c>, without which it is no report.
/// </summary>
/// <example><code>
/// {"accountId":"111122223333","revision":"0123456789abcdef","parameterVersion":7,"outcome":"Applied","at":"2026-01-02T03:04:05.0000000+00:00","budgets":[…]}
/// </code></example>
public static class ReportJson
{
    public static string Format(Report report)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(json, report);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Never throws: what arrives on the bus may be anything.</summary>
    public static ParsedReport Parse(string text)
    {
        try
        {
            // By way of bytes: a text with half a surrogate pair is a bug of its sender, and an exception of another type here.
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(text));
            return Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            return new ParsedReport.Malformed($"the report is not JSON: {exception.Message}");
        }
    }

    /// <summary>As <see cref="Parse(string)"/>, for a report inside an event that is parsed already.</summary>
    public static ParsedReport Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return new ParsedReport.Malformed($"the report is a JSON {root.ValueKind}, not an object");
        if (Text(root, "outcome") is not { } outcomeText
            || !Enum.TryParse<ReportOutcome>(outcomeText, out var outcome)
            || !Enum.IsDefined(outcome)
            || char.IsAsciiDigit(outcomeText[0]))
            return new ParsedReport.Malformed($"outcome: is missing or none of {string.Join(", ", Enum.GetNames<ReportOutcome>())}");
        if (Text(root, "at") is not { } atText || !DateTimeOffset.TryParse(atText, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            return new ParsedReport.Malformed("at: is missing or no time such as 2026-01-02T03:04:05Z");
        return new ParsedReport.Read(new Report
        {
            Account = AccountId.TryParse(Text(root, "accountId"), out var account) ? account : null,
            Revision = Text(root, "revision") is { } revision ? ReportLimits.Cut(revision, ReportLimits.NameLength) : null,
            ParameterVersion = root.TryGetProperty("parameterVersion", out var version)
                && version.ValueKind == JsonValueKind.Number
                && version.TryGetInt64(out var number)
                ? number
                : 0,
            Outcome = outcome,
            StackDeleted = Flag(root, "stackDeleted"),
            IsCanonical = Flag(root, "isCanonical"),
            Reasons = ReportLimits.Fit(Texts(root, "reasons"), ReportLimits.ReasonBytes + ReportLimits.LastLineBytes),
            Changes = ReportLimits.Fit(Texts(root, "changes"), ReportLimits.ChangeBytes + ReportLimits.LastLineBytes),
            Drift = ReportLimits.Fit(Texts(root, "drift"), ReportLimits.DriftBytes + ReportLimits.LastLineBytes),
            Adopted = ReportLimits.Fit(Texts(root, "adopted"), ReportLimits.AdoptedBytes + ReportLimits.LastLineBytes),
            Budgets = [.. Items(root, "budgets").Take(ReportLimits.Budgets).Select(Budget).OfType<ReportedBudget>()],
            At = at,
        });
    }

    private static void Write(Utf8JsonWriter json, Report report)
    {
        json.WriteStartObject();
        if (report.Account is { } account)
            json.WriteString("accountId", account.Value);
        if (report.Revision is { } revision)
            json.WriteString("revision", ReportLimits.Cut(revision, ReportLimits.NameLength));
        json.WriteNumber("parameterVersion", report.ParameterVersion);
        json.WriteString("outcome", report.Outcome.ToString());
        json.WriteString("at", report.At.ToString("O", CultureInfo.InvariantCulture));
        if (report.StackDeleted)
            json.WriteBoolean("stackDeleted", true);
        if (report.IsCanonical)
            json.WriteBoolean("isCanonical", true);
        WriteTexts(json, "reasons", report.Reasons, ReportLimits.ReasonBytes);
        WriteTexts(json, "changes", report.Changes, ReportLimits.ChangeBytes);
        WriteTexts(json, "drift", report.Drift, ReportLimits.DriftBytes);
        WriteTexts(json, "adopted", report.Adopted, ReportLimits.AdoptedBytes);
        json.WriteStartArray("budgets");
        foreach (var budget in report.Budgets.Take(ReportLimits.Budgets))
            WriteBudget(json, budget);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBudget(Utf8JsonWriter json, ReportedBudget budget)
    {
        json.WriteStartObject();
        json.WriteString("name", ReportLimits.Cut(budget.Name, ReportLimits.NameLength));
        if (budget.Limit is { } limit)
            json.WriteNumber("limit", limit);
        json.WriteString("unit", ReportLimits.Cut(budget.Unit, ReportLimits.NameLength));
        if (budget.ActualSpend is { } actual)
            json.WriteNumber("actualSpend", actual);
        if (budget.ForecastedSpend is { } forecast)
            json.WriteNumber("forecastedSpend", forecast);
        json.WriteString("spendState", budget.SpendState.ToString());
        if (budget.HealthProblem is { } problem)
            json.WriteString("healthProblem", ReportLimits.Cut(problem, ReportLimits.NameLength));
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

    private static ReportedBudget? Budget(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || Text(item, "name") is not { } name)
            return null;
        return new ReportedBudget(
            ReportLimits.Cut(name, ReportLimits.NameLength),
            Amount(item, "limit"),
            ReportLimits.Cut(Text(item, "unit") ?? "", ReportLimits.NameLength),
            Amount(item, "actualSpend"),
            Amount(item, "forecastedSpend"),
            Enum.TryParse<SpendState>(Text(item, "spendState"), out var state) && Enum.IsDefined(state) ? state : SpendState.Unknown)
        {
            HealthProblem = Text(item, "healthProblem") is { } problem ? ReportLimits.Cut(problem, ReportLimits.NameLength) : null,
        };
    }

    private static bool Flag(JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && TryText(value, out var text) && text.Length > 0 ? text : null;

    private static ImmutableArray<string> Texts(JsonElement item, string name) =>
        [
            .. Items(item, name)
                .Where(element => element.ValueKind == JsonValueKind.String)
                .Select(element => TryText(element, out var text) ? text : null)
                .OfType<string>()
        ];

    private static decimal? Amount(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var amount) ? amount : null;

    private static ImmutableArray<JsonElement> Items(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [];

    /// <summary>JSON may hold half a surrogate pair, which .NET refuses to make a string of; such a text is left out.</summary>
    private static bool TryText(JsonElement value, out string text)
    {
        try
        {
            text = value.GetString() ?? "";
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }
}
