using System.Collections.Immutable;
using BudgetSync.Core.Ai;

namespace BudgetSync.Core.Tests.Ai;

public sealed class AiTotalsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 12, 12, 30, 0, TimeSpan.Zero);
    private static readonly BedrockModel Nova = BedrockModel.Of("amazon.nova-pro-v1:0");

    [Fact]
    public void Hours_count_to_the_window_that_they_begin_in()
    {
        // Five-hour windows are counted from 1970: the one that holds half past twelve began at 10:00 of that day.
        var window = AiWindow.FiveHours.Of(Now);
        var sums = new[] { Sum("role/A", Now, (window.Start.Hour - 1, 4), (window.Start.Hour, 1), (window.End.Hour - 1, 2)) };

        Assert.Equal(3, Of(Policy(AiWindow.FiveHours), sums)["role/A"]);
        Assert.Equal(7, Of(Policy(AiWindow.Daily), sums)["role/A"]);
    }

    [Fact]
    public void Days_before_the_window_do_not_count()
    {
        var sums = new[] { Sum("role/A", Now, (1, 1)), Sum("role/A", Now.AddDays(-1), (1, 2)), Sum("role/A", Now.AddDays(-12), (1, 4)) };

        Assert.Equal(1, Of(Policy(AiWindow.Daily), sums)["role/A"]);
        Assert.Equal(3, Of(Policy(AiWindow.Monthly), sums)["role/A"]);
    }

    [Fact]
    public void A_call_counts_to_its_principal_pools_model_and_account_less_the_discount()
    {
        var policy = Policy(AiWindow.Daily) with
        {
            Pools = ImmutableSortedDictionary<string, AiPool>.Empty.Add("research", new AiPool(["role/*"], AiBudget.Default)),
            Models = ImmutableSortedDictionary<string, AiBudget>.Empty.Add("amazon.*", AiBudget.Default),
            AccountCap = AiBudget.Default,
            DiscountPercent = 10,
        };

        var spent = Of(policy, [Sum("role/A", Now, (1, 10)), Sum("user/b", Now, (2, 5))]);

        Assert.Equal(
            new Dictionary<string, decimal>
            {
                ["role/A"] = 9,
                ["user/b"] = 4.5m,
                ["pool/research"] = 9,
                ["model/amazon.nova-pro-v1:0"] = 13.5m,
                ["account"] = 13.5m,
            },
            spent);
    }

    [Fact]
    public void The_first_day_is_that_of_the_longest_window()
    {
        Assert.Equal(new DateOnly(2026, 11, 12), AiTotals.Since(Policy(AiWindow.Daily), Now));
        var capped = Policy(AiWindow.Daily) with { AccountCap = AiBudget.Default with { Window = AiWindow.Monthly } };
        Assert.Equal(new DateOnly(2026, 11, 1), AiTotals.Since(capped, Now));
    }

    [Fact]
    public void A_rate_sees_the_minutes_of_its_principal_and_nobody_else()
    {
        var policy = Policy(AiWindow.Daily) with { Default = AiBudget.Default with { Rate = new AiRate(10, null, 300) } };
        Assert.Equal((10, 0), (AiTotals.MinutesBack(policy), AiTotals.MinutesBack(AiPolicy.Empty)));

        var totals = AiTotals.Of(
            policy, [Sum("role/A", Now, (12, 1))], [Minute("role/A", 0, 3), Minute("role/B", 0, 9), Minute("role/A", -1, 4)], Now);

        Assert.Equal([(Now.AddMinutes(-1), 4L), (Now, 3L)], Assert.Single(totals).Minutes.Select(minute => (minute.Start, minute.Calls)));
    }

    [Fact]
    public void What_has_no_price_is_counted_and_costs_nothing()
    {
        var sum = Sum("role/A", Now) with { Calls = 5, UnpricedCalls = 5, UncountedCalls = 4, Tokens = new TokenCount(10, 0, 0, 2) };

        var total = Assert.Single(AiTotals.Of(Policy(AiWindow.Daily), [sum], [], Now));

        Assert.Equal(4, total.UncountedCalls);
        Assert.Equal((0m, 5L, 5L, 12L, ""), (total.Spent, total.Calls, total.UnpricedCalls, total.Tokens.All, total.Mostly));
    }

    [Fact]
    public void What_cost_most_is_named()
    {
        var other = Sum("role/A", Now, (12, 2)) with { Model = BedrockModel.Of("amazon.nova-lite-v1:0") };

        var total = Assert.Single(AiTotals.Of(Policy(AiWindow.Daily), [Sum("role/A", Now, (12, 1)), other], [], Now));

        Assert.Equal("amazon.nova-lite-v1:0 in us-east-1", total.Mostly);
    }

    private static AiPolicy Policy(AiWindow window) => AiPolicy.Empty with { Default = AiBudget.Default with { Window = window } };

    private static Dictionary<string, decimal> Of(AiPolicy policy, IReadOnlyList<AiDaySum> sums) =>
        AiTotals.Of(policy, sums, [], Now).ToDictionary(one => one.Subject.Key, one => one.Spent, StringComparer.Ordinal);

    private static AiMinuteSum Minute(string principal, int minutes, long calls) =>
        new(AiPrincipal.Parse(principal)!, new AiMinute(Now.AddMinutes(minutes), calls, 0));

    private static AiDaySum Sum(string principal, DateTimeOffset at, params (int Hour, decimal Cost)[] hours) => new(
        AiPrincipal.Parse(principal)!,
        Nova,
        "us-east-1",
        DateOnly.FromDateTime(at.UtcDateTime),
        [.. Enumerable.Range(0, 24).Select(hour => hours.Where(one => one.Hour == hour).Sum(one => one.Cost))]);
}
