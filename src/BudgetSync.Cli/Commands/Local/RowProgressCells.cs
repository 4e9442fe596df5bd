using System.Globalization;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>What the cells of the table say of a budget, short enough for a screen. <c>--json</c> says all of it.</summary>
internal static class RowProgressCells
{
    /// <summary>From this many columns on, addresses and names are shown whole.</summary>
    public const int WideScreen = 140;

    private const string OwnTopic = ":BudgetSync-Alerts";
    private const int NarrowName = 18;
    private const int WideName = 40;

    /// <summary>Digits of a revision that people compare; <c>rows explain</c> has all of them.</summary>
    private const int RevisionDigits = 8;

    public static string Revision(RowProgress progress) => progress.Parameter is { } revision ? revision[..RevisionDigits] : "";

    /// <summary>A line for each budget of the account.</summary>
    public static string Lines(RowProgress progress, Func<ActualBudget, string> line) => string.Join('\n', progress.Budgets.Select(line));

    /// <summary>For example <c>SpokeAccountBudget 1500.5 USD</c>.</summary>
    public static string Budget(ActualBudget budget, bool wide) =>
        Cut(budget.Settings.Name, wide ? WideName : NarrowName)
            + (RowProgressJson.Limit(budget) is { } limit ? $" {Number.Exact(limit.Amount)} {limit.Unit}" : "");

    /// <summary>For example <c>80, 100 % · 110 % forecast · 900 USD</c>: those of a kind together.</summary>
    public static string Thresholds(ActualBudget budget) => string.Join(" · ", budget.Notifications
        .GroupBy(notification => (notification.Key.Type, notification.Key.Comparison, notification.Key.ThresholdType))
        .Select(kind => string.Concat(
            kind.Key.Comparison switch { ComparisonOperator.LESS_THAN => "< ", ComparisonOperator.EQUAL_TO => "= ", _ => "" },
            string.Join(", ", kind.Select(notification => Number.Of(notification.Key.Threshold))),
            kind.Key.ThresholdType == ThresholdType.PERCENTAGE ? " %" : $" {RowProgressJson.Limit(budget)?.Unit}",
            kind.Key.Type == NotificationType.FORECASTED ? " forecast" : "")));

    /// <summary>The first of those who are told, and how many more there are: <c>payments@example.com +2</c>.</summary>
    public static string Recipients(ActualBudget budget, bool wide)
    {
        // The spoke's own topic is told of every row's that names none, so that it says nothing of this one.
        var all = budget.Notifications.SelectMany(notification => notification.Subscribers)
            .Where(subscriber => !subscriber.Address.EndsWith(OwnTopic, StringComparison.Ordinal))
            .Distinct()
            .Order()
            .ToList();
        return all.Count switch
        {
            0 => "",
            1 => Recipient(all[0], wide),
            var count => string.Create(CultureInfo.InvariantCulture, $"{Recipient(all[0], wide)} +{count - 1}"),
        };
    }

    /// <summary>A text no longer than that, with a sign where something was left out.</summary>
    public static string Cut(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1), "…");

    private static string Recipient(Subscriber subscriber, bool wide)
    {
        if (subscriber.Type == SubscriptionType.SNS)
            return Cut($"sns:{subscriber.Address[(subscriber.Address.LastIndexOf(':') + 1)..]}", wide ? WideName : NarrowName);
        if (wide) return Cut(subscriber.Address, WideName);
        // Domains are mostly one's own; what stands before them says who it is.
        var at = subscriber.Address.LastIndexOf('@');
        return at < 0 ? Cut(subscriber.Address, NarrowName) : $"{Cut(subscriber.Address[..at], NarrowName)}@…";
    }
}
