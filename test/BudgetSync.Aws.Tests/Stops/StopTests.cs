using System.Collections.Immutable;
using BudgetSync.Aws.Apply;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Restrictions;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Stops;
using BudgetSync.LocalAws.Ec2;
using BudgetSync.LocalAws.Ecs;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Rds;
using BudgetSync.LocalAws.SageMaker;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Stops;

/// <summary>What runs in an account is stopped while its document says so, and given back after that.</summary>
public sealed class StopTests
{
    private const string There = "eu-west-1";
    private static readonly RestrictionSettings Given = new([], []) { StopRegions = ["us-east-1", There], OwnRole = "BudgetSync-Apply" };
    private static readonly DesiredRestriction All = new("r-000000000001", RestrictionKind.STOP_ALL, Start);

    private static readonly DesiredRestriction Sandbox =
        new("r-000000000002", RestrictionKind.STOP_TAGGED, Start) { Tag = new ResourceTag("environment", "sandbox") };

    private static readonly DesiredRestriction Idle = new("r-000000000003", RestrictionKind.STOP_IDLE, Start);

    [Fact]
    public async Task Instances_and_groups_of_the_named_regions_are_stopped_and_given_back_as_they_were()
    {
        await using var world = await CreateAsync();
        var (here, there, elsewhere) = (Run(world), Run(world, region: There), Run(world, region: "ap-southeast-2"));
        var group = world.Cloud.AutoScaling.PutGroup(Alpha, "web", 1, 2, 4);

        var report = await ApplyAsync(world, All);

        var restricted = Assert.Single(report.Restrictions!.Value);
        Assert.Equal(RestrictionOutcome.InForce, restricted.State);
        Assert.Equal(
            [new RestrictedResource(group.Arn, "min 1 desired 2 max 4"), new RestrictedResource(here.Arn, "running"), new(there.Arn, "running")],
            restricted.Did.OrderBy(did => did.Resource.Contains(There, StringComparison.Ordinal)).ThenBy(did => did.Resource, StringComparer.Ordinal));
        Pass(world);
        Assert.Equal((InstanceState.Stopped, InstanceState.Stopped, InstanceState.Running), (here.State, there.State, elsewhere.State));
        Assert.Equal((0, 0, 0), (group.Minimum, group.Desired, group.Maximum));
        Assert.Empty(world.Cloud.AutoScaling.MembersOf(group));

        report = await ApplyAsync(world);

        Assert.Equal((All.Id, RestrictionOutcome.Lifted, 3), report.Restrictions!.Value.Select(one => (one.Id, one.State, one.Did.Length)).Single());
        Pass(world);
        Assert.Equal((InstanceState.Running, InstanceState.Running), (here.State, there.State));
        Assert.Equal((1, 2, 4), (group.Minimum, group.Desired, group.Maximum));
        Assert.All([.. world.Cloud.Ec2.Instances], instance => Assert.False(instance.Tags.ContainsKey(StopMark.Key)));
        Assert.Empty(group.Tags);
        Assert.True((await ApplyAsync(world)).Restrictions is { IsEmpty: true });
    }

    /// <summary>For the hub that asks, also what another run stopped; what a person started again is not held.</summary>
    [Fact]
    public async Task All_that_is_stopped_is_told_with_what_it_was()
    {
        await using var world = await CreateAsync();
        var (stopped, protects) = (Run(world), Run(world));
        var group = world.Cloud.AutoScaling.PutGroup(Alpha, "web", 1, 2, 4);
        await ApplyAsync(world, All);
        Pass(world);
        await world.As(Alpha).Compute("us-east-1").CreateTagsAsync(
            new() { Resources = [protects.Id], Tags = [new(ProtectTag.Key, ProtectTag.Value)] });
        var late = Run(world);

        var restricted = Assert.Single((await ApplyAsync(world, All)).Restrictions!.Value);

        Assert.Equal(
            [new(group.Arn, "min 1 desired 2 max 4"), .. new[] { stopped, late }.Select(one => new RestrictedResource(one.Arn, "running"))],
            restricted.Holds.OrderBy(one => one.Before == "running").ThenBy(one => one.Resource == late.Arn));
        Assert.Equal([late.Arn, protects.Arn], restricted.Did.Select(one => one.Resource).OrderBy(arn => arn == protects.Arn));
    }

