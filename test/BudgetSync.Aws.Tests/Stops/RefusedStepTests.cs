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

/// <summary>What a person does to a resource between the listing and the call that would do the same.</summary>
public sealed class RefusedStepTests
{
    private static readonly RestrictionSettings Given = new([], []) { StopRegions = ["us-east-1"], OwnRole = "BudgetSync-Apply" };
    private static readonly DesiredRestriction All = new("r-000000000001", RestrictionKind.STOP_ALL, Start);

    /// <summary>The role starts and resizes only what has the mark (cdk/Spoke/StopPermission.cs).</summary>
    [Fact]
    public async Task What_a_person_has_given_back_by_hand_meanwhile_is_nobodys_failure()
    {
        await using var world = await World.CreateAsync(Alpha);
        var (group, instance) = (world.Cloud.AutoScaling.PutGroup(Alpha, "web", 1, 2, 4), world.Cloud.Ec2.Run(new InstanceDefinition(Alpha)));
        Pass(world);
        await ApplyAsync(world, All);
        Pass(world);
        Once(world, call => call.Operation is "StartInstances" or "UpdateAutoScalingGroup", () => GiveBack(world, group, instance));
        OnlyWhatIsMarked(world, group, instance);

        var lifted = await ApplyAsync(world);
        Pass(world);

        Assert.Equal((ReportOutcome.Applied, 0), (lifted.Outcome, lifted.Restrictions!.Value.Length));
        Assert.Equal((InstanceState.Running, 1, 2, 4), (instance.State, group.Minimum, group.Desired, group.Maximum));
        Assert.False(instance.Tags.ContainsKey(StopMark.Key) || group.Tags.ContainsKey(StopMark.Key));
    }

    /// <summary>AWS refuses to stop a database that is being stopped (RDS API reference, StopDBInstance, InvalidDBInstanceState).</summary>
    [Fact]
    public async Task What_a_person_has_stopped_after_it_was_marked_is_held_and_nobodys_failure()
    {
        await using var world = await World.CreateAsync(Alpha);
        var database = world.Cloud.Rds.PutDatabase(new DatabaseDefinition(Alpha, "orders"));
        Once(world, call => call.Operation == "StopDBInstance", () =>
            world.As(Alpha).Databases("us-east-1").StopDBInstanceAsync(new() { DBInstanceIdentifier = "orders" }).GetAwaiter().GetResult());

        var stopped = Assert.Single((await ApplyAsync(world, All)).Restrictions!.Value);
        Pass(world);

        Assert.Equal((RestrictionOutcome.InForce, 0), (stopped.State, stopped.Reasons.Length));
        Assert.Equal(new RestrictedResource(database.Arn, "running"), Assert.Single(stopped.Holds));
        await ApplyAsync(world);
        Pass(world);
        Assert.Equal("available", database.Status);
    }

    private static void GiveBack(World world, ScalingGroup group, Ec2Instance instance)
    {
        var compute = world.As(Alpha).Compute("us-east-1");
        compute.StartInstancesAsync(new() { InstanceIds = [instance.Id] }).GetAwaiter().GetResult();
        compute.DeleteTagsAsync(new() { Resources = [instance.Id], Tags = [new(StopMark.Key)] }).GetAwaiter().GetResult();
        world.Cloud.AutoScaling.Resize(group, 1, 2, 4);
        var mark = new Amazon.AutoScaling.Model.Tag { ResourceId = "web", ResourceType = "auto-scaling-group", Key = StopMark.Key };
        world.As(Alpha).Scaling("us-east-1").DeleteTagsAsync(new() { Tags = [mark] }).GetAwaiter().GetResult();
    }

    /// <summary>As the role's condition on the mark does; the person has no such condition.</summary>
    private static void OnlyWhatIsMarked(World world, ScalingGroup group, Ec2Instance instance) => world.Cloud.Faults.OnCalls(
        call => !call.Caller.IsRoot
            && ((call.Operation == "StartInstances" && !instance.Tags.ContainsKey(StopMark.Key))
                || (call.Operation == "UpdateAutoScalingGroup" && !group.Tags.ContainsKey(StopMark.Key)))
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
