using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Tests.Restrictions;

public sealed class RunLeaseTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 30, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Each reads what is written when it looks, and believes what follows from that: in every order of the writings of three runs.</summary>
    [Fact]
    public void Who_has_the_lease_keeps_it_until_it_ends_or_its_time_is_over_whatever_others_write()
    {
        string[] writings = [RunLease.Begin("a"), RunLease.Begin("b"), RunLease.Begin("c"), RunLease.End("a"), RunLease.End("b"), RunLease.End("c")];
        var held = 0;
        foreach (var order in Orders(writings, 6))
        {
            string? before = null;
            for (var count = 1; count <= order.Count; count++)
            {
                var now = RunLease.Holder(order.Take(count).Select((text, at) => (text, Start.AddSeconds(at))));
                if (before is not null) Assert.Equal(order[count - 1] == RunLease.End(before) ? null : before, now);
                else if (now is not null) Assert.Equal(RunLease.Begin(now), order[count - 1]);
                before = now;
                if (now is not null) held++;
            }
        }

        Assert.True(held > 100_000, $"The lease was held {held} times: that proves nothing.");
    }

    /// <summary>The timeout of the functions is 300 seconds (cdk/Spoke/ApplyFunction.cs), so a run that did not end is dead by then.</summary>
    [Theory]
    [InlineData(299, "dead")]
    [InlineData(300, "next")]
    public void A_run_that_died_with_the_lease_has_it_for_as_long_as_it_could_have_run(int seconds, string holder) => Assert.Equal(
        holder,
        RunLease.Holder(
            [(RunLease.Begin("dead"), Start), (RunLease.Begin("other"), Start.AddSeconds(200)), (RunLease.Begin("next"), Start.AddSeconds(seconds))]));

    [Fact]
    public void Another_text_is_nobodys()
    {
        Assert.Null(RunLease.Holder([]));
        Assert.Null(RunLease.Holder([("nothing", Start), ("begin", Start), ("begin two runs", Start), ("end a", Start)]));
    }

    private static IEnumerable<List<string>> Orders(string[] writings, int length) => length == 0
        ? [[]]
        : Orders(writings, length - 1).SelectMany(order => writings.Select(one => new List<string>(order) { one }));
}
