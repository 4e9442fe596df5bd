using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

public sealed partial class BudgetsService
{
    private void DeclareBudgets()
    {
        Declare("CreateBudget", RequestShapes.CreateBudget, NeedsOfCreate, Create);
        Declare("UpdateBudget", RequestShapes.UpdateBudget, call => [OnBudget("budgets:ModifyBudget", call, call.Input.RequiredStructure("NewBudget").RequiredText("BudgetName"))], Update);
        Declare("DescribeBudget", RequestShapes.DescribeBudget, View, Describe);
        Declare("DescribeBudgets", RequestShapes.DescribeBudgets, View, DescribeAll);
        Declare("DeleteBudget", RequestShapes.DeleteBudget, Modify, Delete);
    }

    private IEnumerable<IamRequest> NeedsOfCreate(AwsCall call)
    {
        var name = call.Input.RequiredStructure("Budget").RequiredText("BudgetName");
        var tags = call.Input.Tags("ResourceTags");
        yield return OnBudget("budgets:ModifyBudget", call, name).WithRequestTags(tags);
        if (!tags.IsEmpty) yield return OnBudget("budgets:TagResource", call, name).WithRequestTags(tags);
    }

    private JsonObject Create(AwsCall call, AccountBudgets account)
    {
        DemandAge(call.AccountId);
        var terms = BudgetTerms.Read(call.Input.RequiredStructure("Budget"), Now);
        DemandTerms(terms, call.AccountId);
        var tags = call.Input.Tags("ResourceTags");
        TagRules.Demand(tags);
        var budget = new StoredBudget(terms, tags, Now);
        foreach (var entry in call.Input.Structures("NotificationsWithSubscribers"))
            AddNotification(call.AccountId, budget, entry);
        if (account.Budgets.ContainsKey(terms.Name)) throw BudgetErrors.Duplicate($"Error creating budget: {terms.Name} - the budget already exists.");
        if (account.Budgets.Count >= Options.MaximumBudgetsPerAccount)
            throw BudgetErrors.Quota(string.Create(CultureInfo.InvariantCulture, $"The account has {Options.MaximumBudgetsPerAccount} budgets, which is its quota."));
        account.Budgets.Add(terms.Name, budget);
        return [];
    }

    private JsonObject Update(AwsCall call, AccountBudgets account)
    {
        var terms = BudgetTerms.Read(call.Input.RequiredStructure("NewBudget"), Now);
        var budget = account.Require(terms.Name);
        DemandTerms(terms, call.AccountId);
        if (Options.RefuseChangeOfTypeOrUnit && (terms.Type, terms.TimeUnit) != (budget.Terms.Type, budget.Terms.TimeUnit))
            throw BudgetErrors.Invalid($"BudgetType and TimeUnit of budget {terms.Name} cannot change from {budget.Terms.Type}, {budget.Terms.TimeUnit} to {terms.Type}, {terms.TimeUnit}.");
        // A notification that could not be created on the budget as it will be cannot stay on it either.
        foreach (var notification in budget.Notifications.Values) NotificationRules.Demand(terms, notification.Notification);
        budget.Update(terms, Now);
        return [];
    }

    private JsonObject Describe(AwsCall call, AccountBudgets account) =>
        new() { ["Budget"] = BudgetView.Of(account.Require(call.Input.RequiredText("BudgetName")), Now, call.Input.Flag("ShowFilterExpression") ?? false) };

    private JsonObject DescribeAll(AwsCall call, AccountBudgets account) => Page(call, RequestShapes.BudgetsPage).Answer(
        call.Input,
        "Budgets",
        account.Budgets,
        budget => budget.Key,
        budget => BudgetView.Of(budget.Value, Now, call.Input.Flag("ShowFilterExpression") ?? false));

    private static JsonObject Delete(AwsCall call, AccountBudgets account)
    {
        account.Budgets.Remove(account.Require(call.Input.RequiredText("BudgetName")).Terms.Name);
        return [];
    }

    private void DemandTerms(BudgetTerms terms, string accountId)
    {
        PeriodRules.Demand(terms, Now);
        LimitRules.Demand(terms, Now);
        FilterRules.Demand(terms, accountId == cloud.Options.ManagementAccountId);
    }

    private void DemandAge(string accountId)
    {
        if (Options.MinimumAccountAge <= TimeSpan.Zero || cloud.Organizations.JoinedAt(accountId) is not { } joined) return;
        if (Now - joined < Options.MinimumAccountAge)
            throw BudgetErrors.Denied($"Account {accountId} is too new for budgets: its cost data is not available yet.");
    }
}
