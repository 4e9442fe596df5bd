using System.Text.Json.Nodes;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>One attribute of a budget: how it is read, what it means and what it says in the documentation.</summary>
/// <param name="Types">The DynamoDB types it may have, for people.</param>
/// <param name="Default">What holds where no row says anything, for people.</param>
internal sealed record BudgetAttribute(
    string Name,
    string Types,
    string Default,
    string Meaning,
    Func<JsonObject> Schema,
    Func<BudgetDraft, ValueAt, BudgetDraft> Read);

/// <summary>The table of a budget's attributes: the reader, the schema and the documentation all come from here.</summary>
internal static class BudgetAttributes
{
    public static readonly IReadOnlyList<BudgetAttribute> All =
    [
        Make(
            "BudgetValue",
            "N, numeric S",
            "required, unless another way gives the amount",
            "The limit: above 0, at most 2 decimals for COST. RI and Savings Plans budgets are always 100 and need none.",
            BudgetShapes.Amount, (draft, given) => draft with { Value = given }),
        Make(
            "BudgetName",
            "S",
            "the stack's, `SpokeAccountBudget`",
            "1 to 100 characters without `:`, `\\` and `/action/`; unique in the account. A new name is a new budget.",
            BudgetShapes.Name, (draft, given) => draft with { Name = given }),
        Make(
            "Unit",
            "S",
            "the stack's first currency, `USD`; `PERCENTAGE` for RI and Savings Plans; none for USAGE",
            "The currency that the account is billed in, one of the stack's setting `currencies`; or the unit of what a USAGE budget counts (`GB`, `Hrs`).",
            BudgetShapes.Unit, (draft, given) => draft with { Unit = given }),
        Make(
            "TimeUnit",
            "S",
            "`MONTHLY`",
            "`DAILY`, `MONTHLY`, `QUARTERLY`, `ANNUALLY` or `CUSTOM`: one period, TimePeriod's Start to End, at most 3 years, which does not begin again.",
            Shapes.Word<TimeUnit>(), (draft, given) => draft with { TimeUnit = given }),
        Make("BudgetType", "S", "`COST`", "`COST`, `USAGE`, `RI_UTILIZATION`, `RI_COVERAGE`, `SAVINGS_PLANS_UTILIZATION` or `SAVINGS_PLANS_COVERAGE`.",
            Shapes.Word<BudgetType>(), (draft, given) => draft with { Type = given }),
        Make(
            "Thresholds",
            "L, NS, N or S (`\"80, 90, 100 FORECASTED\"`)",
            "`90` ACTUAL percent",
            "Up to 10, each a number (percent, ACTUAL; below 1 only as `0.8 PERCENTAGE`), words (`100 FORECASTED`, `500 ABSOLUTE_VALUE`) or M "
                + "{Threshold, ThresholdType, NotificationType, "
                + "ComparisonOperator, EmailRecipients, SnsTopicArn}. `[]` says none.",
            ThresholdShapes.All, (draft, given) => draft with { Thresholds = given }),
        Make(
            "EmailRecipients",
            "SS, L or S (comma list)",
            "the stack's",
            "Up to 10 addresses, told at every threshold that names no recipient itself. `[]`: no recipient. No confirmation is needed: AWS Budgets "
                + "writes at once.",
            BudgetShapes.Emails, (draft, given) => draft with { Emails = given }),
        Make(
            "AddEmailRecipients",
            "SS, L or S (comma list)",
            "none",
            "Addresses told beside those of EmailRecipients, inherited or not. Those of all rows add up, down from the nearest EmailRecipients; with them "
                + "10 at most.",
            BudgetShapes.Emails, (draft, given) => draft with { MoreEmails = given }),
        Make("SnsTopicArn", "S or NULL", "none", "One topic in the spoke's own account; `{AccountId}` stands for it. `null` drops an inherited one.",
            BudgetShapes.Topic, (draft, given) => draft with { Topic = given }),
        Make(
            "CostFilters",
            "M",
            "none",
            "Filter name to values, AWS's old style: `{\"Service\":[\"Amazon Elastic Compute Cloud - Compute\"]}`. Tags as `user:KEY$VALUE` in "
                + "TagKeyValue; LinkedAccount in the management account only. USAGE needs UsageType or UsageTypeGroup, RI budgets need Service.",
            FilterShapes.CostFilters, (draft, given) => draft with { CostFilters = given }),
        Make("CostTypes", "M", "AWS's", "Which costs count (`IncludeTax`, `UseAmortized`, …), COST budgets of the old style only.",
            FilterShapes.CostTypes, (draft, given) => draft with { CostTypes = given }),
        Make("FilterExpression", "M", "none", "AWS's new style of filters, operators at most 2 deep; not together with CostFilters or CostTypes.",
            ExpressionShape.Whole, (draft, given) => draft with { FilterExpression = given }),
        Make("Metrics", "L or SS", "`UnblendedCost`; `UsageQuantity` for USAGE", "One metric, beside FilterExpression only: `[\"NetUnblendedCost\"]`.",
            FilterShapes.Metrics, (draft, given) => draft with { Metrics = given }),
        Make(
            "PlannedBudgetLimits",
            "M",
            "none",
            "A limit per period instead of BudgetValue: 12 months or 4 quarters in a row, keys `2026-01`, `2026-Q1` or AWS's epoch seconds, values a "
                + "number or {Amount, Unit}. Periods that passed fall away and the last limit goes on.",
            AmountShapes.Planned, (draft, given) => draft with { Planned = given }),
        Make(
            "AutoAdjustData",
            "M",
            "none",
            "AWS computes the limit instead of BudgetValue: {AutoAdjustType `HISTORICAL` or `FORECAST`, HistoricalOptions {BudgetAdjustmentPeriod}}.",
            AmountShapes.AutoAdjust, (draft, given) => draft with { AutoAdjust = given }),
        Make(
            "Grants",
            "L of M",
            "none",
            "Amounts on top of BudgetValue for a while: {Amount, Until, Why, By}, up to 20. Each counts to the end of its last day in UTC and expires by "
                + "itself.",
            GrantShapes.Grants, (draft, given) => draft with { Grants = given }),
        Make(
            "Changes",
            "L of M",
            "none",
            "Amounts that take over from BudgetValue on their day in UTC: {From, BudgetValue}, up to 24, each day once.",
            GrantShapes.Changes, (draft, given) => draft with { Changes = given }),
        Make("TimePeriod", "M", "AWS's", "{Start, End}, dates or epoch seconds. After End, AWS deletes the budget.",
            AmountShapes.Period, (draft, given) => draft with { Period = given }),
        Make(
            "Actions",
            "L",
            "none",
            "AWS's budget actions: {NotificationType, ActionType, ActionThreshold, Definition, ExecutionRoleArn, ApprovalModel, Subscribers}. "
                + "`{AccountId}` may stand in ARNs. ExecutionRoleArn left out is the stack's `BudgetSyncActionRole`, Subscribers left out are the "
                + "budget's own. "
                + "COST and USAGE only, never DAILY.",
            ActionShapes.All, (draft, given) => draft with { Actions = given }),
        Make(
            "BillingViewArn",
            "S or NULL",
            "the account's own costs",
            "A billing view whose costs are counted instead; `{AccountId}` stands for the account. `null` drops an inherited one.",
            BudgetShapes.BillingView, (draft, given) => draft with { BillingView = given }),
        Make(
            "ResourceTags",
            "M",
            "those it has stay",
            "The budget's own tags, name to value, up to 198 beside BudgetSync's: then exactly these. `{}` takes them all away.",
            TagShapes.Tags, (draft, given) => draft with { ResourceTags = given }),
        Make(
            "Adopt",
            "BOOL",
            "false",
            "true: a budget of this name that BudgetSync did not make is taken over, and given back as it is when no row asks for it.",
            Shapes.Bool, (draft, given) => draft with { Adopt = given }),
        Make("KeepExtraSubscribers", "BOOL", "false", "true: subscribers added by hand stay.",
            Shapes.Bool, (draft, given) => draft with { KeepExtraSubscribers = given }),
    ];

    public static readonly IReadOnlyDictionary<string, BudgetAttribute> ByName = All.ToDictionary(attribute => attribute.Name, StringComparer.Ordinal);

    private static BudgetAttribute Make<T>(
        string name,
        string types,
        string otherwise,
        string meaning,
        Shape<T> shape,
        Func<BudgetDraft, Located<T>, BudgetDraft> set) =>
        new(
            name,
            types,
            otherwise,
            meaning,
            shape.Schema,
            (draft, node) => shape.TryRead(node, out var value)
                ? set(draft, new Located<T>(value, node.Path))
                : draft with { Broken = draft.Broken.Add(name) });
}
