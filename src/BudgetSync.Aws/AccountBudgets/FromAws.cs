using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.History;
using Model = Amazon.Budgets.Model;

namespace BudgetSync.Aws.AccountBudgets;

#pragma warning disable CS0618 // CostFilters and CostTypes: AWS marks them obsolete in favour of FilterExpression, but answers with them.

/// <summary>
/// AWS Budgets' answers as Core's values. Pure, and tolerant of what AWS may add: an enum word we do not know becomes a value equal to none of ours.
/// </summary>
internal static class FromAws
{
    public static ActualBudget Budget(Model.Budget budget, ImmutableArray<Notification> notifications, ImmutableArray<ActualAction> actions, bool managed)
    {
        var settings = Settings(budget);
        return new ActualBudget(settings, notifications, actions, managed)
        {
            ActualSpend = SpendOrNull(budget.CalculatedSpend?.ActualSpend),
            ForecastedSpend = SpendOrNull(budget.CalculatedSpend?.ForecastedSpend),
            CurrentLimit = SpendOrNull(budget.BudgetLimit),
            HealthProblem = budget.HealthStatus is { Status.Value: not "HEALTHY" } health ? health.StatusReason?.Value ?? health.Status.Value : null,
            HealthSince = budget.HealthStatus is { Status.Value: not "HEALTHY" } ill ? Time(ill.LastUpdatedTime) : null,
            UpdatedAt = Time(budget.LastUpdatedTime),
        };
    }

    /// <summary>
    /// One period's amounts; null where AWS leaves one out. Of its TimePeriod the start alone counts: with the time unit it tells the period, whether AWS gives
    /// the last day as the end or the day after it.
    /// </summary>
    public static ClosedAmount? Closed(Model.BudgetedAndActualAmounts amounts, TimeUnit unit) =>
        Time(amounts.TimePeriod?.Start) is { } start && SpendOrNull(amounts.ActualAmount) is { } actual
            ? new ClosedAmount(
                BudgetPeriod.Of(unit, DateOnly.FromDateTime(start.UtcDateTime)),
                actual.Unit,
                SpendOrNull(amounts.BudgetedAmount) is { } budgeted && budgeted.Unit == actual.Unit ? budgeted.Amount : null,
                actual.Amount)
            : null;

    /// <summary>A state that we do not know is no alarm.</summary>
    public static ImmutableArray<ThresholdState> Thresholds(IEnumerable<Model.Notification> notifications) =>
        [.. notifications.Select(found => new ThresholdState(Key(found), found.NotificationState?.Value == "ALARM"))];

    public static bool IsManaged(IEnumerable<Model.ResourceTag> tags) => tags.Any(tag => tag.Key == OwnershipTag.Key && tag.Value == OwnershipTag.Value);

    public static bool IsAdopted(IEnumerable<Model.ResourceTag> tags) =>
        tags.Any(tag => tag.Key == OwnershipTag.AdoptedKey && tag.Value == OwnershipTag.AdoptedValue);

