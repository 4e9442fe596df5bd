using Amazon.AutoScaling.Model;
using BudgetSync.Aws.Apply;
using BudgetSync.Aws.Restrictions;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Stops;
using BudgetSync.LocalAws.Ec2;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Stops;

/// <summary>
/// Whoever may tag resources of the account can write the mark of what Apply stopped. Apply starts and resizes what it has written down itself.
/// </summary>
public sealed class ForgedMarkTests
{
    private static readonly RestrictionSettings Given = new([], []) { StopRegions = ["us-east-1"], OwnRole = "BudgetSync-Apply" };
    private static readonly DesiredRestriction All = new("r-000000000001", RestrictionKind.STOP_ALL, Start);

    private static readonly DesiredRestriction Sandbox =
        new("r-000000000002", RestrictionKind.STOP_TAGGED, Start) { Tag = new ResourceTag("environment", "sandbox") };

    [Fact]
    public async Task A_mark_that_Apply_did_not_write_starts_and_resizes_nothing_with_a_restriction_and_without()
    {
        await using var world = await World.CreateAsync(Alpha);
        var group = world.Cloud.AutoScaling.PutGroup(Alpha, "web", 0, 0, 0);
        var instance = world.Cloud.Ec2.Run(new InstanceDefinition(Alpha));
        Pass(world);
        await world.As(Alpha).Compute("us-east-1").StopInstancesAsync(new() { InstanceIds = [instance.Id] });
        Pass(world);
        await world.As(Alpha).Compute("us-east-1").CreateTagsAsync(
            new() { Resources = [instance.Id], Tags = [new(StopMark.Key, $"{All.Id} 2020-01-01T00:00:00Z was running")] });
        await MarkAsync(world, "web", $"{All.Id} 2020-01-01T00:00:00Z was min 1 desired 300 max 500");

        foreach (var restrictions in new DesiredRestriction[][] { [], [Sandbox], [] })
        {
            await ApplyAsync(world, restrictions);
            await world.Look(Alpha, Given).LookAsync(new LookRequest("hub", null), CancellationToken.None);
            Pass(world);
            Assert.Equal((InstanceState.Stopped, 0), (instance.State, group.Desired));
        }
    }

    [Theory]
    [InlineData("another size")]
    [InlineData("on another group")]
    [InlineData("once more")]
    public async Task A_mark_of_Applys_counts_as_it_was_written_where_it_was_written_and_once(string forgery)
    {
        await using var world = await World.CreateAsync(Alpha);
        var (group, other) = (world.Cloud.AutoScaling.PutGroup(Alpha, "web", 1, 2, 4), world.Cloud.AutoScaling.PutGroup(Alpha, "batch", 0, 0, 0));
        await ApplyAsync(world, All);
        var mark = group.Tags[StopMark.Key].Value;
        if (forgery == "another size")
            await MarkAsync(world, "web", mark.Replace("desired 2 max 4", "desired 200 max 400", StringComparison.Ordinal));
        if (forgery == "on another group") await MarkAsync(world, "batch", mark);
        await ApplyAsync(world);
        if (forgery == "once more")
        {
            world.Cloud.AutoScaling.Resize(group, 0, 0, 0);
            await MarkAsync(world, "web", mark);
            await ApplyAsync(world);
        }

        var expected = forgery == "on another group" ? 2 : 0;
        Assert.Equal((expected, 0), (group.Desired, other.Desired));
    }

    /// <summary>What somebody else writes into the journal is his, by AWS's record, and hides nothing of ours.</summary>
    [Fact]
    public async Task The_journal_counts_as_Applys_role_wrote_it()
    {
        await using var world = await World.CreateAsync(Alpha);
        var (group, other) = (world.Cloud.AutoScaling.PutGroup(Alpha, "web", 1, 2, 4), world.Cloud.AutoScaling.PutGroup(Alpha, "batch", 0, 0, 0));
        await ApplyAsync(world, All);
        var forged = new StopMark(All.Id, Start, "min 1 desired 300 max 500");
        await MarkAsync(world, "batch", forged.Text);
        var entry = StopJournal.EntryOf(new StoppableResource(StoppableKind.AutoScalingGroup, "us-east-1", "batch", other.Arn, Runs: false), forged);
        foreach (var page in new OwnJournal([entry]).Pages(world.Clock.GetUtcNow().AddYears(1)).Append("nonsense"))
        {
            await world.As(Alpha).OwnSystems.PutParameterAsync(
                new() { Name = StopJournal.ParameterName, Value = page, Type = "String", Overwrite = true });
        }

        await ApplyAsync(world);

        Assert.Equal((2, 0), (group.Desired, other.Desired));
    }

