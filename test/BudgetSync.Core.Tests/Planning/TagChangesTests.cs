using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Planning;

namespace BudgetSync.Core.Tests.Planning;

public sealed class TagChangesTests
{
    private static readonly BudgetSettings Settings = new()
    {
        Name = "alpha",
        Type = BudgetType.COST,
        TimeUnit = TimeUnit.MONTHLY,
        Amount = new BudgetAmount.Fixed(new SpendAmount(1, "USD")),
    };

    [Fact]
    public void Tags_that_go_make_room_before_those_that_come()
    {
        var plan = Plan(Tags(("a", "1"), ("c", "3")), Tags(("a", "2"), ("b", "2")));

        Assert.Equal([new Change.RemoveTags("alpha", ["b"]), new Change.SetTags("alpha", Tags(("a", "1"), ("c", "3")))], plan.Changes.AsEnumerable());
        Assert.Equal(["\"alpha\": remove 1 tag (b)", "\"alpha\": set 2 tags (a, c)"], plan.Changes.Select(ChangeDescription.Of));
        Assert.Equal(["\"alpha\": tags a, c are missing or differ", "\"alpha\": tags b exist, should not"], Drift.Of(plan).AsEnumerable());
    }

    [Fact]
    public void A_row_that_says_nothing_of_tags_leaves_them() => Assert.True(Plan(null, Tags(("a", "1"))).IsEmpty);

    [Fact]
    public void An_empty_map_takes_all_away() => Assert.Equal([new Change.RemoveTags("alpha", ["a"])], Plan(Tags(), Tags(("a", "1"))).Changes.AsEnumerable());

    [Fact]
    public void A_budget_that_is_made_anew_keeps_the_tags_of_which_its_row_says_nothing() => Assert.Equal(
        Tags(("a", "1")),
        Assert.IsType<Change.CreateBudget>(Planner.Replacement(new DesiredBudget(Settings, [], []), Actual(Tags(("a", "1"))))[1]).Budget.ResourceTags);

    [Theory]
    [InlineData(null, "arn:aws:billing::111122223333:billingview/primary")]
    [InlineData("arn:aws:billing::111122223333:billingview/primary", null)]
    public void The_primary_billing_view_is_the_accounts_own_costs(string? wanted, string? found) =>
        Assert.True(BudgetComparison.Same(Settings with { BillingViewArn = wanted }, Settings with { BillingViewArn = found }));

    [Fact]
    public void Another_billing_view_is_a_difference() => Assert.Equal(
        "billing view is the account's own, should be arn:aws:billing::111122223333:billingview/custom-1",
        Assert.Single(BudgetComparison.Differences(Settings with { BillingViewArn = "arn:aws:billing::111122223333:billingview/custom-1" }, Settings)));

    private static Plan Plan(EquatableDictionary<string, string>? wanted, EquatableDictionary<string, string> found) =>
        Planner.Plan(new([new DesiredBudget(Settings, [], []) { ResourceTags = wanted }]), new([Actual(found)]));

    private static ActualBudget Actual(EquatableDictionary<string, string> tags) => new(Settings, [], [], Managed: true) { Tags = tags };

    private static EquatableDictionary<string, string> Tags(params (string Name, string Value)[] tags) =>
        tags.ToImmutableSortedDictionary(tag => tag.Name, tag => tag.Value, StringComparer.Ordinal);
}
