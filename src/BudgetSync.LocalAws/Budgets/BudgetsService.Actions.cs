using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

public sealed partial class BudgetsService
{
    private void DeclareActions()
    {
        Declare("CreateBudgetAction", ActionShapes.CreateBudgetAction, NeedsOfCreateAction, CreateAction);
        Declare("UpdateBudgetAction", ActionShapes.UpdateBudgetAction, call => [OnAction("budgets:UpdateBudgetAction", call), .. PassRole(call)], UpdateAction);
        Declare("DeleteBudgetAction", ActionShapes.OneAction, call => [OnAction("budgets:DeleteBudgetAction", call)], DeleteAction);
        Declare("DescribeBudgetAction", ActionShapes.OneAction, call => [OnAction("budgets:DescribeBudgetAction", call)], DescribeAction);
        Declare(
            "DescribeBudgetActionsForBudget",
            ActionShapes.DescribeBudgetActionsForBudget,
            call => [OnBudget("budgets:DescribeBudgetActionsForBudget", call, call.Input.RequiredText("BudgetName"))],
            DescribeActions);
        Declare(
            "DescribeBudgetActionsForAccount",
            ActionShapes.DescribeBudgetActionsForAccount,
            _ => [new IamRequest("budgets:DescribeBudgetActionsForAccount", "*")],
            DescribeActionsOfAccount);
        Declare(
            "DescribeBudgetActionHistories",
            ActionShapes.DescribeBudgetActionHistories,
            call => [OnAction("budgets:DescribeBudgetActionHistories", call)],
            DescribeActionHistory);
        Declare("ExecuteBudgetAction", ActionShapes.ExecuteBudgetAction, call => [OnAction("budgets:ExecuteBudgetAction", call)], ExecuteAction);
    }

    private static StoredAction RequireAction(StoredBudget budget, string id) =>
        budget.Actions.GetValueOrDefault(id)
            ?? throw BudgetErrors.NotFound($"Unable to get action {id} of budget {budget.Terms.Name} - the action doesn't exist.");

    private static (StoredBudget Budget, StoredAction Action) ActionOf(AwsCall call, AccountBudgets account)
    {
        var budget = account.Require(call.Input.RequiredText("BudgetName"));
        return (budget, RequireAction(budget, call.Input.RequiredText("ActionId")));
    }

    private static IEnumerable<IamRequest> PassRole(AwsCall call)
    {
        if (call.Input.Text("ExecutionRoleArn") is not { } role) yield break;
        yield return new IamRequest("iam:PassRole", role)
        {
            Context = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("iam:PassedToService", ["budgets.amazonaws.com"]),
        };
    }

    /// <summary>A permission on the action that the request names; on any of the budget's where it is only being created.</summary>
    private IamRequest OnAction(string iamAction, AwsCall call)
    {
        var arn = new BudgetArn(call.Input.RequiredText("AccountId"), call.Input.RequiredText("BudgetName"), call.Input.Text("ActionId") ?? "*");
        return new IamRequest(iamAction, BudgetArn.OfAction(arn.AccountId, arn.BudgetName, arn.ActionId!)).WithResourceTags(TagsOf(arn));
    }

    private IEnumerable<IamRequest> NeedsOfCreateAction(AwsCall call)
    {
        var tags = call.Input.Tags("ResourceTags");
        yield return OnAction("budgets:CreateBudgetAction", call).WithRequestTags(tags);
        foreach (var need in PassRole(call)) yield return need;
        if (!tags.IsEmpty) yield return OnAction("budgets:TagResource", call).WithRequestTags(tags);
    }

