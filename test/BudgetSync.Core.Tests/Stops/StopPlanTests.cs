using System.Collections.Immutable;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Stops;
using BudgetSync.Core.Tests.Generators;

namespace BudgetSync.Core.Tests.Stops;

public sealed class StopPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 10, 0, 0, TimeSpan.Zero);
    private static readonly DesiredRestriction All = new("r-000000000001", RestrictionKind.STOP_ALL, Now);
    private static readonly DesiredRestriction Idle = new("r-000000000003", RestrictionKind.STOP_IDLE, Now);

    private static readonly DesiredRestriction Sandbox =
        new("r-000000000002", RestrictionKind.STOP_TAGGED, Now) { Tag = new ResourceTag("environment", "sandbox") };

    [Fact]
    public void Groups_are_stopped_before_instances_and_what_is_given_back_comes_before_both()
    {
        var plan = Plan([Sandbox], With(Instance("i-1"), Sandbox), With(Group("web"), Sandbox), Marked(Instance("i-2", runs: false)), Marked(Group("old", 0)));

        Assert.Equal(
            ["GiveBack i-2", "GiveBack old", "Stop web", "Stop i-1"],
            plan.Steps.Select(step => $"{step.GetType().Name} {step.Resource.Id}"));
    }

    [Fact]
    public void A_group_is_marked_with_all_its_sizes_and_an_instance_with_what_it_was()
    {
        var steps = Plan([All], Group("web", 3), Instance("i-1")).Steps.Items.Cast<StopStep.Stop>().ToList();

        Assert.Equal("r-000000000001 2026-11-29T10:00:00Z was min 1 desired 3 max 5", steps[0].Mark.Text);
        Assert.Equal("r-000000000001 2026-11-29T10:00:00Z was running", steps[1].Mark.Text);
        Assert.Equal(steps[0].Mark, StopMark.TryParse(steps[0].Mark.Text));
        Assert.Equal(new GroupSizes(1, 3, 5), steps[0].Mark.Sizes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yes")]
    [InlineData("r-000000000001 2026-11-29T10:00:00Z was")]
    [InlineData("r-000000000001 2026-11-29T10:00:00Z was large")]
    [InlineData("r-000000000001 yesterday was running")]
    [InlineData("r-1 2026-11-29T10:00:00Z was running")]
    [InlineData("r-000000000001 2026-11-29T10:00:00Z was min 1 desired -3 max 5")]
    [InlineData("r-000000000001 2026-11-29T10:00:00Z was desired -3")]
    [InlineData("r-000000000001 2026-11-29T10:00:00Z was desired all")]
    public void A_tag_that_a_person_wrote_is_no_mark_and_the_resource_is_never_started(string text)
    {
        var stopped = Instance("i-1", runs: false) with { Tags = Tags((StopMark.Key, text)) };

        Assert.Null(stopped.Mark);
        Assert.True(Plan([], stopped).Steps.IsEmpty);
    }

    [Fact]
    public void Only_what_has_the_tag_is_stopped_for_STOP_TAGGED()
    {
        var other = Instance("i-2") with { Tags = Tags(("environment", "Sandbox"), ("Environment", "sandbox")) };

        Assert.Equal(["i-1"], Plan([Sandbox], With(Instance("i-1"), Sandbox), other, Instance("i-3")).Steps.Select(step => step.Resource.Id));
    }

    [Fact]
    public void What_is_protected_is_never_stopped_and_is_given_back_where_it_was()
    {
        var plan = Plan([All, Sandbox], Protected(With(Instance("i-1"), Sandbox)), Protected(Group("web")), Protected(Marked(Instance("i-2", runs: false))));

        Assert.Equal("GiveBack i-2", string.Join(' ', plan.Steps.Select(step => $"{step.GetType().Name} {step.Resource.Id}")));
        Assert.Equal("i-1, web: protected by the tag budgetsync:protect", Assert.Single(plan.LeftAlone[All.Id]));
    }

    /// <summary>Scaled to zero, the group would end it.</summary>
    [Fact]
    public void A_group_with_a_protected_member_is_left_as_it_is()
    {
        var plan = Plan([All], Group("web"), Protected(Instance("i-1") with { Group = "web" }), Instance("i-2") with { Group = "web" });

        Assert.True(plan.Steps.IsEmpty);
        Assert.Contains("web: not scaled to zero because an instance of it has the tag budgetsync:protect", plan.LeftAlone[All.Id].Items);
    }

    /// <summary>Of a warm pool or on standby: the group ends those as well.</summary>
    [Fact]
    public void A_group_with_a_protected_member_that_does_not_run_is_left_as_it_is() =>
        Assert.True(Plan([All], Group("web"), Protected(Instance("i-1", runs: false) with { Group = "web" })).Steps.IsEmpty);

    [Fact]
    public void Groups_and_clusters_whose_members_are_not_seen_are_left_and_what_is_given_back_and_all_else_is_not()
    {
        StoppableResource[] account = [Group("web"), Group("far") with { Region = "eu-west-1" }, Cluster("aurora"), Database("orders"), Notebook("n")];

        Assert.Equal(["far", "orders", "aurora", "n"], Stopped(StoppableKind.Instance));
        Assert.Equal(["web", "far", "orders", "n"], Stopped(StoppableKind.Database));
        var given = StopPlan.Of([], [Marked(Group("old", 0))], [new UnseenKind("us-east-1", StoppableKind.Instance)], Now);
        Assert.IsType<StopStep.GiveBack>(Assert.Single(given.Steps));

        IEnumerable<string> Stopped(StoppableKind unseen) =>
            account.Where(resource => StopPlan.Of([All], account, [new UnseenKind("us-east-1", unseen)], Now).Steps.Any(step => step.Resource == resource))
                .OrderBy(resource => resource.Kind)
                .Select(resource => resource.Id);
    }

    [Fact]
    public void Members_of_a_group_are_left_to_it_and_what_AWS_does_not_stop_is_named()
    {
        var plan = Plan([All], Instance("i-1") with { Group = "web" }, Instance("i-2") with { CannotStop = "their lifecycle is spot" });

        Assert.True(plan.Steps.IsEmpty);
        Assert.Equal(
            [
                "i-1: left to the auto scaling group they belong to (web), which would replace them",
                "i-2: cannot be stopped: their lifecycle is spot",
            ],
            plan.LeftAlone[All.Id]);
    }

    [Fact]
    public void A_cluster_is_stopped_as_a_whole_and_not_where_an_instance_of_it_is_protected()
    {
        var (one, two) = (Member("one", "aurora"), Protected(Member("two", "kept")));
        // A group of the same name is something else.
        var plan = Plan([All], Cluster("aurora"), Cluster("kept"), one, two, Instance("i-1") with { Group = "aurora" });

        Assert.Equal(["aurora"], plan.Steps.Select(step => step.Resource.Id));
        Assert.Equal(
            [
                "i-1: left to the auto scaling group they belong to (aurora), which would replace them",
                "kept: not stopped because an instance of it has the tag budgetsync:protect",
                "one: left to the cluster they belong to (aurora), which is stopped as a whole",
                "two: protected by the tag budgetsync:protect",
            ],
            plan.LeftAlone[All.Id]);
    }

    [Fact]
    public void A_cluster_is_idle_where_all_of_its_instances_are()
    {
        var idle = Member("one", "aurora") with { IdleAt = Now };

        Assert.Equal(["aurora"], Plan([Idle], Cluster("aurora"), idle).Steps.Select(step => step.Resource.Id));
        Assert.True(Plan([Idle], Cluster("aurora"), idle, Member("two", "aurora")).Steps.IsEmpty);
        Assert.True(Plan([Idle], Cluster("aurora")).Steps.IsEmpty);
    }

    [Fact]
    public void A_service_is_given_back_with_the_size_it_had_and_what_a_person_gave_it_stays()
    {
        var stop = Assert.IsType<StopStep.Stop>(Assert.Single(Plan([All], Service("main/web", 3)).Steps));
        var stopped = Service("main/web", 0) with { Tags = Tags((StopMark.Key, stop.Mark.Text)) };

        Assert.Equal("r-000000000001 2026-11-29T10:00:00Z was desired 3", stop.Mark.Text);
        Assert.Equal(new TaskCount(3), Assert.IsType<StopStep.GiveBack>(Assert.Single(Plan([], stopped).Steps)).Mark.Tasks);
        Assert.True(Plan([All], stopped).Steps.IsEmpty);
        var resized = Service("main/web", 1) with { Tags = stopped.Tags };
        Assert.IsType<StopStep.Forget>(Assert.Single(Plan([], resized).Steps));
        Assert.Equal("desired 1", Assert.IsType<StopStep.Stop>(Assert.Single(Plan([All], resized).Steps)).Mark.Before);
    }

    [Fact]
    public void Groups_come_first_then_instances_databases_clusters_notebooks_and_services()
    {
        var plan = Plan([All], Service("main/web", 3), Notebook("n"), Cluster("c"), Database("d"), Instance("i-1"), Group("g"));

        Assert.Equal(["g", "i-1", "d", "c", "n", "main/web"], plan.Steps.Select(step => step.Resource.Id));
    }

    [Fact]
    public void Many_that_are_left_for_one_reason_are_named_up_to_five_and_counted()
    {
        var plan = Plan([All], [.. Enumerable.Range(1, 9).Select(number => Protected(Instance($"i-{number}")))]);

        Assert.Equal("i-1, i-2, i-3, i-4, i-5 and 4 more: protected by the tag budgetsync:protect", Assert.Single(plan.LeftAlone[All.Id]));
    }

    [Fact]
    public void What_a_person_started_again_is_stopped_again_while_it_is_asked_for_and_stays_started_after_that()
    {
        var started = Marked(Instance("i-1"));

        Assert.IsType<StopStep.Stop>(Assert.Single(Plan([All], started).Steps));
        Assert.IsType<StopStep.Forget>(Assert.Single(Plan([], started).Steps));
    }

    [Fact]
    public void A_group_that_a_person_gave_another_size_is_given_back_with_that()
    {
        var stop = Assert.IsType<StopStep.Stop>(Assert.Single(Plan([All], Marked(Group("web", 2))).Steps));

        Assert.Equal(new GroupSizes(1, 2, 5), stop.Mark.Sizes);
        Assert.IsType<StopStep.Forget>(Assert.Single(Plan([], Marked(Group("web", 2))).Steps));
    }

    /// <summary>By a schedule or a template: it has no instance, and nobody has started it.</summary>
    [Fact]
    public void A_group_at_zero_keeps_the_sizes_that_it_had_where_only_its_maximum_is_changed()
    {
        var raised = Marked(Group("web", 0)) with { Sizes = new GroupSizes(0, 0, 10), Runs = true };

        var stop = Assert.IsType<StopStep.Stop>(Assert.Single(Plan([All], raised).Steps));

        Assert.Equal(new GroupSizes(1, 3, 5), stop.Mark.Sizes);
        Assert.Equal(new GroupSizes(1, 3, 5), Assert.IsType<StopStep.GiveBack>(Assert.Single(Plan([], raised).Steps)).Mark.Sizes);
    }

    [Fact]
    public void What_a_person_stopped_after_us_stays_stopped()
    {
        var ours = Marked(Instance("i-1", runs: false));

        Assert.IsType<StopStep.GiveBack>(Assert.Single(Plan([], ours with { StoppedAt = Now.AddMinutes(2) }).Steps));
        Assert.IsType<StopStep.Forget>(Assert.Single(Plan([], ours with { StoppedAt = Now.AddHours(2) }).Steps));
    }

    /// <summary>Within minutes of ours: EC2 tells when an instance was last started (EC2 API reference, Instance, launchTime).</summary>
    [Fact]
    public void What_a_person_started_and_stopped_right_after_us_stays_stopped()
    {
        var theirs = Marked(Instance("i-1", runs: false)) with { StoppedAt = Now.AddMinutes(6), StartedAt = Now.AddMinutes(3) };
        var ours = theirs with { StoppedAt = Now.AddSeconds(2), StartedAt = Now.AddDays(-3) };

        Assert.IsType<StopStep.Forget>(Assert.Single(Plan([], theirs).Steps));
        Assert.IsType<StopStep.GiveBack>(Assert.Single(Plan([], ours).Steps));
    }

    [Fact]
    public void What_was_stopped_before_is_not_ours_and_is_never_started()
    {
        Assert.True(Plan([All], Instance("i-1", runs: false), Group("web", 0)).Steps.IsEmpty);
        Assert.True(Plan([], Instance("i-1", runs: false), Group("web", 0)).Steps.IsEmpty);
    }

    [Fact]
    public void What_was_idle_stays_stopped_although_AWS_does_not_call_it_idle_any_more()
    {
        var idle = Instance("i-1") with { IdleAt = Now.AddHours(-1) };
        var stop = Assert.IsType<StopStep.Stop>(Assert.Single(Plan([Idle], idle, Instance("i-2")).Steps));

        var stopped = Done(stop) with { IdleAt = null };

        Assert.True(Plan([Idle], stopped).Steps.IsEmpty);
        // A person started it, and uses it.
        Assert.IsType<StopStep.Forget>(Assert.Single(Plan([Idle], stopped with { Runs = true }).Steps));
    }

    [Fact]
    public void What_is_idle_stays_stopped_when_another_restriction_that_asked_for_it_too_is_lifted()
    {
        var stop = Assert.IsType<StopStep.Stop>(Assert.Single(Plan([All, Idle], Instance("i-1") with { IdleAt = Now.AddHours(-1) }).Steps));

        var stopped = Done(stop) with { IdleAt = null };

        Assert.True(Plan([Idle], stopped).Steps.IsEmpty);
        Assert.True(Plan([All], stopped).Steps.IsEmpty);
        Assert.IsType<StopStep.GiveBack>(Assert.Single(Plan([], stopped).Steps));
    }

    [Fact]
    public void What_a_person_starts_again_is_left_running_until_AWS_finds_it_idle_anew()
    {
        foreach (var idle in new[] { Group("web", 3), Service("main/web", 3), Database("d") })
        {
            var found = idle with { IdleAt = Now.AddHours(-1) };
            var stop = Assert.IsType<StopStep.Stop>(Assert.Single(Plan([Idle], found).Steps));
            var started = found with { Tags = Tags((StopMark.Key, stop.Mark.Text)) };

            // Its mark stays: nothing else tells that the finding is from before the start.
            Assert.True(Plan([Idle], started).Steps.IsEmpty);
            Assert.IsType<StopStep.Stop>(Assert.Single(Plan([Idle], started with { IdleAt = Now.AddHours(1) }).Steps));
            Assert.IsType<StopStep.Stop>(Assert.Single(Plan([Idle, All], started).Steps));
            Assert.IsType<StopStep.Forget>(Assert.Single(Plan([], started).Steps));
        }
    }

    /// <summary>
    /// As of an instance: what was given back an hour ago was started then, whatever AWS found this morning. Found by the simulation of restrictions, where a
    /// group that STOP_TAGGED had given back was set to 0 by STOP_IDLE. The finding is of what ran then (Compute Optimizer user guide, "Viewing idle resource
    /// recommendations"), so one old instance beside those of today does not make it one of today.
    /// </summary>
    [Fact]
    public void A_group_of_which_any_instance_was_started_since_AWS_looked_waits_for_its_next_look()
    {
        var group = Group("web", 2) with { IdleAt = Now.AddHours(-6) };
        StoppableResource Launched(string id, int hoursAgo) => Instance(id) with { Group = "web", StartedAt = Now.AddHours(-hoursAgo) };

        var waits = Plan([Idle, Sandbox], group, Launched("i-1", 1), Launched("i-2", 2));
        Assert.True(waits.Steps.IsEmpty);
        Assert.Equal("web: AWS found it idle before an instance of it was started, so it waits for AWS's next look", Assert.Single(waits.LeftAlone[Idle.Id]));
        Assert.Equal([Idle.Id], waits.LeftAlone.Keys);
        Assert.Empty(Plan([Sandbox], group, Launched("i-1", 1)).LeftAlone);
        Assert.True(Plan([Idle], group, Launched("i-1", 1), Launched("i-2", 7)).Steps.IsEmpty);
        Assert.Equal(["web"], Plan([Idle], group, Launched("i-1", 8), Launched("i-2", 7)).Steps.Select(step => step.Resource.Id));
        // One that is stopped (a warm pool's) runs in no group.
        Assert.Equal(["web"], Plan([Idle], group, Launched("i-1", 1) with { Runs = false }, Launched("i-2", 7)).Steps.Select(step => step.Resource.Id));
        Assert.Equal(["web"], Plan([Idle], group with { IdleAt = Now }, Launched("i-1", 1), Launched("i-2", 7)).Steps.Select(step => step.Resource.Id));
        Assert.Equal(["web"], Plan([Idle], group).Steps.Select(step => step.Resource.Id));
        Assert.Equal(["web"], Plan([All, Idle], group, Launched("i-1", 1)).Steps.Select(step => step.Resource.Id));
    }

    [Fact]
    public void A_finding_counts_for_three_days_and_not_for_what_was_started_after_it()
    {
        var finding = new IdleResource(Instance("i-1").Arn, Now);

        Assert.True(finding.Holds(Instance("i-1") with { StartedAt = Now.AddDays(-20) }, Now.AddHours(30)));
        Assert.False(finding.Holds(Instance("i-1") with { StartedAt = Now.AddMinutes(1) }, Now.AddHours(1)));
        Assert.False(finding.Holds(Instance("i-1"), Now.AddDays(3)));
        Assert.False(finding.Holds(Instance("i-2"), Now));
    }

    /// <summary>
    /// What holds for every account: protected is not stopped, undo touches what we marked, and a plan that was carried out leaves nothing to do.
    /// </summary>
    [Fact]
    public void Whatever_runs_a_plan_ends_stops_nothing_protected_and_undo_is_what_was_there()
    {
        Property.ForAllSeeds(random =>
        {
            DesiredRestriction[] stops = [All, Sandbox];
            var account = Enumerable.Range(0, random.Next(12)).Select(number => Some(random, number)).ToList();
            var plan = StopPlan.Of(stops, account, Now);
            foreach (var step in plan.Steps.Items.OfType<StopStep.Stop>())
            {
                Assert.False(step.Resource.IsProtected);
                Assert.Null(step.Resource.Group);
            }

            var after = account.Select(resource => After(plan, resource)).ToList();
            Assert.True(StopPlan.Of(stops, after, Now).Steps.IsEmpty);
            var undo = StopPlan.Of([], after, Now.AddDays(1));
            Assert.All(undo.Steps, step => Assert.NotNull(step.Resource.Mark));
            var undone = after.Select(resource => After(undo, resource)).ToList();
            Assert.All(undone, resource => Assert.Null(resource.Mark));
            // What had no mark before is exactly as it was.
            foreach (var (before, now) in account.Zip(undone).Where(pair => pair.First.Mark is null)) Assert.Equal(before, now);
        });
    }

    private static StoppableResource After(StopPlan plan, StoppableResource resource) =>
        plan.Steps.FirstOrDefault(step => step.Resource == resource) is { } step ? Done(step) : resource;

    private static StoppableResource Some(Random random, int number)
    {
        var resource = random.Next(2) == 0
            ? Instance($"i-{number}", random.Next(2) == 0) with { Group = random.Next(4) == 0 ? "g" : null }
            : random.Next(3) == 0 ? Service($"main/s{number}", random.Next(3))
            : random.Next(3) == 0 ? Cluster($"c{number}")
            : Group($"g{number}", random.Next(3));
        if (random.Next(2) == 0) resource = With(resource, Sandbox);
        if (random.Next(4) == 0) resource = Protected(resource);
        return random.Next(4) == 0 ? Marked(resource) : resource;
    }

    /// <summary>The resource after its step.</summary>
    private static StoppableResource Done(StopStep step) => step switch
    {
        StopStep.Stop(var resource, var mark, _) => Sized(resource, GroupSizes.None) with { Tags = resource.Tags.Items.SetItem(StopMark.Key, mark.Text) },
        StopStep.GiveBack(var resource, var mark) =>
            Sized(resource, mark.Sizes ?? GroupSizes.None) with { Runs = true, Tasks = mark.Tasks, Tags = resource.Tags.Items.Remove(StopMark.Key) },
        _ => step.Resource with { Tags = step.Resource.Tags.Items.Remove(StopMark.Key) },
    };

    private static StoppableResource Sized(StoppableResource resource, GroupSizes sizes) =>
        resource with { Runs = false, Sizes = resource.Sizes is null ? null : sizes, Tasks = resource.Tasks is null ? null : new TaskCount(0) };

    private static StopPlan Plan(DesiredRestriction[] stops, params StoppableResource[] resources) => StopPlan.Of(stops, resources, Now);

    private static StoppableResource Instance(string id, bool runs = true) =>
        new(StoppableKind.Instance, "us-east-1", id, $"arn:aws:ec2:us-east-1:111122223333:instance/{id}", runs);

    private static StoppableResource Group(string name, int desired = 3) => new(
        StoppableKind.AutoScalingGroup,
        "us-east-1",
        name,
        $"arn:aws:autoscaling:us-east-1:111122223333:autoScalingGroup:x:autoScalingGroupName/{name}",
        desired > 0)
    {
        Sizes = desired > 0 ? new GroupSizes(1, desired, 5) : GroupSizes.None,
    };

    private static StoppableResource Database(string id) => new(StoppableKind.Database, "us-east-1", id, $"arn:aws:rds:us-east-1:111122223333:db:{id}", true);

    private static StoppableResource Member(string id, string cluster) => Database(id) with { Group = cluster };

    private static StoppableResource Cluster(string id) =>
        new(StoppableKind.DatabaseCluster, "us-east-1", id, $"arn:aws:rds:us-east-1:111122223333:cluster:{id}", true);

    private static StoppableResource Notebook(string id) =>
        new(StoppableKind.Notebook, "us-east-1", id, $"arn:aws:sagemaker:us-east-1:111122223333:notebook-instance/{id}", true);

    private static StoppableResource Service(string id, int desired) =>
        new(StoppableKind.ContainerService, "us-east-1", id, $"arn:aws:ecs:us-east-1:111122223333:service/{id}", desired > 0)
        {
            Tasks = new TaskCount(desired),
        };

    private static StoppableResource With(StoppableResource resource, DesiredRestriction tagged) =>
        resource with { Tags = resource.Tags.Items.SetItem(tagged.Tag!.Key, tagged.Tag.Value) }; // Not null: of STOP_TAGGED.

    private static StoppableResource Protected(StoppableResource resource) =>
        resource with { Tags = resource.Tags.Items.SetItem(ProtectTag.Key, ProtectTag.Value) };

    private static StoppableResource Marked(StoppableResource resource)
    {
        var before = resource.Sizes is not null ? new GroupSizes(1, 3, 5).ToString() : resource.Tasks is not null ? "desired 3" : StopMark.Running;
        return resource with { Tags = resource.Tags.Items.SetItem(StopMark.Key, new StopMark("r-00000000000f", Now, before).Text) };
    }

    private static ImmutableSortedDictionary<string, string> Tags(params (string Key, string Value)[] tags) =>
        tags.ToImmutableSortedDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal);
}
