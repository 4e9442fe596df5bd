using System.Text.Json.Nodes;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>The journeys as <c>local --json</c> prints them: a contract for scripts, changed only by addition.</summary>
internal static class RowProgressJson
{
    public static string Format(IEnumerable<RowProgress> journeys) =>
        new JsonArray([.. journeys.Select(ToJson)]).ToJsonString(JsonOutput.Options);

    private static JsonObject ToJson(RowProgress journey) => new()
    {
        ["accountId"] = journey.AccountId,
        ["state"] = journey.State,
        ["reasons"] = Texts(journey.Reasons),
        ["budgets"] = new JsonArray([.. journey.Budgets.Select(ToJson)]),
        ["milliseconds"] = journey.Milliseconds,
    };

    private static JsonObject ToJson(ActualBudget budget)
    {
        var limit = Limit(budget);
        return new JsonObject
        {
            ["name"] = budget.Settings.Name,
            ["limit"] = limit is { } spend ? JsonValue.Create(spend.Amount) : null,
            ["unit"] = limit?.Unit,
            ["timeUnit"] = budget.Settings.TimeUnit.ToString(),
            ["budgetType"] = budget.Settings.Type.ToString(),
            ["notifications"] = new JsonArray([.. budget.Notifications.Select(ToJson)]),
        };
    }

    private static JsonObject ToJson(Notification notification) => new()
    {
        ["type"] = notification.Key.Type.ToString(),
        ["comparison"] = notification.Key.Comparison.ToString(),
        ["threshold"] = notification.Key.Threshold,
        ["thresholdType"] = notification.Key.ThresholdType.ToString(),
        ["subscribers"] = Texts(notification.Subscribers.Select(subscriber => subscriber.Address)),
    };

    /// <summary>The limit in force: the fixed one, or what AWS's plan or adjustment comes to now.</summary>
    internal static SpendAmount? Limit(ActualBudget budget) => budget.Settings.Amount is BudgetAmount.Fixed { Limit: var limit } ? limit : budget.CurrentLimit;

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
