using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Billing;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.CostExplorer;

/// <summary>What a request of GetCostAndUsage asks for, read and found possible.</summary>
/// <param name="End">The first day that is not asked about.</param>
internal sealed record CostQuery(DateOnly Start, DateOnly End, bool IsMonthly, IReadOnlyList<string> Metrics, IReadOnlyList<string> GroupBy)
{
    /// <summary>Metrics of cost. Lines here are unblended and have no usage, so that all of them answer the same and those of usage are refused.</summary>
    private static readonly string[] Known = ["AmortizedCost", "BlendedCost", "NetAmortizedCost", "NetUnblendedCost", "UnblendedCost"];

    /// <summary>Dimensions that lines have. Others can be grouped by at AWS and not here.</summary>
    private static readonly string[] Dimensions = ["LINKED_ACCOUNT", "RECORD_TYPE", "REGION", "SERVICE", "USAGE_TYPE"];

    /// <summary>Which lines it counts.</summary>
    public required Func<string, CostLine, bool> Counts { get; init; }

    /// <summary>The periods of the answer: days, or months as far as they are asked about.</summary>
    public IEnumerable<(DateOnly Start, DateOnly End)> Periods()
    {
        for (var start = Start; start < End;)
        {
            var next = IsMonthly ? new DateOnly(start.Year, start.Month, 1).AddMonths(1) : start.AddDays(1);
            yield return (start, next < End ? next : End);
            start = next;
        }
    }

    /// <exception cref="AwsException">ValidationException, in AWS's words where they are known.</exception>
    public static CostQuery Read(JsonObject input, CostExplorerOptions options, DateOnly today)
    {
        if (input.RequiredText("Granularity") is "HOURLY")
            throw CostExplorerErrors.Invalid("Hourly data granularity is not enabled: LocalAws has days and months.");
        var period = input.RequiredStructure("TimePeriod");
        var (start, end) = (Day(period, "Start"), Day(period, "End"));
        ValidatePeriod(start, end, today, options);
        if (input["Filter"] is JsonObject filter) FilterRules.Validate(filter, options.MaximumFilterValues);
        return new CostQuery(start, end, input.RequiredText("Granularity") == "MONTHLY", MetricsOf(input), GroupsOf(input))
        {
            Counts = input.Structure("Filter") is { } expression ? CostExpression.Read(expression) : (_, _) => true,
        };
    }

    private static void ValidatePeriod(DateOnly start, DateOnly end, DateOnly today, CostExplorerOptions options)
    {
        if (start >= end) throw CostExplorerErrors.Invalid("Start date (and hour) should be before end date (and hour)");
        if (start > today) throw CostExplorerErrors.Invalid("Start date must be equal to or no later than the current date");
        var month = new DateOnly(today.Year, today.Month, 1);
        if (end > month.AddMonths(1)) throw CostExplorerErrors.Invalid("end date past the beginning of next month is not supported");
        if (start < month.AddMonths(-options.MonthsOfHistory))
            throw CostExplorerErrors.Invalid($"You haven't enabled historical data beyond {options.MonthsOfHistory + 1} months");
    }

    private static DateOnly Day(JsonObject period, string member) =>
        DateOnly.TryParseExact(period.RequiredText(member), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw CostExplorerErrors.Invalid($"{member} time {period.RequiredText(member)} is invalid. Valid format is: yyyy-MM-dd.");

    private static List<string> MetricsOf(JsonObject input)
    {
        var metrics = input.Texts("Metrics").Distinct(StringComparer.Ordinal).ToList();
        if (metrics.Count == 0) throw CostExplorerErrors.Invalid("At least one metric must be provided");
        return metrics.Find(metric => !Known.Contains(metric)) is { } unknown
            ? throw CostExplorerErrors.Invalid($"Metric {unknown} is none that LocalAws computes: {string.Join(", ", Known)}.")
            : metrics;
    }

    private static List<string> GroupsOf(JsonObject input)
    {
        var groups = input.Structures("GroupBy").ToList();
        if (groups.Count > 2) throw CostExplorerErrors.Invalid("GroupBy takes at most 2 groups.");
        if (groups.Exists(group => group.Text("Type") != "DIMENSION"))
            throw CostExplorerErrors.Invalid("GroupBy: LocalAws groups by DIMENSION only, and each group needs its Type.");
        var keys = groups.ConvertAll(group => group.Text("Key") ?? "");
        if (keys.Find(key => !Dimensions.Contains(key)) is { } unknown)
            throw CostExplorerErrors.Invalid($"GroupBy: \"{unknown}\" is none of the dimensions that LocalAws groups by: {string.Join(", ", Dimensions)}.");
        return keys.Count == 2 && keys[0] == keys[1] ? throw CostExplorerErrors.Invalid($"GroupBy: {keys[0]} is given twice.") : keys;
    }
}
