using System.Collections.Immutable;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Core.Tests.Rows;

/// <summary>Both sides of each edge that DynamoDB sets an item.</summary>
public sealed class ItemCheckTests
{
    public static TheoryData<string, RowImage, string> Edges { get; } = new()
    {
        { "size", Own(new RowValue.Text(new string('a', 409_600 - Rest))), "" },
        { "size", Own(new RowValue.Text(new string('a', 409_601 - Rest))), "the row has 409,601 bytes" },
        { "size of letters of two bytes", Own(new RowValue.Text(new string('é', 204_800))), "so shorten x-a, which has 409,603" },
        { "name", Named(new string('n', 65_533)), "" },
        { "name", Named(new string('n', 65_534)), "the name has 65,536 bytes; a name of DynamoDB has at most 65,535" },
        { "name in a map", Own(Map("", new RowValue.Null())), "x-a has an attribute without a name" },
        { "depth", Own(Deep(31)), "" },
        { "depth", Own(Deep(32)), "x-a: is nested deeper than the 32 levels" },
        { "digits", Own(new RowValue.Number(new string('9', 38))), "" },
        { "digits", Own(new RowValue.Number($"-0.{new string('1', 39)}")), "has 39 digits; a number of DynamoDB has at most 38" },
        { "zeros are no digits", Own(new RowValue.Number($"1{new string('0', 60)}")), "" },
        { "magnitude", Own(new RowValue.Number("9.9e125")), "" },
        { "magnitude", Own(new RowValue.Number("1e126")), "is beyond what a number of DynamoDB holds" },
        { "small magnitude", Own(new RowValue.Number("1E-130")), "" },
        { "small magnitude", Own(new RowValue.Number("0.1E-130")), "is beyond what a number of DynamoDB holds" },
        { "a number in a map in Budgets", Budget(new RowValue.Number("1e999")), "Budgets[0].x-a: \"1e999\" is beyond" },
        { "no number", Own(new RowValue.Number("abc")), "is no number of DynamoDB" },
        { "set", Own(new RowValue.TextSet([])), "is an empty set" },
        { "set", Own(new RowValue.TextSet(["a", "a"])), "a set holds each member once" },
        { "key", new RowImage(Attributes(new string('1', 2049))), "AccountId: has 2,049 bytes; a key of DynamoDB has at most 2,048" },
        { "attributes", Many(199), "" },
        { "attributes", Many(200), "the row has 201 attributes" },
    };

    // AccountId, its twelve digits, and the name x-a.
    private const int Rest = 9 + 12 + 3;

    [Theory]
    [MemberData(nameof(Edges))]
    public void An_item_that_DynamoDB_refuses_is_told_before_it_is_sent(string edge, RowImage row, string problem)
    {
        var told = ItemCheck.Problems(row);
        if (problem.Length == 0) Assert.True(told.IsEmpty, $"{edge}: {string.Join("; ", told)}");
        else Assert.Contains(told, words => words.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_of_any_length_is_quoted_short() =>
        Assert.All(ItemCheck.Problems(Named(new string('n', 500_000))), words => Assert.True(words.Length < 400, words));

    private static RowImage Own(RowValue value) => new(Attributes("111122223333").SetItem("x-a", value));

    private static RowImage Named(string name) => new(Attributes("111122223333").SetItem($"x-{name}", new RowValue.Null()));

    private static RowImage Budget(RowValue value) => new(Attributes("111122223333").SetItem("Budgets", new RowValue.List([Map("x-a", value)])));

    private static RowImage Many(int count) => new(Attributes("111122223333").SetItems(
        Enumerable.Range(0, count).Select(index => KeyValuePair.Create($"x-{index}", (RowValue)new RowValue.Null()))));

    private static RowValue.Map Map(string name, RowValue value) =>
        new(ImmutableSortedDictionary.Create<string, RowValue>(StringComparer.Ordinal).Add(name, value));

    private static RowValue Deep(int levels) => Enumerable.Range(0, levels).Aggregate((RowValue)new RowValue.Null(), (value, _) => new RowValue.List([value]));

    private static ImmutableSortedDictionary<string, RowValue> Attributes(string key) =>
        ImmutableSortedDictionary.Create<string, RowValue>(StringComparer.Ordinal).Add("AccountId", new RowValue.Text(key));
}
