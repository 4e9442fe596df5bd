using BudgetSync.Core.Budgets;
using BudgetSync.Core.Planning;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;
using BudgetSync.Core.Tests.Rows;

namespace BudgetSync.Core.Tests.Planning;

/// <summary>Budgets of others are put beside what an account's rows say, and nothing that they say goes.</summary>
public sealed class AdoptedRowTests
{
    private const string Ours = "SpokeAccountBudget";
    private const string ToAnn = "[\"ann@example.com\"]";
    private static readonly string ForAnn = Team(ToAnn);
    private static readonly Subscriber Ann = new(SubscriptionType.EMAIL, "ann@example.com");
    private static readonly Subscriber Topic = new(SubscriptionType.SNS, "arn:aws:sns:us-east-1:111122223333:alerts");

    /// <summary>The row's own budget is 1,000 and has 500 more by a grant, so AWS has 1,500.</summary>
    [Fact]
    public void A_row_of_one_budget_keeps_its_amount_its_grants_and_changes_and_all_that_it_says_beside()
    {
        const string beside = """
            "Responses":[{"At":"Over","Do":"STOP_ALL","Mode":"ARMED","Grace":"1d"}],"Notify":"finops, pager Critical","OnDelete":"RETAIN","Note":"007",
            "Ai":{"AccountCap":{"Limit":100,"Mode":"ARMED"}}
            """;
        const string budget = """
            "BudgetValue":1000,"Thresholds":[80],"Grants":[{"Amount":500,"Until":"2086-11-30","Why":"test"}],"Changes":[{"From":"2087-01-01","BudgetValue":9}]
            """;
        var (row, unsaid) = Adopt([Ann], [Managed(1500)], $$"""{ {{budget}}, {{beside}}, "ChangedBy":"jane" }""");
        Assert.Empty(unsaid);
        Same($$"""{ {{beside}}, "Budgets":[{ {{budget}} },{{ForAnn}}] }""", row);
    }

    [Fact]
    public void A_list_of_budgets_gets_those_of_others_at_its_end()
    {
        const string own = """{"BudgetValue":1000,"Grants":[{"Amount":500,"Until":"2086-11-30","Why":"load test"}]}""";
        var (row, unsaid) = Adopt([Ann], [Managed(1500)], Only(own));
        Assert.Empty(unsaid);
        Same($$"""{"Budgets":[{{own}},{{ForAnn}}]}""", row);
    }

    [Fact]
    public void A_budget_that_is_inherited_is_neither_copied_nor_lost_and_why_nothing_is_written_is_told()
    {
        var (row, unsaid) = Adopt([Ann], [Managed(500)], """{"AccountId":"ou-abcd-12345678","BudgetValue":500}""");
        Assert.Null(row);
        Assert.Equal(
            "\"SpokeAccountBudget\" of row \"ou-abcd-12345678\" would be deleted, because Budgets of a row take the place of inherited ones; give the account "
                + "a row with an amount of its own first",
            Assert.Single(unsaid));
        Assert.Null(Adopt([Ann], [], """{"Thresholds":[70]}""", """{"AccountId":"default","BudgetValue":500}""").Row);
        Assert.Null(Adopt([Ann], [], """{"Notify":"finops"}""", """{"AccountId":"default","BudgetValue":500}""").Row);
    }

    [Fact]
    public void What_only_a_single_budget_inherits_is_copied_and_told()
    {
        const string above = """{"AccountId":"default","BudgetValue":5,"Unit":"EUR","Thresholds":70}""";
        var (row, unsaid) = Adopt([Ann], [], """{"BudgetValue":1000}""", above);
        Assert.Equal(["Unit of row \"default\" is copied, because entries of Budgets do not inherit it"], unsaid);
        Same($$"""{"Budgets":[{"BudgetValue":1000,"Unit":"EUR"},{{ForAnn}}]}""", row);
    }

    [Theory]
    [InlineData("""{"AccountId":"default","SnsTopicArn":"arn:aws:sns:us-east-1:{AccountId}:alerts"}""", true)]
    [InlineData("""{"AccountId":"default","SnsTopicArn":null}""", false)]
    [InlineData("""{"AccountId":"default","EmailRecipients":["a@example.com"],"AddEmailRecipients":["b@example.com"]}""", false)]
    public void A_topic_of_a_row_above_is_kept_from_a_budget_that_tells_none(string above, bool says)
    {
        var (row, unsaid) = Adopt([Ann], [], above);
        Assert.Empty(unsaid);
        Same(Only(Team(ToAnn, says ? ",\"SnsTopicArn\":null" : "")), row);
        var (told, none) = Adopt([Topic], [], above);
        Assert.Empty(none);
        Same(Only(Team("[]", $",\"SnsTopicArn\":\"{Topic.Address}\"")), told);
    }

