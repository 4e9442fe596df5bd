using System.Collections.Immutable;
using Amazon.Budgets;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Planning;
using Model = Amazon.Budgets.Model;

namespace BudgetSync.Aws.AccountBudgets;

/// <summary>Reads an account's budgets: all of them by settings and tag, and completely those that a plan depends on.</summary>
public sealed partial class BudgetsReader(IAmazonBudgets budgets, AccountId account, string partition, AwsCaller caller)
{
    /// <summary>What AWS Budgets answers now.</summary>
    /// <param name="desired">Says whose notifications, subscribers and actions must be read.</param>
    /// <exception cref="AwsFaultException">Budgets failed; <see cref="FaultKind.Conflict"/> where a budget went away while it was read.</exception>
    public async Task<ActualBudgets> ReadAsync(DesiredBudgets desired, CancellationToken cancellation)
    {
        var readAt = caller.Now;
        var found = await DescribeAsync(cancellation);
        var tags = await InParallelAsync(found, (budget, token) => TagsAsync(budget.BudgetName, token), cancellation);
        var managed = tags.Select(FromAws.IsManaged).ToList();
        var complete = found.Zip(managed, (budget, ours) => Planner.MustRead(desired, budget.BudgetName, ours)).ToList();
        var notifications = complete.Contains(true) ? await NotificationsAsync(cancellation) : [];
        var actual = await InParallelAsync(
            [.. found.Select((budget, index) => (Budget: budget, Index: index))],
            async (item, token) => complete[item.Index]
                ? FromAws.Budget(
                    item.Budget,
                    await SubscribedAsync(item.Budget.BudgetName, notifications.GetValueOrDefault(item.Budget.BudgetName) ?? [], token),
                    await ActionsAsync(item.Budget.BudgetName, token),
                    managed[item.Index]) with
                {
                    Adopted = FromAws.IsAdopted(tags[item.Index]),
                    Tags = FromAws.Tags(tags[item.Index]),
                    Thresholds = FromAws.Thresholds(notifications.GetValueOrDefault(item.Budget.BudgetName) ?? []),
                }
                : FromAws.Budget(item.Budget, [], [], managed[item.Index]) with
                {
                    Adopted = FromAws.IsAdopted(tags[item.Index]),
                    Tags = FromAws.Tags(tags[item.Index]),
                },
            cancellation);
        return new ActualBudgets([.. actual]) { ReadAt = readAt };
    }

    private Task<IReadOnlyList<Model.Budget>> DescribeAsync(CancellationToken cancellation) => PagesAsync(
        "DescribeBudgets",
        async (next, token) =>
        {
            // Without ShowFilterExpression a budget with an expression looks unfiltered, and every apply would find it changed.
            var request = new Model.DescribeBudgetsRequest
            {
                AccountId = account.Value,
                MaxResults = AwsLimits.BudgetsPage,
                NextToken = next,
                ShowFilterExpression = true
            };
            var answer = await budgets.DescribeBudgetsAsync(request, token);
            return (answer.Budgets, answer.NextToken);
        },
        cancellation);

    internal string Arn(string budget) => $"arn:{partition}:budgets::{account}:budget/{budget}";

    private async Task<List<Model.ResourceTag>> TagsAsync(string name, CancellationToken cancellation)
    {
        var request = new Model.ListTagsForResourceRequest { ResourceARN = Arn(name) };
        var answer = await caller.CallAsync("budgets", "ListTagsForResource", token => budgets.ListTagsForResourceAsync(request, token), cancellation);
        return answer.ResourceTags ?? [];
    }

    /// <summary>Notifications of all budgets at once: one call instead of one per budget.</summary>
    private async Task<Dictionary<string, List<Model.Notification>>> NotificationsAsync(CancellationToken cancellation)
    {
        var parts = await PagesAsync(
            "DescribeBudgetNotificationsForAccount",
            async (next, token) =>
            {
                var request = new Model.DescribeBudgetNotificationsForAccountRequest
                {
                    AccountId = account.Value,
                    MaxResults = AwsLimits.BudgetsPage,
                    NextToken = next
                };
                var answer = await budgets.DescribeBudgetNotificationsForAccountAsync(request, token);
                return (answer.BudgetNotificationsForAccount, answer.NextToken);
            },
            cancellation);
        return parts
            .GroupBy(part => part.BudgetName, StringComparer.Ordinal)
            .ToDictionary(budget => budget.Key, budget => budget.SelectMany(part => part.Notifications ?? []).ToList(), StringComparer.Ordinal);
    }

    private async Task<ImmutableArray<Notification>> SubscribedAsync(
        string name,
        IReadOnlyList<Model.Notification> notifications,
        CancellationToken cancellation)
    {
        var read = await InParallelAsync(
            notifications,
            async (notification, token) =>
            {
                var key = FromAws.Key(notification);
                var subscribers = await PagesAsync(
                    "DescribeSubscribersForNotification",
                    async (next, inner) =>
                    {
                        var request = new Model.DescribeSubscribersForNotificationRequest
                        {
                            AccountId = account.Value,
                            BudgetName = name,
                            Notification = ToAws.Notification(key),
                            MaxResults = AwsLimits.SubscribersPage,
                            NextToken = next,
                        };
                        var answer = await budgets.DescribeSubscribersForNotificationAsync(request, inner);
                        return (answer.Subscribers, answer.NextToken);
                    },
                    token);
                return new Notification(key, FromAws.Subscribers(subscribers));
            },
            cancellation);
        return [.. read];
    }

    private async Task<ImmutableArray<ActualAction>> ActionsAsync(string name, CancellationToken cancellation)
    {
        var actions = await PagesAsync(
            "DescribeBudgetActionsForBudget",
            async (next, token) =>
            {
                var request = new Model.DescribeBudgetActionsForBudgetRequest
                {
                    AccountId = account.Value,
                    BudgetName = name,
                    MaxResults = AwsLimits.SubscribersPage,
                    NextToken = next
                };
                var answer = await budgets.DescribeBudgetActionsForBudgetAsync(request, token);
                return (answer.Actions, answer.NextToken);
            },
            cancellation);
        return [.. actions.Select(FromAws.Action).OfType<ActualAction>()];
    }

    private Task<IReadOnlyList<T>> PagesAsync<T>(
        string operation,
        Func<string?, CancellationToken, Task<(List<T>? Items, string? Next)>> read,
        CancellationToken cancellation) =>
        Pages.ReadAsync(caller, "budgets", operation, read, cancellation);

    private static async Task<IReadOnlyList<TOut>> InParallelAsync<TIn, TOut>(
        IReadOnlyList<TIn> items,
        Func<TIn, CancellationToken, Task<TOut>> work,
        CancellationToken cancellation)
    {
        if (items.Count == 1) return [await work(items[0], cancellation)];
        var results = new TOut[items.Count];
        await BoundedConcurrency.ForEachAsync(
            Enumerable.Range(0, items.Count),
            Limits.BudgetsCallsInFlight,
            async (index, token) => results[index] = await work(items[index], token),
            cancellation);
        return results;
    }
}
