using Amazon.AutoScaling.Model;
using BudgetSync.Aws.Apply;
using BudgetSync.Aws.Restrictions;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Stops;
using BudgetSync.LocalAws.AutoScaling;
using BudgetSync.LocalAws.Ec2;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Stops;

/// <summary>
/// Whoever may write parameters deletes the journal of stops, or pushes a part of it out: what AWS itself explains is given back, and what nothing explains is
/// told until a person has taken the mark off (RESPONSES.md, "What is stopped").
/// </summary>
public sealed class LostStopJournalTests
{
    /// <summary>What AWS keeps of a parameter (Systems Manager user guide, "Working with parameter versions").</summary>
    private const int VersionsKept = 100;

    private static readonly RestrictionSettings Given = new([], []) { StopRegions = ["us-east-1"], OwnRole = "BudgetSync-Apply" };
    private static readonly DesiredRestriction All = new("r-000000000001", RestrictionKind.STOP_ALL, Start);

    [Fact]
    public async Task What_stood_on_a_page_that_was_pushed_out_is_given_back_as_far_as_AWS_says_when_it_was_stopped()
    {
        await using var world = await World.CreateAsync(Alpha);
        List<Ec2Instance> instances = [.. Enumerable.Range(0, 200).Select(_ => world.Cloud.Ec2.Run(new InstanceDefinition(Alpha)))];
        await StopAsync(world);
        Assert.All(instances, instance => Assert.Equal(InstanceState.Stopped, instance.State));
        await PushOutAsync(world);

        var lifted = Assert.Single((await ApplyAsync(world)).Restrictions!.Value);
        Pass(world);

        Assert.Equal((All.Id, RestrictionOutcome.Lifted, 200), (lifted.Id, lifted.State, lifted.Did.Length));
        Assert.All(instances, instance => Assert.Equal(InstanceState.Running, instance.State));
    }

    [Fact]
    public async Task What_nothing_explains_is_told_until_the_mark_is_off()
    {
        await using var world = await World.CreateAsync(Alpha);
        var (group, instance) = (world.Cloud.AutoScaling.PutGroup(Alpha, "web", 1, 2, 4), world.Cloud.Ec2.Run(new InstanceDefinition(Alpha)));
        await StopAsync(world);
        await world.As(Alpha).OwnSystems.DeleteParameterAsync(new() { Name = StopJournal.ParameterName });

        var restricted = Assert.Single((await ApplyAsync(world, All)).Restrictions!.Value);
        Assert.Equal(RestrictionOutcome.InForce, restricted.State);
        Assert.Contains("nothing says any more whether BudgetSync or a person wrote it", Assert.Single(restricted.Reasons), StringComparison.Ordinal);
        for (var apply = 0; apply < 2; apply++)
        {
            var left = Assert.Single((await ApplyAsync(world)).Restrictions!.Value);
            Pass(world);
            Assert.Equal((All.Id, RestrictionOutcome.Failed, 0), (left.Id, left.State, left.Did.Length));
            Assert.StartsWith($"{group.Arn}, {instance.Arn}: the tag {StopMark.Key} is there", Assert.Single(left.Reasons), StringComparison.Ordinal);
        }

        Assert.Equal((0, InstanceState.Stopped), (group.Desired, instance.State));
        await world.As(Alpha).Compute("us-east-1").DeleteTagsAsync(new() { Resources = [instance.Id], Tags = [new(StopMark.Key)] });
        await UnmarkAsync(world, group);
        Pass(world);
        Assert.True((await ApplyAsync(world)).Restrictions is { IsEmpty: true });
        Pass(world);
        await ApplyAsync(world);
        var written = await world.As(Alpha).OwnSystems.GetParameterAsync(new() { Name = StopJournal.ParameterName });
        Assert.True(OwnJournal.Read([written.Parameter.Value]).Entries.IsEmpty);
    }

