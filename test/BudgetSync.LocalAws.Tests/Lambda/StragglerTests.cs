using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Tests.Lambda;

/// <summary>A call that its caller gave up, and that takes effect all the same.</summary>
public sealed class StragglerTests
{
    [Fact]
    public async Task A_call_whose_caller_gave_up_takes_effect_later_and_so_after_newer_ones()
    {
        var clock = new VirtualClock(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
        await using var cloud = new LocalCloud(new LocalCloudOptions { Time = clock, Stepped = true });
        await PutAsync(cloud, "first");
        cloud.Faults.OnCalls(_ => new Fault.Straggler(TimeSpan.FromSeconds(20)));
        await Assert.ThrowsAsync<BrokenConnectionException>(() => PutAsync(cloud, "straggler"));
        cloud.Faults.Reset();
        await PutAsync(cloud, "newer");

        clock.Advance(TimeSpan.FromSeconds(20));
        await cloud.Work.RunOneAsync(0);

        var read = await cloud.Gateway.InvokeAsync(cloud.Ssm, Call("GetParameter", new JsonObject { ["Name"] = "/p" }), CancellationToken.None);
        Assert.Equal("straggler", read["Parameter"]!["Value"]!.ToString());
        Assert.Empty(cloud.Work.Failures);
    }

    private static Task<JsonObject> PutAsync(LocalCloud cloud, string value) =>
        cloud.Gateway.InvokeAsync(
            cloud.Ssm,
            Call("PutParameter", new JsonObject { ["Name"] = "/p", ["Value"] = value, ["Type"] = "String", ["Overwrite"] = true }),
            CancellationToken.None);

    private static AwsCall Call(string operation, JsonObject input) => new("ssm", operation, Caller.Root("111111111111"), "us-east-1", input);
}
