using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Core.Reports;

/// <content>Reading a report that may be anything.</content>
public static partial class ReportJson
{
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
        if (JsonMember.Text(root, "outcome") is not { } outcomeText
            || !Enum.TryParse<ReportOutcome>(outcomeText, out var outcome)
            || !Enum.IsDefined(outcome)
            || char.IsAsciiDigit(outcomeText[0]))
            return new ParsedReport.Malformed($"outcome: is missing or none of {string.Join(", ", Enum.GetNames<ReportOutcome>())}");
        if (JsonMember.Time(root, "at") is not { } at)
            return new ParsedReport.Malformed("at: is missing or no time such as 2026-01-02T03:04:05Z");
        return new ParsedReport.Read(new Report
        {
            Account = AccountId.TryParse(JsonMember.Text(root, "accountId"), out var account) ? account : null,
            Revision = JsonMember.Text(root, "revision") is { } revision ? ReportLimits.Cut(revision, ReportLimits.NameLength) : null,
            ParameterVersion = root.TryGetProperty("parameterVersion", out var version)
                && version.ValueKind == JsonValueKind.Number
                && version.TryGetInt64(out var number)
                ? number
                : 0,
            Outcome = outcome,
            RestrictsSince = JsonMember.Time(root, "restrictsSince"),
            StackDeleted = JsonMember.Flag(root, "stackDeleted"),
            IsCanonical = JsonMember.Flag(root, "isCanonical"),
            Meters = JsonMember.Flag(root, "meters"),
            Reasons = ReportLimits.Fit(Texts(root, "reasons"), ReportLimits.ReasonBytes + ReportLimits.LastLineBytes),
            Changes = ReportLimits.Fit(Texts(root, "changes"), ReportLimits.ChangeBytes + ReportLimits.LastLineBytes),
            Drift = ReportLimits.Fit(Texts(root, "drift"), ReportLimits.DriftBytes + ReportLimits.LastLineBytes),
            Adopted = ReportLimits.Fit(Texts(root, "adopted"), ReportLimits.AdoptedBytes + ReportLimits.LastLineBytes),
            Budgets = [.. JsonMember.Items(root, "budgets").Take(ReportLimits.Budgets).Select(Budget).OfType<ReportedBudget>()],
            Restrictions = Restrictions(root),
            Unexplained = Unexplained(root),
            Topics = Topics(root),
            At = at,
        });
    }

    private static ReportedBudget? Budget(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || JsonMember.Text(item, "name") is not { } name)
            return null;
        return new ReportedBudget(
            ReportLimits.Cut(name, ReportLimits.NameLength),
            Amount(item, "limit"),
            ReportLimits.Cut(JsonMember.Text(item, "unit") ?? "", ReportLimits.NameLength),
            Amount(item, "actualSpend"),
            Amount(item, "forecastedSpend"),
            Enum.TryParse<SpendState>(JsonMember.Text(item, "spendState"), out var state) && Enum.IsDefined(state) ? state : SpendState.Unknown)
        {
            HealthProblem = JsonMember.Text(item, "healthProblem") is { } problem ? ReportLimits.Cut(problem, ReportLimits.NameLength) : null,
            HealthSince = JsonMember.Time(item, "healthSince"),
            AsOf = JsonMember.Time(item, "asOf"),
            Period = Period(item, "period"),
            UpdatedAt = JsonMember.Time(item, "updatedAt"),
            EndsAt = JsonMember.Time(item, "endsAt"),
            Thresholds = Thresholds(item),
            Missing = JsonMember.Flag(item, "missing"),
            IsAltered = JsonMember.Flag(item, "altered"),
            Closed = [.. JsonMember.Items(item, "closed").Take(ReportLimits.ClosedPeriods).Select(Closed).OfType<ClosedAmount>()],
        };
    }

    private static ImmutableArray<string> Texts(JsonElement item, string name) => [.. JsonMember.Items(item, name).Select(JsonMember.TextOf).OfType<string>()];

    /// <summary>Whatever is more than any amount is counts as none: nothing could be computed with it.</summary>
    private static decimal? Amount(JsonElement item, string name) =>
        JsonMember.Amount(item, name) is { } amount && AwsLimits.IsAmount(amount) ? amount : null;
}
