using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>Shapes of periods and of the two ways a limit can move: planned and auto-adjusting.</summary>
internal static class AmountShapes
{
    private static readonly string[] DateForms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static readonly Shape<DateTimeOffset> Instant = new(
        () => new JsonObject { ["type"] = new JsonArray("string", "integer") },
        (ValueAt node, out DateTimeOffset value) =>
        {
            var text = node.Value switch
            {
                RowValue.Text written => written.Value.Trim(),
                RowValue.Number number => number.Value,
                _ => null,
            };
            value = default;
            if (text is null)
                return Shapes.WrongType(node, "a date such as 2026-01-31");
            return TryReadInstant(text, out value)
                || node.Refuse(RowRules.Instant, $"{node.Quoted} is no date; write 2026-01-31, 2026-01-31T12:00:00Z or epoch seconds");
        });

    public static readonly Shape<PeriodDraft> Period = Shapes.Object(
        () => new PeriodDraft(null, null),
        Field.Optional("Start", Instant, (PeriodDraft draft, DateTimeOffset value) => draft with { Start = value }),
        Field.Optional("End", Instant, (PeriodDraft draft, DateTimeOffset value) => draft with { End = value }));

    private static readonly Shape<int?> HistoricalOptions = Shapes.Object<int?>(
        () => null,
        Field.Required("BudgetAdjustmentPeriod", Shapes.Whole, (int? _, int value) => (int?)value));

    public static readonly Shape<AutoAdjustDraft> AutoAdjust = Shapes.Object(
        () => new AutoAdjustDraft(null, null),
        Field.Required("AutoAdjustType", Shapes.Word<AutoAdjustType>(), (AutoAdjustDraft draft, AutoAdjustType value) => draft with { Type = value }),
        Field.Optional("HistoricalOptions", HistoricalOptions, (AutoAdjustDraft draft, int? value) => draft with { AdjustmentPeriod = value }));

    private static readonly Shape<(decimal Amount, string? Unit)> PlannedSpend = Shapes.Object<(decimal Amount, string? Unit)>(
        () => (0, null),
        Field.Required("Amount", BudgetShapes.Amount, ((decimal Amount, string? Unit) spend, decimal value) => (value, spend.Unit)),
        Field.Optional("Unit", BudgetShapes.Unit, ((decimal Amount, string? Unit) spend, string value) => (spend.Amount, (string?)value)));

    /// <summary>The start of each period to its limit, in order: keys <c>2026-01</c>, <c>2026-Q1</c>, <c>2026-01-01</c> or AWS's epoch seconds.</summary>
    public static readonly Shape<ImmutableArray<PlannedDraft>> Planned = new(
        () => new JsonObject
        {
            ["type"] = "object",
            ["minProperties"] = 1,
            ["maxProperties"] = AwsLimits.PlannedMonths,
            ["additionalProperties"] = new JsonObject { ["anyOf"] = new JsonArray(BudgetShapes.Amount.Schema(), PlannedSpend.Schema()) },
        },
        (ValueAt node, out ImmutableArray<PlannedDraft> value) =>
        {
            value = [];
            if (node.Value is not RowValue.Map map)
                return Shapes.WrongType(node, "a map (M) of months or quarters to limits");
            if (map.Entries.IsEmpty)
                return node.Refuse(RowRules.PlannedCount, "an empty map; write the limit of each month or quarter");
            var before = node.Problems.Count;
            var read = new List<PlannedDraft>(map.Entries.Count);
            foreach (var (key, entry) in map.Entries)
            {
                var place = node.Entry(key, entry);
                if (!TryReadPeriodStart(key, out var start))
                    place.Refuse(RowRules.Instant, $"{ValueAt.Quote(key)} is no month or quarter; write 2026-01, 2026-Q1 or the epoch seconds of its start");
                else if (TryReadLimit(place, out var limit))
                    read.Add(new PlannedDraft(start, limit.Amount, limit.Unit, place.Path));
            }

            value = [.. read.OrderBy(limit => limit.Start)];
            return node.Problems.Count == before;
        });

    private static bool TryReadLimit(ValueAt node, out (decimal Amount, string? Unit) limit)
    {
        if (node.Value is RowValue.Map)
            return PlannedSpend.TryRead(node, out limit);
        limit = default;
        return BudgetShapes.Amount.TryRead(node, out limit.Amount);
    }

    private static bool TryReadPeriodStart(string text, out DateTimeOffset value)
    {
        if (text is [_, _, _, _, '-', 'Q', >= '1' and <= '4']
            && int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            && year > 0)
        {
            value = new DateTimeOffset(year, ((text[6] - '1') * 3) + 1, 1, 0, 0, 0, TimeSpan.Zero);
            return true;
        }

        return DateTimeOffset.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value)
            || TryReadInstant(text, out value);
    }

    private static bool TryReadInstant(string text, out DateTimeOffset value)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            var inRange = seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();
            value = inRange ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default;
            return inRange;
        }

        // Whole seconds, in UTC: the wire carries no more, and equal instants shall be equal values.
        if (!DateTimeOffset.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value)
            || value.UtcDateTime.Year < 1970)
            return false;
        value = DateTimeOffset.FromUnixTimeSeconds(value.ToUnixTimeSeconds());
        return true;
    }
}
