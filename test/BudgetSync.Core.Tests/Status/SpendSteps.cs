using System.Text.Json;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Tests.Status;

/// <summary>Reports and looks at one budget of 1,000 USD, as short as their tests want them.</summary>
internal static class SpendSteps
{
    public const string Budget = "team-a";

    public static readonly NotificationKey Eighty = new(NotificationType.ACTUAL, ComparisonOperator.GREATER_THAN, 80, ThresholdType.PERCENTAGE);

    public static ReportedBudget Spent(decimal? actual, DateTimeOffset at, bool? alarm = null, decimal limit = 1000, string name = Budget) =>
        new(name, limit, "USD", actual, null, SpendState.Unknown)
        {
            AsOf = at,
            Period = BudgetPeriod.Of(TimeUnit.MONTHLY, DateOnly.FromDateTime(at.UtcDateTime)),
            Thresholds = alarm is { } state ? EquatableArray.Create([new ThresholdState(Eighty, state)]) : null,
        };

    public static StatusRow Applied(StatusRow? before, DateTimeOffset at, params ReportedBudget[] budgets) => StatusChange.Reported(
        before,
        StatusSteps.Key,
        StatusSteps.Report("aaaa", 1, at) with { Budgets = [.. budgets] },
        SpendBounds.Default,
        at);

    public static StatusRow Looked(StatusRow before, DateTimeOffset at, params ReportedBudget[] budgets) => StatusChange.Looked(
        before,
        StatusSteps.Key,
        StatusSteps.Report("aaaa", 1, at, ReportOutcome.Looked) with { Budgets = [.. budgets] },
        SpendBounds.Default,
        at);

    /// <summary>As after the bus has taken everything.</summary>
    public static StatusRow Told(this StatusRow row) => StatusChange.Told(row, row.Untold);

    public static JsonElement Detail(this SpendEvent told) => JsonDocument.Parse(told.Detail).RootElement;
}
