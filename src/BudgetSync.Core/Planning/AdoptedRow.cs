using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;

namespace BudgetSync.Core.Planning;

/// <summary>The row that describes the budgets an account has, as they are, so that they can be taken over without a change.</summary>
/// <param name="Row">For the account, with all its budgets; those that BudgetSync did not create have <c>Adopt: true</c>.</param>
/// <param name="Unsaid">What AWS has and the row does not say, or may not; empty where importing the row changes no amount, filter or alert.</param>
public sealed record AdoptedRow(RowImage Row, EquatableArray<string> Unsaid)
{
    /// <summary>The budgets as a row would desire them: what to ask for when their alerts and actions are to be read.</summary>
    public static DesiredBudgets DesiredOf(ActualBudgets actual) =>
        new([.. actual.Budgets.OrderBy(budget => budget.Settings.Name, StringComparer.Ordinal).Select(budget => OfBudget(budget, actual.ReadAt))]);

    /// <param name="actual">Read whole, alerts and actions included.</param>
    /// <exception cref="InvalidOperationException">There is no budget to describe.</exception>
    public static AdoptedRow Of(AccountId account, ActualBudgets actual, StackDefaults defaults)
    {
        if (actual.Budgets.IsEmpty) throw new InvalidOperationException($"{account} has no budget, so no row describes any.");
        var document = JsonNode.Parse(ParameterDocument.Format(DesiredOf(actual)))!; // Not null: we wrote it.
        var json = new JsonObject { ["AccountId"] = account.Value, ["Budgets"] = document["Budgets"]!.DeepClone() };
        using var parsed = System.Text.Json.JsonDocument.Parse(json.ToJsonString());
        var row = RowJson.ReadRow(parsed.RootElement)!; // Not null: it is an object.
        return new AdoptedRow(row, Unspoken(account, row, actual, defaults));
    }

    private static ImmutableArray<string> Unspoken(AccountId account, RowImage row, ActualBudgets actual, StackDefaults defaults)
    {
        switch (Resolver.Resolve(account, [row], defaults))
        {
            case Resolution.Desired(var desired, _):
                var plan = Planner.Plan(desired, actual);
                // That they are still to be taken over is what the row is for.
                return Drift.Of(plan with { Changes = [.. plan.Changes.Where(change => change is not Change.TagBudget)] });
            case Resolution.Rejected(var reasons):
                return reasons;
            default:
                return ["the row asks for nothing"];
        }
    }

    private static DesiredBudget OfBudget(ActualBudget budget, DateTimeOffset? readAt)
    {
        var settings = budget.Settings;
        return new DesiredBudget(
            settings with
            {
                // What AWS fills in where a row gives none: the start of the period it began in, and the end of time.
                PeriodStart = settings.PeriodStart <= readAt && settings.TimeUnit != TimeUnit.CUSTOM ? null : settings.PeriodStart,
                PeriodEnd = settings.PeriodEnd == AwsLimits.PeriodEnd ? null : settings.PeriodEnd,
            },
            [.. budget.Notifications.OrderBy(notification => notification.Key)],
            [.. budget.Actions.Select(action => action.Action)])
        {
            Adopt = !budget.Managed || budget.Adopted,
            ResourceTags = budget.Tags.IsEmpty ? (EquatableDictionary<string, string>?)null : budget.Tags,
        };
    }
}
