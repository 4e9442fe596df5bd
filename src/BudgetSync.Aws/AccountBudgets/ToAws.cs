using System.Globalization;
using BudgetSync.Core.Budgets;
using Model = Amazon.Budgets.Model;

namespace BudgetSync.Aws.AccountBudgets;

#pragma warning disable CS0618 // CostFilters and CostTypes: AWS marks them obsolete in favour of FilterExpression, but takes them, and rows may use either.

/// <summary>Core's values as AWS Budgets' shapes. Pure.</summary>
internal static class ToAws
{
    /// <summary>The whole budget: AWS treats what UpdateBudget leaves out as unset.</summary>
    public static Model.Budget Budget(BudgetSettings settings)
    {
        var budget = new Model.Budget
        {
            BudgetName = settings.Name,
            BudgetType = settings.Type.ToString(),
            TimeUnit = settings.TimeUnit.ToString(),
            CostFilters = settings.CostFilters.IsEmpty
                ? null
                : settings.CostFilters.ToDictionary(filter => filter.Key, filter => filter.Value.ToList(), StringComparer.Ordinal),
            CostTypes = settings.CostTypes is { } types ? CostTypes(types) : null,
            BillingViewArn = settings.BillingViewArn,
            FilterExpression = settings.FilterExpression is { } filter ? Expression(filter) : null,
            Metrics = settings.Metric is { } metric ? [metric.ToString()] : null,
            // The end that AWS gives is said as well: whether UpdateBudget unsets one that is left out, AWS does not tell, and one that stays deletes the
            // budget.
            TimePeriod = new Model.TimePeriod { Start = settings.PeriodStart?.UtcDateTime, End = (settings.PeriodEnd ?? AwsLimits.PeriodEnd).UtcDateTime },
        };
        switch (settings.Amount)
        {
            case BudgetAmount.Fixed(var limit):
                budget.BudgetLimit = Spend(limit);
                break;
            case BudgetAmount.Planned(var limits):
                budget.PlannedBudgetLimits = limits.ToDictionary(
                    limit => limit.Key.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                    limit => Spend(limit.Value),
                    StringComparer.Ordinal);
                break;
            case BudgetAmount.AutoAdjusted(var type, var period):
                budget.AutoAdjustData = new Model.AutoAdjustData
                {
                    AutoAdjustType = type.ToString(),
                    HistoricalOptions = period is { } periods ? new Model.HistoricalOptions { BudgetAdjustmentPeriod = periods } : null,
                };
                break;
        }

        return budget;
    }

    public static List<Model.ResourceTag> Tags(IEnumerable<KeyValuePair<string, string>> tags) =>
        [.. tags.Select(tag => new Model.ResourceTag { Key = tag.Key, Value = tag.Value })];

    public static Model.Notification Notification(NotificationKey key) => new()
    {
        NotificationType = key.Type.ToString(),
        ComparisonOperator = key.Comparison.ToString(),
        Threshold = (double)key.Threshold,
        ThresholdType = key.ThresholdType.ToString(),
    };

    public static Model.Subscriber Subscriber(Subscriber subscriber) => new() { SubscriptionType = subscriber.Type.ToString(), Address = subscriber.Address };

    public static List<Model.Subscriber> Subscribers(IEnumerable<Subscriber> subscribers) => [.. subscribers.Select(Subscriber)];

    public static Model.NotificationWithSubscribers WithSubscribers(Notification notification) => new()
    {
        Notification = Notification(notification.Key),
        Subscribers = Subscribers(notification.Subscribers),
    };

    public static Model.ActionThreshold Threshold(BudgetAction action) => new()
    {
        ActionThresholdValue = (double)action.Threshold,
        ActionThresholdType = action.ThresholdType.ToString(),
    };

    public static Model.Definition Definition(ActionDefinition definition) => definition switch
    {
        ActionDefinition.Iam iam => new Model.Definition
        {
            IamActionDefinition = new Model.IamActionDefinition
            {
                PolicyArn = iam.PolicyArn,
                Roles = List(iam.Roles),
                Groups = List(iam.Groups),
                Users = List(iam.Users)
            },
        },
        ActionDefinition.Scp scp => new Model.Definition
        {
            ScpActionDefinition = new Model.ScpActionDefinition { PolicyId = scp.PolicyId, TargetIds = List(scp.TargetIds) },
        },
        ActionDefinition.Ssm ssm => new Model.Definition
        {
            SsmActionDefinition = new Model.SsmActionDefinition
            {
                ActionSubType = ssm.SubType.ToString(),
                Region = ssm.Region,
                InstanceIds = List(ssm.InstanceIds)
            },
        },
        _ => throw new InvalidOperationException($"{definition.GetType()} is no case of ActionDefinition."),
    };

    private static Model.Spend Spend(SpendAmount spend) => new() { Amount = spend.Amount, Unit = spend.Unit };

    private static Model.CostTypes CostTypes(CostTypes types) => new()
    {
        IncludeTax = types.IncludeTax,
        IncludeSubscription = types.IncludeSubscription,
        UseBlended = types.UseBlended,
        IncludeRefund = types.IncludeRefund,
        IncludeCredit = types.IncludeCredit,
        IncludeUpfront = types.IncludeUpfront,
        IncludeRecurring = types.IncludeRecurring,
        IncludeOtherSubscription = types.IncludeOtherSubscription,
        IncludeSupport = types.IncludeSupport,
        IncludeDiscount = types.IncludeDiscount,
        UseAmortized = types.UseAmortized,
    };

    private static Model.Expression Expression(FilterExpression filter) => filter switch
    {
        FilterExpression.And and => new Model.Expression { And = [.. and.Operands.Select(Expression)] },
        FilterExpression.Or or => new Model.Expression { Or = [.. or.Operands.Select(Expression)] },
        FilterExpression.Not not => new Model.Expression { Not = Expression(not.Operand) },
        FilterExpression.Match { Kind: MatchKind.Dimensions } match => new Model.Expression
        {
            Dimensions = new Model.ExpressionDimensionValues { Key = match.Key, Values = List(match.Values), MatchOptions = List(match.MatchOptions) },
        },
        FilterExpression.Match { Kind: MatchKind.Tags } match => new Model.Expression
        {
            Tags = new Model.TagValues { Key = match.Key, Values = List(match.Values), MatchOptions = List(match.MatchOptions) },
        },
        FilterExpression.Match match => new Model.Expression
        {
            CostCategories = new Model.CostCategoryValues { Key = match.Key, Values = List(match.Values), MatchOptions = List(match.MatchOptions) },
        },
        _ => throw new InvalidOperationException($"{filter.GetType()} is no case of FilterExpression."),
    };

    /// <summary>AWS refuses an empty list where it takes a missing one (minimum length 1).</summary>
    private static List<string>? List(IReadOnlyCollection<string> items) => items.Count == 0 ? null : [.. items];
}
