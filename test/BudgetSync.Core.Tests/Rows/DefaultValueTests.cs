using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Core.Tests.Rows;

public sealed class DefaultValueTests
{
    private static readonly StackDefaults Usual = Given.Defaults with { BudgetValue = 750 };

    [Fact]
    public void The_stacks_default_value_is_the_limit_when_no_row_gives_an_amount() =>
        Assert.Equal(new BudgetAmount.Fixed(new SpendAmount(750, "EUR")), Amount("""{"Unit":"EUR"}"""));

    [Fact]
    public void A_row_that_gives_an_amount_wins_over_the_stacks_default_value() =>
        Assert.Equal(new BudgetAmount.Fixed(new SpendAmount(10, "USD")), Amount("""{"BudgetValue":10}"""));

    [Fact]
    public void A_wrong_amount_is_rejected_and_not_made_up_for_by_the_stacks_default_value() =>
        Assert.IsType<Resolution.Rejected>(Resolver.Resolve(Given.Account, [Given.Row("""{"BudgetValue":"12,5"}""")], Usual));

    [Fact]
    public void An_account_without_any_row_stays_uncovered_whatever_the_stacks_default_value() =>
        Assert.IsType<Resolution.Uncovered>(Resolver.Resolve(Given.Account, [], Usual));

    [Theory]
    [InlineData("0.01", 0)]
    [InlineData("0", 1)]
    [InlineData("15000000000000", 0)]
    [InlineData("15000000000001", 1)]
    [InlineData("1.23", 0)]
    [InlineData("1.234", 1)]
    public void A_default_value_that_no_row_could_have_is_a_problem_of_the_settings(string value, int problems) =>
        Assert.Equal(
            problems,
            (Given.Defaults with { BudgetValue = decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture) }).Problems().Length);

    private static BudgetAmount Amount(string row) =>
        Assert.Single(Assert.IsType<Resolution.Desired>(Resolver.Resolve(Given.Account, [Given.Row(row)], Usual)).Budgets.Budgets).Settings.Amount;
}
