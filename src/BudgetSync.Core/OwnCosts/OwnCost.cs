using System.Globalization;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Spend;

namespace BudgetSync.Core.OwnCosts;

/// <summary>
/// What BudgetSync itself costs, as far as it can know: by its formulas, and by the requests that it has counted. What the bill says, it does not ask.
/// </summary>
/// <param name="Accounts">How many have a spoke.</param>
/// <param name="LookEvery">Hours from one look to the next.</param>
public sealed record OwnCost(int Accounts, int LookEvery)
{
    /// <summary>Of a management stack with the defaults; a test holds them to the template.</summary>
    public const int Alarms = 11;

    /// <inheritdoc cref="Alarms"/>
    public const int Dashboards = 1;

    /// <summary>Memory of every function, in GB.</summary>
    public const decimal Gigabytes = 1;

    /// <summary>Requests of Cost Explorer in the month that runs; null where it is not asked.</summary>
    public int? CostRequests { get; init; }

    /// <summary>Budgets with actions, for which AWS charges by the day.</summary>
    public int BudgetsWithActions { get; init; }

    /// <summary>For example <c>about 1.30 USD a month by reckoning, with 1,000 accounts; 42 requests of Cost Explorer this month: 0.42 USD</c>.</summary>
    public override string ToString()
    {
        var reckoned = new DeploymentCost(Accounts, Alarms, Dashboards, Gigabytes) { LookEvery = LookEvery }.Sum;
        var text = $"about {Dollars(reckoned)} a month by reckoning, with {Count(Accounts, "account")}";
        if (BudgetsWithActions > 0)
            text += $"; {Count(BudgetsWithActions, "budget")} with actions: about {Dollars(ActionPrice.OfMonth(BudgetsWithActions))} a month";
        if (CostRequests is { } requests)
            text += $"; {Count(requests, "request")} of Cost Explorer this month: {Dollars(requests * AwsPrices.CostExplorerRequest)}";
        return text;
    }

    private static string Dollars(decimal amount) => AmountText.Of(amount, "USD");

    private static string Count(int count, string thing) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {thing}{(count == 1 ? "" : "s")}");
}
