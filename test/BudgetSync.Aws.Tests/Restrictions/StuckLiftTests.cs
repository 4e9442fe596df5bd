using BudgetSync.Aws.Apply;
using BudgetSync.Aws.Faults;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Aws.Tests.Restrictions.DeniedAccount;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Restrictions;

/// <summary>One role that cannot be freed loses no evidence of what was done, nor does it count as given back (issue 14, "what was done and undone").</summary>
public sealed class StuckLiftTests
{
    private static readonly RestrictedResource Freed = new($"arn:aws:iam::{Alpha}:role/worker", "with DenyNew") { IsGivenBack = true };

    [Fact]
    public async Task What_was_freed_is_told_with_what_an_SCP_does_not_let_us_free()
    {
        await using var world = await AppliedAsync();
        Refuse(world, new AwsException("AccessDenied", "with an explicit deny in a service control policy", 403));
        await RestrictAsync(world);

        var report = await ApplyAsync(world);

        Assert.Equal(ReportOutcome.Failed, report.Outcome);
        Assert.Equal([Freed], Left(report).Did);
        var looked = await world.Look(Alpha, Given).LookAsync(new LookRequest("hub", null), CancellationToken.None);
        Assert.Empty(Left(looked).Did);
        Assert.Contains("iam:DetachRolePolicy answered AccessDenied", Assert.Single(looked.Reasons), StringComparison.Ordinal);

        world.Cloud.Faults.Reset();
        var lifted = Assert.Single((await ApplyAsync(world)).Restrictions!.Value);
        Assert.Equal((DenyNew.Id, RestrictionOutcome.Lifted, 1), (lifted.Id, lifted.State, lifted.Did.Length));
    }

    /// <summary>Lambda runs the function again, and the destination gets nothing of this run.</summary>
    [Fact]
    public async Task What_was_freed_is_sent_before_the_function_is_run_again()
    {
        await using var world = await AppliedAsync();
        Refuse(world, new AwsException("ServiceFailure", "The service is down.", 500));
        await RestrictAsync(world);
        var sent = new List<Report>();

        await Assert.ThrowsAsync<AwsFaultException>(
            () => world.Apply(Alpha, restrictions: Given, unfinished: sent).ApplyAsync(Trigger.ParameterChanged, CancellationToken.None));
        await Assert.ThrowsAsync<AwsFaultException>(
            () => world.Look(Alpha, Given, sent).LookAsync(new LookRequest("schedule", null), CancellationToken.None));

        Assert.Equal([ReportOutcome.Failed, ReportOutcome.Looked], sent.Select(report => report.Outcome));
        Assert.Equal([Freed], Left(sent[0]).Did);
        Assert.Empty(Left(sent[1]).Did);
        // Whoever asks gets it as the answer.
        Left(await world.Look(Alpha, Given).LookAsync(new LookRequest("hub", null), CancellationToken.None));
    }

    /// <summary>One that is in force by the same policy is not at fault.</summary>
    [Fact]
    public async Task Who_cannot_be_freed_is_told_of_the_restriction_that_is_over()
    {
        await using var world = await AppliedAsync();
        Refuse(world, new AwsException("AccessDenied", "no", 403));
        await RestrictAsync(world, DenyNew with { Id = "r-000000000002", Binds = new PrincipalNames(["worker"], []) });

        var restrictions = (await ApplyAsync(world)).Restrictions!.Value;

        Assert.Equal(
            [("r-000000000002", RestrictionOutcome.InForce), (DenyNew.Id, RestrictionOutcome.Failed)], restrictions.Select(one => (one.Id, one.State)));
    }

    /// <summary>It goes on for one role, and has taken nothing from the other.</summary>
    [Fact]
    public async Task What_is_given_back_is_told_of_the_restriction_that_took_it_and_not_of_one_that_goes_on()
    {
        await using var world = await AppliedAsync();
        await RestrictAsync(world, DenyNew with { Id = "r-000000000002", Binds = new PrincipalNames(["developer"], []) });

        var restrictions = (await ApplyAsync(world)).Restrictions!.Value;

        Assert.Equal(
            [("r-000000000002", RestrictionOutcome.InForce, 0), (DenyNew.Id, RestrictionOutcome.Lifted, 1)],
            restrictions.Select(one => (one.Id, one.State, one.Did.Length)));
        Assert.Equal([Freed], restrictions[1].Did);
    }

    /// <summary>The roles come in the order of their names: a throttle, and then a refusal for good.</summary>
    [Theory]
    [InlineData("developer")]
    [InlineData("worker")]
    public async Task A_throttle_is_tried_again_although_another_role_is_refused_for_good(string throttled)
    {
        await using var world = await AppliedAsync();
        world.Cloud.Faults.OnCalls(call => call.Operation != "DetachRolePolicy" ? null
            : new Fault.Refusal(call.Input["RoleName"]!.ToString() == throttled
                ? new AwsException("Throttling", "Rate exceeded", 400)
                : new AwsException("AccessDenied", "no", 403)));
        await RestrictAsync(world);
        var sent = new List<Report>();

        var stuck = await Assert.ThrowsAsync<AwsFaultException>(
            () => world.Apply(Alpha, restrictions: Given, unfinished: sent).ApplyAsync(Trigger.ParameterChanged, CancellationToken.None));

        Assert.Equal(FaultKind.Retry, stuck.Fault.Kind);
        var reasons = Assert.Single(Assert.Single(sent).Restrictions!.Value).Reasons;
        Assert.Equal(["AccessDenied", "Throttling"], reasons.Select(reason => reason.Split("answered ")[1].Split([' ', ':', ',', '.'])[0]).Order());
    }

    /// <summary>The hub's versions that asked for it are gone, and the journal is not.</summary>
    [Fact]
    public async Task Who_cannot_be_freed_of_what_no_version_asks_for_is_told_of_the_policy()
    {
        await using var world = await AppliedAsync();
        Refuse(world, new AwsException("AccessDenied", "no", 403));
        await world.As(Alpha).OwnSystems.DeleteParameterAsync(new() { Name = Parameter });
        await RestrictAsync(world);

        var report = await ApplyAsync(world);

        Assert.Empty(report.Restrictions!.Value);
        var unexplained = Assert.Single(report.Unexplained);
        Assert.Equal("DenyNew", unexplained.Policy);
        Assert.StartsWith("DenyNew is still attached to role/developer: ", unexplained.Reason, StringComparison.Ordinal);
    }

    private static void Refuse(World world, AwsException refusal) => world.Cloud.Faults.OnCalls(
        call => call.Operation == "DetachRolePolicy" && call.Input["RoleName"]!.ToString() == "developer" ? new Fault.Refusal(refusal) : null);

    private static ReportedRestriction Left(Report report)
    {
        var left = Assert.Single(report.Restrictions!.Value);
        Assert.Equal((DenyNew.Id, RestrictionOutcome.Failed), (left.Id, left.State));
        Assert.StartsWith("DenyNew is still attached to role/developer: ", Assert.Single(left.Reasons), StringComparison.Ordinal);
        return left;
    }
}
