using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Aws.Tests.Reconcile;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Propagate;

/// <summary>Rows that are wrong make no document; what is lifted meanwhile is taken out of the one that the spoke has.</summary>
public sealed class WrongRowsLiftTests
{
    private const string Lifted = "r-000000000001";
    private const string Kept = "r-000000000002";
    private static readonly ResponseRule Deny = new(new ResponseTrigger.State(TriggerState.Over), RestrictionKind.DENY_NEW);

    [Fact]
    public async Task What_is_lifted_leaves_the_parameter_and_the_budgets_stay_as_they_were()
    {
        await using var world = await RestrictedAsync();
        var before = await world.DesiredAsync(Alpha);
        await WrongAsync(world);
        Assert.Equal([Lifted, Kept], await AskedAsync(world));
        await LiftAsync(world);

        await ReconcileSteps.ReconcileAsync(world);

        Assert.Equal([Kept], await AskedAsync(world));
        Assert.Equal(before!.Budgets, (await world.DesiredAsync(Alpha))!.Budgets); // It was propagated.
        var row = await world.StatusAsync(Alpha);
        Assert.Equal(AccountState.Rejected, row.State);
        Assert.Contains("BudgetValue", Assert.Single(row.Reasons), StringComparison.Ordinal);
        Assert.Equal((await world.ParameterAsync(Alpha))!.Version, row.ParameterVersion);

        // Once: until the spoke says something, or the next try is due.
        await ReconcileSteps.ReconcileAsync(world);
        Assert.Equal(row.ParameterVersion, (await world.ParameterAsync(Alpha))!.Version);
        world.Clock.Advance(TimeSpan.FromMinutes(16));
        await ReconcileSteps.ReconcileAsync(world);
        Assert.Equal(row.ParameterVersion + 1, (await world.ParameterAsync(Alpha))!.Version);
    }

    [Fact]
    public async Task Rows_that_are_right_again_are_propagated_as_ever()
    {
        await using var world = await RestrictedAsync();
        await WrongAsync(world);
        await LiftAsync(world);
        await ReconcileSteps.ReconcileAsync(world);

        await world.PutRowAsync(Alpha, ("BudgetValue", Number("700")));
        Assert.Null(await world.PropagateAsync(Alpha));

        Assert.Equal([Kept], await AskedAsync(world));
        Assert.Equal(AccountState.Propagated, (await world.StatusAsync(Alpha)).State);
    }

    /// <summary>An edit that makes rows wrong comes as what was lifted before has not been written yet.</summary>
    [Fact]
    public async Task The_edit_that_makes_rows_wrong_lifts_too()
    {
        await using var world = await RestrictedAsync();
        await LiftAsync(world);
        await WrongAsync(world);
        Assert.Equal([Kept], await AskedAsync(world));
        Assert.Equal(AccountState.Rejected, (await world.StatusAsync(Alpha)).State);
    }

    /// <summary>Whoever may write the parameter neither chooses what we sign, nor keeps by it what is lifted in force.</summary>
    [Fact]
    public async Task What_somebody_wrote_over_ours_is_nobodys_word()
    {
        await using var world = await RestrictedAsync();
        var before = await world.DesiredAsync(Alpha);
        await WrongAsync(world);
        await world.SetParameterAsync(Alpha, """
            {"Budgets":[],"Restrictions":[{"Id":"r-000000000002","Kind":"STOP_ALL","Since":"2026-03-02T00:00:00Z"}],"Version":1}
            """);
        await LiftAsync(world);

        await ReconcileSteps.ReconcileAsync(world);

        var after = await world.DesiredAsync(Alpha);
        Assert.Equal(before!.Budgets, after!.Budgets); // Both were propagated.
        Assert.Equal((Kept, RestrictionKind.DENY_NEW), (Assert.Single(after.Restrictions).Id, after.Restrictions[0].Kind));
    }

    /// <summary>A hundred versions and a label on the first, which is ours: AWS refuses another.</summary>
    [Fact]
    public async Task What_is_lifted_leaves_a_parameter_whose_oldest_version_has_a_label()
    {
        await using var world = await RestrictedAsync();
        var before = await world.DesiredAsync(Alpha);
        await world.LabelOldestAsync(Alpha);
        await WrongAsync(world);
        await LiftAsync(world);

        await ReconcileSteps.ReconcileAsync(world);

        Assert.Equal([Kept], await AskedAsync(world));
        Assert.Equal(before!.Budgets, (await world.DesiredAsync(Alpha))!.Budgets); // Both were propagated.
        Assert.Equal((1, 1), ((await world.ParameterAsync(Alpha))!.Version, (await world.StatusAsync(Alpha)).ParameterVersion));
    }

    /// <summary>A spoke's stack of before this permission, and a parameter that was deleted.</summary>
    [Theory]
    [InlineData(false, "its parameter cannot be amended: ssm:GetParameterHistory answered AccessDenied")]
    [InlineData(true, "none of the versions of its parameter that AWS keeps is BudgetSync's and can be read, so it cannot be amended: correct the rows")]
    public async Task What_cannot_be_taken_out_says_why_and_stays(bool deleted, string why)
    {
        await using var world = await RestrictedAsync();
        await WrongAsync(world);
        await LiftAsync(world);
        if (deleted) await world.As(Alpha).OwnSystems.DeleteParameterAsync(new DeleteParameterRequest { Name = World.Parameter });
        else
            world.Cloud.Faults.OnCalls(call => call.Operation == "GetParameterHistory"
                ? new Fault.Refusal(new AwsException("AccessDeniedException", "not authorized", 400))
                : null);

        await ReconcileSteps.ReconcileAsync(world);

        var row = await world.StatusAsync(Alpha);
        Assert.Equal(AccountState.Rejected, row.State);
        Assert.StartsWith($"the rows of the account are wrong, and {why}", Assert.Single(row.Restrictions[0].Remarks), StringComparison.Ordinal);
        Assert.Empty(row.Restrictions[1].Remarks);
    }

    /// <summary>The account, with two restrictions in its parameter.</summary>
    private static async Task<World> RestrictedAsync()
    {
        var world = await CreateAsync(Alpha);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));
        await world.PropagateAsync(Alpha);
        await StepAsync(world, row => row with
        {
            Restricts = true,
            Restrictions =
            [
                .. new[] { Lifted, Kept }.Select(
                    id => new Restriction(id, "SpokeAccountBudget", Deny, new RestrictionState.InForce(Start)) { PeriodEnd = new(2026, 4, 1) }),
            ],
        });
        await world.PropagateAsync(Alpha);
        return world;
    }

    private static async Task WrongAsync(World world)
    {
        await world.PutRowAsync(Alpha, ("BudgetValue", Text("twelve")));
        await world.PropagateAsync(Alpha);
    }

    private static Task LiftAsync(World world) => StepAsync(world, row => StatusChange.LiftAsked(row, Lifted, "jane", "a slip", world.Clock.GetUtcNow()));

    private static async Task StepAsync(World world, Func<StatusRow, StatusRow> step) => await world.Status.StepAsync(
        Alpha, row => step(row!) with { ItemVersion = row!.ItemVersion + 1 }, CancellationToken.None); // It was propagated.

    private static async Task<IEnumerable<string>> AskedAsync(World world) =>
        (await world.DesiredAsync(Alpha))!.Restrictions.Select(one => one.Id); // As above.
}
