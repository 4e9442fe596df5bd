using System.Collections.Immutable;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>
/// Lays rows over one another, the nearest on top. Attribute by attribute, except where attributes make sense only together:
/// <list type="bullet">
/// <item>The amount (BudgetValue, PlannedBudgetLimits, AutoAdjustData): the nearest row that gives any of them replaces the others' way.</item>
/// <item>Grants and Changes belong to the amount: those of the row that gives it and of nearer ones count, farther ones do not. Grants add up, of Changes the
/// nearest list holds.</item>
/// <item>AddEmailRecipients add up, down from the nearest row with EmailRecipients.</item>
/// <item>The filters: a nearer row in one style (CostFilters, CostTypes; or FilterExpression, Metrics) drops what farther rows say in the other.</item>
/// <item>BudgetType: a nearer row that changes it starts another budget; amount, unit and filters of farther rows were for the other type and are
/// dropped.</item>
/// <item>Budgets: a nearer row that says what a budget is (anything but who is told and when) replaces a farther Budgets list with its one budget,
/// and a nearer Budgets list replaces a farther single budget. Who is told and when (Thresholds, EmailRecipients, SnsTopicArn, Adopt, KeepExtraSubscribers)
/// is inherited across both: over each entry of a farther list, under each entry of a nearer one.</item>
/// </list>
/// </summary>
internal static class Inheritance
{
    public static ImmutableArray<BudgetDraft> Merge(IReadOnlyList<RowDraft> nearestFirst)
    {
        var flat = BudgetDraft.Empty;
        ImmutableArray<BudgetDraft>? list = null;
        for (var i = nearestFirst.Count - 1; i >= 0; i--)
        {
            var row = nearestFirst[i];
            if (row.Budgets is { } budgets)
            {
                flat = Alerts(flat);
                list = [.. budgets.Value.Select(entry => Over(entry, flat))];
            }
            else if (list is null)
            {
                flat = Over(row.Flat, flat);
            }
            else if (SaysWhatABudgetIs(row.Flat))
            {
                list = null;
                flat = Over(row.Flat, flat);
            }
            else
            {
                flat = Over(row.Flat, flat);
                list = [.. list.Value.Select(entry => AlertsOver(row.Flat, entry))];
            }
        }

        return list ?? [flat];
    }

    private static BudgetDraft Over(BudgetDraft near, BudgetDraft far)
    {
        if (near.Type is { } type && type.Value != (far.Type?.Value ?? BudgetType.COST))
            far = far with
            {
                Type = null,
                Value = null,
                Planned = null,
                AutoAdjust = null,
                Grants = null,
                Changes = null,
                Unit = null,
                CostFilters = null,
                CostTypes = null,
                FilterExpression = null,
                Metrics = null
            };
        if (near.Value is not null || near.Planned is not null || near.AutoAdjust is not null)
            far = far with { Value = null, Planned = null, AutoAdjust = null, Grants = null, Changes = null };
        if (near.CostFilters is not null || near.CostTypes is not null)
            far = far with { FilterExpression = null, Metrics = null };
        if (near.FilterExpression is not null || near.Metrics is not null)
            far = far with { CostFilters = null, CostTypes = null };
        return AlertsOver(near, far) with
        {
            Prefix = near.Prefix,
            Broken = near.Broken.Union(far.Broken),
            Name = near.Name ?? far.Name,
            Type = near.Type ?? far.Type,
            TimeUnit = near.TimeUnit ?? far.TimeUnit,
            Unit = near.Unit ?? far.Unit,
            Value = near.Value ?? far.Value,
            Planned = near.Planned ?? far.Planned,
            AutoAdjust = near.AutoAdjust ?? far.AutoAdjust,
            Grants = Together(near.Grants, far.Grants),
            Changes = near.Changes ?? far.Changes,
            Period = near.Period ?? far.Period,
            CostFilters = near.CostFilters ?? far.CostFilters,
            CostTypes = near.CostTypes ?? far.CostTypes,
            FilterExpression = near.FilterExpression ?? far.FilterExpression,
            Metrics = near.Metrics ?? far.Metrics,
            BillingView = near.BillingView ?? far.BillingView,
            ResourceTags = near.ResourceTags ?? far.ResourceTags,
            Actions = near.Actions ?? far.Actions,
        };
    }

    private static BudgetDraft AlertsOver(BudgetDraft near, BudgetDraft budget) => budget with
    {
        Thresholds = near.Thresholds ?? budget.Thresholds,
        Emails = near.Emails ?? budget.Emails,
        // Whoever names all recipients names these too; whoever adds some adds to what is there.
        MoreEmails = near.Emails is not null ? near.MoreEmails : Together(near.MoreEmails, budget.MoreEmails),
        Topic = near.Topic ?? budget.Topic,
        Adopt = near.Adopt ?? budget.Adopt,
        KeepExtraSubscribers = near.KeepExtraSubscribers ?? budget.KeepExtraSubscribers,
    };

    /// <summary>What is added of both rows; an empty list of the nearer row says that nothing is added.</summary>
    private static Located<ImmutableArray<T>>? Together<T>(Located<ImmutableArray<T>>? near, Located<ImmutableArray<T>>? far)
    {
        if (near is null || far is null || near.Value.IsEmpty) return near ?? far;
        return near with { Value = [.. near.Value, .. far.Value] };
    }

    private static BudgetDraft Alerts(BudgetDraft draft) => AlertsOver(draft, BudgetDraft.Empty);

    private static bool SaysWhatABudgetIs(BudgetDraft draft) =>
        (draft with { Prefix = "", Broken = [] }) != Alerts(draft) with { Broken = [] };
}
