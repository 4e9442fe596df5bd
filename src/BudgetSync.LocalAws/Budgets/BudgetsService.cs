using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>
/// AWS Budgets: per account, global, with the constraints of its service model and the rules of its documentation, read here for themselves.
/// Nothing is shared with BudgetSync.Core, so that a rule that is missing there shows up as a refused call.
/// </summary>
public sealed partial class BudgetsService : AwsService
{
    private readonly ConcurrentDictionary<string, AccountBudgets> accounts = new(StringComparer.Ordinal);
    private readonly LocalCloud cloud;

    internal BudgetsService(LocalCloud cloud)
        : base("budgets", WireProtocol.Json11, "AWSBudgetServiceGateway")
    {
        this.cloud = cloud;
        DeclareBudgets();
        DeclareNotifications();
        DeclareSubscribers();
        DeclareActions();
        DeclareTags();
    }

    public override string ValidationCode => "InvalidParameterException";

    private BudgetsOptions Options => cloud.Options.Budgets;

    private DateTimeOffset Now => cloud.Time.GetUtcNow();

    /// <summary>
    /// Does what AWS does a few times a day: computes a budget's spend anew, from these figures, alerts topics and sets off actions whose
    /// thresholds it passes.
    /// The spend of an unhealthy budget stays as it is.
    /// </summary>
    /// <param name="actual">In the unit of the budget's limit; for RI and Savings Plans budgets a percentage.</param>
    /// <param name="forecast">Null where there is too little history for one.</param>
    /// <exception cref="AwsException">NotFoundException: there is no such budget.</exception>
    public void SetSpend(string accountId, string budgetName, decimal actual, decimal? forecast = null) =>
        Refresh(accountId, budgetName, Amount.Of(actual), forecast is { } expected ? Amount.Of(expected) : null);

    /// <summary>As the other, with amounts as AWS writes them, which may have more digits than a decimal: <c>2641.5480000000000229190000000001</c>.</summary>
    /// <exception cref="AwsException">NotFoundException: there is no such budget.</exception>
    /// <exception cref="FormatException">One is no amount that AWS could answer.</exception>
    public void SetSpend(string accountId, string budgetName, string actual, string? forecast = null) =>
        Refresh(accountId, budgetName, Amount.Parse(actual), forecast is null ? null : Amount.Parse(forecast));

    /// <summary>Makes a budget unhealthy, so that its spend is not computed any more, or healthy again.</summary>
    /// <param name="reason">Of the service model's HealthStatusReason, for example <c>BILLING_VIEW_NO_ACCESS</c>; null heals.</param>
    /// <exception cref="AwsException">NotFoundException: there is no such budget.</exception>
    public void SetHealth(string accountId, string budgetName, string? reason)
    {
        var account = Account(accountId);
        lock (account.Gate) account.Require(budgetName).Fault = reason is null ? null : (reason, Now);
    }

    private void Refresh(string accountId, string budgetName, Amount actual, Amount? forecast)
    {
        var account = Account(accountId);
        lock (account.Gate)
        {
            account.DeleteEnded(Now);
            Take(accountId, account, account.Require(budgetName), actual, forecast);
        }
    }

    private BudgetHealth HealthOf(StoredBudget budget)
    {
        if (budget.Fault is { } fault) return new BudgetHealth(false, fault.Reason, fault.Since);
        if (budget.Terms.LacksMetric) return new BudgetHealth(false, null, budget.Updated);
        // HealthStatus.StatusReason: "The filter contains reference to an account you do not have access to."
        var lost = FilterRules.LinkedAccounts(budget.Terms).Any(linked => cloud.Organizations.JoinedAt(linked) is null);
        return new BudgetHealth(!lost, lost ? "FILTER_INVALID" : null, budget.Updated);
    }

    /// <summary>Declares an operation on the caller's own account. Its rules run under the account's gate, after its shape has been checked.</summary>
    private void Declare(string name, Shape shape, Func<AwsCall, IEnumerable<IamRequest>> needs, Func<AwsCall, AccountBudgets, JsonObject> run) =>
        Operation(
            name,
            shape,
            needs,
            call =>
            {
                if (call.Input.Text("AccountId") is { } accountId && accountId != call.AccountId)
                    throw BudgetErrors.Denied($"AccountId {accountId} is not the caller's own account, {call.AccountId}: budgets have no cross-account calls.");
                var account = Account(call.AccountId);
                lock (account.Gate)
                {
                    account.DeleteEnded(Now);
                    return run(call, account);
                }
            });

    private AccountBudgets Account(string accountId) => accounts.GetOrAdd(accountId, _ => new AccountBudgets());

    /// <summary>A permission on the budget that the request names, with the budget's tags.</summary>
    private IamRequest OnBudget(string action, AwsCall call, string budgetName)
    {
        var accountId = call.Input.RequiredText("AccountId");
        var account = Account(accountId);
        lock (account.Gate)
            return new IamRequest(action, BudgetArn.Of(accountId, budgetName)).WithResourceTags(account.Budgets.GetValueOrDefault(budgetName)?.Tags);
    }

    private IEnumerable<IamRequest> View(AwsCall call) => [OnBudget("budgets:ViewBudget", call, call.Input.Text("BudgetName") ?? "*")];

    private IEnumerable<IamRequest> Modify(AwsCall call) => [OnBudget("budgets:ModifyBudget", call, call.Input.RequiredText("BudgetName"))];

    private static Paginator Page(AwsCall call, int defaultSize) =>
        new($"{call.Operation} {call.AccountId} {call.Input.Text("BudgetName")}", defaultSize, "InvalidNextTokenException");
}
