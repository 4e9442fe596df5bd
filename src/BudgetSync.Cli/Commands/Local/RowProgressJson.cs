using System.Text.Json.Nodes;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>The progress of rows as <c>local --json</c> prints them: a contract for scripts, changed only by addition.</summary>
internal static class RowProgressJson
{
    public static string Format(IEnumerable<RowProgress> rows) =>
        new JsonArray([.. rows.Select(ToJson)]).ToJsonString(JsonOutput.Options);

    private static JsonObject ToJson(RowProgress progress) => new()
    {
        ["accountId"] = progress.AccountId,
        ["state"] = progress.State,
        ["reasons"] = Texts(progress.Reasons),
        ["budgets"] = new JsonArray([.. progress.Budgets.Select(ToJson)]),
        ["milliseconds"] = progress.Milliseconds,
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
