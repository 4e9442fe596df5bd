using BudgetSync.Core.Spend.Costs;

namespace BudgetSync.Core.Tests.Spend.Costs;

public sealed class CostDriverTests
{
    private static readonly DateOnly Last = new(2026, 11, 19);

    [Fact]
    public void The_services_that_rose_most_are_named_with_what_they_cost_a_day_before_and_now()
    {
        var drivers = CostDriver.Of([.. Days("AWS Lambda", 1.5m, 10), .. Days("Amazon EC2", 20, 62), .. Days("Amazon S3", 5, 5), .. Days("Amazon RDS", 9, 1)]);

        Assert.Equal(["Amazon EC2 +42 USD a day (20 before, 62 now)", "AWS Lambda +8.50 USD a day (1.50 before, 10 now)"], drivers.Select(one => $"{one}"));
    }

    [Fact]
    public void Three_are_named_at_most_and_of_equals_the_first_by_name()
    {
        var drivers = CostDriver.Of([.. Days("d", 0, 2), .. Days("b", 0, 1), .. Days("a", 0, 1), .. Days("c", 0, 1)]);

        Assert.Equal(["d", "a", "b"], drivers.Select(driver => driver.Service));
    }

    [Fact]
    public void Days_are_counted_from_the_last_of_which_anything_is_known_and_older_ones_are_left_out()
    {
        var costs = Days("Amazon EC2", 7, 10, of: Last.AddDays(-2)).ToList();
        costs.Add(new ServiceCost("Amazon EC2", Last.AddDays(-2 - 10), 1000, "USD"));

        Assert.Equal((7m, 10m), (CostDriver.Of(costs)[0].Before, CostDriver.Of(costs)[0].Now));
    }

    [Fact]
    public void A_service_that_is_new_rose_from_nothing_and_its_missing_days_cost_nothing()
    {
        var driver = Assert.Single(CostDriver.Of([new("Amazon Bedrock", Last, 90, "USD"), new("Amazon S3", Last.AddDays(-9), 7, "USD")]));

        Assert.Equal(("Amazon Bedrock", 0m, 30m), (driver.Service, driver.Before, driver.Now));
    }

    [Fact]
    public void Nothing_is_named_where_nothing_rose_by_a_cent_a_day()
    {
        Assert.Empty(CostDriver.Of([]));
        Assert.Empty(CostDriver.Of([.. Days("Amazon S3", 5, 5.009m), .. Days("Credit", -1, -3)]));
    }

    private static IEnumerable<ServiceCost> Days(string service, decimal before, decimal now, DateOnly? of = null) =>
        Enumerable.Range(0, 10).Select(ago => new ServiceCost(service, (of ?? Last).AddDays(-ago), ago < 3 ? now : before, "USD"));
}