    private JsonObject CreateAction(AwsCall call, AccountBudgets account)
    {
        var budget = account.Require(call.Input.RequiredText("BudgetName"));
        var terms = ActionTerms.Read(call.Input);
        ValidateAction(call, budget, terms);
        DemandRole(call.AccountId, budget, terms);
        var tags = TagRules.Read(call.Input);
        if (budget.Actions.Values.Any(action => action.Terms.IsSameAs(terms)))
            throw BudgetErrors.Duplicate($"The same action already exists for budget {budget.Terms.Name}.");
        var created = new StoredAction(cloud.Gateway.NewRequestId(), budget.Terms.Name, terms, tags);
        created.Enter(created.Status, "CREATE_ACTION", "Created.", Now);
        budget.Actions.Add(created.Id, created);
        return new JsonObject { ["AccountId"] = call.AccountId, ["BudgetName"] = budget.Terms.Name, ["ActionId"] = created.Id };
    }

    private JsonObject UpdateAction(AwsCall call, AccountBudgets account)
    {
        var (budget, action) = ActionOf(call, account);
        ValidateUnlocked(action);
        var terms = action.Terms.With(call.Input);
        ValidateAction(call, budget, terms);
        if (call.Input.Has("ExecutionRoleArn")) DemandRole(call.AccountId, budget, terms);
        var old = action.Write();
        action.Terms = terms;
        action.Enter(action.Status, "UPDATE_ACTION", "Updated.", Now);
        return new JsonObject { ["AccountId"] = call.AccountId, ["BudgetName"] = budget.Terms.Name, ["OldAction"] = old, ["NewAction"] = action.Write() };
    }

    private JsonObject DeleteAction(AwsCall call, AccountBudgets account)
    {
        var (budget, action) = ActionOf(call, account);
        ValidateUnlocked(action);
        budget.Actions.Remove(action.Id);
        return Answer(call, action);
    }

    private JsonObject DescribeAction(AwsCall call, AccountBudgets account) => Answer(call, ActionOf(call, account).Action);

    private JsonObject DescribeActions(AwsCall call, AccountBudgets account) => Page(call, AwsLimits.Budgets.OtherPage).Answer(
        call.Input, "Actions", account.Require(call.Input.RequiredText("BudgetName")).Actions, action => action.Key, action => action.Value.Write());

    private JsonObject DescribeActionsOfAccount(AwsCall call, AccountBudgets account) => Page(call, AwsLimits.Budgets.OtherPage).Answer(
        call.Input,
        "Actions",
        account.Budgets.Values.SelectMany(budget => budget.Actions.Values).OrderBy(action => action.Id, StringComparer.Ordinal),
        action => action.Id,
        action => action.Write());

    private static JsonObject Answer(AwsCall call, StoredAction action) =>
        new() { ["AccountId"] = call.AccountId, ["BudgetName"] = call.Input.RequiredText("BudgetName"), ["Action"] = action.Write() };

    private void ValidateAction(AwsCall call, StoredBudget budget, ActionTerms terms)
    {
        ActionRules.Validate(budget.Terms, terms, call.AccountId, call.AccountId == cloud.Options.ManagementAccountId);
        ValidateTopics(call.AccountId, budget.Terms.Name, terms.Subscribers);
    }

    /// <summary>
    /// A role that AWS Budgets cannot take on is refused at once, as Terraform knows of a role that was just made (aws_budgets_budget_action: it retries
    /// AccessDeniedException for two minutes). Here a role is there as soon as it is made. AWS's words for it are not known.
    /// </summary>
    private void DemandRole(string accountId, StoredBudget budget, ActionTerms terms)
    {
        var budgets = Caller.Service("budgets.amazonaws.com", accountId, BudgetArn.Of(accountId, budget.Terms.Name));
        if (cloud.Iam.FindRole(terms.ExecutionRoleArn) is not { } role
            || !cloud.Iam.MayAssume(budgets, role, ImmutableDictionary<string, ImmutableArray<string>>.Empty))
            throw BudgetErrors.Denied($"AWS Budgets can't assume the role {terms.ExecutionRoleArn}; it must be there and trust budgets.amazonaws.com.");
    }

    private static void ValidateUnlocked(StoredAction action)
    {
        if (action.IsLocked) throw BudgetErrors.Locked($"Action {action.Id} is locked while it is being executed ({action.Status}).");
    }
}
