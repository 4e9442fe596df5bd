using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Alerts;

/// <summary>Unusual costs of an account, as AWS Cost Anomaly Detection finds them.</summary>
/// <param name="Id">AWS's own.</param>
/// <param name="Impact">USD more than was expected.</param>
/// <param name="Percent">The same in percent of what was expected; null where AWS tells none.</param>
/// <param name="Cause">Service, region and kind of usage that AWS names first; "" where it names none.</param>
/// <param name="Since">The first day; "" where AWS names none.</param>
/// <param name="SeenAt">When AWS last told of it.</param>
public sealed record CostAnomaly(string Id, string Account, decimal Impact, decimal? Percent, string Cause, string Since, DateTimeOffset SeenAt)
{
    /// <summary>Ours: AWS tells of an anomaly again while it goes on, and does not tell that it is over.</summary>
    private static readonly TimeSpan Open = TimeSpan.FromDays(7);

    /// <summary>Ids of AWS have 36 letters; they become part of a key.</summary>
    private const int LongestId = 100;

    private const int LongestText = 200;

    /// <summary>Whether it is still told as going on.</summary>
    public bool IsOpenAt(DateTimeOffset now) => now - SeenAt < Open;

    /// <summary>
    /// An event <c>Anomaly Detected</c> of <c>aws.ce</c>; null where it is none, or of no account. A monitor of linked accounts has the account as the value of
    /// its dimension; of another monitor that is a tag's value or a cost category's, which a person has chosen and which may look like an account: what a cause
    /// names is the account then. Sources: Cost Management user guide, "Using EventBridge with Cost Anomaly Detection";
    /// API reference, Anomaly and RootCause.
    /// </summary>
    public static CostAnomaly? Read(JsonElement @event, DateTimeOffset now)
    {
        if (Text(@event, "source") != "aws.ce" || Member(@event, "detail") is not { } detail) return null;
        if (Text(detail, "anomalyId") is not { Length: > 0 } id) return null;
        var cause = Member(detail, "rootCauses") is { ValueKind: JsonValueKind.Array } causes ? causes.EnumerateArray().FirstOrDefault() : default;
        var named = Accounts(detail);
        var dimension = Text(detail, "dimensionValue");
        var account = dimension is not null && AccountId.TryParse(dimension, out _) && (named.IsEmpty || named.Contains(dimension))
            ? dimension
            : named.FirstOrDefault();
        if (account is null || Member(detail, "impact") is not { } impact || Number(impact, "totalImpact") is not { } total) return null;
        var words = new[] { Text(cause, "service"), Text(cause, "region"), Text(cause, "usageType") }.Where(word => word is { Length: > 0 });
        return new CostAnomaly(
            Shortened.Cut(Shortened.Line(id), LongestId, ""),
            account,
            Statistics.Bounded(total),
            Number(impact, "totalImpactPercentage"),
            Shortened.Cut(Shortened.Line(string.Join(", ", words)), LongestText),
            Day(Text(detail, "anomalyStartDate") ?? ""),
            now);
    }

    /// <summary>AWS writes a day as its midnight, <c>2026-03-01T00:00:00Z</c>; what is written otherwise is told as it is.</summary>
    private static string Day(string written) =>
        DateTime.TryParseExact(written, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? $"{moment:yyyy-MM-dd}"
            : Shortened.Cut(Shortened.Line(written), LongestText);

    /// <param name="row">Of its account; null where it has no status.</param>
    /// <param name="note">What the row says for people; null where it says nothing.</param>
    public Alert ToAlert(StatusRow? row, string? note, DateTimeOffset now)
    {
        var percent = Percent is { } known ? string.Create(CultureInfo.InvariantCulture, $" ({known:#,##0.0} %)") : "";
        var since = Since.Length > 0 ? $" since {Since}" : "";
        var mostly = Cause.Length > 0 ? $", mostly {Cause}" : "";
        var text = $"Costs of {Account} are unusual{since}: {AmountText.Of(Impact, "USD")} more than expected{percent}{mostly}.";
        return new Alert(AlertKind.Anomaly, AlertSeverity.Warning, AlertPhase.Opened, Account, "", Id, Level, text, now)
        {
            AccountName = row is { AccountName.Length: > 0 } ? row.AccountName : null,
            Note = note,
            Facts = [new AlertFact("More than expected", AmountText.Of(Impact, "USD") + percent), .. Facts()],
        };
    }

    /// <summary>What grows tenfold is told again; AWS tells of an anomaly anew as its costs go on.</summary>
    private string Level => Levels.LastOrDefault(bound => Impact >= bound) is > 0 and var passed
        ? $"Unusual costs above {AmountText.Of(passed, "USD")}" : "Unusual costs";

    private static readonly ImmutableArray<decimal> Levels = [1_000, 10_000, 100_000, 1_000_000];

    private IEnumerable<AlertFact> Facts()
    {
        if (Cause.Length > 0) yield return new AlertFact("Mostly", Cause);
        if (Since.Length > 0) yield return new AlertFact("Since", Since);
    }

    /// <summary>Those that the causes name, in order.</summary>
    private static ImmutableArray<string> Accounts(JsonElement detail) =>
        Member(detail, "rootCauses") is { ValueKind: JsonValueKind.Array } causes
            ? [.. causes.EnumerateArray().Select(cause => Text(cause, "linkedAccount")).OfType<string>().Where(text => AccountId.TryParse(text, out _))]
            : [];

    private static JsonElement? Member(JsonElement? of, string name) =>
        of is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement? of, string name) => Member(of, name) is { } text ? JsonMember.TextOf(text) : null;

    private static decimal? Number(JsonElement? of, string name) =>
        Member(of, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out var value) ? value : null;
}
