using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Planning;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Core.Reports;

/// <summary>What a spoke says of one of its budgets: what AWS has, or null; never what a row only asks for.</summary>
/// <param name="Limit">The limit in force now; null where AWS has none, or has not told it yet.</param>
/// <param name="Unit">Of all three amounts, for example <c>USD</c>.</param>
/// <param name="ActualSpend">Null until AWS has computed it.</param>
/// <param name="ForecastedSpend">Null until AWS forecasts (about five weeks of history).</param>
public sealed record ReportedBudget(string Name, decimal? Limit, string Unit, decimal? ActualSpend, decimal? ForecastedSpend, SpendState SpendState)
{
    /// <summary>Why AWS does not compute the budget, see <see cref="ActualBudget.HealthProblem"/>; null where it is healthy.</summary>
    public string? HealthProblem { get; init; }

    /// <inheritdoc cref="ActualBudget.HealthSince"/>
    public DateTimeOffset? HealthSince { get; init; }

    /// <summary>When AWS was asked for the amounts; null in reports of older spokes.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The period that the amounts are of; null in reports of older spokes, and where AWS has no such budget.</summary>
    public BudgetPeriod? Period { get; init; }

    /// <inheritdoc cref="ActualBudget.UpdatedAt"/>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The budget's own end, where the row set one.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <inheritdoc cref="ActualBudget.Thresholds"/>
    public EquatableArray<ThresholdState>? Thresholds { get; init; }

    /// <summary>True where AWS has no budget of this name that is ours.</summary>
    public bool Missing { get; init; }

    /// <summary>
    /// A look found that AWS counts something else than the parameter asks for: another filter, metric, view, kind or period. What it says is spent is true of
    /// that, and not of the row.
    /// </summary>
    public bool IsAltered { get; init; }

    /// <summary>What AWS tells of periods that have closed, where it was asked; the history table keeps it.</summary>
    public EquatableArray<ClosedAmount> Closed { get; init; } = [];

    /// <summary>
    /// The desired budgets as a report tells them, in order of name. Spends are those read before the plan was carried out: UpdateBudget zeroes what AWS
    /// computed, so they are the last true ones.
    /// </summary>
    /// <param name="actual">What AWS answered before anything was written.</param>
    /// <param name="written">Settings that AWS has taken since, as they were written.</param>
    /// <param name="asOf">When the spends were read.</param>
    public static ImmutableArray<ReportedBudget> Of(
        DesiredBudgets desired,
        ActualBudgets actual,
        IReadOnlyDictionary<string, BudgetSettings> written,
        DateTimeOffset asOf,
        DateTimeOffset now,
        SpendBounds bounds)
    {
        var found = actual.Budgets.Where(budget => budget.Managed).ToDictionary(budget => budget.Settings.Name, StringComparer.Ordinal);
        return
        [
            .. desired.Budgets.Select(budget => budget.Settings.Name)
                .Order(StringComparer.Ordinal)
                .Select(name => One(name, found.GetValueOrDefault(name), written.GetValueOrDefault(name), asOf, now, bounds))
        ];
    }

    /// <summary>What a look found of the desired budgets.</summary>
    /// <param name="actual">Read without the ownership tags: whether a budget is ours, the apply before it has told.</param>
    public static ImmutableArray<ReportedBudget> Seen(DesiredBudgets desired, ActualBudgets actual, DateTimeOffset asOf, SpendBounds bounds)
    {
        var none = ImmutableDictionary<string, BudgetSettings>.Empty;
        var asked = desired.Budgets.ToDictionary(budget => budget.Settings.Name, budget => budget.Settings, StringComparer.Ordinal);
        var altered = actual.Budgets.Select(budget => budget.Settings)
            .Where(there => asked.TryGetValue(there.Name, out var settings) && !Counts(settings, there, actual.ReadAt))
            .Select(there => there.Name)
            .ToHashSet(StringComparer.Ordinal);
        var found = new ActualBudgets([.. actual.Budgets.Select(budget => budget with { Managed = true })]);
        return [.. Of(desired, found, none, asOf, asOf, bounds).Select(budget => budget with { IsAltered = altered.Contains(budget.Name) })];
    }

    /// <summary>Whether it counts what is asked for, whatever its limit is: that is reported.</summary>
    private static bool Counts(BudgetSettings desired, BudgetSettings actual, DateTimeOffset? readAt) =>
        BudgetComparison.Same(desired, actual with { Amount = desired.Amount }, readAt);

    /// <summary>The same budget judged by other bounds: those of the management account's settings, which a spoke does not know.</summary>
    public ReportedBudget Judged(SpendBounds bounds) => this with { SpendState = bounds.StateOf(In(Limit), In(ActualSpend), In(ForecastedSpend)) };

    private SpendAmount? In(decimal? amount) => amount is { } known ? new SpendAmount(known, Unit) : null;

    private static ReportedBudget One(
        string name,
        ActualBudget? actual,
        BudgetSettings? written,
        DateTimeOffset asOf,
        DateTimeOffset now,
        SpendBounds bounds)
    {
        var settings = actual?.Settings ?? written;
        var limit = written is not null ? InForce(written.Amount, now)
            : actual is { CurrentLimit: null, Settings.Amount: BudgetAmount.Fixed(var always) } ? always
            : actual?.CurrentLimit;
        var unit = limit?.Unit ?? actual?.ActualSpend?.Unit ?? "";
        return new ReportedBudget(
            name,
            limit?.Amount,
            unit,
            InUnit(actual?.ActualSpend, unit),
            InUnit(actual?.ForecastedSpend, unit),
            bounds.StateOf(limit, actual?.ActualSpend, actual?.ForecastedSpend))
        {
            HealthProblem = actual?.HealthProblem,
            HealthSince = actual?.HealthSince,
            AsOf = asOf,
            Period = settings is null ? null : BudgetPeriod.Of(settings, DateOnly.FromDateTime(asOf.UtcDateTime)),
            UpdatedAt = actual?.UpdatedAt,
            EndsAt = settings?.PeriodEnd is { } end && end < AwsLimits.PeriodEnd ? end : null,
            Thresholds = actual?.Thresholds,
            Missing = settings is null,
        };
    }

    /// <summary>The limit that AWS has of a budget as it was written; null where it is AWS's to compute.</summary>
    private static SpendAmount? InForce(BudgetAmount amount, DateTimeOffset now) => amount switch
    {
        BudgetAmount.Fixed(var limit) => limit,
        BudgetAmount.Planned { Limits: { IsEmpty: false } limits } =>
            limits.Where(limit => limit.Key <= now).Select(limit => (SpendAmount?)limit.Value).LastOrDefault() ?? limits.Values.First(),
        _ => null,
    };

    private static decimal? InUnit(SpendAmount? spend, string unit) => spend is { } known && known.Unit == unit ? known.Amount : null;
}
