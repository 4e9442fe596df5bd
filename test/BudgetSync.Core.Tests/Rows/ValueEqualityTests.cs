using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows;

namespace BudgetSync.Core.Tests.Rows;

public sealed class ValueEqualityTests
{
    [Fact]
    public void Desired_budgets_are_equal_when_they_are_built_twice_from_the_same_parts() =>
        Assert.Equal(Desired(80, "EC2"), Desired(80.0m, "EC2"));

    [Fact]
    public void Desired_budgets_differ_when_a_threshold_differs() =>
        Assert.NotEqual(Desired(80, "EC2"), Desired(81, "EC2"));

    [Fact]
    public void Desired_budgets_differ_when_a_filter_value_differs() =>
        Assert.NotEqual(Desired(80, "EC2"), Desired(80, "RDS"));

    [Fact]
    public void Row_images_are_equal_when_only_the_order_of_a_set_differs() =>
        Assert.Equal(Row(new RowValue.TextSet(["b", "a"])), Row(new RowValue.TextSet(["a", "b"])));

    [Fact]
    public void Row_images_differ_when_a_nested_value_differs() =>
        Assert.NotEqual(Row(new RowValue.List([new RowValue.Number("80")])), Row(new RowValue.List([new RowValue.Number("90")])));

    [Fact]
    public void Desired_budgets_that_are_equal_have_one_hash() =>
        Assert.Equal(Desired(80, "EC2").GetHashCode(), Desired(80.0m, "EC2").GetHashCode());

    [Fact]
    public void Lists_are_equal_when_their_items_are_in_the_same_order_only()
    {
        EquatableArray<string> list = ["a", "b"];
        Assert.True(list == new EquatableArray<string>(["a", "b"]) && list.Equals((object)new EquatableArray<string>(["a", "b"])));
        Assert.True(list != ["b", "a"] && list != ["a"] && !list.Equals("a"));
    }

    [Fact]
    public void A_list_set_or_map_that_was_never_given_is_empty()
    {
        Assert.True(default(EquatableArray<string>) == [] && default(EquatableArray<string>).IsEmpty);
        Assert.True(default(EquatableSet<string>) == [] && default(EquatableSet<string>).IsEmpty);
        Assert.True(default(EquatableDictionary<string, string>) == ImmutableSortedDictionary<string, string>.Empty);
    }

    [Fact]
    public void Sets_are_equal_whatever_order_they_were_given_in() =>
        Assert.True(new EquatableSet<string>(["b", "a"]) == ["a", "b"] && new EquatableSet<string>(["a"]) != ["a", "b"]);

    [Fact]
    public void Maps_are_equal_when_keys_and_values_are_whatever_orders_their_keys()
    {
        EquatableDictionary<string, int> ordinal = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal).Add("a", 1).Add("B", 2);
        EquatableDictionary<string, int> folded = ImmutableSortedDictionary.Create<string, int>(StringComparer.OrdinalIgnoreCase).Add("B", 2).Add("a", 1);
        Assert.True(ordinal == folded && ordinal.GetHashCode() == folded.GetHashCode());
        Assert.True(ordinal != ordinal.Items.SetItem("a", 3) && ordinal != ordinal.Items.Remove("a"));
    }

    [Fact]
    public void A_record_printed_never_shows_the_addresses_it_holds() =>
        Assert.DoesNotContain("finops@example.com", new StackDefaults("a", ["finops@example.com"], "aws", null).ToString(), StringComparison.Ordinal);

    private static RowImage Row(RowValue thresholds) => new(ImmutableSortedDictionary<string, RowValue>.Empty.Add("Thresholds", thresholds));

    private static DesiredBudgets Desired(decimal threshold, string service) => new(
    [
        new DesiredBudget(
            new BudgetSettings
            {
                Name = "a",
                Type = BudgetType.COST,
                TimeUnit = TimeUnit.MONTHLY,
                Amount = new BudgetAmount.Fixed(new SpendAmount(1000, "USD")),
                CostFilters = ImmutableSortedDictionary.Create<string, EquatableArray<string>>(StringComparer.Ordinal).Add("Service", [service]),
            },
            [
                new Notification(
                    new NotificationKey(NotificationType.ACTUAL, ComparisonOperator.GREATER_THAN, threshold, ThresholdType.PERCENTAGE),
                    [new Subscriber(SubscriptionType.EMAIL, "finops@example.com")]),
            ],
            []),
    ]);
}
