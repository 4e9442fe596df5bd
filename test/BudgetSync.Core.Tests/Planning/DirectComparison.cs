using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Planning;

namespace BudgetSync.Core.Tests.Planning;

/// <summary>
/// How desired and actual budgets differ, found by laying them side by side without a plan: the judge of <see cref="Drift"/>, which says it from the plan.
/// Shares with it only what a value is called and when two settings mean the same.
/// </summary>
internal static class DirectComparison
{
    /// <summary>One line per difference, in order of budget name; empty exactly when the two are in sync.</summary>
    public static ImmutableArray<string> Between(DesiredBudgets desired, ActualBudgets actual)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        var found = actual.Budgets.ToDictionary(actualBudget => actualBudget.Settings.Name, StringComparer.Ordinal);
        foreach (var budget in desired.Budgets.OrderBy(desiredBudget => desiredBudget.Settings.Name, StringComparer.Ordinal))
            lines.AddRange(
                OfBudget(budget, found.GetValueOrDefault(budget.Settings.Name), actual.ReadAt).Select(line => $"\"{budget.Settings.Name}\": {line}"));

        var wanted = desired.Budgets.Select(desiredBudget => desiredBudget.Settings.Name).ToHashSet(StringComparer.Ordinal);
        lines.AddRange(actual.Budgets
            .Where(actualBudget => actualBudget.Managed && !wanted.Contains(actualBudget.Settings.Name))
            .Select(actualBudget => actualBudget.Settings.Name)
            .Order(StringComparer.Ordinal)
            .Select(name => $"\"{name}\": exists, should not"));
        return lines.ToImmutable();
    }

    private static IEnumerable<string> OfBudget(DesiredBudget desired, ActualBudget? actual, DateTimeOffset? readAt)
    {
        if (actual is null)
            return ["is missing"];
        if (!actual.Managed && !desired.Adopt)
            return ["exists and was not created by BudgetSync"];
        return
        [
            .. actual.Managed ? Enumerable.Empty<string>() : ["is still to be taken over"],
            .. BudgetComparison.Differences(desired.Settings, actual.Settings, readAt),
            .. OfTags(desired, actual),
            .. OfNotifications(desired, actual),
            .. OfActions(desired, actual),
        ];
    }

    private static IEnumerable<string> OfTags(DesiredBudget desired, ActualBudget actual)
    {
        if (desired.ResourceTags is not { } wanted)
            yield break;
        var missing = wanted.Items.Except(actual.Tags.Items).Select(tag => tag.Key).Order(StringComparer.Ordinal).ToList();
        var extra = actual.Tags.Keys.Except(wanted.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
            yield return $"tags {string.Join(", ", missing)} are missing or differ";
        if (extra.Count > 0)
            yield return $"tags {string.Join(", ", extra)} exist, should not";
    }

    private static IEnumerable<string> OfNotifications(DesiredBudget desired, ActualBudget actual)
    {
        var found = actual.Notifications.ToDictionary(item => item.Key, item => item.Subscribers.Items);
        foreach (var notification in desired.Notifications)
        {
            if (!found.Remove(notification.Key, out var present))
            {
                yield return $"notification {Describe.Of(notification.Key)} is missing";
                continue;
            }

            var wanted = desired.KeepExtraSubscribers ? SubscriberChanges.WithExtras(notification.Subscribers, present) : notification.Subscribers.Items;
            var (lost, extra) = (wanted.Except(present), present.Except(wanted));
            if (!lost.IsEmpty)
                yield return $"notification {Describe.Of(notification.Key)} misses {Describe.Of(lost)}";
            if (!extra.IsEmpty)
                yield return $"notification {Describe.Of(notification.Key)} has {Describe.Of(extra)} too many";
        }

        foreach (var key in actual.Notifications.Select(item => item.Key).Where(found.ContainsKey))
            yield return $"notification {Describe.Of(key)} exists, should not";
    }

    private static IEnumerable<string> OfActions(DesiredBudget desired, ActualBudget actual)
    {
        var (matches, created, deleted) = ActionChanges.Match(desired.Actions, actual.Actions);
        foreach (var (wanted, _) in matches.Where(pair => !pair.Wanted.Equals(pair.Found.Action)))
            yield return string.Create(CultureInfo.InvariantCulture, $"action {Describe.Of(wanted)} was changed");
        foreach (var action in created)
            yield return $"action {Describe.Of(action)} is missing";
        foreach (var action in deleted)
            yield return $"action {Describe.Of(action.Action)} exists, should not";
    }
}
