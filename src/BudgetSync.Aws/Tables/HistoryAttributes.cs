using System.Globalization;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Aws.Tables;

/// <summary>An item of the history table as attributes and back. Plain ones: people query this table too. Pure.</summary>
internal static class HistoryAttributes
{
    public const string Account = "AccountId";

    /// <summary>The sort key, <see cref="HistoryKey"/>.</summary>
    public const string Day = "BudgetDay";

    /// <summary>When DynamoDB may forget the item, in seconds since 1970 as its time to live wants it.</summary>
    public const string Expires = "ExpiresAt";

    private const string DayFormat = "yyyy-MM-dd";

    public static Dictionary<string, AttributeValue> Format(string account, HistoryItem item)
    {
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            [Account] = Text(account),
            [Day] = Text(item.Key.ToString()),
            ["PeriodStart"] = Text(Text(item.Period.Start)),
            ["PeriodEnd"] = Text(Text(item.Period.End)),
            ["Unit"] = Text(item.Unit),
            ["State"] = Text(item.State.ToString()),
            ["Estimated"] = new() { BOOL = item.Estimated },
            ["Source"] = Text(item.Source.ToString()),
            ["WrittenAt"] = Time(item.WrittenAt),
            [Expires] = new() { N = item.ExpiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) },
        };
        Add("Limit", item.Limit);
        Add("Actual", item.Actual);
        Add("Forecast", item.Forecast);
        Add("Pace", item.Pace);
        return attributes;

        void Add(string name, decimal? amount)
        {
            if (amount is { } known) attributes[name] = new AttributeValue { N = known.ToString(CultureInfo.InvariantCulture) };
        }
    }

    /// <summary>Null for an item that is none of ours: without a day, or without a period.</summary>
    public static HistoryItem? Parse(Dictionary<string, AttributeValue> item)
    {
        if (!HistoryKey.TryParse(TextOf(item, Day) ?? "", out var key)) return null;
        if (DayOf(item, "PeriodStart") is not { } start || DayOf(item, "PeriodEnd") is not { } end) return null;
        return new HistoryItem
        {
            Key = key,
            Period = new BudgetPeriod(start, end),
            Unit = TextOf(item, "Unit") ?? "",
            Limit = Amount(item, "Limit"),
            Actual = Amount(item, "Actual"),
            Forecast = Amount(item, "Forecast"),
            Pace = Amount(item, "Pace"),
            State = Enum.TryParse<SpendState>(TextOf(item, "State"), out var state) && Enum.IsDefined(state) ? state : SpendState.Unknown,
            Estimated = item.GetValueOrDefault("Estimated")?.BOOL ?? true,
            Source = Enum.TryParse<HistorySource>(TextOf(item, "Source"), out var source) && Enum.IsDefined(source) ? source : HistorySource.Look,
            WrittenAt = DateTimeOffset.TryParse(TextOf(item, "WrittenAt"), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at)
                ? at
                : DateTimeOffset.UnixEpoch,
        };
    }

    /// <summary>Always with seven decimals and in UTC, so that texts compare as times do.</summary>
    public static AttributeValue Time(DateTimeOffset time) => Text(time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));

    private static AttributeValue Text(string text) => new() { S = text };

    private static string Text(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    private static string? TextOf(Dictionary<string, AttributeValue> item, string name) => item.GetValueOrDefault(name)?.S;

    private static DateOnly? DayOf(Dictionary<string, AttributeValue> item, string name) =>
        DateOnly.TryParseExact(TextOf(item, name), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static decimal? Amount(Dictionary<string, AttributeValue> item, string name) =>
        decimal.TryParse(item.GetValueOrDefault(name)?.N, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) ? amount : null;
}
