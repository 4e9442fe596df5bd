using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Billing;

namespace BudgetSync.LocalAws.CostExplorer;

/// <summary>The answer to a query: a row for each group of each period, in order, so that it can be cut into pages anywhere.</summary>
internal sealed class CostReport(CostQuery query, CostLedger ledger, string accountId, string unit, DateTimeOffset now, TimeSpan billFinalAfter)
{
    /// <summary>One group of one period; a period without groups has one row without keys.</summary>
    public sealed record Row(DateOnly Start, DateOnly End, string[]? Keys, decimal Amount);

    /// <summary>All rows, oldest period first and groups by their keys.</summary>
    public IReadOnlyList<Row> Rows()
    {
        var rows = new List<Row>();
        foreach (var (start, end) in query.Periods())
        {
            var groups = new SortedDictionary<(string, string), decimal>(Comparer<(string, string)>.Create(CompareKeys));
            foreach (var (linked, line, part) in KnownLines(start, end))
            {
                var key = (KeyOf(0, linked, line), KeyOf(1, linked, line));
                groups[key] = groups.GetValueOrDefault(key) + (line.Amount * part);
            }

            if (query.GroupBy.Count == 0) rows.Add(new Row(start, end, null, groups.Values.Sum()));
            else if (groups.Count == 0) rows.Add(new Row(start, end, null, 0));
            else rows.AddRange(groups.Select(group => new Row(start, end, Keys(group.Key), group.Value)));
        }

        return rows;
    }

    /// <summary>The results of a page of rows: rows of one period together.</summary>
    public JsonArray Write(IEnumerable<Row> page) =>
        [.. page.GroupBy(row => (row.Start, row.End)).Select(period => Write(period.Key.Start, period.Key.End, [.. period]))];

    private JsonObject Write(DateOnly start, DateOnly end, IReadOnlyList<Row> rows)
    {
        var isGrouped = query.GroupBy.Count > 0;
        return new JsonObject
        {
            ["TimePeriod"] = new JsonObject { ["Start"] = Day(start), ["End"] = Day(end) },
            ["Total"] = isGrouped ? new JsonObject() : Metrics(rows[0].Amount),
            ["Groups"] = new JsonArray([.. rows.Where(row => row.Keys is not null).Select(Group)]),
            ["Estimated"] = IsEstimated(end),
        };
    }

    /// <summary>Until the bill of the month that the period lies in is final.</summary>
    private bool IsEstimated(DateOnly end)
    {
        var last = end.AddDays(-1);
        return now < new DateTimeOffset(new DateOnly(last.Year, last.Month, 1).AddMonths(1), TimeOnly.MinValue, TimeSpan.Zero) + billFinalAfter;
    }

    private JsonObject Group(Row row) => new()
    {
        ["Keys"] = new JsonArray([.. row.Keys!.Select(key => JsonValue.Create(key))]), // Rows with keys only.
        ["Metrics"] = Metrics(row.Amount),
    };

    private JsonObject Metrics(decimal amount) => new(query.Metrics.Select(metric => KeyValuePair.Create(metric, (JsonNode?)new JsonObject
    {
        ["Amount"] = amount.ToString("F10", CultureInfo.InvariantCulture),
        ["Unit"] = unit,
    })));

    private IEnumerable<(string Linked, CostLine Line, decimal Part)> KnownLines(DateOnly start, DateOnly end)
    {
        foreach (var (linked, costs) in ledger.SeenBy(accountId))
        {
            for (var day = start < costs.Begins ? costs.Begins : start; day < end; day = day.AddDays(1))
            {
                if (ledger.KnownPart(day, now) is not (> 0 and var part)) break;
                foreach (var line in costs.On(day).Where(line => query.Counts(linked, line))) yield return (linked, line, part);
            }
        }
    }

    private string KeyOf(int place, string linked, CostLine line) =>
        place < query.GroupBy.Count ? CostExpression.ValueOf(query.GroupBy[place], linked, line) : "";

    private string[] Keys((string First, string Second) key) => query.GroupBy.Count == 2 ? [key.First, key.Second] : [key.First];

    private static int CompareKeys((string First, string Second) key, (string First, string Second) other) =>
        string.CompareOrdinal(key.First, other.First) is not 0 and var first ? first : string.CompareOrdinal(key.Second, other.Second);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
