using BudgetSync.Aws.Apply;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Restrictions;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Stops;
using BudgetSync.LocalAws.AutoScaling;
using BudgetSync.LocalAws.Ec2;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Rds;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Stops;

/// <summary>
/// Two runs of Apply in one account at the same time, as when a restriction is lifted right after another was approved (RESPONSES.md, "What is stopped"): the
/// second runs in the middle of the first, before each of its calls in turn, after the hub has written what it reads.
/// </summary>
public sealed class OverlappingRunsTests
{
    private static readonly RestrictionSettings Given = new([], []) { StopRegions = ["us-east-1"], OwnRole = "BudgetSync-Apply" };
    private static readonly DesiredRestriction All = new("r-000000000001", RestrictionKind.STOP_ALL, Start);
    private static readonly DesiredRestriction Later = new("r-000000000002", RestrictionKind.STOP_ALL, Start);

    /// <summary>
    /// The document that was written last counts, and what one run has marked is stopped or has its mark no more. A mark that a lifting run took off between
    /// the other's mark and its stop left the resource stopped, and nobody to give it back; so did one of before, that a person's start had outlived.
    /// </summary>
    [Theory]
    [InlineData("running", "stop", "lift")]
    [InlineData("running", "lift", "stop")]
    [InlineData("running", "stop", "stop another")]
    [InlineData("stopped", "stop", "lift")]
    [InlineData("stopped", "lift", "stop")]
    [InlineData("stopped", "lift", "lift")]
    [InlineData("stopped", "lift", "stop another")]
    [InlineData("started again", "stop", "lift")]
    [InlineData("started again", "lift", "stop")]
    [InlineData("started again", "lift", "stop another")]
    public async Task The_last_document_is_in_force_wherever_the_second_run_comes_between_the_calls_of_the_first(string state, string first, string second)
    {
        var calls = await RunAsync(state, first, second, int.MaxValue);
        Assert.True(calls > 15, $"{calls} calls are no run.");
        for (var call = 1; call <= calls; call++) await RunAsync(state, first, second, call);
    }

    /// <returns>How many calls the first run made.</returns>
    private static async Task<int> RunAsync(string state, string first, string second, int between)
    {
        await using var world = await World.CreateAsync(Alpha);
        var account = new Runners(world);
        Pass(world);
        if (state != "running")
        {
            await ApplyAsync(world, "stop");
            Pass(world);
            Assert.True(account.AreStopped, "the world begins wrongly");
        }

        if (state == "started again") account.Start();
        Pass(world);
        var (calls, wasRefused) = (0, false);
        await SetAsync(world, first);
        world.Cloud.Faults.OnCalls(_ =>
        {
            if (++calls == between) wasRefused = !RunsWhole(world, second);
            return null;
        });
        await world.Apply(Alpha, restrictions: Given).ApplyAsync(Trigger.ParameterChanged, CancellationToken.None);
        var made = calls;
        world.Cloud.Faults.Reset();
        if (between > made) return made;
        // Lambda runs it again, when what is stopping cannot be started yet; and the next look does.
        if (wasRefused) _ = RunsWhole(world, second);
        Pass(world);
        await ApplyAsync(world, second);
        Pass(world);

        var where = $"{state}, {first}, {second} before call {between}";
        if (second == "lift") Assert.True(account.AreAsTheyWere, where);
        else Assert.True(account.AreStopped, where);
        await ApplyAsync(world, "lift");
        Pass(world);
        Assert.True(account.AreAsTheyWere, $"{where}, lifted");
        return made;
    }

    /// <returns>False where it found the other one at it, or what that had begun.</returns>
    private static bool RunsWhole(World world, string what)
    {
        try
        {
            ApplyAsync(world, what).GetAwaiter().GetResult();
            return true;
        }
        catch (AwsFaultException unfinished) when (unfinished.Fault.Kind == FaultKind.Retry)
        {
            return false;
        }
    }

    private static Task SetAsync(World world, string what)
    {
        var read = (ParsedDocument.Read)ParameterDocument.Parse("1000", BudgetSync.Core.AccountId.Parse(Alpha), Defaults);
        DesiredRestriction[] asked = what switch { "lift" => [], "stop" => [All], _ => [Later] };
        return world.HubSetsParameterAsync(Alpha, ParameterDocument.Format(read.Budgets, [.. asked]));
    }

    private static async Task ApplyAsync(World world, string what)
    {
        await SetAsync(world, what);
        await world.Apply(Alpha, restrictions: Given).ApplyAsync(Trigger.ParameterChanged, CancellationToken.None);
    }

    private static void Pass(World world)
    {
        var clock = (VirtualClock)world.Cloud.Time;
        clock.AdvanceTo(clock.GetUtcNow().AddMinutes(20));
        world.Clock.Advance(TimeSpan.FromMinutes(20));
    }

    /// <summary>One of each kind that is marked in another way, or started in another.</summary>
    private sealed class Runners(World world)
    {
        private readonly ScalingGroup group = world.Cloud.AutoScaling.PutGroup(Alpha, "web", 1, 2, 4);
        private readonly Ec2Instance instance = world.Cloud.Ec2.Run(new InstanceDefinition(Alpha));
        private readonly DatabaseResource database = world.Cloud.Rds.PutDatabase(new DatabaseDefinition(Alpha, "orders"));

        public bool AreStopped => (instance.State, group.Maximum, database.Status) == (InstanceState.Stopped, 0, "stopped")
            && instance.Tags.ContainsKey(StopMark.Key) && group.Tags.ContainsKey(StopMark.Key) && database.Tags.ContainsKey(StopMark.Key);

        public bool AreAsTheyWere =>
            (instance.State, group.Minimum, group.Desired, group.Maximum, database.Status) == (InstanceState.Running, 1, 2, 4, "available")
            && !instance.Tags.ContainsKey(StopMark.Key) && !group.Tags.ContainsKey(StopMark.Key) && !database.Tags.ContainsKey(StopMark.Key);

        /// <summary>A person does, and leaves the marks where they are.</summary>
        public void Start()
        {
            var person = world.As(Alpha);
            person.Compute("us-east-1").StartInstancesAsync(new() { InstanceIds = [instance.Id] }).GetAwaiter().GetResult();
            person.Databases("us-east-1").StartDBInstanceAsync(new() { DBInstanceIdentifier = "orders" }).GetAwaiter().GetResult();
            world.Cloud.AutoScaling.Resize(group, 1, 2, 4);
        }
    }
}
