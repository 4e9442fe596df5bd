using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Core.Tests.Rows;

/// <summary>How grants, changes, added recipients, tags and billing views come down from farther rows.</summary>
public sealed class MovesInheritanceTests
{
    private const string Everybody =
        """
        {"AccountId":"default","BudgetValue":1000,"Grants":[{"Amount":500,"Until":"2026-11-30","Why":"all"}],
        "Changes":[{"From":"2027-01-01","BudgetValue":2000}]}
        """;

    private const string Unit = """{"AccountId":"ou-ab12-11111111","Grants":[{"Amount":200,"Until":"2026-11-27","Why":"unit"}]}""";

    [Fact]
    public void Grants_of_the_row_that_gives_the_amount_and_of_nearer_ones_add_up_the_first_to_expire_first()
    {
        var budget = One("""{"Grants":[{"Amount":7,"Until":"2026-12-31","Why":"own"}]}""", Unit, Everybody);

        Assert.Equal(["unit", "all", "own"], budget.Grants.Select(grant => grant.Why));
        Assert.Equal([new EffectiveAmount(new(2027, 1, 1), 2000)], budget.Changes.AsEnumerable());
    }

    [Theory]
    [InlineData("""{"BudgetValue":1}""")]
    [InlineData("""{"AutoAdjustData":{"AutoAdjustType":"FORECAST"}}""")]
    [InlineData("""{"BudgetType":"SAVINGS_PLANS_COVERAGE"}""")]
    public void A_nearer_amount_leaves_farther_grants_and_changes_behind(string near)
    {
        var budget = One(near, Unit, Everybody);

        Assert.Empty(budget.Grants);
        Assert.Empty(budget.Changes);
    }

    [Fact]
    public void An_empty_list_of_grants_leaves_farther_ones_out_and_the_nearest_changes_hold()
    {
        var budget = One("""{"Grants":[],"Changes":[{"From":"2026-12-01","BudgetValue":5}]}""", Unit, Everybody);

        Assert.Empty(budget.Grants);
        Assert.Equal(5, Assert.Single(budget.Changes).Amount);
    }

    [Fact]
    public void Added_recipients_of_all_rows_are_told_beside_the_inherited_ones() => Assert.Equal(
        ["all@b.io", "default@b.io", "own@b.io", "unit@b.io"],
        Told(
            """{"AddEmailRecipients":"own@b.io"}""",
            """{"AccountId":"ou-ab12-11111111","AddEmailRecipients":["unit@b.io"]}""",
            """{"AccountId":"default","BudgetValue":1,"EmailRecipients":"all@b.io","AddEmailRecipients":"default@b.io"}"""));

    [Fact]
    public void Added_recipients_are_told_beside_the_stacks() =>
        Assert.Equal(["finops@example.com", "own@b.io"], Told("""{"BudgetValue":1,"AddEmailRecipients":"own@b.io, own@b.io"}"""));

    [Fact]
    public void A_nearer_list_of_recipients_replaces_farther_ones_with_all_that_was_added_to_them() => Assert.Equal(
        ["added@b.io", "own@b.io"],
        Told("""{"AddEmailRecipients":"added@b.io"}""", """{"AccountId":"ou-ab12-11111111","EmailRecipients":"own@b.io"}""",
            """{"AccountId":"default","BudgetValue":1,"EmailRecipients":"all@b.io","AddEmailRecipients":"default@b.io"}"""));

    [Fact]
    public void Added_recipients_reach_each_budget_of_a_farther_list_and_no_threshold_that_names_its_own()
    {
        var budgets = Given.Desired(
            """{"AddEmailRecipients":"own@b.io"}""",
            """
            {"AccountId":"default","Budgets":[{"BudgetName":"a","BudgetValue":1},
            {"BudgetName":"b","BudgetValue":1,"Thresholds":[{"Threshold":80,"EmailRecipients":["x@b.io"]}]}]}
            """)
            .Budgets.Budgets;

        Assert.Equal(["finops@example.com", "own@b.io"], Addresses(budgets[0]));
        Assert.Equal(["x@b.io"], Addresses(budgets[1]));
    }

    [Fact]
    public void The_nearest_tags_hold_whole_and_without_any_the_budget_keeps_its_own()
    {
        const string far = """{"AccountId":"default","BudgetValue":1,"ResourceTags":{"team":"a","stage":"b"}}""";

        Assert.Equal(["team"], One("""{"ResourceTags":{"team":"c"}}""", far).ResourceTags!.Value.Keys); // Not null: given.
        Assert.Equal(["stage", "team"], One("{}", far).ResourceTags!.Value.Keys); // As above.
        Assert.Empty(One("""{"ResourceTags":{}}""", far).ResourceTags!.Value); // As above.
        Assert.Null(One("""{"BudgetValue":1}""").ResourceTags);
    }