    [Fact]
    public async Task Only_what_has_the_tag_is_stopped_and_what_is_protected_never()
    {
        await using var world = await CreateAsync();
        var sandbox = Run(world, ("environment", "sandbox"));
        var guarded = Run(world, ("environment", "sandbox"), (ProtectTag.Key, ProtectTag.Value));
        var other = Run(world, ("environment", "production"));

        var report = await ApplyAsync(world, Sandbox);
        Pass(world);

        Assert.Equal(
            (InstanceState.Stopped, InstanceState.Running, InstanceState.Running), (sandbox.State, guarded.State, other.State));
        Assert.Equal($"{guarded.Id}: protected by the tag budgetsync:protect", Assert.Single(Assert.Single(report.Restrictions!.Value).Reasons));
        await ApplyAsync(world, Sandbox, All);
        Pass(world);
        Assert.Equal((InstanceState.Running, InstanceState.Stopped), (guarded.State, other.State));
    }

    /// <summary>Binding a thousand roles and listing an account take minutes; whoever is not bound yet starts something meanwhile.</summary>
    [Fact]
    public async Task What_starts_while_the_account_is_looked_through_is_given_back_too()
    {
        await using var world = await CreateAsync();
        Ec2Instance? started = null;
        world.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation != "DescribeAutoScalingGroups" || started is not null) return null;
            world.Clock.Advance(TimeSpan.FromSeconds(90));
            started = Run(world);
            return null;
        });

        await ApplyAsync(world, All);
        Pass(world);
        Assert.Equal(InstanceState.Stopped, started!.State); // Not null: Apply asks for groups.
        var report = await ApplyAsync(world);
        Pass(world);

        Assert.Equal(InstanceState.Running, started.State);
        Assert.Equal(started.Arn, Assert.Single(Assert.Single(report.Restrictions!.Value).Did).Resource);
    }

    [Fact]
    public async Task What_a_person_starts_again_is_stopped_by_the_next_look()
    {
        await using var world = await CreateAsync();
        var instance = Run(world);
        var group = world.Cloud.AutoScaling.PutGroup(Alpha, "web", 1, 2, 4);
        await ApplyAsync(world, All);
        Pass(world);
        await world.As(Alpha).Compute("us-east-1").StartInstancesAsync(new() { InstanceIds = [instance.Id] });
        world.Cloud.AutoScaling.Resize(group, 1, 3, 3);
        Pass(world);
        Assert.Equal(InstanceState.Running, instance.State);

        var report = await world.Look(Alpha, Given).LookAsync(new LookRequest("schedule", null), CancellationToken.None);

        Assert.Equal(2, Assert.Single(report.Restrictions!.Value).Did.Length);
        Pass(world);
        Assert.Equal((InstanceState.Stopped, 0), (instance.State, group.Desired));
        // The last size that a person wanted is given back.
        await ApplyAsync(world);
        Assert.Equal((1, 3, 3), (group.Minimum, group.Desired, group.Maximum));
    }

    [Fact]
    public async Task What_a_person_changed_since_stays_as_they_left_it()
    {
        await using var world = await CreateAsync();
        var (started, stopped, kept) = (Run(world), Run(world), Run(world));
        var group = world.Cloud.AutoScaling.PutGroup(Alpha, "web", 1, 2, 4);
        await ApplyAsync(world, All);
        Pass(world);
        var compute = world.As(Alpha).Compute("us-east-1");
        await compute.StartInstancesAsync(new() { InstanceIds = [started.Id, stopped.Id] });
        Pass(world, minutes: 60);
        await compute.StopInstancesAsync(new() { InstanceIds = [stopped.Id] });
        await compute.DeleteTagsAsync(new() { Resources = [kept.Id], Tags = [new(StopMark.Key)] });
        world.Cloud.AutoScaling.Resize(group, 0, 1, 1);
        Pass(world);

        await ApplyAsync(world);
        Pass(world);

        Assert.Equal((InstanceState.Running, InstanceState.Stopped, InstanceState.Stopped), (started.State, stopped.State, kept.State));
        Assert.Equal((0, 1, 1), (group.Minimum, group.Desired, group.Maximum));
        Assert.All([.. world.Cloud.Ec2.Instances], instance => Assert.False(instance.Tags.ContainsKey(StopMark.Key)));
    }

    [Fact]
    public async Task What_AWS_does_not_stop_is_named_left_running_and_keeps_no_other_running()
    {
        await using var world = await CreateAsync();
        var plain = Run(world);
        var spot = Run(world, new InstanceDefinition(Alpha) { IsSpot = true });
        var store = Run(world, new InstanceDefinition(Alpha) { IsOnInstanceStore = true });
        var held = Run(world, new InstanceDefinition(Alpha) { IsStopProtected = true });

        var restricted = Assert.Single((await ApplyAsync(world, All)).Restrictions!.Value);
        Pass(world);

        Assert.Equal(InstanceState.Stopped, plain.State);
        Assert.All([spot, store, held], instance => Assert.Equal(InstanceState.Running, instance.State));
        Assert.All([spot, store, held], instance => Assert.Contains(restricted.Reasons, reason => reason.Contains(instance.Id, StringComparison.Ordinal)));
        Assert.Equal((RestrictionOutcome.InForce, plain.Arn), (restricted.State, Assert.Single(restricted.Did).Resource));
        // Marked before it was asked for, and not any more: nothing would be started that we did not stop.
        Assert.False(held.Tags.ContainsKey(StopMark.Key));
    }

    [Theory]
    [InlineData("CreateTags")]
    [InlineData("StopInstances")]
    [InlineData("CreateOrUpdateTags")]
    [InlineData("UpdateAutoScalingGroup")]
    public async Task A_function_killed_at_any_call_leaves_nothing_that_the_next_apply_does_not_stop_and_give_back(string operation)
    {
        foreach (var after in new[] { false, true })
        {
            await using var world = await CreateAsync();
            var instance = Run(world);
            var group = world.Cloud.AutoScaling.PutGroup(Alpha, "web", 1, 2, 4);
            await KilledAsync(world, operation, after, All);

            await ApplyAsync(world, All);
            Pass(world);
            Assert.Equal((InstanceState.Stopped, 0), (instance.State, group.Desired));

            await ApplyAsync(world);
            Pass(world);
            Assert.Equal((InstanceState.Running, 2), (instance.State, group.Desired));
        }
    }

    [Theory]
    [InlineData("StartInstances")]
    [InlineData("DeleteTags")]
    [InlineData("UpdateAutoScalingGroup")]
    public async Task A_function_killed_while_it_gives_back_is_finished_by_the_next_one(string operation)
    {
        foreach (var after in new[] { false, true })
        {
            await using var world = await CreateAsync();
            var instance = Run(world);
            var group = world.Cloud.AutoScaling.PutGroup(Alpha, "web", 1, 2, 4);
            await ApplyAsync(world, All);
            Pass(world);
            await KilledAsync(world, operation, after);

            await ApplyAsync(world);
            Pass(world);

            Assert.Equal((InstanceState.Running, 1, 2, 4), (instance.State, group.Minimum, group.Desired, group.Maximum));
            Assert.False(instance.Tags.ContainsKey(StopMark.Key) || group.Tags.ContainsKey(StopMark.Key));
        }
    }

    [Fact]
    public async Task What_is_still_stopping_is_started_by_the_next_try()
    {
        await using var world = await CreateAsync();
        var instance = Run(world);
        await ApplyAsync(world, All);

        var stuck = await Assert.ThrowsAsync<AwsFaultException>(() => ApplyAsync(world));

        Assert.Equal("IncorrectInstanceState", stuck.Fault.Code);
        Pass(world);
        await ApplyAsync(world);
        Pass(world);
        Assert.Equal(InstanceState.Running, instance.State);
    }

    [Fact]
    public async Task What_cannot_be_started_again_is_told_and_tried_again_and_keeps_no_other_stopped()
    {
        await using var world = await CreateAsync();
        var (one, other) = (Run(world), Run(world));
        await ApplyAsync(world, All);
        Pass(world);
        world.Cloud.Faults.OnCalls(
            call => call.Operation == "StartInstances" && call.Input["InstanceId"]!.ToJsonString().Contains(one.Id, StringComparison.Ordinal)
                ? new Fault.Refusal(new AwsException("InsufficientInstanceCapacity", "We currently do not have sufficient capacity."))
                : null);

        var report = await ApplyAsync(world);

        var restricted = Assert.Single(report.Restrictions!.Value);
        Assert.Equal((All.Id, RestrictionOutcome.Failed), (restricted.Id, restricted.State));
        Assert.StartsWith($"{one.Id} is not started", Assert.Single(restricted.Reasons), StringComparison.Ordinal);
        Pass(world);
        Assert.Equal((InstanceState.Stopped, InstanceState.Running), (one.State, other.State));
        world.Cloud.Faults.Reset();
        await ApplyAsync(world);
        Pass(world);
        Assert.Equal(InstanceState.Running, one.State);
    }

    [Fact]
    public async Task A_region_that_cannot_be_seen_fails_the_restriction_by_name_and_keeps_no_budget_from_being_applied()
    {
        await using var world = await CreateAsync();
        var instance = Run(world);
        world.Cloud.Faults.OnCalls(call => call.Region == There && call.Service == "ec2"
            ? new Fault.Refusal(new AwsException("AuthFailure", "AWS was not able to validate the provided access credentials", 401))
            : null);

        var restricted = Assert.Single((await ApplyAsync(world, All)).Restrictions!.Value);

        Assert.Equal(RestrictionOutcome.Failed, restricted.State);
        Assert.Contains(There, Assert.Single(restricted.Reasons), StringComparison.Ordinal);
        Pass(world);
        Assert.Equal(InstanceState.Stopped, instance.State);
        Assert.Equal(ReportOutcome.Applied, (await ApplyAsync(world)).Outcome);
    }

    /// <summary>Scaled to zero, the group would end it.</summary>
    [Theory]
    [InlineData("UnauthorizedOperation", 403)]
    [InlineData("RequestLimitExceeded", 503)]
    public async Task A_group_whose_instances_cannot_be_seen_is_left_as_it_is(string code, int status)
    {
        await using var world = await CreateAsync();
        var group = world.Cloud.AutoScaling.PutGroup(Alpha, "web", 1, 2, 4);
        Pass(world);
        RefuseTo(world, "DescribeInstances", code, status);

        var restricted = Assert.Single((await ApplyAsync(world, All)).Restrictions!.Value);

        Assert.Equal((RestrictionOutcome.Failed, 4), (restricted.State, group.Maximum));
        Assert.StartsWith(
            "what runs in us-east-1 cannot be seen, so the auto scaling groups there are left as they are: ", restricted.Reasons[0], StringComparison.Ordinal);
        world.Cloud.Faults.Reset();
        await ApplyAsync(world, All);
        Assert.Equal(0, group.Maximum);
    }

    [Fact]
    public async Task A_cluster_whose_instances_cannot_be_seen_is_left_as_it_is()
    {
        await using var world = await CreateAsync();
        var cluster = world.Cloud.Rds.PutCluster(new DatabaseClusterDefinition(Alpha, "aurora"));
        RefuseTo(world, "DescribeDBInstances", "AccessDenied", 403);

        var restricted = Assert.Single((await ApplyAsync(world, All)).Restrictions!.Value);
        Pass(world);

        Assert.Equal((RestrictionOutcome.Failed, "available"), (restricted.State, cluster.Status));
        Assert.Contains("so the clusters of databases there are left as they are", restricted.Reasons[0], StringComparison.Ordinal);
    }

    /// <summary>The hub takes a restriction that no report speaks of for given back.</summary>
    [Fact]
    public async Task What_cannot_be_seen_is_not_told_as_given_back_and_the_next_look_gives_it_back()
    {
        await using var world = await CreateAsync();
        var instance = Run(world);
        await ApplyAsync(world, All);
        Pass(world);
        RefuseTo(world, "DescribeInstances", "UnauthorizedOperation", 403);

        var restricted = Assert.Single((await ApplyAsync(world)).Restrictions!.Value);

        Assert.Equal((All.Id, RestrictionOutcome.Failed), (restricted.Id, restricted.State));
        Assert.StartsWith("what is stopped in us-east-1 cannot be seen and is not given back: ", restricted.Reasons[0], StringComparison.Ordinal);
        Assert.Equal(
            RestrictionOutcome.Failed, (await ApplyAsync(world, Idle)).Restrictions!.Value.Single(one => one.Id == All.Id).State);
        await ApplyAsync(world);
        world.Cloud.Faults.Reset();
        var look = await world.Look(Alpha, Given).LookAsync(new LookRequest("schedule", null), CancellationToken.None);
        Assert.Equal((All.Id, RestrictionOutcome.Lifted), look.Restrictions!.Value.Select(one => (one.Id, one.State)).Single());
        Pass(world);
        Assert.Equal(InstanceState.Running, instance.State);
    }

    [Fact]
    public async Task More_than_one_apply_gives_back_is_told_and_gone_on_with_by_looks()
    {
        await using var world = await CreateAsync();
        for (var number = 0; number < 1100; number++) world.Cloud.Ec2.Run(new InstanceDefinition(Alpha));
        Pass(world);
        await ApplyAsync(world, All);
        Pass(world);
        await ApplyAsync(world, All);
        Pass(world);
        Assert.All(world.Cloud.Ec2.Instances, instance => Assert.Equal(InstanceState.Stopped, instance.State));

        var restricted = Assert.Single((await ApplyAsync(world)).Restrictions!.Value);

        Assert.Equal((All.Id, RestrictionOutcome.Failed), (restricted.Id, restricted.State));
        Assert.Equal($"more than {Limits.Stops} resources are to be given back; the next look goes on", Assert.Single(restricted.Reasons));
        await world.Look(Alpha, Given).LookAsync(new LookRequest("schedule", null), CancellationToken.None);
        Pass(world);
        Assert.All(world.Cloud.Ec2.Instances, instance => Assert.Equal(InstanceState.Running, instance.State));
    }

    [Fact]
    public async Task A_hundred_instances_are_stopped_and_started_in_a_few_calls()
    {
        await using var world = await CreateAsync();
        for (var number = 0; number < 120; number++) Run(world);
        world.Cloud.Calls.Clear();

        await ApplyAsync(world, All);
        Pass(world);
        await ApplyAsync(world);
        Pass(world);

        Assert.All(world.Cloud.Ec2.Instances, instance => Assert.Equal(InstanceState.Running, instance.State));
        Assert.Equal((3, 3), (Count("StopInstances"), Count("StartInstances")));

        int Count(string operation) => world.Cloud.Calls.Calls.Count(call => call.Call.Operation == operation);
    }

    [Fact]
    public async Task What_AWS_finds_idle_is_stopped_and_stays_so_until_a_person_starts_it()
    {
        await using var world = await CreateAsync();
        var (idle, used) = (Run(world), Run(world));
        var group = world.Cloud.AutoScaling.PutGroup(Alpha, "web", 1, 2, 4);
        world.Cloud.ComputeOptimizer.Enroll(Alpha);
        world.Cloud.ComputeOptimizer.FindIdle(idle.Arn, "EC2Instance");
        world.Cloud.ComputeOptimizer.FindIdle(group.Arn, "AutoScalingGroup");

        await ApplyAsync(world, Idle);
        Pass(world);
        Assert.Equal((InstanceState.Stopped, InstanceState.Running, 0), (idle.State, used.State, group.Maximum));

        // AWS looks at what runs: it does not call it idle any more.
        world.Cloud.ComputeOptimizer.Forget(idle.Arn);
        world.Cloud.ComputeOptimizer.Forget(group.Arn);
        Assert.True(Assert.Single((await ApplyAsync(world, Idle)).Restrictions!.Value) is { State: RestrictionOutcome.InForce, Did.IsEmpty: true });
        await world.As(Alpha).Compute("us-east-1").StartInstancesAsync(new() { InstanceIds = [idle.Id] });
        Pass(world);
        await ApplyAsync(world, Idle);
        Pass(world);
        Assert.Equal((InstanceState.Running, 0), (idle.State, group.Maximum));
        Assert.False(idle.Tags.ContainsKey(StopMark.Key));

        await ApplyAsync(world);
        Assert.Equal((1, 2, 4), (group.Minimum, group.Desired, group.Maximum));
    }

    [Fact]
    public async Task An_account_without_Compute_Optimizer_is_told_so_and_nothing_is_stopped_as_idle()
    {
        await using var world = await CreateAsync();
        var instance = Run(world);

        var restricted = (await ApplyAsync(world, Idle, Sandbox)).Restrictions!.Value.Single(one => one.Id == Idle.Id);

        Assert.Equal(RestrictionOutcome.Failed, restricted.State);
        Assert.Contains("compute-optimizer:GetIdleRecommendations answered OptInRequired", restricted.Reasons[0], StringComparison.Ordinal);
        Pass(world);
        Assert.Equal(InstanceState.Running, instance.State);
    }

    [Fact]
    public async Task Databases_are_stopped_and_given_back_and_those_that_AWS_does_not_stop_are_named()
    {
        await using var world = await CreateAsync();
        var orders = world.Cloud.Rds.PutDatabase(new DatabaseDefinition(Alpha, "orders"));
        world.Cloud.Rds.PutDatabase(new DatabaseDefinition(Alpha, "source"));
        world.Cloud.Rds.PutDatabase(new DatabaseDefinition(Alpha, "replica") { ReplicaOf = "source" });
        world.Cloud.Rds.PutDatabase(new DatabaseDefinition(Alpha, "member") { Cluster = "aurora" });
        world.Cloud.Rds.PutDatabase(new DatabaseDefinition(Alpha, "sql") { Engine = "sqlserver-ee", IsMultiAz = true });

        var restricted = Assert.Single((await ApplyAsync(world, All)).Restrictions!.Value);

        Assert.Equal((RestrictionOutcome.InForce, orders.Arn), (restricted.State, Assert.Single(restricted.Did).Resource));
        Assert.Equal(
            [
                "member: left to the cluster they belong to (aurora), which is stopped as a whole",
                "replica: cannot be stopped: they are read replicas",
                "source: cannot be stopped: they have read replicas",
                "sql: cannot be stopped: they are SQL Server in a Multi-AZ deployment",
            ],
            restricted.Reasons);
        Pass(world);
        Assert.Equal("stopped", orders.Status);
        await ApplyAsync(world);
        Pass(world);
        Assert.Equal(("available", 0), (orders.Status, orders.Tags.Count));
    }

    /// <summary>AWS starts it after seven days, and a person stops it then.</summary>
    [Fact]
    public async Task A_database_that_a_person_stopped_after_us_stays_stopped()
    {
        await using var world = await CreateAsync();
        var orders = world.Cloud.Rds.PutDatabase(new DatabaseDefinition(Alpha, "orders"));
        await ApplyAsync(world, All);
        Pass(world, minutes: 60 * 24 * 8);
        Assert.Equal("available", orders.Status);
        await world.As(Alpha).Databases("us-east-1").StopDBInstanceAsync(new() { DBInstanceIdentifier = "orders" });
        Pass(world);

        await ApplyAsync(world);
        Pass(world);

        Assert.Equal(("stopped", 0), (orders.Status, orders.Tags.Count));
    }

    [Fact]
    public async Task Clusters_notebooks_and_services_are_stopped_after_the_rest_and_given_back_as_they_were()
    {
        await using var world = await CreateAsync();
        var (cluster, notebook, service) = Others(world);
        Run(world);

        var restricted = Assert.Single((await ApplyAsync(world, All)).Restrictions!.Value);

        Assert.Equal(
            [(cluster.Arn, "running"), (notebook.Arn, "running"), (service.Arn, "desired 3")],
            restricted.Did.Skip(1).Select(did => (did.Resource, did.Before)));
        Pass(world);
        Assert.Equal(("stopped", "Stopped", 0), (cluster.Status, notebook.Status, service.Desired));
        await ApplyAsync(world);
        Pass(world);
        Assert.Equal(("available", "InService", 3), (cluster.Status, notebook.Status, service.Desired));
        Assert.True(cluster.Tags.IsEmpty && notebook.Tags.IsEmpty && service.Tags.IsEmpty);
    }

    [Fact]
    public async Task What_is_protected_or_cannot_be_stopped_of_clusters_notebooks_and_services_is_named_and_left()
    {
        await using var world = await CreateAsync();
        var kept = ImmutableDictionary<string, string>.Empty.Add(ProtectTag.Key, ProtectTag.Value);
        world.Cloud.Rds.PutCluster(new DatabaseClusterDefinition(Alpha, "ledger") { Tags = kept });
        world.Cloud.Rds.PutCluster(new DatabaseClusterDefinition(Alpha, "v1") { EngineMode = "serverless" });
        world.Cloud.Rds.PutCluster(new DatabaseClusterDefinition(Alpha, "world") { GlobalCluster = "all" });
        world.Cloud.Rds.PutCluster(new DatabaseClusterDefinition(Alpha, "copied") { HasReplicaElsewhere = true });
        world.Cloud.Rds.PutCluster(new DatabaseClusterDefinition(Alpha, "three") { Engine = "mysql" });
        world.Cloud.SageMaker.PutNotebook(Alpha, "research", kept);
        world.Cloud.Ecs.PutService(new ContainerServiceDefinition(Alpha, "main", "pay") { Tags = kept });
        world.Cloud.Ecs.PutService(new ContainerServiceDefinition(Alpha, "main", "agent") { IsDaemon = true });
        world.Cloud.Ecs.PutService(new ContainerServiceDefinition(Alpha, "main", "old") { HasOldArn = true });

        var restricted = Assert.Single((await ApplyAsync(world, All)).Restrictions!.Value);

        Assert.Equal((RestrictionOutcome.InForce, 0), (restricted.State, restricted.Did.Length));
        Assert.Equal(
            [
                "copied: cannot be stopped: they have replicas in other regions",
                "ledger, main/pay, research: protected by the tag budgetsync:protect",
                "main/agent: cannot be stopped: they run one task on each instance of their cluster (DAEMON), and have no size",
                "main/old: cannot be stopped: their ARNs have the old form without the cluster, and cannot be tagged",
                "three: cannot be stopped: they are Multi-AZ clusters, and AWS stops clusters of Aurora alone",
                "v1: cannot be stopped: they are Aurora Serverless v1",
                "world: cannot be stopped: they are part of a global database",
            ],
            restricted.Reasons);
        Assert.DoesNotContain(
            world.Cloud.Calls.Calls,
            call => call.Call.Operation.StartsWith("Stop", StringComparison.Ordinal) || call.Call.Operation is "UpdateService" or "AddTags" or "TagResource");
    }

    [Fact]
    public async Task Clusters_notebooks_and_services_that_people_started_again_are_stopped_again_and_what_they_left_changed_stays()
    {
        await using var world = await CreateAsync();
        var (cluster, notebook, service) = Others(world);
        await ApplyAsync(world, All);
        Pass(world);
        await StartAsync();
        world.Cloud.Ecs.Resize(service, 2);

        await ApplyAsync(world, All);
        Pass(world);

        Assert.Equal(("stopped", "Stopped", 0), (cluster.Status, notebook.Status, service.Desired));
        await StartAsync();
        Pass(world, minutes: 60);
        await world.As(Alpha).Notebooks("us-east-1").StopNotebookInstanceAsync(new() { NotebookInstanceName = notebook.Name });
        Pass(world);
        await ApplyAsync(world);
        Pass(world);
        // The cluster that a person started runs, the notebook that one stopped after us does not, and the service has the last size that one gave it.
        Assert.Equal(("available", "Stopped", 2), (cluster.Status, notebook.Status, service.Desired));
        Assert.True(cluster.Tags.IsEmpty && notebook.Tags.IsEmpty && service.Tags.IsEmpty);

        async Task StartAsync()
        {
            await world.As(Alpha).Databases("us-east-1").StartDBClusterAsync(new() { DBClusterIdentifier = cluster.Identifier });
            await world.As(Alpha).Notebooks("us-east-1").StartNotebookInstanceAsync(new() { NotebookInstanceName = notebook.Name });
            Pass(world);
        }
    }

    [Theory]
    [InlineData("StopDBCluster")]
    [InlineData("AddTags")]
    [InlineData("StopNotebookInstance")]
    [InlineData("TagResource")]
    [InlineData("UpdateService")]
    public async Task A_function_killed_among_clusters_notebooks_and_services_leaves_nothing_that_the_next_one_does_not_mend(string operation)
    {
        foreach (var after in new[] { false, true })
        {
            await using var world = await CreateAsync();
            var (cluster, notebook, service) = Others(world);
            await KilledAsync(world, operation, after, All);
            await ApplyAsync(world, All);
            Pass(world);
            Assert.Equal(("stopped", "Stopped", 0), (cluster.Status, notebook.Status, service.Desired));

            if (operation is "UpdateService") await KilledAsync(world, operation, after);
            await ApplyAsync(world);
            Pass(world);
            Assert.Equal(("available", "InService", 3), (cluster.Status, notebook.Status, service.Desired));
            Assert.True(cluster.Tags.IsEmpty && notebook.Tags.IsEmpty && service.Tags.IsEmpty);
        }
    }

    [Fact]
    public async Task A_cluster_is_idle_where_AWS_finds_all_of_its_instances_idle()
    {
        await using var world = await CreateAsync();
        var cluster = world.Cloud.Rds.PutCluster(new DatabaseClusterDefinition(Alpha, "aurora"));
        var one = world.Cloud.Rds.PutDatabase(new DatabaseDefinition(Alpha, "one") { Cluster = "aurora" });
        var two = world.Cloud.Rds.PutDatabase(new DatabaseDefinition(Alpha, "two") { Cluster = "aurora" });
        world.Cloud.ComputeOptimizer.Enroll(Alpha);
        world.Cloud.ComputeOptimizer.FindIdle(one.Arn, "RDSDBInstance");
        await ApplyAsync(world, Idle);
        Assert.Equal("available", cluster.Status);

        world.Cloud.ComputeOptimizer.FindIdle(two.Arn, "RDSDBInstance");
        await ApplyAsync(world, Idle);
        Pass(world);

        Assert.Equal("stopped", cluster.Status);
    }

    /// <summary>The only calls that a stop ever makes; EC2 and Auto Scaling have others, which end things.</summary>
    [Fact]
    public async Task Nothing_is_ever_called_that_terminates_or_deletes()
    {
        await using var world = await CreateAsync();
        Run(world);
        world.Cloud.AutoScaling.PutGroup(Alpha, "web", 1, 2, 4);
        world.Cloud.Rds.PutDatabase(new DatabaseDefinition(Alpha, "orders"));
        Others(world);
        world.Cloud.Calls.Clear();

        await ApplyAsync(world, All);
        Pass(world);
        await ApplyAsync(world);

        Assert.Equal(
            [
                "AddTags", "AddTagsToResource", "CreateOrUpdateTags", "CreateTags", "DeleteTags", "DescribeAutoScalingGroups", "DescribeDBClusters",
                "DescribeDBInstances", "DescribeInstances", "DescribeServices", "ListClusters", "ListNotebookInstances", "ListServices", "ListTags",
                "RemoveTagsFromResource", "StartDBCluster", "StartDBInstance", "StartInstances", "StartNotebookInstance", "StopDBCluster",
                "StopDBInstance", "StopInstances", "StopNotebookInstance", "TagResource", "UntagResource", "UpdateAutoScalingGroup", "UpdateService",
            ],
            world.Cloud.Calls.Calls.Where(call => call.Call.Service is "ec2" or "autoscaling" or "rds" or "sagemaker" or "ecs")
                .Select(call => call.Call.Operation).Distinct().Order(StringComparer.Ordinal));
    }

    private static async Task<World> CreateAsync()
    {
        var world = await World.CreateAsync(Alpha);
        world.Cloud.Calls.Clear();
        return world;
    }

    /// <summary>A cluster, a notebook, and a service of three tasks.</summary>
    private static (DatabaseCluster Cluster, Notebook Notebook, ContainerService Service) Others(World world) => (
        world.Cloud.Rds.PutCluster(new DatabaseClusterDefinition(Alpha, "aurora")),
        world.Cloud.SageMaker.PutNotebook(Alpha, "open"),
        world.Cloud.Ecs.PutService(new ContainerServiceDefinition(Alpha, "main", "web") { Desired = 3 }));

    private static Ec2Instance Run(World world, params (string Key, string Value)[] tags) => Run(
        world, new InstanceDefinition(Alpha) { Tags = tags.ToImmutableDictionary(tag => tag.Key, tag => tag.Value) });

    private static Ec2Instance Run(World world, string region) => Run(world, new InstanceDefinition(Alpha) { Region = region });

    private static Ec2Instance Run(World world, InstanceDefinition definition)
    {
        var instance = world.Cloud.Ec2.Run(definition);
        Pass(world);
        return instance;
    }

    private static void RefuseTo(World world, string operation, string code, int status) => world.Cloud.Faults.OnCalls(
        call => call.Operation == operation ? new Fault.Refusal(new AwsException(code, "no", status)) : null);

    /// <summary>What is under way gets there.</summary>
    private static void Pass(World world, int minutes = 1)
    {
        var clock = (VirtualClock)world.Cloud.Time;
        clock.AdvanceTo(clock.GetUtcNow().AddMinutes(minutes));
        world.Clock.Advance(TimeSpan.FromMinutes(minutes));
    }

    private static Task<Report> ApplyAsync(World world, params DesiredRestriction[] restrictions) => ApplyAsync(world, CancellationToken.None, restrictions);

    private static async Task<Report> ApplyAsync(World world, CancellationToken cancellation, params DesiredRestriction[] restrictions)
    {
        var read = (ParsedDocument.Read)ParameterDocument.Parse("1000", BudgetSync.Core.AccountId.Parse(Alpha), Defaults);
        await world.HubSetsParameterAsync(Alpha, ParameterDocument.Format(read.Budgets, [.. restrictions]));
        return await world.Apply(Alpha, restrictions: Given).ApplyAsync(Trigger.ParameterChanged, cancellation);
    }

    /// <summary>An apply that ends in this call, before it took effect or after: nothing of it goes on.</summary>
    private static async Task KilledAsync(World world, string operation, bool after, params DesiredRestriction[] restrictions)
    {
        using var life = new CancellationTokenSource();
        world.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation != operation || life.IsCancellationRequested) return null;
            life.Cancel();
            return new Fault.Crash(after);
        });
        await Assert.ThrowsAnyAsync<Exception>(() => ApplyAsync(world, life.Token, restrictions));
        Assert.True(life.IsCancellationRequested);
        world.Cloud.Faults.Reset();
    }
}
