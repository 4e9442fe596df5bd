using System.Globalization;
using BudgetSync.Core.Budgets;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BudgetSync.Cli.Local;

/// <summary>The journeys as people see them: a line each, a reason under the line where there is one, the sum at the end.</summary>
internal static class JourneyTable
{
    /// <summary>A live table longer than a screen cannot be redrawn in place, so beyond this many lines it shows those still under way and those that ended badly first.</summary>
    public const int MaximumLiveLines = 40;

    public static IRenderable Render(IReadOnlyList<Journey> journeys, int maximumLines)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns("Account", "Row", "Parameter", "Budget", "Thresholds", "Recipients", "State");
        table.AddColumn(new TableColumn("ms").RightAligned());
        var shown = journeys.Count <= maximumLines ? journeys : [.. journeys.OrderBy(Urgency).Take(maximumLines)];
        foreach (var journey in shown)
        {
            table.AddRow(
                new Text(journey.AccountId.Length == 0 ? "(none)" : journey.AccountId),
                new Text(journey.Row),
                new Text(journey.Parameter ?? ""),
                new Text(Lines(journey.Budgets, budget => $"{budget.Settings.Name} {Amount(JourneyJson.Limit(budget))}")),
                new Text(Lines(journey.Budgets, Thresholds)),
                new Text(Lines(journey.Budgets, Recipients)),
                new Text(journey.State, Colour(journey.State)),
                new Text(journey.Milliseconds?.ToString(CultureInfo.InvariantCulture) ?? ""));
        }

        var reasons = shown.SelectMany(journey => journey.Reasons.Select(reason => new Text($"{(journey.AccountId.Length == 0 ? "(none)" : journey.AccountId)}: {reason}", Colour(journey.State))));
        var hidden = journeys.Count - shown.Count;
        IEnumerable<IRenderable> more = hidden > 0 ? [new Text($"… and {hidden} more accounts")] : [];
        return new Spectre.Console.Rows([table, .. more, .. reasons, new Text(Sum(journeys))]);
    }

    /// <summary>How many accounts are in which state, in one line.</summary>
    public static string Sum(IReadOnlyList<Journey> journeys) => string.Create(
        CultureInfo.InvariantCulture,
        $"{journeys.Count} rows: {string.Join(", ", journeys.GroupBy(journey => journey.State, StringComparer.Ordinal).OrderByDescending(group => group.Count()).Select(group => $"{group.Count()} {group.Key}"))}");

    private static int Urgency(Journey journey) => journey.State switch
    {
        "Rejected" or "Failed" or "Blocked" => 0,
        "Applied" => 2,
        _ => 1,
    };

    private static string Thresholds(ActualBudget budget) => string.Join(", ", budget.Notifications.Select(notification => string.Concat(
        notification.Key.Comparison == ComparisonOperator.LESS_THAN ? "<" : "",
        notification.Key.Threshold.ToString("0.############", CultureInfo.InvariantCulture),
        notification.Key.ThresholdType == ThresholdType.PERCENTAGE ? "%" : "",
        notification.Key.Type == NotificationType.FORECASTED ? " forecast" : "")));

    private static string Recipients(ActualBudget budget)
    {
        var all = budget.Notifications.SelectMany(notification => notification.Subscribers).Distinct().Order().ToList();
        return all.Count <= 2 ? string.Join(", ", all.Select(Short)) : $"{Short(all[0])} and {all.Count - 1} more";
    }

    private static string Short(Subscriber subscriber) =>
        subscriber.Type == SubscriptionType.SNS ? $"sns:{subscriber.Address[(subscriber.Address.LastIndexOf(':') + 1)..]}" : subscriber.Address;

    private static string Amount(Spend? spend) => spend is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known.Amount:0.##########} {known.Unit}") : "";

    private static string Lines(IEnumerable<ActualBudget> budgets, Func<ActualBudget, string> line) => string.Join('\n', budgets.Select(line));

    private static Style Colour(string state) => state switch
    {
        "Applied" => new Style(Color.Green),
        "Rejected" or "Failed" => new Style(Color.Red),
        "Blocked" => new Style(Color.Yellow),
        _ => new Style(Color.Blue),
    };
}