    [Fact]
    public void A_budget_that_a_row_asks_for_already_is_adopted_there_and_what_would_change_is_told()
    {
        const string budget = """
            "BudgetName":"Team","BudgetValue":1000,"EmailRecipients":"ann@example.com","Thresholds":80
            """;
        var (row, unsaid) = Adopt([Ann], [], $$"""{{{budget}},"Notify":"finops"}""");
        Assert.Equal(["\"Team\": limit is 1200 USD, should be 1000 USD"], unsaid);
        Same("""{"BudgetName":"Team","BudgetValue":1000,"EmailRecipients":"ann@example.com","Thresholds":80,"Adopt":true,"Notify":"finops"}""", row);
        var (entry, same) = Adopt(
            [Ann],
            [],
            """{"Budgets":[{"BudgetName":"Team","BudgetValue":1200,"EmailRecipients":["ann@example.com"],"Thresholds":[80]},{"BudgetValue":5}]}""");
        Assert.Empty(same);
        Same(
            """
            {"Budgets":[{"BudgetName":"Team","BudgetValue":1200,"EmailRecipients":["ann@example.com"],"Thresholds":[80],"Adopt":true},{"BudgetValue":5}]}
            """,
            entry);
    }

    [Fact]
    public void An_account_that_is_switched_off_stays_so_and_it_is_told()
    {
        var (row, unsaid) = Adopt([Ann], [], """{"BudgetValue":1000,"Enabled":false}""");
        Assert.Equal("Enabled of row \"111122223333\" stays false, so nothing is taken over before it goes", Assert.Single(unsaid));
        Same($$"""{"Enabled":false,"Budgets":[{"BudgetValue":1000},{{ForAnn}}]}""", row);
    }

    [Fact]
    public void Where_rows_are_rejected_nothing_is_laid_over_them()
    {
        var (row, unsaid) = Adopt([Ann], [], """{"BudgetValue":"1,5"}""");
        Assert.Null(row);
        Assert.StartsWith("its rows are rejected, so put them right first: BudgetValue: \"1,5\" is no", Assert.Single(unsaid), StringComparison.Ordinal);
    }

    /// <summary>AWS's currency is that of the amount; a row's is the stack's first.</summary>
    [Fact]
    public void Dollars_are_said_where_the_stack_takes_amounts_for_others()
    {
        var adopted = AdoptedRow.Of(Given.Account, Actual([Ann], []), [], Given.Defaults with { Currencies = ["EUR", "USD"] });
        Assert.Empty(adopted.Unsaid);
        Same(Only(Team(ToAnn, ",\"Unit\":\"USD\"")), adopted.Row);
    }

    private static (RowImage? Row, EquatableArray<string> Unsaid) Adopt(Subscriber[] told, ActualBudget[] ours, params string[] nearestFirst)
    {
        var adopted = AdoptedRow.Of(Given.Account, Actual(told, ours), [.. nearestFirst.Select(Given.Row)], Given.Defaults);
        return (adopted.Row, adopted.Unsaid);
    }

    private static ActualBudgets Actual(Subscriber[] told, ActualBudget[] ours) =>
        new([BudgetsModel.Describe(Budget("Team", 1200, told), managed: false), .. ours]) { ReadAt = new DateTimeOffset(2086, 1, 31, 0, 0, 0, TimeSpan.Zero) };

    private static ActualBudget Managed(decimal limit) => BudgetsModel.Describe(Budget(Ours, limit, [Ann]), managed: true);

    private static DesiredBudget Budget(string name, decimal limit, Subscriber[] told) => new(
        new BudgetSettings { Name = name, Type = BudgetType.COST, TimeUnit = TimeUnit.MONTHLY, Amount = new BudgetAmount.Fixed(new SpendAmount(limit, "USD")) },
        [new Notification(new(NotificationType.ACTUAL, ComparisonOperator.GREATER_THAN, 80, ThresholdType.PERCENTAGE), [.. told])],
        []);

    private static string Only(string budget) => $$"""{"Budgets":[{{budget}}]}""";

    private static string Team(string emails, string more = "") =>
        $$"""{"Adopt":true,"BudgetName":"Team","BudgetValue":1200,"EmailRecipients":{{emails}}{{more}},"Thresholds":[80]}""";

    private static void Same(string expected, RowImage? row)
    {
        Assert.NotNull(row);
        Assert.Equal(RowValueText.Json(new RowValue.Map(Given.Row(expected).Attributes)), RowValueText.Json(new RowValue.Map(row.Attributes)));
    }
}
