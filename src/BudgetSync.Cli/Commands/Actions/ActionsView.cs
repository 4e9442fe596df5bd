using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.Budgets.Model;
using BudgetSync.Cli.Commands.Accounts;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Actions;

/// <summary>Budget actions as people and scripts read them.</summary>
internal static class ActionsView
{
    public static async Task WriteAsync(ConsoleContext terminal, PrintForm form, IReadOnlyList<BudgetActionLine> lines)
    {
        switch (form)
        {
            case PrintForm.Json:
                await terminal.Whole.WriteLineAsync(new JsonArray([.. lines.Select(ToJson)]).ToJsonString(JsonOutput.Options));
                break;
            case PrintForm.Csv:
                await terminal.Out.WriteAsync(CsvText.Of(
                    ["AccountId", "Name", "Budget", "ActionId", "Status", "ApprovalModel", "Trigger", "Effect"],
                    lines.Select(line => new[]
                    {
                        line.AccountId, line.Name, line.Action.BudgetName, line.Action.ActionId, line.Status, line.Action.ApprovalModel?.Value, line.Trigger,
                        line.Effect,
                    })));
                break;
            default:
                if (lines.Count == 0) return;
                TextColumn[] columns =
                [
                    // Account, budget and id are what approve, retry, reverse and reset ask for: they stay, and are whole.
                    new("ACCOUNT"), new("NAME", Goes: 3, Shortest: 8), new("BUDGET", Shortest: 8, MostLines: 8), new("STATUS", Shortest: 17, MostLines: 2),
                    new("SET OFF BY", Goes: 1), new("DOES", Goes: 2, Shortest: 16, MostLines: 3), new("ID"),
                ];
                TableScreen.Write(
                    terminal,
                    columns,
                    [
                        .. lines.Select(line => new[]
                        {
                            line.AccountId, line.Name, line.Action.BudgetName, line.Status, line.Trigger, line.Effect, line.Action.ActionId,
                        }),
                    ]);
                break;
        }
    }

    /// <summary>One line of an action for a question or an answer.</summary>
    public static string Describe(BudgetActionLine line) =>
        $"{line.AccountId}  {line.Action.BudgetName}: {line.Effect} ({line.Trigger}), {line.Status}, {line.Action.ActionId}";

    public static JsonObject ToJson(ActionHistory happened) => new()
    {
        ["at"] = happened.Timestamp is { } at ? at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : null,
        ["status"] = happened.Status?.Value,
        ["event"] = happened.EventType?.Value,
        ["message"] = happened.ActionHistoryDetails?.Message,
    };

    private static JsonObject ToJson(BudgetActionLine line) => new()
    {
        ["accountId"] = line.AccountId,
        ["name"] = line.Name,
        ["budget"] = line.Action.BudgetName,
        ["actionId"] = line.Action.ActionId,
        ["status"] = line.Status,
        ["approvalModel"] = line.Action.ApprovalModel?.Value,
        ["trigger"] = line.Trigger,
        ["effect"] = line.Effect,
        ["can"] = new JsonArray([.. ActionExecution.In(line.Status).Select(execution => JsonValue.Create(execution.Word))]),
    };
}
