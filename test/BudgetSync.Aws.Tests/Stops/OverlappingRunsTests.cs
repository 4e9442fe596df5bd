using BudgetSync.Aws.Apply;
using BudgetSync.Aws.Restrictions;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Stops;
using BudgetSync.LocalAws.AutoScaling;
using BudgetSync.LocalAws.Ec2;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Rds;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Stops;

/// <summary>
/// Two runs of Apply in one account at the same time, as when a second restriction is approved right after the first (RESPONSES.md, "What is stopped"): each
/// interleaving is made by a hook in a call of one, in which the other runs.
/// </summary>
public sealed class OverlappingRunsTests
{
    private static readonly RestrictionSettings Given = new([], []) { StopRegions = ["us-east-1"], OwnRole = "BudgetSync-Apply" };
    private static readonly DesiredRestriction All = new("r-000000000001", RestrictionKind.STOP_ALL, Start);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    /// <summary>The journal is written before the mark, so what a listing shows of the other run's stands in it by then.</summary>
    [Fact]
    public async Task The_first_stop_of_an_account_is_not_disowned_by_a_run_that_had_read_the_journal_before()
    {
        await using var world = await World.CreateAsync(Alpha);
        var (group, instance) = (world.Cloud.AutoScaling.PutGroup(Alpha, "web", 1, 2, 4), world.Cloud.Ec2.Run(new InstanceDefinition(Alpha)));
        Pass(world);
        Once(world, call => call.Operation == "DescribeAutoScalingGroups", () => ApplyAsync(world, All).GetAwaiter().GetResult());

        var second = Assert.Single((await ApplyAsync(world, All)).Restrictions!.Value);
        Pass(world);

        Assert.Equal((RestrictionOutcome.InForce, 0), (second.State, second.Reasons.Length));
        Assert.Equal((InstanceState.Stopped, 0), (instance.State, group.Desired));
        Assert.DoesNotContain((await JournalAsync(world)).Entries, entry => entry.EndsWith('?'));
        var lifted = Assert.Single((await ApplyAsync(world)).Restrictions!.Value);
        Pass(world);
        Assert.Equal((All.Id, RestrictionOutcome.Lifted, 2), (lifted.Id, lifted.State, lifted.Did.Length));
        Assert.Equal((InstanceState.Running, 1, 2, 4), (instance.State, group.Minimum, group.Desired, group.Maximum));
        Assert.True((await ApplyAsync(world)).Restrictions is { IsEmpty: true });
    }

    /// <summary>It stops next what has been marked: without the mark, nobody would ever start that again.</summary>
    [Fact]
    public async Task A_mark_that_another_run_writes_meanwhile_is_not_taken_off_before_its_stop()
    {
        await using var world = await World.CreateAsync(Alpha);
        var instance = world.Cloud.Ec2.Run(new InstanceDefinition(Alpha));
        Pass(world);
        using var marked = new ManualResetEventSlim();
        using var lifted = new ManualResetEventSlim();
        Task<Report>? stops = null;
        Once(world, call => call.Operation == "StopInstances", () =>
        {
            marked.Set();
            Assert.True(lifted.Wait(Long));
        });
        Once(world, call => call.Operation == "DescribeAutoScalingGroups", () =>
        {
            stops = Task.Run(() => ApplyAsync(world, All));
            Assert.True(marked.Wait(Long));
        });

        var lift = Assert.Single((await ApplyAsync(world)).Restrictions!.Value);
        lifted.Set();
        await stops!; // Not null: the lift lists groups.
        Pass(world);

        Assert.Equal($"{instance.Id} is being stopped by another run; the next look gives it back", Assert.Single(lift.Reasons));
        Assert.Equal((RestrictionOutcome.Failed, InstanceState.Stopped), (lift.State, instance.State));
        await ApplyAsync(world);
        Pass(world);
        Assert.Equal(InstanceState.Running, instance.State);
    }