    [Fact]
    public void A_billing_view_is_each_accounts_own_and_null_drops_an_inherited_one()
    {
        const string far = """{"AccountId":"default","BudgetValue":1,"BillingViewArn":"arn:aws:billing::{AccountId}:billingview/primary"}""";

        Assert.Equal("arn:aws:billing::111122223333:billingview/primary", One("{}", far).Settings.BillingViewArn);
        Assert.Null(One("""{"BillingViewArn":null}""", far).Settings.BillingViewArn);
    }

    [Fact]
    public void A_billing_view_may_show_other_accounts_so_that_they_can_be_chosen() => Assert.Single(
        Given.Desired(
            """{"BudgetValue":1,"CostFilters":{"LinkedAccount":["222233334444"]},"BillingViewArn":"arn:aws:billing::999999999999:billingview/custom-1"}""")
            .Budgets.Budgets);

    [Theory]
    [InlineData("""{"Grants":[{"Amount":1,"Until":"2026-11-30","Why":"a"}]}""")]
    [InlineData("""{"Changes":[{"From":"2026-11-30","BudgetValue":1}]}""")]
    [InlineData("""{"AddEmailRecipients":["a@b.io","b@b.io","c@b.io","d@b.io","e@b.io","f@b.io","g@b.io","h@b.io","i@b.io","j@b.io"]}""")]
    [InlineData("""{"TimeUnit":"CUSTOM"}""")]
    public void What_another_row_may_give_is_no_problem_of_a_row_looked_at_alone(string json) =>
        Assert.Empty(RowCheck.Problems(Given.Row(json), Given.Defaults));

    [Theory]
    [InlineData("Grants", """[{"Amount":1,"Until":"2026-11-30","Why":"a"},{"Amount":2,"Until":"2026-11-29","Why":"b"}]""",
        """[{"Why":"b","Amount":"2","Until":"2026-11-29"},{"Amount":1.0,"Until":"2026-11-30","Why":"a"}]""")]
    [InlineData("Changes", """[{"From":"2026-11-30","BudgetValue":1}]""", """[{"BudgetValue":"1.00","From":"2026-11-30"}]""")]
    [InlineData("AddEmailRecipients", """["a@b.io","b@b.io"]""", "\"b@b.io, a@b.io\"")]
    [InlineData("ResourceTags", """{"a":"1","b":"2"}""", """{"b":"2","a":"1"}""")]
    public void Two_spellings_of_the_same_are_the_same(string name, string one, string other) =>
        Assert.True(RowEquivalence.SameAttribute(name, Value(name, one), Value(name, other)));

    [Theory]
    [InlineData("Grants", """[{"Amount":1,"Until":"2026-11-30","Why":"a"}]""", """[{"Amount":1,"Until":"2026-11-30","Why":"b"}]""")]
    [InlineData("Changes", """[{"From":"2026-11-30","BudgetValue":1}]""", """[{"From":"2026-11-30","BudgetValue":2}]""")]
    [InlineData("AddEmailRecipients", """["a@b.io"]""", """["a@b.io","b@b.io"]""")]
    [InlineData("ResourceTags", """{"a":"1"}""", """{"a":"2"}""")]
    [InlineData("BillingViewArn", "\"arn:aws:billing::111122223333:billingview/primary\"", "\"arn:aws:billing::111122223333:billingview/other\"")]
    public void What_differs_is_another(string name, string one, string other) =>
        Assert.False(RowEquivalence.SameAttribute(name, Value(name, one), Value(name, other)));

    [Fact]
    public void The_money_of_a_row_is_its_highest_amount_with_all_grants() => Assert.Equal(
        [new RowAmount(1800, "USD", TimeUnit.MONTHLY)],
        RowAmount.Of(
            Given.Row("""{"BudgetValue":1000,"Changes":[{"From":"2026-11-01","BudgetValue":1300}],"Grants":[{"Amount":500,"Until":"2026-11-30","Why":"a"}]}"""),
            Given.Defaults).AsEnumerable());

    private static RowValue Value(string name, string json) => Given.Row($$"""{"{{name}}":{{json}}}""").Attributes[name];

    private static DesiredBudget One(params string[] nearestFirst) => Assert.Single(Given.Desired(nearestFirst).Budgets.Budgets);

    private static IEnumerable<string> Told(params string[] nearestFirst) => Addresses(One(nearestFirst));

    private static IEnumerable<string> Addresses(DesiredBudget budget) =>
        Assert.Single(budget.Notifications).Subscribers.Select(subscriber => subscriber.Address);
}
