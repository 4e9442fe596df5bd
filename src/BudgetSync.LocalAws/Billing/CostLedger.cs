using System.Collections.Concurrent;

namespace BudgetSync.LocalAws.Billing;

/// <summary>
/// What the accounts of the organization cost, day by day: the one truth that AWS Budgets and Cost Explorer compute from. An account that no one gave costs
/// has none, and AWS computes nothing for it by itself.
/// </summary>
public sealed class CostLedger
{
    private readonly LocalCloud cloud;
    private readonly ConcurrentDictionary<string, AccountCosts> costs = new(StringComparer.Ordinal);

    internal CostLedger(LocalCloud cloud) => this.cloud = cloud;

    /// <summary>Accounts with costs.</summary>
    public IReadOnlyList<string> Accounts => [.. costs.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Lets an account spend as a model says, from now on and, for history, since the model's beginning.</summary>
    public void SetSpend(string accountId, SpendModel model) => SetSpend(accountId, model.Begins, model.On);

    /// <summary>The same for costs of one's own.</summary>
    /// <param name="begins">The first day with usage; AWS forecasts about five weeks after it.</param>
    /// <param name="on">The lines of a whole UTC day. Asked often and in any order: it must answer the same each time.</param>
    public void SetSpend(string accountId, DateOnly begins, Func<DateOnly, IReadOnlyList<CostLine>> on)
    {
        costs[accountId] = new AccountCosts(begins, on);
        cloud.Budgets.StartClock(accountId);
        // The management account pays for all: its budgets count this too.
        cloud.Budgets.StartClock(cloud.Options.ManagementAccountId);
    }

    /// <summary>The accounts whose costs an account sees: the payer sees all, a member itself.</summary>
    internal IEnumerable<(string AccountId, AccountCosts Costs)> SeenBy(string accountId) => accountId == cloud.Options.ManagementAccountId
        ? costs.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => (entry.Key, entry.Value))
        : costs.TryGetValue(accountId, out var own) ? [(accountId, own)] : [];

    /// <summary>
    /// How much of a day AWS has heard of by a moment, from 0 to 1: usage reaches billing hours after it happened (Cost Explorer's user guide: data of the
    /// current day is there within 24 hours).
    /// </summary>
    internal decimal KnownPart(DateOnly day, DateTimeOffset now)
    {
        var heard = now - cloud.Options.BillingDelay - new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        return Math.Clamp((decimal)heard.Ticks / TimeSpan.TicksPerDay, 0, 1);
    }
}
