using System.Collections.Immutable;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>A value that was given, and where: <c>BudgetValue</c>, <c>row "default": Budgets[0].Thresholds</c>.</summary>
internal sealed record Located<T>(T Value, string Path);

/// <summary>
/// A budget as far as rows describe it: each attribute by itself is right, whether they fit together is not yet known, and any may be missing.
/// </summary>
internal sealed record BudgetDraft
{
    public static readonly BudgetDraft Empty = new();

    /// <summary>What stands before an attribute's name in a message: "", <c>Budgets[1].</c>, <c>row "default": </c>.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Attributes that were given but could not be read: nothing more is said about them, least of all that they are missing.</summary>
    public ImmutableHashSet<string> Broken { get; init; } = [];

    public Located<string>? Name { get; init; }

    public Located<BudgetType>? Type { get; init; }

    public Located<TimeUnit>? TimeUnit { get; init; }

    public Located<string>? Unit { get; init; }

    public Located<decimal>? Value { get; init; }

    public Located<ImmutableArray<PlannedDraft>>? Planned { get; init; }

    public Located<AutoAdjustDraft>? AutoAdjust { get; init; }

    public Located<ImmutableArray<Grant>>? Grants { get; init; }

    public Located<ImmutableArray<EffectiveAmount>>? Changes { get; init; }

    public Located<PeriodDraft>? Period { get; init; }

    public Located<ImmutableSortedDictionary<string, EquatableArray<string>>>? CostFilters { get; init; }

    public Located<CostTypes>? CostTypes { get; init; }

    public Located<FilterExpression>? FilterExpression { get; init; }

    public Located<ImmutableArray<BudgetMetric>>? Metrics { get; init; }

    public Located<ImmutableArray<ActionDraft>>? Actions { get; init; }

    public Located<ImmutableArray<ThresholdDraft>>? Thresholds { get; init; }

    public Located<ImmutableArray<string>>? Emails { get; init; }

    /// <summary>Told beside <see cref="Emails"/>; of several rows all together.</summary>
    public Located<ImmutableArray<string>>? MoreEmails { get; init; }

    /// <summary>The topic's ARN, <c>{AccountId}</c> still in it; "" says there shall be none.</summary>
    public Located<string>? Topic { get; init; }

    /// <summary>The billing view's ARN, <c>{AccountId}</c> still in it; "" says the account's own costs.</summary>
    public Located<string>? BillingView { get; init; }

    public Located<ImmutableSortedDictionary<string, string>>? ResourceTags { get; init; }

    public Located<bool>? Adopt { get; init; }

    public Located<bool>? KeepExtraSubscribers { get; init; }

    public bool IsBroken(string attribute) => Broken.Contains(attribute);
}

/// <summary>One entry of PlannedBudgetLimits; the unit where the entry gave one.</summary>
internal sealed record PlannedDraft(DateTimeOffset Start, decimal Amount, string? Unit, string Path);

internal sealed record AutoAdjustDraft(AutoAdjustType? Type, int? AdjustmentPeriod);

internal sealed record PeriodDraft(DateTimeOffset? Start, DateTimeOffset? End);

/// <summary>One threshold; null is what the budget says, or AWS's default.</summary>
internal sealed record ThresholdDraft(decimal? Threshold, string Path)
{
    /// <summary>A number and nothing else: no unit, no word, no percent sign.</summary>
    public bool IsBare { get; init; }

    public NotificationType? Type { get; init; }

    public ThresholdType? ThresholdType { get; init; }

    public ComparisonOperator? Comparison { get; init; }

    public ImmutableArray<string>? Emails { get; init; }

    public string? Topic { get; init; }
}

internal sealed record ActionDraft(string Path)
{
    public NotificationType? NotificationType { get; init; }

    public ActionType? ActionType { get; init; }

    public decimal? Threshold { get; init; }

    public ThresholdType? ThresholdType { get; init; }

    public ActionDefinition? Definition { get; init; }

    /// <summary>Null: the role that the spoke's stack makes for it.</summary>
    public string? ExecutionRoleArn { get; init; }

    public ApprovalModel? ApprovalModel { get; init; }

    /// <summary>Null: whom the budget's own notifications tell.</summary>
    public ImmutableArray<Subscriber>? Subscribers { get; init; }
}
