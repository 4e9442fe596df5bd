using BudgetSync.Aws.Apply;
using BudgetSync.Aws.Faults;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Aws.Tests.Restrictions.DeniedAccount;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Restrictions;

public sealed class RestrictionExecutorTests
{
    [Fact]
    public async Task A_document_with_a_restriction_binds_and_one_without_frees()
    {
        await using var world = await CreateAsync();
        await RestrictAsync(world, DenyNew);
        Assert.True(MayRun(world, "developer"));

        var report = await world.Apply(Alpha, restrictions: Given).ApplyAsync(Trigger.ParameterChanged, CancellationToken.None);

        var restricted = Assert.Single(report.Restrictions!.Value);
        Assert.Equal((ReportOutcome.Applied, RestrictionOutcome.InForce), (report.Outcome, restricted.State));
        Assert.Contains(new RestrictedResource($"arn:aws:iam::{Alpha}:role/team/developer", "without DenyNew"), restricted.Did.Items);
        Assert.False(MayRun(world, "developer"));
        Assert.False(MayRun(world, "worker"));
        Assert.True(MayRun(world, "Fire"));

        await RestrictAsync(world);
        report = await world.Apply(Alpha, restrictions: Given).ApplyAsync(Trigger.ParameterChanged, CancellationToken.None);

        var lifted = Assert.Single(report.Restrictions!.Value);
        Assert.Equal((DenyNew.Id, RestrictionOutcome.Lifted), (lifted.Id, lifted.State));
        Assert.Contains(new RestrictedResource($"arn:aws:iam::{Alpha}:role/developer", "with DenyNew") { IsGivenBack = true }, lifted.Did.Items);
        Assert.True(MayRun(world, "developer"));
        Assert.Empty(world.Cloud.Iam.Roles.Where(role => role.Definition.ManagedPolicyArns.Contains(DenyNewArn)));
    }

    [Fact]
    public async Task What_a_person_undoes_and_a_role_that_comes_are_bound_by_the_next_look()
    {
        await using var world = await AppliedAsync();
        var administrator = new BudgetSync.Aws.Clients.AwsClients(
            new Dictionary<string, string> { ["AWS_ACCESS_KEY_ID"] = Alpha, ["AWS_SECRET_ACCESS_KEY"] = "x" }, world.Cloud.CreateHandler()).Identities;
        await administrator.DetachRolePolicyAsync(new() { RoleName = "developer", PolicyArn = DenyNewArn });
        Put(world, "newcomer");
        Assert.True(MayRun(world, "developer"));

        var report = await world.Look(Alpha, Given).LookAsync(new LookRequest("schedule", null), CancellationToken.None);

        Assert.Equal(2, Assert.Single(report.Restrictions!.Value).Did.Length);
        Assert.False(MayRun(world, "developer"));
        Assert.False(MayRun(world, "newcomer"));
        report = await world.Look(Alpha, Given).LookAsync(new LookRequest("schedule", null), CancellationToken.None);
        Assert.True(Assert.Single(report.Restrictions!.Value) is { State: RestrictionOutcome.InForce, Did.IsEmpty: true });
    }

    /// <summary>Whichever apply bound them.</summary>
    [Fact]
    public async Task All_that_is_bound_is_told_where_it_was_bound_before_too()
    {
        await using var world = await AppliedAsync();
        Put(world, "newcomer");

        var restricted = Assert.Single((await world.Look(Alpha, Given).LookAsync(new LookRequest("hub", null), CancellationToken.None)).Restrictions!.Value);

        Assert.Equal([$"arn:aws:iam::{Alpha}:role/newcomer"], restricted.Did.Select(one => one.Resource));
        Assert.Equal(
            [$"arn:aws:iam::{Alpha}:role/newcomer", $"arn:aws:iam::{Alpha}:role/team/developer", $"arn:aws:iam::{Alpha}:role/worker"],
            restricted.Holds.Select(one => one.Resource).Order(StringComparer.Ordinal));
        Assert.All(restricted.Holds, one => Assert.Equal("without DenyNew", one.Before));
    }

    [Fact]
    public async Task A_restriction_that_ends_by_itself_is_lifted_by_the_first_look_after_that()
    {
        await using var world = await CreateAsync();
        await RestrictAsync(world, DenyNew with { Until = Start.AddHours(1) });
        await world.Apply(Alpha, restrictions: Given).ApplyAsync(Trigger.ParameterChanged, CancellationToken.None);
        Assert.False(MayRun(world, "developer"));

        world.Clock.Advance(TimeSpan.FromHours(1));
        var report = await world.Look(Alpha, Given).LookAsync(new LookRequest("schedule", null), CancellationToken.None);

        Assert.Equal(RestrictionOutcome.Lifted, Assert.Single(report.Restrictions!.Value).State);
        Assert.True(MayRun(world, "developer"));
    }

    [Fact]
    public async Task An_account_that_the_hub_releases_is_freed_and_a_document_that_cannot_be_read_changes_nothing()
    {
        await using var world = await AppliedAsync();
        await world.SetParameterAsync(Alpha, "no document");
        var malformed = await world.Apply(Alpha, restrictions: Given).ApplyAsync(Trigger.ParameterChanged, CancellationToken.None);
        Assert.Equal((ReportOutcome.Rejected, RestrictionOutcome.InForce), (malformed.Outcome, Assert.Single(malformed.Restrictions!.Value).State));
        Assert.False(MayRun(world, "developer"));

        await world.HubSetsParameterAsync(Alpha, ParameterDocument.Released);
        await world.Apply(Alpha, restrictions: Given).ApplyAsync(Trigger.ParameterChanged, CancellationToken.None);

        Assert.True(MayRun(world, "developer"));
    }