    /// <summary>The tags that a row may set: neither ours nor AWS's.</summary>
    public static ImmutableSortedDictionary<string, string> Tags(IEnumerable<Model.ResourceTag> tags) =>
        tags.Where(tag => tag.Key is not (OwnershipTag.Key or OwnershipTag.AdoptedKey) && !tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            .ToImmutableSortedDictionary(tag => tag.Key, tag => tag.Value ?? "", StringComparer.Ordinal);

    public static NotificationKey Key(Model.Notification notification) => new(
        Word<NotificationType>(notification.NotificationType?.Value),
        Word<ComparisonOperator>(notification.ComparisonOperator?.Value),
        Number(notification.Threshold),
        // AWS leaves the type out where it is PERCENTAGE.
        notification.ThresholdType?.Value is { Length: > 0 } type ? Word<ThresholdType>(type) : ThresholdType.PERCENTAGE);

    public static ImmutableSortedSet<Subscriber> Subscribers(IEnumerable<Model.Subscriber>? subscribers) =>
        [.. (subscribers ?? []).Select(subscriber => new Subscriber(Word<SubscriptionType>(subscriber.SubscriptionType?.Value), subscriber.Address ?? ""))];

    /// <summary>Null for a definition of a kind we do not know, which we could neither have made nor compare.</summary>
    public static ActualAction? Action(Model.Action action)
    {
        ActionDefinition? definition = action.Definition switch
        {
            { IamActionDefinition: { } iam } => new ActionDefinition.Iam(iam.PolicyArn ?? "", Set(iam.Roles), Set(iam.Groups), Set(iam.Users)),
            { ScpActionDefinition: { } scp } => new ActionDefinition.Scp(scp.PolicyId ?? "", Set(scp.TargetIds)),
            { SsmActionDefinition: { } ssm } => new ActionDefinition.Ssm(Word<ActionSubType>(ssm.ActionSubType?.Value), ssm.Region ?? "", Set(ssm.InstanceIds)),
            _ => null,
        };
        if (definition is null) return null;
        return new ActualAction(
            action.ActionId ?? "",
            new BudgetAction(
                Word<NotificationType>(action.NotificationType?.Value),
                Number(action.ActionThreshold?.ActionThresholdValue),
                action.ActionThreshold?.ActionThresholdType?.Value is { Length: > 0 } type ? Word<ThresholdType>(type) : ThresholdType.PERCENTAGE,
                definition,
                action.ExecutionRoleArn ?? "",
                Word<ApprovalModel>(action.ApprovalModel?.Value),
                Subscribers(action.Subscribers)),
            Locked: action.Status?.Value?.EndsWith("_IN_PROGRESS", StringComparison.Ordinal) == true);
    }

    private static BudgetSettings Settings(Model.Budget budget)
    {
        var filters = (budget.CostFilters ?? []).Where(filter => filter.Value is { Count: > 0 });
        return new BudgetSettings
        {
            Name = budget.BudgetName ?? "",
            Type = Word<BudgetType>(budget.BudgetType?.Value),
            TimeUnit = Word<TimeUnit>(budget.TimeUnit?.Value),
            Amount = Amount(budget),
            CostFilters = filters.ToImmutableSortedDictionary(
                filter => filter.Key,
                EquatableArray<string> (filter) => [.. filter.Value],
                StringComparer.Ordinal),
            CostTypes = budget.CostTypes is { } types ? CostTypes(types) : null,
            FilterExpression = budget.FilterExpression is { } expression ? Expression(expression) : null,
            Metric = budget.Metrics is { Count: > 0 } metrics ? Word<BudgetMetric>(metrics[0]) : null,
            BillingViewArn = budget.BillingViewArn,
            PeriodStart = Time(budget.TimePeriod?.Start),
            PeriodEnd = Time(budget.TimePeriod?.End),
        };
    }

    /// <summary>
    /// A planned budget comes back with its limit of today as well, and an adjusting one may: the plan and the adjustment are what was asked for.
    /// </summary>
    private static BudgetAmount Amount(Model.Budget budget)
    {
        if (budget.AutoAdjustData is { AutoAdjustType: { } type } adjusting)
            return new BudgetAmount.AutoAdjusted(Word<AutoAdjustType>(type.Value), adjusting.HistoricalOptions?.BudgetAdjustmentPeriod);
        if (budget.PlannedBudgetLimits is { Count: > 0 } planned)
        {
            return new BudgetAmount.Planned(planned.ToImmutableSortedDictionary(
                limit => DateTimeOffset.FromUnixTimeSeconds(long.Parse(limit.Key, CultureInfo.InvariantCulture)),
                limit => Spend(limit.Value)));
        }

        // Utilization and coverage budgets may come without a limit: it is always 100 percent.
        return new BudgetAmount.Fixed(SpendOrNull(budget.BudgetLimit) ?? new SpendAmount(100, "PERCENTAGE"));
    }

    private static CostTypes CostTypes(Model.CostTypes types)
    {
        var defaults = new CostTypes();
        return new CostTypes
        {
            IncludeTax = types.IncludeTax ?? defaults.IncludeTax,
            IncludeSubscription = types.IncludeSubscription ?? defaults.IncludeSubscription,
            UseBlended = types.UseBlended ?? defaults.UseBlended,
            IncludeRefund = types.IncludeRefund ?? defaults.IncludeRefund,
            IncludeCredit = types.IncludeCredit ?? defaults.IncludeCredit,
            IncludeUpfront = types.IncludeUpfront ?? defaults.IncludeUpfront,
            IncludeRecurring = types.IncludeRecurring ?? defaults.IncludeRecurring,
            IncludeOtherSubscription = types.IncludeOtherSubscription ?? defaults.IncludeOtherSubscription,
            IncludeSupport = types.IncludeSupport ?? defaults.IncludeSupport,
            IncludeDiscount = types.IncludeDiscount ?? defaults.IncludeDiscount,
            UseAmortized = types.UseAmortized ?? defaults.UseAmortized,
        };
    }

    private static FilterExpression? Expression(Model.Expression expression) => expression switch
    {
        { And: { Count: > 0 } and } => new FilterExpression.And(Operands(and)),
        { Or: { Count: > 0 } or } => new FilterExpression.Or(Operands(or)),
        { Not: { } not } => Expression(not) is { } operand ? new FilterExpression.Not(operand) : null,
        { Dimensions: { } match } => new FilterExpression.Match(MatchKind.Dimensions, match.Key?.Value ?? "", Texts(match.Values), Texts(match.MatchOptions)),
        { Tags: { } match } => new FilterExpression.Match(MatchKind.Tags, match.Key ?? "", Texts(match.Values), Texts(match.MatchOptions)),
        { CostCategories: { } match } => new FilterExpression.Match(MatchKind.CostCategories, match.Key ?? "", Texts(match.Values), Texts(match.MatchOptions)),
        // An empty expression, or one of a form we do not know: no filter that equals one of ours.
        _ => null,
    };

    private static ImmutableArray<FilterExpression> Operands(IEnumerable<Model.Expression> operands) =>
        [.. operands.Select(Expression).OfType<FilterExpression>()];

    private static SpendAmount? SpendOrNull(Model.Spend? spend) => spend is null ? null : Spend(spend);

    private static SpendAmount Spend(Model.Spend spend) => new(spend.Amount ?? 0, spend.Unit ?? "");

    private static DateTimeOffset? Time(DateTime? time) => time is { } moment ? new DateTimeOffset(moment.ToUniversalTime()) : null;

    /// <summary>JSON numbers reach us as doubles; the decimal with their shortest text is the number AWS meant.</summary>
    private static decimal Number(double? number) =>
        decimal.TryParse((number ?? 0).ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            ? exact
            : decimal.MaxValue;

    private static ImmutableSortedSet<string> Set(IEnumerable<string>? items) => (items ?? []).ToImmutableSortedSet(StringComparer.Ordinal);

    private static ImmutableArray<string> Texts(IEnumerable<string>? items) => [.. items ?? []];

    private static TEnum Word<TEnum>(string? word)
        where TEnum : struct, Enum =>
        Enum.TryParse<TEnum>(word, out var value) && Enum.IsDefined(value) ? value : (TEnum)Enum.ToObject(typeof(TEnum), -1);
}
