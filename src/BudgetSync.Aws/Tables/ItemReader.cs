using System.Collections.Immutable;
using System.Globalization;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;

namespace BudgetSync.Aws.Tables;

/// <summary>Reads an item's attributes; what is missing or of another kind is as if it were not there.</summary>
internal sealed class ItemReader(Dictionary<string, AttributeValue> item)
{
    public string? Text(string name) => item.GetValueOrDefault(name)?.S;

    public long Number(string name) =>
        long.TryParse(item.GetValueOrDefault(name)?.N, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : 0;

    /// <param name="otherwise">Where the item does not say it.</param>
    public bool Flag(string name, bool otherwise = false) => item.GetValueOrDefault(name)?.BOOL ?? otherwise;

    /// <summary>Null too where a person wrote more than any amount is, which nothing could be computed with.</summary>
    public decimal? Amount(string name) =>
        decimal.TryParse(item.GetValueOrDefault(name)?.N, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && AwsLimits.IsAmount(value)
            ? value
            : null;

    public DateTimeOffset? Time(string name) =>
        DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var value) ? value : null;

    public DateOnly? Day(string name) =>
        DayText.Parse(Text(name));

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
