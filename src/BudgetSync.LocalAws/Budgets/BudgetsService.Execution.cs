using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

public sealed partial class BudgetsService
{
    /// <summary>Sets off the actions in STANDBY whose thresholds the budget's spend has passed; MANUAL ones then wait for approval.</summary>
    private void Evaluate(string accountId, AccountBudgets account, StoredBudget budget)
    {
        foreach (var action in budget.Actions.Values.Where(action => action.Status == "STANDBY"))
        {
            var threshold = new Notification(action.Terms.NotificationType, "GREATER_THAN", action.Terms.Threshold, action.Terms.ThresholdType);
            if (!budget.IsPassed(threshold, Options.CurrencyOf(accountId), Now)) continue;
            if (action.Terms.ApprovalModel == "MANUAL") action.Status = "PENDING";
            else Start(account, action, "EXECUTION_IN_PROGRESS", "EXECUTION_SUCCESS");
        }
    }

    /// <summary>
    /// A new period takes back what an action applied and arms it again (AWS Cloud Operations blog, "Get started with AWS Budgets Actions"); what nobody
    /// approved is no longer asked.
    /// </summary>
    private void Reset(AccountBudgets account, StoredBudget budget)
    {
        foreach (var action in budget.Actions.Values.Where(action => !action.IsLocked && action.Status != "STANDBY"))
        {
            if (action.Status == "PENDING") action.Status = "STANDBY";
            else Start(account, action, "RESET_IN_PROGRESS", "STANDBY");
        }
    }

    private JsonObject ExecuteAction(AwsCall call, AccountBudgets account)
    {
        var (budget, action) = ActionOf(call, account);
        ValidateUnlocked(action);
        var type = call.Input.RequiredText("ExecutionType");
        var (during, after) = (type, action.Status) switch
        {
            ("APPROVE_BUDGET_ACTION", "PENDING") => ("EXECUTION_IN_PROGRESS", "EXECUTION_SUCCESS"),
            ("REVERSE_BUDGET_ACTION", "EXECUTION_SUCCESS") => ("REVERSE_IN_PROGRESS", "REVERSE_SUCCESS"),
            ("RESET_BUDGET_ACTION", "REVERSE_SUCCESS") => ("RESET_IN_PROGRESS", "STANDBY"),
            _ => throw BudgetErrors.Invalid($"{type} does not suit an action in the state {action.Status}."),
        };
        Start(account, action, during, after);
        return new JsonObject { ["AccountId"] = call.AccountId, ["BudgetName"] = budget.Terms.Name, ["ActionId"] = action.Id, ["ExecutionType"] = type };
    }

    private void Start(AccountBudgets account, StoredAction action, string during, string after)
    {
        action.Status = during;
        cloud.Work.PostAfter($"budget action {action.Id}: {after}", Options.ActionDuration, () =>
        {
            lock (account.Gate) action.Status = after;
            return Task.CompletedTask;
        });
    }
}
