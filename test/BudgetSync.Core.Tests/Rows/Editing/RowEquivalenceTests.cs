using System.Text.Json;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Core.Tests.Rows.Editing;

/// <summary>What means the same in a row is no change; what may be read so or so is one.</summary>
public sealed class RowEquivalenceTests
{
    [Theory]
    [InlineData("Enabled", "\"true\"", "true", true)]
    [InlineData("Enabled", "\"TRUE\"", "true", true)]
    [InlineData("Enabled", "\"false\"", "false", true)]
    [InlineData("Enabled", "\"TRUE\"", "false", false)]
    [InlineData("Enabled", "\"yes\"", "true", false)]
    [InlineData("Weight", "\"2.50\"", "2.5", true)]
    [InlineData("Weight", "\"2\"", "3", false)]
    [InlineData("OnDelete", "\"RETAIN\"", "\"DELETE\"", false)]
    [InlineData("Notify", "\"a, b\"", "[\"a\",\"b\"]", true)]
    [InlineData("x-own", "\"420\"", "\"00420\"", false)]
    public void An_attribute_is_the_same_where_it_is_read_the_same(string name, string one, string other, bool same) =>
        Assert.Equal(same, RowEquivalence.SameAttribute(name, Value(one), Value(other)));

    private static RowValue Value(string json)
    {
        using var document = JsonDocument.Parse(json);
        return RowJson.Read(document.RootElement);
    }
}
