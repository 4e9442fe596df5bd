using System.Collections.Immutable;
using Amazon.Budgets.Model;
using BudgetSync.Aws.Apply;
using BudgetSync.Aws.Reconcile;
using BudgetSync.Core;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Reconcile;

/// <summary>What is retained or disabled is left as it is: nothing keeps it equal to anything, the daily apply least of all.</summary>
public sealed class ReleaseTests
{
    [Fact]
    public async Task A_row_that_goes_with_RETAIN_leaves_budgets_that_people_may_change_from_then_on()
    {
        await using var world = await AppliedAsync(("OnDelete", Text("RETAIN")));
        await world.PutRowAsync("default", ("BudgetValue", Number("100")));
        await world.DeleteRowAsync(Alpha);

        Assert.Null(await world.PropagateAsync(Alpha));
        await StaysAsync(
            world,
            "the row of 111111111111 was deleted with OnDelete RETAIN: the budgets are left as they are; give the account a row of its own to take "
                + "them up again");
    }

    [Fact]
    public async Task A_disabled_row_leaves_budgets_that_people_may_change_from_then_on()
    {
        await using var world = await AppliedAsync();
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")), ("Enabled", new() { BOOL = false }));

        Assert.Null(await world.PropagateAsync(Alpha));
        await StaysAsync(world, "Enabled is false: this account is left exactly as it is");
    }

