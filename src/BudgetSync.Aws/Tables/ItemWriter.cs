using System.Globalization;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Core;
using BudgetSync.Core.Spend;

namespace BudgetSync.Aws.Tables;

/// <summary>Collects attributes; what is null or empty is left out, because absence is its own best spelling.</summary>
internal sealed class ItemWriter
{
    private readonly Dictionary<string, AttributeValue> item = new(StringComparer.Ordinal);

    public Dictionary<string, AttributeValue> Done() => item;

    public ItemWriter Text(string name, string? value) => Add(name, value is null ? null : new AttributeValue { S = value });

    public ItemWriter Number(string name, long value) => Add(name, new AttributeValue { N = value.ToString(CultureInfo.InvariantCulture) });

    public ItemWriter Flag(string name, bool value) => Add(name, value ? new AttributeValue { BOOL = true } : null);

    /// <summary>A flag that is written both ways, for conditions and people that look at it.</summary>
    public ItemWriter Bool(string name, bool value) => Add(name, new AttributeValue { BOOL = value });

    public ItemWriter Amount(string name, decimal? value) =>
        Add(name, value is { } amount ? new AttributeValue { N = amount.ToString(CultureInfo.InvariantCulture) } : null);

    public ItemWriter Time(string name, DateTimeOffset? value) =>
        Add(name, value is { } time ? TimeOf(time) : null);

    public ItemWriter Day(string name, DateOnly? value) =>
        Text(name, value is { } day ? DayText.Format(day) : null);

    public ItemWriter Period(string name, BudgetPeriod? value) =>
        value is { } period ? Map(name, new ItemWriter().Day("Start", period.Start).Day("End", period.End)) : this;

    public ItemWriter Texts(string name, EquatableArray<string> values) =>
        Add(name, values.IsEmpty ? null : new AttributeValue { L = [.. values.Select(value => new AttributeValue { S = value })] });

    public ItemWriter Map(string name, ItemWriter? value) => Add(name, value is null ? null : new AttributeValue { M = value.Done() });

    public ItemWriter List<T>(string name, EquatableArray<T> values, Func<T, ItemWriter> write) =>
        Add(name, values.IsEmpty ? null : new AttributeValue { L = [.. values.Select(value => new AttributeValue { M = write(value).Done() })] });

    /// <summary>Always with seven decimals and in UTC, so that texts compare as times do.</summary>
    public static AttributeValue TimeOf(DateTimeOffset time) => new() { S = time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) };

    private ItemWriter Add(string name, AttributeValue? value)
    {
        if (value is not null) item[name] = value;
        return this;
    }
}
