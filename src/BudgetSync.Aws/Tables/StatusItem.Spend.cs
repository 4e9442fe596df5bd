using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;

namespace BudgetSync.Aws.Tables;

/// <content>Where the money of one budget stands, written and read.</content>
internal static partial class StatusItem
{
    private static ItemWriter Standing(SpendStanding standing)
    {
        var memory = standing.Memory;
        var item = new ItemWriter()
            .Text("Name", standing.BudgetName)
            .Texts("Why", standing.Why)
            .Amount("Pace", standing.Pace)
            .Amount("BurnPerDay", standing.BurnPerDay)
            .Amount("RunwayDays", standing.RunwayDays)
            .Day("ExhaustedOn", standing.ExhaustedOn)
            .Text("State", memory.State.ToString())
            .Period("Period", memory.Period)
            .Amount("Limit", memory.Limit)
            .Amount("Actual", memory.Actual)
            .Amount("Forecast", memory.Forecast)
            .Time("AmountsAt", memory.AmountsAt)
            .Time("ActualSince", memory.ActualSince)
            .Time("LastLookAt", memory.LastLookAt)
            .List("Falling", memory.Falling, falling => new ItemWriter().Text("To", falling.To.ToString()).Time("Since", falling.Since))
            .Time("ForecastCriticalSince", memory.ForecastCriticalSince)
            .Time("ForecastShutdownSince", memory.ForecastShutdownSince)
            .Day("FirstSpentOn", memory.FirstSpentOn)
            .Day("LastSpentOn", memory.LastSpentOn)
            .Texts("Alarms", [.. memory.Alarms.Items.Select(Stored)]);
        if (memory.UnusedPeriods > 0) item.Number("UnusedPeriods", memory.UnusedPeriods);
        if (memory.RunwayLevel is { } level) item.Number("RunwayLevel", level);
        if (memory.RunwayOver) item.Number("RunwayOver", 1);
        return memory.Freshness switch
        {
            Freshness.Held(var since, var reason) => item.Map("Held", new ItemWriter().Time("Since", since).Text("Reason", reason)),
            Freshness.Blind(var reasons) =>
                item.List("Blind", reasons, reason => new ItemWriter().Text("Cause", reason.Cause.ToString()).Text("Text", reason.Text)),
            _ => item,
        };
    }

    private static SpendStanding Standing(ItemReader item) => new(item.Text("Name") ?? "", Memory(item))
    {
        Why = item.Texts("Why"),
        Pace = item.Amount("Pace"),
        BurnPerDay = item.Amount("BurnPerDay"),
        RunwayDays = item.Amount("RunwayDays"),
        ExhaustedOn = item.Day("ExhaustedOn"),
    };

    private static SpendMemory Memory(ItemReader item) => new()
    {
        State = item.Word("State", SpendState.Unknown),
        Period = item.Period("Period"),
        Limit = item.Amount("Limit"),
        Actual = item.Amount("Actual"),
        Forecast = item.Amount("Forecast"),
        AmountsAt = item.Time("AmountsAt"),
        ActualSince = item.Time("ActualSince"),
        LastLookAt = item.Time("LastLookAt"),
        Freshness = FreshnessOf(item),
        Falling = item.List(
            "Falling",
            falling => new FallingState(falling.Word("To", SpendState.Unknown), falling.Time("Since") ?? DateTimeOffset.UnixEpoch)),
        ForecastCriticalSince = item.Time("ForecastCriticalSince"),
        ForecastShutdownSince = item.Time("ForecastShutdownSince"),
        UnusedPeriods = (int)Math.Clamp(item.Number("UnusedPeriods"), 0, int.MaxValue),
        FirstSpentOn = item.Day("FirstSpentOn"),
        LastSpentOn = item.Day("LastSpentOn"),
        RunwayLevel = item.Number("RunwayLevel") is > 0 and <= int.MaxValue and var level ? (int)level : null,
        RunwayOver = item.Number("RunwayOver") > 0,
        Alarms = item.Texts("Alarms").Select(Threshold).OfType<NotificationKey>().ToImmutableSortedSet(),
    };

    private static Freshness FreshnessOf(ItemReader item)
    {
        var blind = item.List("Blind", reason => new BlindReason(reason.Word("Cause", BlindCause.NotLooked), reason.Text("Text") ?? ""));
        if (!blind.IsEmpty) return new Freshness.Blind(blind);
        return item.Map("Held") is { } held ? new Freshness.Held(held.Time("Since"), held.Text("Reason") ?? "") : new Freshness.Current();
    }

    /// <summary>For people too, who read this table in the console: <c>ACTUAL GREATER_THAN 80 PERCENTAGE</c>.</summary>
    private static string Stored(NotificationKey key) =>
        string.Create(CultureInfo.InvariantCulture, $"{key.Type} {key.Comparison} {key.Threshold} {key.ThresholdType}");

    private static NotificationKey? Threshold(string stored) =>
        stored.Split(' ') is [var type, var comparison, var threshold, var kind]
        && Enum.TryParse<NotificationType>(type, out var notification)
        && Enum.TryParse<ComparisonOperator>(comparison, out var operation)
        && decimal.TryParse(threshold, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && Enum.TryParse<ThresholdType>(kind, out var thresholdType)
            ? new NotificationKey(notification, operation, number, thresholdType)
            : null;
}
