using System.Reflection;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Tests.Rows;

public sealed class RuleTests
{
    [Theory]
    [MemberData(nameof(RuleCases.All), MemberType = typeof(RuleCases))]
    public void A_row_on_the_right_side_of_the_edge_has_no_problem(RuleCase rule) =>
        Assert.Empty(RuleCase.Problems(rule.IsDocument, rule.KeptIn ?? rule.Account, rule.Kept));

    [Theory]
    [MemberData(nameof(RuleCases.All), MemberType = typeof(RuleCases))]
    public void A_row_on_the_wrong_side_of_the_edge_breaks_that_rule_alone(RuleCase rule)
    {
        var problems = RuleCase.Problems(rule.IsDocument, rule.Account, rule.Broken);

        Assert.Equal([rule.Rule], problems.Select(problem => problem.Rule.Name).Distinct());
        Assert.All(problems, problem => Assert.NotEmpty(problem.Path));
    }

    [Fact]
    public void Every_rule_has_a_case() =>
        Assert.Empty(Rules().Select(rule => rule.Name).Except(RuleCases.All.Cast<object[]>().Select(row => ((RuleCase)row[0]).Rule)));

    [Fact]
    public void Every_rule_is_named_as_its_field_and_gives_its_source() =>
        Assert.All(Fields(), field =>
        {
            var rule = (Rule)field.GetValue(null)!; // A static field of a rule is never null.
            Assert.Equal(field.Name, rule.Name);
            Assert.NotEmpty(rule.Source);
        });

    private static IEnumerable<Rule> Rules() => Fields().Select(field => (Rule)field.GetValue(null)!); // As above.

    private static FieldInfo[] Fields() => typeof(RowRules).GetFields(BindingFlags.Public | BindingFlags.Static);
}
