using Amazon.Runtime;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;

namespace BudgetSync.Aws.Tests.Calls;

public sealed class AwsCallerTests
{
    private readonly ImmediateClock clock = new(World.Start);

    [Fact]
    public async Task A_throttled_call_is_tried_again_with_waits_that_stay_below_a_doubling_ceiling()
    {
        var tries = 0;
        var caller = new AwsCaller(clock, new Random(7), JsonLog.Silent);

        await caller.CallAsync("ssm", "PutParameter", _ => ++tries < 4 ? throw Error("ThrottlingException") : Task.FromResult(true), CancellationToken.None);

        Assert.Equal((4, 3), (tries, clock.Waits.Count));
        Assert.All(clock.Waits.Index(), wait => Assert.InRange(wait.Item, TimeSpan.Zero, Limits.FirstBackoff * Math.Pow(2, wait.Index)));
    }

    [Fact]
    public async Task A_call_that_is_throttled_for_ever_is_given_up_after_its_tries()
    {
        var tries = 0;
        var caller = new AwsCaller(clock, new Random(7), JsonLog.Silent);

        var failure =
            await Assert.ThrowsAsync<AwsFaultException>(
                () => caller.CallAsync<bool>("ssm", "PutParameter", _ => throw Count(ref tries, "ThrottlingException"), CancellationToken.None));

        Assert.Equal((Limits.Attempts, FaultKind.Retry), (tries, failure.Fault.Kind));
    }

    [Fact]
    public async Task A_refused_call_is_not_tried_again()
    {
        var tries = 0;
        var caller = new AwsCaller(clock, new Random(7), JsonLog.Silent);

        await Assert.ThrowsAsync<AwsFaultException>(
            () => caller.CallAsync<bool>("budgets", "CreateBudget", _ => throw Count(ref tries, "InvalidParameterException"), CancellationToken.None));

        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task An_unknown_error_is_logged_loudly()
    {
        using var output = new MemoryStream();
        var caller = new AwsCaller(clock, new Random(7), new JsonLog(output, clock));

        await Assert.ThrowsAsync<AwsFaultException>(
            () => caller.CallAsync<bool>("ssm", "GetParameter", _ => throw Error("NeverSeenException"), CancellationToken.None));

        Assert.Contains("\"eventId\":900", System.Text.Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
    }

    private static AmazonServiceException Count(ref int tries, string code)
    {
        tries++;
        return Error(code);
    }

    private static AmazonServiceException Error(string code) => new("refused") { ErrorCode = code };
}
