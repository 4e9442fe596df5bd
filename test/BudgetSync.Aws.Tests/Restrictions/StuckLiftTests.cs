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
    private static readonly RestrictedResource Freed = new($"arn:aws:iam::{Alpha}:role/worker", "with DenyNew");

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
