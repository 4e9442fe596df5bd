using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend.History;
using Model = Amazon.Budgets.Model;

namespace BudgetSync.Aws.AccountBudgets;

/// <content>What AWS itself remembers of a budget's periods.</content>
public sealed partial class BudgetsReader
{
    /// <summary>
    /// The periods of a budget that have closed, newest first: 60 days, 12 months or 4 quarters (API reference, DescribeBudgetPerformanceHistory); nothing of
    /// years and of a CUSTOM period, for which AWS is not asked.
    /// </summary>
    /// <exception cref="Faults.AwsFaultException">Budgets failed.</exception>
    public async Task<ImmutableArray<ClosedAmount>> ReadClosedAsync(BudgetSettings settings, DateOnly today, CancellationToken cancellation)
    {
        if (settings.TimeUnit is not (TimeUnit.DAILY or TimeUnit.MONTHLY or TimeUnit.QUARTERLY)) return [];
        var periods = await PagesAsync(
            "DescribeBudgetPerformanceHistory",
            async (next, token) =>
            {
                var request = new Model.DescribeBudgetPerformanceHistoryRequest
                {
                    AccountId = account.Value,
                    BudgetName = settings.Name,
                    MaxResults = AwsLimits.HistoryPage,
                    NextToken = next,
                };
                var answer = await budgets.DescribeBudgetPerformanceHistoryAsync(request, token);
                return (answer.BudgetPerformanceHistory?.BudgetedAndActualAmountsList, answer.NextToken);
            },
            cancellation);
        return
        [
            .. periods.Select(amounts => FromAws.Closed(amounts, settings.TimeUnit))
                .OfType<ClosedAmount>()
                .Where(closed => closed.Period.End <= today)
                .OrderByDescending(closed => closed.Period.Start),
        ];
    }
}
