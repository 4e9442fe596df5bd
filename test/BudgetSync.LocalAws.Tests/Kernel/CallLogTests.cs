using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Tests.Kernel;

public sealed class CallLogTests
{
    [Fact]
    public void The_oldest_calls_are_forgotten_beyond_what_is_kept_and_all_are_counted()
    {
        var log = new CallLog(kept: 4);
        for (var number = 1; number <= 7; number++) log.Add(Call($"{number}"));
        Assert.Equal(["5", "6", "7"], log.Calls.Select(call => call.Call.RequestId));
        Assert.Equal(7, log.Count("ssm", "GetParameter"));
        Assert.Equal(7, log.Counts.Values.Sum());
    }

    [Fact]
    public void A_log_that_keeps_nothing_counts_and_never_answers_that_no_call_was_made()
    {
        var log = new CallLog(kept: 0);
        log.Add(Call("1"));
        Assert.Equal(1, log.Count("ssm", "GetParameter"));
        Assert.Throws<InvalidOperationException>(() => log.Calls);
    }

    private static LoggedCall Call(string id) =>
        new(DateTimeOffset.UnixEpoch, new AwsCall("ssm", "GetParameter", Caller.Root("111122223333"), "us-east-1", []) { RequestId = id }, null);
}
