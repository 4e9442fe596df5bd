using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows.Editing;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Building;

/// <summary>
/// What DynamoDB refuses of a row's item, said before the first row of a file is written: the 5,000th would stop an import in the middle. Source: DynamoDB
/// developer guide, "Quotas in Amazon DynamoDB" and "Naming rules and data types".
/// </summary>
public static class ItemCheck
{
    /// <summary>Every reason, in words for people; empty where DynamoDB takes the item.</summary>
    public static ImmutableArray<string> Problems(RowImage row)
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        if (Encoding.UTF8.GetByteCount(row.Key) is > AwsLimits.KeyBytes and var keyBytes)
            problems.Add($"AccountId: has {Of(keyBytes)} bytes; a key of DynamoDB has at most {Of(AwsLimits.KeyBytes)}");
        if (row.Attributes.Count > AwsLimits.RowAttributes)
            problems.Add(
                $"the row has {Of(row.Attributes.Count)} attributes; an edit of more than {Of(AwsLimits.RowAttributes)} is longer than an expression of "
                    + "DynamoDB (4 KB) may be, so put your own into one (x-… may be a map)");
        foreach (var (name, value) in row.Attributes)
        {
            Name(name, "the row", problems);
            Look(value, Short(name), depth: 0, IsFree(name), problems);
        }

        if (ItemSize.Of(row) is > AwsLimits.ItemBytes and var bytes)
        {
            var (largest, size) = row.Attributes.Select(attribute => (attribute.Key, Bytes: ItemSize.Of(attribute.Key, attribute.Value)))
                .MaxBy(attribute => attribute.Bytes);
            problems.Add(
                $"the row has {Of(bytes)} bytes, names and values as DynamoDB counts them; an item has at most {Of(AwsLimits.ItemBytes)} (400 KB), so shorten "
                    + $"{Short(largest)}, which has {Of(size)}");
        }

        return problems.ToImmutable();
    }

    /// <summary>Attributes in which anything may stand: the rules of the others are stricter than DynamoDB's, and say it themselves.</summary>
    private static bool IsFree(string name) => RowEquivalence.IsUsersOwn(name) || RowEquivalence.IsProvenance(name);

    private static void Name(string name, string place, ImmutableArray<string>.Builder problems)
    {
        if (name.Length == 0) problems.Add($"{place} has an attribute without a name, which DynamoDB does not take; name it or take it away");
        if (Encoding.UTF8.GetByteCount(name) is > AwsLimits.AttributeNameBytes and var bytes)
            problems.Add($"{Short(name)}: the name has {Of(bytes)} bytes; a name of DynamoDB has at most {Of(AwsLimits.AttributeNameBytes)}");
    }

    private static void Look(RowValue value, string path, int depth, bool free, ImmutableArray<string>.Builder problems)
    {
        if (value is RowValue.List or RowValue.Map && depth + 1 >= AwsLimits.NestingLevels)
        {
            problems.Add($"{Root(path)}: is nested deeper than the {AwsLimits.NestingLevels} levels that DynamoDB takes; write it as one text");
            return;
        }

        switch (value)
        {
            case RowValue.Number(var number) when free:
                Number(number, path, problems);
                break;
            case RowValue.NumberSet { Items: var numbers } when free:
                foreach (var number in numbers) Number(number, path, problems);
                Set(numbers, path, problems);
                break;
            case RowValue.TextSet { Items: var texts }:
                Set(texts, path, problems);
                break;
            case RowValue.List { Items: var items }:
                for (var index = 0; index < items.Length; index++) Look(items[index], $"{path}[{index}]", depth + 1, free, problems);
                break;
            case RowValue.Map { Entries: var entries }:
                foreach (var (name, entry) in entries)
                {
                    Name(name, path, problems);
                    Look(entry, $"{path}.{Short(name)}", depth + 1, free || IsFree(name), problems);
                }

                break;
            default:
                break;
        }
    }

    private static void Number(string text, string path, ImmutableArray<string>.Builder problems)
    {
        if (ItemNumber.Problem(text) is { } problem) problems.Add($"{path}: {ValueAt.Quote(text)} {problem}");
    }

    private static void Set(ImmutableArray<string> members, string path, ImmutableArray<string>.Builder problems)
    {
        if (members.IsEmpty) problems.Add($"{path}: is an empty set, which DynamoDB does not take; take the attribute away");
        else if (members.Distinct(StringComparer.Ordinal).Count() < members.Length) problems.Add($"{path}: a set holds each member once; keep one of each");
    }

    private static string Root(string path) => path[..(path.IndexOfAny(['.', '['], 1) is > 0 and var end ? end : path.Length)];

    private static string Short(string name) => name.Length <= AwsLimits.QuotedCharacters ? name : name[..AwsLimits.QuotedCharacters] + "…";

    private static string Of(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