    [Fact]
    public async Task An_account_comes_back_when_its_row_is_enabled_again()
    {
        await using var world = await AppliedAsync();
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")), ("Enabled", new() { BOOL = false }));
        await world.PropagateAsync(Alpha);
        await ChangeByHandAsync(world);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));

        Assert.Null(await world.PropagateAsync(Alpha));

        Assert.Equal(ReportOutcome.Applied, (await ApplyAsync(world)).Outcome);
        Assert.Equal(1000, await LimitAsync(world));
        Assert.Equal((AccountState.Propagated, null), await world.StatusAsync(Alpha) is var status ? (status.State, status.ReleasedAt) : default);
    }

    [Fact]
    public async Task A_released_account_is_written_to_once()
    {
        await using var world = await AppliedAsync();
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")), ("Enabled", new() { BOOL = false }));
        await world.PropagateAsync(Alpha);
        var version = (await world.ParameterAsync(Alpha))!.Version; // Written just now.

        await world.PropagateAsync(Alpha);
        await ReconcileAsync(world);

        Assert.Equal(version, (await world.ParameterAsync(Alpha))!.Version); // As above.
    }

    [Fact]
    public async Task A_disabled_row_does_not_touch_a_parameter_that_somebody_typed_before_we_ever_wrote_one()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.SetParameterAsync(Alpha, "1500.50");
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")), ("Enabled", new() { BOOL = false }));

        await world.PropagateAsync(Alpha);
        await ReconcileAsync(world);

        Assert.Equal("1500.50", (await world.ParameterAsync(Alpha))!.Value); // Typed above.
    }

    [Fact]
    public async Task A_release_whose_parameter_is_gone_makes_no_new_one()
    {
        await using var world = await AppliedAsync();
        await world.As(Alpha).OwnSystems.DeleteParameterAsync(new Amazon.SimpleSystemsManagement.Model.DeleteParameterRequest { Name = Parameter });
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")), ("Enabled", new() { BOOL = false }));

        await world.PropagateAsync(Alpha);

        Assert.Null(await world.ParameterAsync(Alpha));
        Assert.Equal(AccountState.Uncovered, (await world.StatusAsync(Alpha)).State);
    }

    [Fact]
    public async Task A_release_that_was_throttled_is_finished_by_reconcile()
    {
        await using var world = await AppliedAsync();
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")), ("Enabled", new() { BOOL = false }));
        world.Cloud.Faults.OnCalls(
            call => call.Operation == "PutParameter" ? new Fault.Refusal(new AwsException("ThrottlingException", "Rate exceeded")) : null);
        Assert.Equal(Alpha, await world.PropagateAsync(Alpha));
        world.Cloud.Faults.Reset();

        await ReconcileAsync(world);

        Assert.Equal(ParameterDocument.Released, (await world.ParameterAsync(Alpha))!.Value); // AppliedAsync wrote it.
        Assert.Equal(AccountState.Uncovered, (await world.StatusAsync(Alpha)).State);
    }

    // Found by the simulation (seed 8292): the second round saw that the account had been let go, and left its own older write standing.
    [Fact]
    public async Task An_older_write_that_comes_after_a_release_is_taken_back_by_whoever_wrote_it()
    {
        await using var world = await AppliedAsync();
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("2000")));
        var overtaken = false;
        world.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation != "PutParameter" || overtaken) return null;
            overtaken = true;
            Assert.True(world.PutRowAsync(Alpha, ("BudgetValue", Number("2000")), ("Enabled", new() { BOOL = false })).IsCompletedSuccessfully);
            Assert.True(
                world.Status.StepAsync(
                    Alpha,
                    row => StatusChange.Released(row, Alpha, ["Enabled is false"], null, 2, world.Clock.GetUtcNow()),
                    CancellationToken.None).IsCompletedSuccessfully);
            return null;
        });

        Assert.Null(await world.PropagateAsync(Alpha));

        Assert.True(overtaken);
        Assert.Equal(ParameterDocument.Released, (await world.ParameterAsync(Alpha))!.Value); // Not null: it was written.
        Assert.Equal(AccountState.Uncovered, (await world.StatusAsync(Alpha)).State);
    }

    // Found by the simulation (seeds 1444, 5706, 8698): it was Blocked until the reconcile after the next.
    [Fact]
    public async Task An_account_that_was_never_reached_and_cannot_be_has_nothing_to_let_go()
    {
        await using var world = await World.CreateAsync();
        world.Cloud.Organizations.AddAccount(Beta, "without a role");
        await world.PutRowAsync(Beta, ("BudgetValue", Number("1000")));
        world.Cloud.Faults.OnCalls(call => call.Service == "sts" ? new Fault.Refusal(new AwsException("ServiceUnavailable", "Try again.", 503)) : null);
        await world.PropagateAsync(Beta);
        Assert.Equal(AccountState.Pending, (await world.StatusAsync(Beta)).State);
        world.Cloud.Faults.Reset();
        await world.PutRowAsync(Beta, ("BudgetValue", Number("1000")), ("Enabled", new() { BOOL = false }));

        await world.Reconciler.ReconcileAsync([], true, TimeSpan.FromHours(1), CancellationToken.None);

        var status = await world.StatusAsync(Beta);
        Assert.Equal((AccountState.Uncovered, "Enabled is false: this account is left exactly as it is"), (status.State, Assert.Single(status.Reasons)));
    }

    [Fact]
    public async Task A_release_that_arrives_during_an_apply_ends_it()
    {
        await using var world = await AppliedAsync();
        await world.SetParameterAsync(Alpha, "2000");
        var released = 0;
        world.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation == "UpdateBudget" && Interlocked.Increment(ref released) == 1)
                world.SetParameterAsync(Alpha, ParameterDocument.Released).GetAwaiter().GetResult();
            return null;
        });

        var report = await ApplyAsync(world);

        Assert.Equal(ReportOutcome.Released, report.Outcome);
        Assert.Equal("\"SpokeAccountBudget\": update to 2000 USD MONTHLY COST", Assert.Single(report.Changes));
    }

    [Fact]
    public async Task A_stack_that_goes_from_a_released_account_leaves_its_budgets_there()
    {
        await using var world = await AppliedAsync();
        await world.SetParameterAsync(Alpha, ParameterDocument.Released);

        await world.Apply(Alpha).RemoveAsync(CancellationToken.None);

        Assert.Equal(1000, await LimitAsync(world));
    }

    /// <summary>The account is released and said to be; what a person changes stays, whatever runs next.</summary>
    private static async Task StaysAsync(World world, string reason)
    {
        Assert.Equal(ParameterDocument.Released, (await world.ParameterAsync(Alpha))!.Value); // AppliedAsync wrote it.
        await ChangeByHandAsync(world);
        world.Cloud.Calls.Clear();

        var report = await ApplyAsync(world);
        await ReconcileAsync(world);

        Assert.Equal((ReportOutcome.Released, 0, 0), (report.Outcome, report.Changes.Length, world.Cloud.Calls.Count("budgets", "UpdateBudget")));
        Assert.Equal(7, await LimitAsync(world));
        var status = await world.StatusAsync(Alpha);
        Assert.Equal((AccountState.Uncovered, reason), (status.State, Assert.Single(status.Reasons)));
    }

    private static async Task<World> AppliedAsync(params (string Name, Amazon.DynamoDBv2.Model.AttributeValue Value)[] more)
    {
        var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync(Alpha, [("BudgetValue", Number("1000")), .. more]);
        await world.PropagateAsync(Alpha);
        Assert.Equal(ReportOutcome.Applied, (await ApplyAsync(world)).Outcome);
        return world;
    }

    private static async Task ChangeByHandAsync(World world)
    {
        var budget =
            (await world.As(Alpha).Budgets.DescribeBudgetAsync(new DescribeBudgetRequest { AccountId = Alpha, BudgetName = "SpokeAccountBudget" })).Budget;
        budget.BudgetLimit = new Spend { Amount = 7, Unit = "USD" };
        budget.CalculatedSpend = null;
        await world.As(Alpha).Budgets.UpdateBudgetAsync(new UpdateBudgetRequest { AccountId = Alpha, NewBudget = budget });
    }

    private static Task<Report> ApplyAsync(World world) => world.Apply(Alpha).ApplyAsync(Trigger.Scheduled, CancellationToken.None);

    private static Task<ReconcileSummary> ReconcileAsync(World world) =>
        world.Reconciler.ReconcileAsync(ImmutableHashSet<AccountId>.Empty, force: true, TimeSpan.FromMinutes(10), CancellationToken.None);

    private static async Task<decimal?> LimitAsync(World world) =>
        (await world.As(Alpha).Budgets.DescribeBudgetAsync(
            new DescribeBudgetRequest { AccountId = Alpha, BudgetName = "SpokeAccountBudget" })).Budget.BudgetLimit.Amount;
}
