using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

public sealed partial class BudgetsService
{
    private void DeclareBudgets()
    {
        Declare("CreateBudget", RequestShapes.CreateBudget, NeedsOfCreate, Create);
        Declare(
            "UpdateBudget",
            RequestShapes.UpdateBudget,
            call => [OnBudget("budgets:ModifyBudget", call, call.Input.RequiredStructure("NewBudget").RequiredText("BudgetName"))],
            Update);
        Declare("DescribeBudget", RequestShapes.DescribeBudget, View, Describe);
        Declare("DescribeBudgets", RequestShapes.DescribeBudgets, View, DescribeAll);
        Declare("DeleteBudget", RequestShapes.DeleteBudget, Modify, Delete);
        Declare("DescribeBudgetPerformanceHistory", RequestShapes.DescribeBudgetPerformanceHistory, View, DescribeHistory);
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
        ValidateAge(call.AccountId);
        var terms = BudgetTerms.Read(call.Input.RequiredStructure("Budget"), Now);
        ValidateTerms(terms, call.AccountId);
        var tags = TagRules.Read(call.Input);
        var budget = new StoredBudget(terms, tags, Now);
        foreach (var entry in call.Input.Structures("NotificationsWithSubscribers"))
            AddNotification(call.AccountId, budget, entry);
        if (account.Budgets.ContainsKey(terms.Name)) throw BudgetErrors.Duplicate($"Error creating budget: {terms.Name} - the budget already exists.");
        if (account.Budgets.Count >= Options.MaximumBudgetsPerAccount)
            throw BudgetErrors.Quota(
                string.Create(CultureInfo.InvariantCulture, $"The account has {Options.MaximumBudgetsPerAccount} budgets, which is its quota."));
        account.Budgets.Add(terms.Name, budget);
        return [];
    }

    private JsonObject Update(AwsCall call, AccountBudgets account)
    {
        var terms = BudgetTerms.Read(call.Input.RequiredStructure("NewBudget"), Now);
        var budget = account.Require(terms.Name);
        ValidateTerms(terms, call.AccountId);
        if (Options.RefuseChangeOfTypeOrUnit && (terms.Type, terms.TimeUnit) != (budget.Terms.Type, budget.Terms.TimeUnit))
            throw BudgetErrors.Invalid(
                $"BudgetType and TimeUnit of budget {terms.Name} cannot change from {budget.Terms.Type}, {budget.Terms.TimeUnit} to {terms.Type}, "
                    + $"{terms.TimeUnit}.");
        // A notification or action that could not be created on the budget as it will be cannot stay on it either.
        foreach (var notification in budget.Notifications.Values) NotificationRules.Validate(terms, notification.Notification);
        if (budget.Actions.Count > 0) ActionRules.ValidateBudget(terms);
        budget.Update(terms, Now);
        return [];
    }

    private JsonObject Describe(AwsCall call, AccountBudgets account) =>
        new() { ["Budget"] = Write(call, account.Require(call.Input.RequiredText("BudgetName"))) };

    private JsonObject DescribeAll(AwsCall call, AccountBudgets account) => Page(call, AwsLimits.Budgets.BudgetsPage).Answer(
        call.Input,
        "Budgets",
        account.Budgets,
        budget => budget.Key,
        budget => Write(call, budget.Value));

    private JsonObject Write(AwsCall call, StoredBudget budget) =>
        BudgetView.Of(budget, Options.CurrencyOf(call.AccountId), HealthOf(budget), Now, call.Input.Flag("ShowFilterExpression") ?? false);

    private static JsonObject DescribeHistory(AwsCall call, AccountBudgets account)
    {
        var budget = account.Require(call.Input.RequiredText("BudgetName"));
        if (Period.Kept(budget.Terms.TimeUnit) == 0) throw BudgetErrors.Invalid($"Budget history isn't available for {budget.Terms.TimeUnit} budgets.");
        var asked = call.Input.Structure("TimePeriod");
        var (from, to) = (asked?.Moment("Start") ?? DateTimeOffset.MinValue, asked?.Moment("End") ?? DateTimeOffset.MaxValue);
        if (from >= to) throw BudgetErrors.Invalid("TimePeriod: the start must come before the end.");
        var page = Page(call, AwsLimits.Budgets.OtherPage).Answer(
            call.Input,
            "Periods",
            budget.History.Values.Where(period => period.Start < to && period.End > from),
            period => period.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            BudgetView.Of);
        var answer = new JsonObject { ["BudgetPerformanceHistory"] = BudgetView.HistoryOf(budget, page["Periods"]) };
        if (page["NextToken"] is { } token) answer["NextToken"] = token.DeepClone();
        return answer;
    }

    private static JsonObject Delete(AwsCall call, AccountBudgets account)
    {
        account.Budgets.Remove(account.Require(call.Input.RequiredText("BudgetName")).Terms.Name);
        return [];
    }

    private void ValidateTerms(BudgetTerms terms, string accountId)
    {
        var account = new BillingAccount(accountId, Options.CurrencyOf(accountId), accountId == cloud.Options.ManagementAccountId);
        PeriodRules.Validate(terms, Now);
        LimitRules.Validate(terms, account.Currency, Now);
        FilterRules.Validate(terms, account, Options);
    }

    private void ValidateAge(string accountId)
    {
        if (Options.MinimumAccountAge <= TimeSpan.Zero || cloud.Organizations.JoinedAt(accountId) is not { } joined) return;
        if (Now - joined < Options.MinimumAccountAge)
            throw BudgetErrors.Denied($"Account {accountId} is too new for budgets: its cost data is not available yet.");
    }
}
