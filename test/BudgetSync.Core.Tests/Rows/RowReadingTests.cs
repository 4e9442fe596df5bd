using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Tests.Rows;

/// <summary>The same thing in each DynamoDB type it may have.</summary>
public sealed class RowReadingTests
{
    public static TheoryData<RowValue> ThreeThresholds { get; } =
    [
        new RowValue.NumberSet(["100", "80", "90"]),
        new RowValue.Text("80, 90, 100"),
        new RowValue.Text("80%,90 %,100 ACTUAL PERCENTAGE GREATER_THAN"),
        new RowValue.TextSet(["80", "90", "1e2"]),
        new RowValue.List(
        [
            new RowValue.Number("80.0"),
            new RowValue.Text("90"),
            new RowValue.Map(Given.Row("""{"Threshold":"100"}""").Attributes.Items.Remove("AccountId"))
        ]),
    ];

    public static TheoryData<RowValue> TwoRecipients { get; } =
    [
        new RowValue.TextSet(["b@b.io", "a@a.io"]),
        new RowValue.List([new RowValue.Text("b@b.io"), new RowValue.Text("a@a.io"), new RowValue.Text("b@b.io")]),
        new RowValue.Text("b@b.io, a@a.io,"),
    ];

    [Theory]
    [MemberData(nameof(ThreeThresholds))]
    public void Thresholds_mean_the_same_in_every_type(RowValue value) =>
        Assert.Equal([80, 90, 100], With("Thresholds", value).Notifications.Select(notification => notification.Key.Threshold));

    [Theory]
    [MemberData(nameof(TwoRecipients))]
    public void Recipients_mean_the_same_in_every_type(RowValue value) =>
        Assert.Equal(["a@a.io", "b@b.io"], With("EmailRecipients", value).Notifications[0].Subscribers.Select(subscriber => subscriber.Address));

    [Theory]
    [InlineData("1500")]
    [InlineData(" 1500.00 ")]
    [InlineData("+1500")]
    public void An_amount_means_the_same_as_number_and_as_text(string text)
    {
        var expected = new BudgetAmount.Fixed(new SpendAmount(1500, "USD"));

        Assert.Equal(expected, With("BudgetValue", new RowValue.Text(text)).Settings.Amount);
        Assert.Equal(expected, With("BudgetValue", new RowValue.Number(text)).Settings.Amount);
    }

    /// <summary>DynamoDB writes a number so; in a text it is what a spreadsheet shows of a number that it has rounded (AdviceTests).</summary>
    [Fact]
    public void A_number_may_have_an_exponent() =>
        Assert.Equal(new BudgetAmount.Fixed(new SpendAmount(1500, "USD")), With("BudgetValue", new RowValue.Number("1.5E+3")).Settings.Amount);

    [Theory]
    [InlineData("12,5", "write 12.5")]
    [InlineData("1,500", "write 1500")]
    [InlineData("1.500,00", "write 1500")]
    [InlineData("$1500", "write 1500")]
    [InlineData("1500 USD", "write 1500")]
    [InlineData("lots", "write digits with a decimal point")]
    [InlineData("1e999", "is too large")]
    [InlineData("1e-999", "more digits than can be kept exactly")]
    [InlineData("1.00000000000000000000000000001", "more digits than can be kept exactly")]
    public void A_number_that_cannot_be_read_is_answered_with_the_way_out(string text, string wayOut)
    {
        Assert.False(NumberText.TryRead(text, out _, out var problem));
        Assert.Contains(wayOut, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Treshold", "Thresholds")]
    [InlineData("thresholds", "Thresholds")]
    [InlineData("Budgetvalue", "BudgetValue")]
    [InlineData("Email_Recipients", "EmailRecipients")]
    [InlineData("SNSTopic", "SnsTopicArn")]
    public void A_misspelt_attribute_is_answered_with_the_nearest_name(string name, string meant) =>
        Assert.Contains(
            Given.Reasons($$"""{"BudgetValue":1,"{{name}}":"80"}"""),
            reason => reason.StartsWith($"{name}: no such attribute; did you mean {meant}?", StringComparison.Ordinal));

    [Fact]
    public void An_attribute_that_is_like_no_other_is_answered_with_all_names() =>
        Assert.Contains(
            "choose from AccountId, Actions, AddEmailRecipients, Adopt",
            Assert.Single(Given.Reasons("""{"BudgetValue":1,"Zebra":1}""")),
            StringComparison.Ordinal);

    [Fact]
    public void A_row_of_endless_problems_lists_a_bounded_number_and_counts_the_rest()
    {
        var attributes = string.Join(',', Enumerable.Range(0, 60).Select(number => $"\"y{number}\":1"));

        var reasons = Given.Reasons("{" + attributes + "}");
        Assert.Equal(AwsLimits.ProblemsListed + 1, reasons.Count);
        Assert.Equal("… and 11 more problems; mend these first", reasons[^1]);
    }

    [Fact]
    public void The_stacks_own_settings_are_judged_by_the_same_rules()
    {
        Assert.Empty(Given.Defaults.Problems());
        Assert.Equal(2, (Given.Defaults with { BudgetName = "a:b", EmailRecipients = ["nobody"] }).Problems().Length);
    }

    private static DesiredBudget With(string name, RowValue value)
    {
        var row = Given.Row("""{"BudgetValue":1}""");
        var desired = Resolver.Resolve(Given.Account, [new RowImage(row.Attributes.Items.SetItem(name, value))], Given.Defaults);
        return Assert.Single(Assert.IsType<Resolution.Desired>(desired).Budgets.Budgets);
    }
}