    [Fact]
    public async Task A_list_that_the_stack_does_not_have_and_a_stop_without_a_region_are_refused_and_restrict_nothing()
    {
        await using var world = await CreateAsync();
        world.Cloud.Iam.PutManagedPolicy(Alpha, "DenyApis-wide", PolicyDocument.Parse(Everything), "/BudgetSync/");
        await RestrictAsync(
            world,
            DenyNew with { Kind = RestrictionKind.DENY_APIS, Policy = "wide" },
            DenyNew with { Id = "r-000000000002", Kind = RestrictionKind.STOP_ALL });

        var report = await world.Apply(Alpha, restrictions: Given).ApplyAsync(Trigger.ParameterChanged, CancellationToken.None);

        Assert.Equal(ReportOutcome.Applied, report.Outcome);
        Assert.All(report.Restrictions!.Value, one => Assert.Equal(RestrictionOutcome.Failed, one.State));
        Assert.Contains("DenyApis-wide is not one of this spoke's stack", report.Restrictions.Value[0].Reasons[0], StringComparison.Ordinal);
        Assert.Contains("names no region, so nothing is stopped for STOP_ALL", report.Restrictions.Value[1].Reasons[0], StringComparison.Ordinal);
        Assert.All(world.Cloud.Iam.Roles, role => Assert.Empty(role.Definition.ManagedPolicyArns));
    }

    [Fact]
    public async Task A_role_with_ten_policies_fails_the_restriction_by_name_and_the_others_are_bound()
    {
        await using var world = await CreateAsync();
        var ten = Enumerable.Range(0, 10).Select(number => world.Cloud.Iam.PutManagedPolicy(Alpha, $"P{number}", PolicyDocument.Parse(Everything)));
        world.Cloud.Iam.PutRole(Alpha, Role("full") with { ManagedPolicyArns = [.. ten] });
        await RestrictAsync(world, DenyNew);

        var report = await world.Apply(Alpha, restrictions: Given).ApplyAsync(Trigger.ParameterChanged, CancellationToken.None);

        var failed = Assert.Single(report.Restrictions!.Value);
        Assert.Equal(RestrictionOutcome.Failed, failed.State);
        Assert.Contains("role/full is not bound by DenyNew: iam:AttachRolePolicy answered LimitExceeded", failed.Reasons[0], StringComparison.Ordinal);
        Assert.False(MayRun(world, "developer"));
    }

    [Fact]
    public async Task A_policy_that_somebody_deleted_is_no_restriction_in_force()
    {
        await using var world = await CreateAsync();
        world.Cloud.Iam.DeleteManagedPolicy(DenyNewArn);
        await RestrictAsync(world, DenyNew);

        var report = await world.Apply(Alpha, restrictions: Given).ApplyAsync(Trigger.ParameterChanged, CancellationToken.None);

        Assert.Contains("is not there; somebody deleted it", Assert.Single(report.Restrictions!.Value).Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_cannot_be_freed_fails_the_apply_after_the_others_are_freed()
    {
        await using var world = await AppliedAsync();
        world.Cloud.Faults.OnCalls(call => call.Operation == "DetachRolePolicy" && call.Input["RoleName"]!.ToString() == "developer"
            ? new Fault.Refusal(new AwsException("ServiceFailure", "The service is down.", 500))
            : null);
        await RestrictAsync(world);

        await Assert.ThrowsAsync<AwsFaultException>(
            () => world.Apply(Alpha, restrictions: Given).ApplyAsync(Trigger.ParameterChanged, CancellationToken.None));

        Assert.True(MayRun(world, "worker"));
        world.Cloud.Faults.Reset();
        await world.Apply(Alpha, restrictions: Given).ApplyAsync(Trigger.Direct, CancellationToken.None);
        Assert.True(MayRun(world, "developer"));
    }

    [Fact]
    public async Task Without_the_feature_a_document_restricts_nothing_and_the_report_says_that_it_could_not()
    {
        await using var world = await CreateAsync();
        await RestrictAsync(world, DenyNew);

        var report = await world.Apply(Alpha).ApplyAsync(Trigger.ParameterChanged, CancellationToken.None);

        Assert.Equal((ReportOutcome.Applied, null), (report.Outcome, report.Restrictions));
        Assert.True(MayRun(world, "developer"));
        Assert.DoesNotContain(world.Cloud.Calls.Calls, call => call.Call.Service == "iam");
    }

    [Fact]
    public async Task Where_IAM_may_not_be_read_the_budgets_are_applied_and_the_report_is_failed()
    {
        await using var world = await CreateAsync();
        world.Cloud.Faults.OnCalls(call => call.Operation == "ListEntitiesForPolicy"
            ? new Fault.Refusal(new AwsException("AccessDenied", "with an explicit deny in a service control policy", 403))
            : null);
        await RestrictAsync(world, DenyNew);

        var report = await world.Apply(Alpha, restrictions: Given).ApplyAsync(Trigger.ParameterChanged, CancellationToken.None);

        Assert.Equal((ReportOutcome.Failed, true), (report.Outcome, report.Changes.Length > 0));
        Assert.Contains("restrictions were not carried out or not lifted", report.Reasons[0], StringComparison.Ordinal);
        Assert.Null(report.Restrictions);
    }
}
