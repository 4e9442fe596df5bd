using System.Collections.Immutable;
using System.Globalization;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Core;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Tables;

/// <content>One attribute of an item, written and read.</content>
internal static partial class StatusItem
{
    private static ItemWriter Budget(ReportedBudget budget) => new ItemWriter()
        .Text("Name", budget.Name)
        .Amount("Limit", budget.Limit)
        .Text("Unit", budget.Unit)
        .Amount("ActualSpend", budget.ActualSpend)
        .Amount("ForecastedSpend", budget.ForecastedSpend)
        .Text("SpendState", budget.SpendState.ToString())
        .Text("HealthProblem", budget.HealthProblem)
        .Time("HealthSince", budget.HealthSince)
        .Time("AsOf", budget.AsOf)
        .Period("Period", budget.Period)
        .Flag("Missing", budget.Missing);

    private static ReportedBudget Budget(ItemReader budget) => new(
        budget.Text("Name") ?? "",
        budget.Amount("Limit"),
        budget.Text("Unit") ?? "",
        budget.Amount("ActualSpend"),
        budget.Amount("ForecastedSpend"),
        budget.Word("SpendState", SpendState.Unknown))
    {
        HealthProblem = budget.Text("HealthProblem"),
        HealthSince = budget.Time("HealthSince"),
        AsOf = budget.Time("AsOf"),
        Period = budget.Period("Period"),
        Missing = budget.Flag("Missing"),
    };

    /// <summary>A code stands as its name in braces, which no message begins with; the difference of a budget is its own message.</summary>
    private static string Stored(DriftEntry finding) => finding.Code == DriftCode.Budget ? finding.Message : $"{{{finding.Code}}}";

    /// <summary>Rows written before drift had codes hold the message itself.</summary>
    private static DriftEntry Finding(string stored) =>
        stored == Stored(DriftEntry.ParameterChanged) || stored == DriftEntry.ParameterChanged.Message
            ? DriftEntry.ParameterChanged
            : DriftEntry.OfBudget(stored);

    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Collects attributes; what is null or empty is left out, because absence is its own best spelling.</summary>
    private sealed class ItemWriter
    {
        private readonly Dictionary<string, AttributeValue> item = new(StringComparer.Ordinal);

        public Dictionary<string, AttributeValue> Done() => item;

        public ItemWriter Text(string name, string? value) => Add(name, value is null ? null : new AttributeValue { S = value });

        public ItemWriter Number(string name, long value) => Add(name, new AttributeValue { N = value.ToString(CultureInfo.InvariantCulture) });

        public ItemWriter Flag(string name, bool value) => Add(name, value ? new AttributeValue { BOOL = true } : null);

        public ItemWriter Amount(string name, decimal? value) =>
            Add(name, value is { } amount ? new AttributeValue { N = amount.ToString(CultureInfo.InvariantCulture) } : null);

        public ItemWriter Time(string name, DateTimeOffset? value) =>
            Add(name, value is { } time ? new AttributeValue { S = time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) } : null);

        public ItemWriter Day(string name, DateOnly? value) =>
            Text(name, value is { } day ? day.ToString(DayFormat, CultureInfo.InvariantCulture) : null);

        public ItemWriter Period(string name, BudgetPeriod? value) =>
            value is { } period ? Map(name, new ItemWriter().Day("Start", period.Start).Day("End", period.End)) : this;

        public ItemWriter Texts(string name, EquatableArray<string> values) =>
            Add(name, values.IsEmpty ? null : new AttributeValue { L = [.. values.Select(value => new AttributeValue { S = value })] });

        public ItemWriter Map(string name, ItemWriter value) => Add(name, new AttributeValue { M = value.Done() });

        public ItemWriter List<T>(string name, EquatableArray<T> values, Func<T, ItemWriter> write) =>
            Add(name, values.IsEmpty ? null : new AttributeValue { L = [.. values.Select(value => new AttributeValue { M = write(value).Done() })] });

        private ItemWriter Add(string name, AttributeValue? value)
        {
            if (value is not null) item[name] = value;
            return this;
        }
    }

    private sealed class ItemReader(Dictionary<string, AttributeValue> item)
    {
        public string? Text(string name) => item.GetValueOrDefault(name)?.S;

        public long Number(string name) =>
            long.TryParse(item.GetValueOrDefault(name)?.N, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : 0;

        public bool Flag(string name) => item.GetValueOrDefault(name)?.BOOL ?? false;

        public decimal? Amount(string name) =>
            decimal.TryParse(item.GetValueOrDefault(name)?.N, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

        public DateTimeOffset? Time(string name) =>
            DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var value) ? value : null;

        public DateOnly? Day(string name) =>
            DateOnly.TryParseExact(Text(name), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

        public BudgetPeriod? Period(string name) =>
            Map(name) is { } map && map.Day("Start") is { } start && map.Day("End") is { } end ? new BudgetPeriod(start, end) : null;

        public TEnum Word<TEnum>(string name, TEnum otherwise)
            where TEnum : struct, Enum =>
            Enum.TryParse<TEnum>(Text(name), out var value) && Enum.IsDefined(value) ? value : otherwise;

        public EquatableArray<string> Texts(string name) => [.. (item.GetValueOrDefault(name)?.L ?? []).Select(value => value.S).OfType<string>()];

        public ItemReader? Map(string name) => item.GetValueOrDefault(name)?.M is { } map ? new ItemReader(map) : null;

        public EquatableArray<T> List<T>(string name, Func<ItemReader, T> read) =>
            [
                .. (item.GetValueOrDefault(name)?.L ?? [])
                    .Select(value => value.M)
                    .OfType<Dictionary<string, AttributeValue>>()
                    .Select(map => read(new ItemReader(map)))
            ];
    }
}
