using System.Text.Json.Nodes;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>The shapes of an envelope and of an account's weight in one.</summary>
internal static class EnvelopeShapes
{
    private static readonly Shape<decimal> Money = new(
        BudgetShapes.Amount.Schema,
        (ValueAt node, out decimal value) =>
        {
            if (!BudgetShapes.Amount.TryRead(node, out value))
                return false;
            var decimals = NumberText.Decimals(value);
            return decimals <= AwsLimits.CostDecimals
                || node.Refuse(RowRules.CostDecimals, $"{node.Quoted} has {decimals} decimals; write at most {AwsLimits.CostDecimals}");
        });

    private static readonly Shape<string> Currency = Shapes.Checked(
        RowRules.UnitOfCost,
        text => Patterns.Currency().IsMatch(text) ? null : "is no currency code; write for example USD");

    private static readonly Shape<TimeUnit> Period = new(
        Shapes.Word<TimeUnit>().Schema,
        (ValueAt node, out TimeUnit value) => Shapes.Word<TimeUnit>().TryRead(node, out value)
            && (value != TimeUnit.CUSTOM
                || node.Refuse(RowRules.EnvelopePeriod, "CUSTOM periods differ from budget to budget; write MONTHLY, QUARTERLY, ANNUALLY or DAILY")));

    /// <summary>The unit is "" where the row gives none: then it is the stack's first currency.</summary>
    public static readonly Shape<Envelope> Envelope = Shapes.Object(
        () => new Envelope(0, ""),
        Field.Required("Amount", Money, (Envelope envelope, decimal value) => envelope with { Amount = value }),
        Field.Optional("Unit", Currency, (Envelope envelope, string value) => envelope with { Unit = value }),
        Field.Optional("TimeUnit", Period, (Envelope envelope, TimeUnit value) => envelope with { TimeUnit = value }),
        Field.Optional("Cascade", Shapes.Word<Cascade>(), (Envelope envelope, Cascade value) => envelope with { Cascade = value }),
        Field.Optional("OverAllocation", Shapes.Word<OverAllocation>(), (Envelope envelope, OverAllocation value) => envelope with { OverAllocation = value }));

    /// <summary>0 gets nothing of what is shared out.</summary>
    public static readonly Shape<decimal> Weight = new(
        () => new JsonObject { ["type"] = new JsonArray("number", "string"), ["minimum"] = 0 },
        (ValueAt node, out decimal value) => Shapes.Number.TryRead(node, out value)
            && (value is >= 0 and <= AwsLimits.AmountMaximum
                || node.Refuse(RowRules.WeightRange, $"{node.Quoted} is no weight; write a number from 0 on, twice as much for twice the share")));
}
