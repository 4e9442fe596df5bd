using BudgetSync.Core.Alerts;
using BudgetSync.Core.Status;
using static BudgetSync.Core.Tests.Status.SpendSteps;

namespace BudgetSync.Core.Tests.Alerts;

/// <summary>One account with many budgets leaves room for others in a digest.</summary>
public sealed class FairDigestTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Three_budgets_of_one_account_come_before_those_of_others_that_need_it_less()
    {
        var loud = Applied(null, Noon, [.. Enumerable.Range(10, 40).Select(number => Spent(1_600, Noon, name: $"b{number}"))]) with { Key = "111111111111" };
        var rest = Enumerable.Range(1, 5).Select(number => Applied(null, Noon, Spent(1_050, Noon)) with { Key = $"22222222222{number}" });

        var names = Of([loud, .. rest]).Facts.Select(fact => fact.Name).ToList();

        Assert.Equal(
            [
                "b10 of 111111111111", "b11 of 111111111111", "b12 of 111111111111",
                .. Enumerable.Range(1, 5).Select(number => $"team-a of 22222222222{number}"),
                "b13 of 111111111111", "b14 of 111111111111", "b15 of 111111111111", "b16 of 111111111111",
            ],
            names);
    }

    [Fact]
    public void The_largest_unusual_cost_of_each_account_comes_before_the_others_of_one()
    {
        StatusRow[] rows = [.. new[] { "111111111111", "222222222222", "333333333333" }.Select(key => Applied(null, Noon, Spent(1, Noon)) with { Key = key })];
        CostAnomaly[] anomalies =
        [
            .. Enumerable.Range(1, 6).Select(number => Anomaly($"a-{number}", rows[0].Key, 900 + number)),
            Anomaly("b", rows[1].Key, 20), Anomaly("c", rows[2].Key, 30),
        ];

        var digest = Digest.Of(new DigestContext(DigestInterval.Daily, rows, new DateOnly(2026, 11, 12), Noon) { Anomalies = [.. anomalies] });

        Assert.Equal("111111111111 +906 USD; 333333333333 +30 USD; 222222222222 +20 USD; and 5 more", Assert.Single(digest.Facts).Value);
    }

    private static CostAnomaly Anomaly(string id, string account, decimal impact) => new(id, account, impact, null, "", "", Noon);

    private static Alert Of(StatusRow[] rows) => Digest.Of(new DigestContext(DigestInterval.Daily, rows, new DateOnly(2026, 11, 12), Noon));
}
