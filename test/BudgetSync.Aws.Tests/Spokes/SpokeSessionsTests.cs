using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Spokes;

public sealed class SpokeSessionsTests
{
    [Fact]
    public async Task A_second_edit_of_the_same_account_makes_no_AssumeRole()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));
        await world.PropagateAsync(Alpha);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("2000")));

        await world.PropagateAsync(Alpha);

        Assert.Equal((1, 2), (world.Cloud.Calls.Count("sts", "AssumeRole"), world.Cloud.Calls.Count("ssm", "PutParameter")));
    }

    [Fact]
    public async Task A_throttled_AssumeRole_slows_the_next_ones_down()
    {
        await using var world = await World.CreateAsync(Alpha, Beta, Gamma);
        foreach (var account in new[] { Alpha, Beta, Gamma }) await world.PutRowAsync(account, ("BudgetValue", Number("1000")));
        var refused = false;
        world.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation != "AssumeRole" || refused) return null;
            refused = true;
            return new Fault.Refusal(new AwsException("Throttling", "Rate exceeded"));
        });

        Assert.Null(await world.PropagateAsync(Alpha, Beta, Gamma));

        // 60 a second is a turn each 17 ms, half of it one each 33; without the refusal the burst of a second lets all go at once.
        Assert.Contains(world.Clock.Waits, wait => wait.TotalMilliseconds is > 25 and < 34);
        Assert.Equal(4, world.Cloud.Calls.Count("sts", "AssumeRole"));
    }

    [Fact]
    public async Task A_session_about_to_expire_is_taken_anew()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));
        await world.PropagateAsync(Alpha);
        world.Clock.Advance(TimeSpan.FromMinutes(56));

        await world.PropagateAsync(Alpha);

        Assert.Equal(2, world.Cloud.Calls.Count("sts", "AssumeRole"));
    }
}