    /// <summary>Somebody deleted their lease: neither's journal hides what the other wrote between its reading and its writing.</summary>
    [Fact]
    public async Task What_two_runs_stop_at_the_same_time_is_all_given_back()
    {
        await using var world = await World.CreateAsync(Alpha);
        var early = world.Cloud.AutoScaling.PutGroup(Alpha, "early", 1, 2, 4);
        LocalAws.AutoScaling.ScalingGroup? late = null;
        var between = 0;
        world.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation != "PutParameter" || $"{call.Input["Name"]}" != StopJournal.ParameterName || Interlocked.Increment(ref between) > 1) return null;
            late = world.Cloud.AutoScaling.PutGroup(Alpha, "late", 1, 3, 4);
            world.As(Alpha).OwnSystems.DeleteParameterAsync(new() { Name = RunLease.ParameterName }).GetAwaiter().GetResult();
            ApplyAsync(world, All).GetAwaiter().GetResult();
            return null;
        });
        await ApplyAsync(world, All);
        Assert.Equal((0, 0), (early.Desired, late!.Desired));

        await ApplyAsync(world);

        Assert.Equal((2, 3), (early.Desired, late.Desired));
    }

    /// <summary>What is stopped and stands nowhere could not be given back.</summary>
    [Fact]
    public async Task What_cannot_be_written_down_is_not_stopped()
    {
        await using var world = await World.CreateAsync(Alpha);
        var group = world.Cloud.AutoScaling.PutGroup(Alpha, "web", 1, 2, 4);
        world.Cloud.Faults.OnCalls(call => call.Operation == "PutParameter" && $"{call.Input["Name"]}" == StopJournal.ParameterName
            ? new Fault.Refusal(new AwsException("AccessDeniedException", "not you", 400))
            : null);

        var restricted = Assert.Single((await ApplyAsync(world, All)).Restrictions!.Value);

        Assert.Equal((RestrictionOutcome.Failed, 2), (restricted.State, group.Desired));
        Assert.StartsWith("nothing is stopped: what is about to be stopped cannot be written down", restricted.Reasons.Items[^1], StringComparison.Ordinal);
        Assert.Empty(group.Tags);
    }

    /// <summary>What stands there and cannot be written over goes: Apply's word alone counts, and it is kept.</summary>
    [Theory]
    [InlineData("another type")]
    [InlineData("a pattern")]
    [InlineData("the advanced tier")]
    [InlineData("a label on the oldest version")]
    public async Task A_parameter_in_the_journals_place_keeps_nothing_from_being_stopped_and_given_back(string what)
    {
        await using var world = await World.CreateAsync(Alpha);
        var (first, second) = (world.Cloud.AutoScaling.PutGroup(Alpha, "first", 1, 2, 4), world.Cloud.AutoScaling.PutGroup(Alpha, "second", 0, 0, 0));
        if (what is not "another type") await ApplyAsync(world, All);
        world.Cloud.AutoScaling.Resize(second, 1, 3, 4);
        await OwnParameter.ObstructAsync(world, StopJournal.ParameterName, what);

        var restricted = Assert.Single((await ApplyAsync(world, All)).Restrictions!.Value);

        Assert.Equal((RestrictionOutcome.InForce, 0, 0), (restricted.State, first.Desired, second.Desired));
        await ApplyAsync(world);
        Assert.Equal((2, 3), (first.Desired, second.Desired));
    }

    /// <summary>A restriction of a month whose look stops something each time outlives the hundred versions that AWS keeps.</summary>
    [Fact]
    public async Task What_was_stopped_first_is_given_back_however_often_something_was_stopped_since()
    {
        await using var world = await World.CreateAsync(Alpha);
        var first = world.Cloud.AutoScaling.PutGroup(Alpha, "first", 1, 1, 1);
        await ApplyAsync(world, All);
        var second = world.Cloud.AutoScaling.PutGroup(Alpha, "second", 1, 1, 1);
        for (var look = 0; look < 120; look++)
        {
            world.Cloud.AutoScaling.Resize(second, 1, 1, 1);
            world.Clock.Advance(TimeSpan.FromHours(4));
            await world.Look(Alpha, Given).LookAsync(new LookRequest("schedule", null), CancellationToken.None);
            Assert.Equal(0, second.Desired);
        }

        await ApplyAsync(world);

        Assert.Equal((1, 1), (first.Desired, second.Desired));
        var written = await world.As(Alpha).OwnSystems.GetParameterAsync(new() { Name = StopJournal.ParameterName });
        Assert.True(OwnJournal.Read([written.Parameter.Value]).Entries.IsEmpty);
    }

    private static async Task MarkAsync(World world, string group, string text)
    {
        var tag = new Tag { ResourceId = group, ResourceType = "auto-scaling-group", Key = StopMark.Key, Value = text, PropagateAtLaunch = false };
        await world.As(Alpha).Scaling("us-east-1").CreateOrUpdateTagsAsync(new CreateOrUpdateTagsRequest { Tags = [tag] });
    }

    private static void Pass(World world)
    {
        var clock = (VirtualClock)world.Cloud.Time;
        clock.AdvanceTo(clock.GetUtcNow().AddMinutes(5));
        world.Clock.Advance(TimeSpan.FromMinutes(5));
    }

    private static async Task<Report> ApplyAsync(World world, params DesiredRestriction[] restrictions)
    {
        var read = (ParsedDocument.Read)ParameterDocument.Parse("1000", BudgetSync.Core.AccountId.Parse(Alpha), Defaults);
        await world.HubSetsParameterAsync(Alpha, ParameterDocument.Format(read.Budgets, [.. restrictions]));
        return await world.Apply(Alpha, restrictions: Given).ApplyAsync(Trigger.ParameterChanged, CancellationToken.None);
    }
}
