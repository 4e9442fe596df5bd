using System.Reflection;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Tests.Rows;

/// <summary>An attribute that inheritance forgets is silently missing in every account below the row that gives it.</summary>
public sealed class InheritedAttributesTests
{
    public static TheoryData<string> Attributes() => [.. Properties().Select(property => property.Name)];

    [Fact]
    public void A_draft_has_the_attributes_that_this_holds() => Assert.InRange(Properties().Count(), 15, 60);

    [Theory]
    [MemberData(nameof(Attributes))]
    public void What_only_a_farther_row_says_is_inherited(string attribute)
    {
        var property = typeof(BudgetDraft).GetProperty(attribute)!; // One of those above.
        // Its value is the default of its kind: only that it is handed on matters here.
        var given = Activator.CreateInstance(property.PropertyType, [null, attribute]);
        var far = new BudgetDraft();
        property.SetValue(far, given);
        var merged = Assert.Single(Inheritance.Merge([new RowDraft { Flat = new BudgetDraft() }, new RowDraft { Flat = far }]));
        Assert.Same(given, property.GetValue(merged));
    }

    private static IEnumerable<PropertyInfo> Properties() =>
        typeof(BudgetDraft).GetProperties().Where(property => property.PropertyType.IsGenericType
            && property.PropertyType.GetGenericTypeDefinition() == typeof(Located<>));
}