    /// <summary>The hub's versions went with it: the mark itself has the restriction's id.</summary>
    [Fact]
    public async Task What_no_version_of_the_hubs_asks_for_is_told_by_its_mark()
    {
        await using var world = await World.CreateAsync(Alpha);
        world.Cloud.AutoScaling.PutGroup(Alpha, "web", 1, 2, 4);
        await StopAsync(world);
        foreach (var name in new[] { StopJournal.ParameterName, Parameter }) await world.As(Alpha).OwnSystems.DeleteParameterAsync(new() { Name = name });

        var left = Assert.Single((await ApplyAsync(world)).Restrictions!.Value);

        Assert.Equal((All.Id, RestrictionOutcome.Failed), (left.Id, left.State));
    }

    /// <summary>A tagger pushes the journal out and marks what a person stopped: before the restriction, or for one that was never asked for.</summary>
    [Theory]
    [InlineData("r-000000000001", -60)]
    [InlineData("r-00000000000f", 0)]
    [InlineData("r-000000000001", 60)]
    public async Task A_mark_that_does_not_fit_what_AWS_and_the_hub_say_starts_nothing(string restriction, int minutes)
    {
        await using var world = await World.CreateAsync(Alpha);
        for (var number = 0; number < 200; number++) world.Cloud.Ec2.Run(new InstanceDefinition(Alpha));
        await StopAsync(world);
        var theirs = world.Cloud.Ec2.Run(new InstanceDefinition(Alpha));
        Pass(world);
        await world.As(Alpha).Compute("us-east-1").StopInstancesAsync(new() { InstanceIds = [theirs.Id] });
        Pass(world);
        var forged = new StopMark(restriction, world.Clock.GetUtcNow().AddMinutes(minutes - 5), StopMark.Running);
        await world.As(Alpha).Compute("us-east-1").CreateTagsAsync(new() { Resources = [theirs.Id], Tags = [new(StopMark.Key, forged.Text)] });
        await PushOutAsync(world);

        var report = await ApplyAsync(world);
        Pass(world);

        Assert.Equal(InstanceState.Stopped, theirs.State);
        Assert.Contains(report.Restrictions!.Value, one => one.Id == restriction && one.State == RestrictionOutcome.Failed);
    }

    /// <summary>A journal that is written anew must not say of what nobody could see that it is a person's.</summary>
    [Fact]
    public async Task What_could_not_be_seen_when_the_journal_was_lost_is_told_when_it_can_be()
    {
        await using var world = await World.CreateAsync(Alpha);
        var group = world.Cloud.AutoScaling.PutGroup(Alpha, "web", 1, 2, 4);
        await StopAsync(world);
        await world.As(Alpha).OwnSystems.DeleteParameterAsync(new() { Name = StopJournal.ParameterName });
        var instance = world.Cloud.Ec2.Run(new InstanceDefinition(Alpha));
        Pass(world);
        world.Cloud.Faults.OnCalls(call => call.Operation == "DescribeAutoScalingGroups"
            ? new Fault.Refusal(new AwsException("AccessDenied", "no", 403))
            : null);
        await ApplyAsync(world, All);
        Pass(world);
        Assert.Equal(InstanceState.Stopped, instance.State);
        world.Cloud.Faults.Reset();

        for (var apply = 0; apply < 2; apply++)
        {
            var left = Assert.Single((await ApplyAsync(world)).Restrictions!.Value);
            Pass(world);
            Assert.Equal(RestrictionOutcome.Failed, left.State);
            Assert.Contains(group.Arn, Assert.Single(left.Reasons), StringComparison.Ordinal);
        }

        Assert.Equal(InstanceState.Running, instance.State);
    }

    private static async Task StopAsync(World world)
    {
        Pass(world);
        await ApplyAsync(world, All);
        Pass(world);
    }

    private static async Task PushOutAsync(World world)
    {
        for (var version = 1; version < VersionsKept; version++)
        {
            await world.As(Alpha).OwnSystems.PutParameterAsync(
                new() { Name = StopJournal.ParameterName, Value = "x", Type = "String", Overwrite = true });
        }
    }

    private static Task<DeleteTagsResponse> UnmarkAsync(World world, ScalingGroup group) => world.As(Alpha).Scaling("us-east-1").DeleteTagsAsync(
        new DeleteTagsRequest { Tags = [new Tag { ResourceId = group.Name, ResourceType = "auto-scaling-group", Key = StopMark.Key }] });

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
