using System.Collections.Immutable;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Planning;

/// <summary>A budget's limit on one day: the amount of the row or of the last change that took over, and all grants that have not expired.</summary>
/// <param name="Amount">What AWS should have. Never above the largest amount that AWS takes.</param>
/// <param name="Base">Without grants.</param>
/// <param name="Change">The change that took over; null while the row's own amount holds.</param>
/// <param name="Grants">Those that count, the first to expire first.</param>
/// <param name="NextChangeOn">The next day on which the limit is another by itself; null where none is known.</param>
/// <param name="Explanation">For example <c>1800 USD = 1300 since 2026-11-01 + 500 until 2026-11-30 (load test)</c>.</param>
public sealed record LimitInForce(
    decimal Amount,
    decimal Base,
    EffectiveAmount? Change,
    EquatableArray<Grant> Grants,
    DateOnly? NextChangeOn,
    string Explanation)
{
    /// <summary>The explanation, and the day from which another limit holds: <c>…; another from 2026-12-01</c>.</summary>
    public string Description => NextChangeOn is { } next ? $"{Explanation}; another from {Day(next)}" : Explanation;

    /// <param name="amount">The row's own.</param>
    /// <param name="grants">In any order.</param>
    /// <param name="changes">In any order. Of two on the same day the larger counts; that there are two is for the row's rules to say.</param>
    public static LimitInForce Of(SpendAmount amount, IEnumerable<Grant> grants, IEnumerable<EffectiveAmount> changes, DateOnly day)
    {
        var known = changes.OrderBy(change => change.From).ThenBy(change => change.Amount).ToImmutableArray();
        var change = known.Where(change => change.From <= day).Select(change => (EffectiveAmount?)change).LastOrDefault();
        var valid = grants.Where(grant => grant.Until >= day)
            .Order(GrantOrder.Instance)
            .ToImmutableArray();
        var own = Bounded(change?.Amount ?? amount.Amount);
        var total = Bounded(valid.Aggregate(own, (sum, grant) => Bounded(sum + Bounded(grant.Amount))));
        var days = known.Where(change => change.From > day).Select(change => change.From)
            .Concat(valid.Where(grant => grant.Until < DateOnly.MaxValue).Select(grant => grant.Until.AddDays(1)));
        return new(total, own, change, valid, days.Select(next => (DateOnly?)next).Min(), Text(new(total, amount.Unit), own, change, valid));
    }

    /// <summary>The limit of a budget whose amount is a fixed one; null where a plan or AWS moves it.</summary>
    public static LimitInForce? Of(DesiredBudget budget, DateOnly day) =>
        budget.Settings.Amount is BudgetAmount.Fixed(var amount) ? Of(amount, budget.Grants, budget.Changes, day) : null;

    private static string Text(SpendAmount total, decimal own, EffectiveAmount? change, ImmutableArray<Grant> grants)
    {
        var since = change is { } taken ? $"since {Day(taken.From)}" : "as the row says";
        return grants.IsEmpty
            ? $"{Describe.Of(total)} {since}"
            : $"{Describe.Of(total)} = {Describe.Of(own)} {since}{string.Concat(grants.Select(One))}";

        static string One(Grant grant) => $" + {Describe.Of(grant.Amount)} until {Day(grant.Until)} ({grant.Why})";
    }

    private static decimal Bounded(decimal amount) => Math.Clamp(amount, -AwsLimits.AmountMaximum, AwsLimits.AmountMaximum);

    private static string Day(DateOnly day) => DayText.Format(day);
}
