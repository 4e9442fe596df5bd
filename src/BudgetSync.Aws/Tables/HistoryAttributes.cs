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

    public static Dictionary<string, AttributeValue> Format(string account, HistoryItem item) => new ItemWriter()
        .Text(Account, account)
        .Text(Day, item.Key.ToString())
        .Day("PeriodStart", item.Period.Start)
        .Day("PeriodEnd", item.Period.End)
        .Text("Unit", item.Unit)
        .Text("State", item.State.ToString())
        .Bool("Estimated", item.Estimated)
        .Text("Source", item.Source.ToString())
        .Time("WrittenAt", item.WrittenAt)
        .Number(Expires, item.ExpiresAt.ToUnixTimeSeconds())
        .Amount("Limit", item.Limit)
        .Amount("Actual", item.Actual)
        .Amount("Forecast", item.Forecast)
        .Amount("Pace", item.Pace)
        .Done();

    /// <summary>Null for an item that is none of ours: without a day, or without a period.</summary>
    public static HistoryItem? Parse(Dictionary<string, AttributeValue> attributes)
    {
        var item = new ItemReader(attributes);
        if (!HistoryKey.TryParse(item.Text(Day) ?? "", out var key)) return null;
        if (item.Day("PeriodStart") is not { } start || item.Day("PeriodEnd") is not { } end) return null;
        return new HistoryItem
        {
            Key = key,
            Period = new BudgetPeriod(start, end),
            Unit = item.Text("Unit") ?? "",
            Limit = item.Amount("Limit"),
            Actual = item.Amount("Actual"),
            Forecast = item.Amount("Forecast"),
            Pace = item.Amount("Pace"),
            State = item.Word("State", SpendState.Unknown),
            Estimated = item.Flag("Estimated", otherwise: true),
            Source = item.Word("Source", HistorySource.Look),
            WrittenAt = item.Time("WrittenAt") ?? DateTimeOffset.UnixEpoch,
        };
    }
}
