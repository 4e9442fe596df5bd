using Amazon.Budgets;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Planning;
using Model = Amazon.Budgets.Model;

namespace BudgetSync.Aws.AccountBudgets;

/// <summary>
/// Makes one change: one call each. Whether a refusal means that it was done already is the fault table's to say and the workflow's to weigh.
/// </summary>
public sealed class BudgetsWriter(IAmazonBudgets budgets, AccountId account, string partition, AwsCaller caller)
{
    private static readonly Model.ResourceTag Tag = new() { Key = OwnershipTag.Key, Value = OwnershipTag.Value };
    private static readonly Model.ResourceTag AdoptedTag = new() { Key = OwnershipTag.AdoptedKey, Value = OwnershipTag.AdoptedValue };

    /// <exception cref="AwsFaultException">Budgets refused or failed.</exception>
    public Task MakeAsync(Change change, CancellationToken cancellation) => change switch
    {
        Change.CreateBudget(var budget) => CallAsync(
            "CreateBudget",
            token => budgets.CreateBudgetAsync(
                new Model.CreateBudgetRequest
                {
                    AccountId = account.Value,
                    Budget = ToAws.Budget(budget.Settings),
                    NotificationsWithSubscribers = budget.Notifications.IsEmpty ? null : [.. budget.Notifications.Select(ToAws.WithSubscribers)],
                    // In the same call, so that there is no moment in which a budget of ours does not say so.
                    ResourceTags = [Tag, .. ToAws.Tags(budget.ResourceTags ?? default)],
                },
                token),
            cancellation),
        Change.UpdateBudget(_, var settings) => CallAsync(
            "UpdateBudget",
            token => budgets.UpdateBudgetAsync(new Model.UpdateBudgetRequest { AccountId = account.Value, NewBudget = ToAws.Budget(settings) }, token),
            cancellation),
        Change.DeleteBudget(var name) => CallAsync(
            "DeleteBudget",
            token => budgets.DeleteBudgetAsync(new Model.DeleteBudgetRequest { AccountId = account.Value, BudgetName = name }, token),
            cancellation),
        Change.TagBudget(var name) => TagAsync(name, [Tag, AdoptedTag], cancellation),
        Change.ReleaseBudget(var name) => UntagAsync(name, [OwnershipTag.Key, OwnershipTag.AdoptedKey], cancellation),
        Change.SetTags(var name, var tags) => TagAsync(name, ToAws.Tags(tags), cancellation),
        Change.RemoveTags(var name, var keys) => UntagAsync(name, [.. keys], cancellation),
        Change.CreateNotification(var name, var notification) => CallAsync(
            "CreateNotification",
            token => budgets.CreateNotificationAsync(
                new Model.CreateNotificationRequest
                {
                    AccountId = account.Value,
                    BudgetName = name,
                    Notification = ToAws.Notification(notification.Key),
                    Subscribers = ToAws.Subscribers(notification.Subscribers),
                },
                token),
            cancellation),
        Change.UpdateNotification(var name, var from, var to) => CallAsync(
            "UpdateNotification",
            token => budgets.UpdateNotificationAsync(
                new Model.UpdateNotificationRequest
                {
                    AccountId = account.Value,
                    BudgetName = name,
                    OldNotification = ToAws.Notification(from),
                    NewNotification = ToAws.Notification(to),
                },
                token),
            cancellation),
        Change.DeleteNotification(var name, var key) => CallAsync(
            "DeleteNotification",
            token => budgets.DeleteNotificationAsync(
                new Model.DeleteNotificationRequest { AccountId = account.Value, BudgetName = name, Notification = ToAws.Notification(key) },
                token),
            cancellation),
        Change.CreateSubscriber(var name, var key, var subscriber) => CallAsync(
            "CreateSubscriber",
            token => budgets.CreateSubscriberAsync(
                new Model.CreateSubscriberRequest
                {
                    AccountId = account.Value,
                    BudgetName = name,
                    Notification = ToAws.Notification(key),
                    Subscriber = ToAws.Subscriber(subscriber)
                },
                token),
            cancellation),
        Change.UpdateSubscriber(var name, var key, var from, var to) => CallAsync(
            "UpdateSubscriber",
            token => budgets.UpdateSubscriberAsync(
                new Model.UpdateSubscriberRequest
                {
                    AccountId = account.Value,
                    BudgetName = name,
                    Notification = ToAws.Notification(key),
                    OldSubscriber = ToAws.Subscriber(from),
                    NewSubscriber = ToAws.Subscriber(to),
                },
                token),
            cancellation),
        Change.DeleteSubscriber(var name, var key, var subscriber) => CallAsync(
            "DeleteSubscriber",
            token => budgets.DeleteSubscriberAsync(
                new Model.DeleteSubscriberRequest
                {
                    AccountId = account.Value,
                    BudgetName = name,
                    Notification = ToAws.Notification(key),
                    Subscriber = ToAws.Subscriber(subscriber)
                },
                token),
            cancellation),
        Change.CreateAction(var name, var action) => CallAsync(
            "CreateBudgetAction",
            token => budgets.CreateBudgetActionAsync(
                new Model.CreateBudgetActionRequest
                {
                    AccountId = account.Value,
                    BudgetName = name,
                    NotificationType = action.NotificationType.ToString(),
                    ActionType = action.ActionType.ToString(),
                    ActionThreshold = ToAws.Threshold(action),
                    Definition = ToAws.Definition(action.Definition),
                    ExecutionRoleArn = action.ExecutionRoleArn,
                    ApprovalModel = action.ApprovalModel.ToString(),
                    Subscribers = ToAws.Subscribers(action.Subscribers),
                },
                token),
            cancellation),
        Change.UpdateAction(var name, var id, _, var action) => CallAsync(
            "UpdateBudgetAction",
            token => budgets.UpdateBudgetActionAsync(
                new Model.UpdateBudgetActionRequest
                {
                    AccountId = account.Value,
                    BudgetName = name,
                    ActionId = id,
                    NotificationType = action.NotificationType.ToString(),
                    ActionThreshold = ToAws.Threshold(action),
                    Definition = ToAws.Definition(action.Definition),
                    ExecutionRoleArn = action.ExecutionRoleArn,
                    ApprovalModel = action.ApprovalModel.ToString(),
                    Subscribers = ToAws.Subscribers(action.Subscribers),
                },
                token),
            cancellation),
        Change.DeleteAction(var name, var id, _) => CallAsync(
            "DeleteBudgetAction",
            token => budgets.DeleteBudgetActionAsync(
                new Model.DeleteBudgetActionRequest { AccountId = account.Value, BudgetName = name, ActionId = id },
                token),
            cancellation),
        _ => throw new InvalidOperationException($"{change.GetType()} is no case of Change."),
    };

    private Task<Model.UntagResourceResponse> UntagAsync(string name, List<string> keys, CancellationToken cancellation) => CallAsync(
        "UntagResource",
        token => budgets.UntagResourceAsync(new Model.UntagResourceRequest { ResourceARN = Arn(name), ResourceTagKeys = keys }, token),
        cancellation);

    private Task<Model.TagResourceResponse> TagAsync(string name, List<Model.ResourceTag> tags, CancellationToken cancellation) => CallAsync(
        "TagResource",
        token => budgets.TagResourceAsync(new Model.TagResourceRequest { ResourceARN = Arn(name), ResourceTags = tags }, token),
        cancellation);

    private string Arn(string name) => $"arn:{partition}:budgets::{account}:budget/{name}";

    private Task<T> CallAsync<T>(string operation, Func<CancellationToken, Task<T>> call, CancellationToken cancellation) =>
        caller.CallAsync("budgets", operation, call, cancellation);
}
