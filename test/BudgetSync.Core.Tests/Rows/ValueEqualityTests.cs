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
                CostFilters = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("Service", ImmutableArray.Create(service))]),
            },
            [
                new Notification(
                    new NotificationKey(NotificationType.ACTUAL, ComparisonOperator.GREATER_THAN, threshold, ThresholdType.PERCENTAGE),
                    [new Subscriber(SubscriptionType.EMAIL, "finops@example.com")]),
            ],
            []),
    ]);
}