    /// <summary>The role starts and resizes only what has the mark (cdk/Spoke/StopPermission.cs), which the other run has taken off.</summary>
    [Fact]
    public async Task What_another_run_has_given_back_is_nobodys_failure()
    {
        await using var world = await World.CreateAsync(Alpha);
        var (group, instance) = (world.Cloud.AutoScaling.PutGroup(Alpha, "web", 1, 2, 4), world.Cloud.Ec2.Run(new InstanceDefinition(Alpha)));
        Pass(world);
        await ApplyAsync(world, All);
        Pass(world);
        Once(world, call => call.Operation is "StartInstances" or "UpdateAutoScalingGroup", () => ApplyAsync(world).GetAwaiter().GetResult());
        OnlyWhatIsMarked(world, group, instance);

        var second = await ApplyAsync(world);
        Pass(world);

        Assert.Equal((ReportOutcome.Applied, 0), (second.Outcome, second.Restrictions!.Value.Length));
        Assert.Equal((InstanceState.Running, 1, 2, 4), (instance.State, group.Minimum, group.Desired, group.Maximum));
        Assert.False(instance.Tags.ContainsKey(StopMark.Key) || group.Tags.ContainsKey(StopMark.Key));
    }

    /// <summary>AWS refuses to stop a database that is being stopped (RDS API reference, StopDBInstance, InvalidDBInstanceState).</summary>
    [Fact]
    public async Task What_another_run_has_stopped_is_held_and_nobodys_failure()
    {
        await using var world = await World.CreateAsync(Alpha);
        var database = world.Cloud.Rds.PutDatabase(new DatabaseDefinition(Alpha, "orders"));
        Once(world, call => call.Operation == "StopDBInstance", () => ApplyAsync(world, All).GetAwaiter().GetResult());

        var second = Assert.Single((await ApplyAsync(world, All)).Restrictions!.Value);
        Pass(world);

        Assert.Equal((RestrictionOutcome.InForce, 0), (second.State, second.Reasons.Length));
        Assert.Equal(new RestrictedResource(database.Arn, "running"), Assert.Single(second.Holds));
        await ApplyAsync(world);
        Pass(world);
        Assert.Equal("available", database.Status);
    }

    /// <summary>As the role's condition on the mark does.</summary>
    private static void OnlyWhatIsMarked(World world, ScalingGroup group, Ec2Instance instance) => world.Cloud.Faults.OnCalls(
        call => (call.Operation == "StartInstances" && !instance.Tags.ContainsKey(StopMark.Key))
            || (call.Operation == "UpdateAutoScalingGroup" && !group.Tags.ContainsKey(StopMark.Key))
                ? new Fault.Refusal(new AwsException(call.Service == "ec2" ? "UnauthorizedOperation" : "AccessDenied", "You are not authorized.", 403))
                : null,
        "mark");

    /// <summary>The first such call waits for what is done meanwhile, whose own calls do not.</summary>
    private static void Once(World world, Func<AwsCall, bool> isIt, Action meanwhile)
    {
        var begun = 0;
        // Before the rules that refuse: they see what was done meanwhile.
        world.Cloud.Faults.OnCalls(call =>
        {
            if (isIt(call) && Interlocked.Increment(ref begun) == 1) meanwhile();
            return null;
        });
    }

    private static async Task<OwnJournal> JournalAsync(World world)
    {
        var written = await world.As(Alpha).OwnSystems.GetParameterAsync(new() { Name = StopJournal.ParameterName });
        return OwnJournal.Read([written.Parameter.Value]);
    }

    private static void Pass(World world)
    {
        var clock = (VirtualClock)world.Cloud.Time;
        clock.AdvanceTo(clock.GetUtcNow().AddMinutes(20));
        world.Clock.Advance(TimeSpan.FromMinutes(20));
    }

    private static async Task<Report> ApplyAsync(World world, params DesiredRestriction[] restrictions)
    {
        var read = (ParsedDocument.Read)ParameterDocument.Parse("1000", BudgetSync.Core.AccountId.Parse(Alpha), Defaults);
        await world.HubSetsParameterAsync(Alpha, ParameterDocument.Format(read.Budgets, [.. restrictions]));
        return await world.Apply(Alpha, restrictions: Given).ApplyAsync(Trigger.ParameterChanged, CancellationToken.None);
    }
}
