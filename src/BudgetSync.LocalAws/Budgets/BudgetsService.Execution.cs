using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

public sealed partial class BudgetsService
{
    private const string BySystem = "SYSTEM";

    /// <summary>From now on what the actions of an account do fails, as with a role that lost its permission, or succeeds again.</summary>
    public void SetActionFailure(string accountId, bool fails)
    {
        var account = Account(accountId);
        lock (account.Gate) account.ActionsFail = fails;
    }

    /// <summary>Sets off the actions in STANDBY whose thresholds the budget's spend has passed; MANUAL ones then wait for approval.</summary>
    private void Evaluate(string accountId, AccountBudgets account, StoredBudget budget)
    {
        foreach (var action in budget.Actions.Values.Where(action => action.Status == "STANDBY"))
        {
            var threshold = new Notification(action.Terms.NotificationType, "GREATER_THAN", action.Terms.Threshold, action.Terms.ThresholdType);
            if (!budget.IsPassed(threshold, Options.CurrencyOf(accountId), Now)) continue;
            if (action.Terms.ApprovalModel == "MANUAL") action.Enter("PENDING", BySystem, "The threshold is passed; the action waits for approval.", Now);
            else Start(account, action, ActionStep.Execution, BySystem, "The threshold is passed.");
        }
    }

    /// <summary>
    /// A new period takes back what an action applied and arms it again (AWS Cloud Operations blog, "Get started with AWS Budgets Actions"); what was not
    /// approved is no longer asked.
    /// </summary>
    private void Reset(AccountBudgets account, StoredBudget budget)
    {
        foreach (var action in budget.Actions.Values.Where(action => !action.IsLocked && action.Status != "STANDBY"))
        {
            if (action.Status == "PENDING") action.Enter("STANDBY", BySystem, "A new period began.", Now);
            else Start(account, action, ActionStep.Reset, BySystem, "A new period began.");
        }
    }

    /// <summary>
    /// Which request suits which state AWS does not say: only what its names can mean is taken. RETRY repeats the step that failed.
    /// </summary>
    private JsonObject ExecuteAction(AwsCall call, AccountBudgets account)
    {
        var (budget, action) = ActionOf(call, account);
        ValidateUnlocked(action);
        var type = call.Input.RequiredText("ExecutionType");
        var step = (type, action.Status) switch
        {
            ("APPROVE_BUDGET_ACTION", "PENDING") => ActionStep.Execution,
            ("REVERSE_BUDGET_ACTION", "EXECUTION_SUCCESS") => ActionStep.Reverse,
            ("RESET_BUDGET_ACTION", "REVERSE_SUCCESS") => ActionStep.Reset,
            ("RETRY_BUDGET_ACTION", "EXECUTION_FAILURE") => ActionStep.Execution,
            ("RETRY_BUDGET_ACTION", "REVERSE_FAILURE") => ActionStep.Reverse,
            ("RETRY_BUDGET_ACTION", "RESET_FAILURE") => ActionStep.Reset,
            _ => throw BudgetErrors.Invalid($"{type} does not suit an action in the state {action.Status}."),
        };
        Start(account, action, step, "EXECUTE_ACTION", type);
        return new JsonObject { ["AccountId"] = call.AccountId, ["BudgetName"] = budget.Terms.Name, ["ActionId"] = action.Id, ["ExecutionType"] = type };
    }

    private JsonObject DescribeActionHistory(AwsCall call, AccountBudgets account)
    {
        var action = ActionOf(call, account).Action;
        var asked = call.Input.Structure("TimePeriod");
        var (from, to) = (asked?.Moment("Start") ?? DateTimeOffset.MinValue, asked?.Moment("End") ?? DateTimeOffset.MaxValue);
        if (from >= to) throw BudgetErrors.Invalid("TimePeriod: the start must come before the end.");
        return Page(call, AwsLimits.Budgets.OtherPage).Answer(
            call.Input,
            "ActionHistories",
            action.Events.Where(happened => happened.Time >= from && happened.Time < to),
            happened => happened.Number.ToString("D8", CultureInfo.InvariantCulture),
            happened => happened.Write());
    }

    private void Start(AccountBudgets account, StoredAction action, ActionStep step, string eventType, string message)
    {
        action.Enter(step.During, eventType, message, Now);
        cloud.Work.PostAfter($"budget action {action.Id}: {step.Success}", Options.ActionDuration, () =>
        {
            lock (account.Gate)
            {
                if (account.ActionsFail) action.Enter(step.Failure, BySystem, "The execution role is not authorized to do what the action asks.", Now);
                else action.Enter(step.Success, BySystem, "Done.", Now);
            }

            return Task.CompletedTask;
        });
    }

    /// <summary>One thing that is done with an action, and the states on its way.</summary>
    private sealed record ActionStep(string During, string Success, string Failure)
    {
        public static readonly ActionStep Execution = new("EXECUTION_IN_PROGRESS", "EXECUTION_SUCCESS", "EXECUTION_FAILURE");

        public static readonly ActionStep Reverse = new("REVERSE_IN_PROGRESS", "REVERSE_SUCCESS", "REVERSE_FAILURE");

        public static readonly ActionStep Reset = new("RESET_IN_PROGRESS", "STANDBY", "RESET_FAILURE");
    }
}
