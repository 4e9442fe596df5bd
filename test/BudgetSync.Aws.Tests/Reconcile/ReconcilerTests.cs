using System.Text;
using BudgetSync.Core.Status;
using static BudgetSync.Aws.Tests.Reconcile.ReconcileSteps;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Reconcile;

public sealed class ReconcilerTests
{
    [Fact]
    public async Task A_row_whose_stream_record_was_lost_is_propagated()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));

        var result = await ReconcileAsync(world);

        Assert.Equal((1, 0), (result.Written, result.Remaining));
        Assert.NotNull(await world.DesiredAsync(Alpha));
    }

    [Fact]
    public async Task A_second_reconcile_writes_nothing()
    {
        await using var world = await World.CreateAsync(Alpha, Beta, Gamma);
        await world.PutRowAsync("default", ("BudgetValue", Number("1000")));
        await world.PutRowAsync(Gamma, ("BudgetValue", Number("-1")));
        await ReconcileAsync(world);
        world.Cloud.Calls.Clear();

        Assert.Equal(0, (await ReconcileAsync(world)).Written);
        Assert.Equal((0, 0), (world.Cloud.Calls.Count("ssm", "PutParameter"), world.Cloud.Calls.Count("dynamodb", "PutItem")));
    }

    [Fact]
    public async Task A_spoke_that_does_not_answer_is_asked_again_with_a_new_version_of_the_same_text()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));
        await ReconcileAsync(world);
        var before = await world.ParameterAsync(Alpha);
        world.Clock.Advance(TimeSpan.FromMinutes(50));

        await ReconcileAsync(world);

        var after = await world.ParameterAsync(Alpha);
        Assert.Equal((before!.Value, before.Version + 1), (after!.Value, after.Version));
    }

    [Fact]
    public async Task A_blocked_spoke_is_propagated_once_its_role_is_there()
    {
        await using var world = await World.CreateAsync(Alpha);
        world.Cloud.Iam.DeleteRole(Alpha, "BudgetSyncSpokeRole");
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));
        Assert.Equal(1, (await ReconcileAsync(world)).Unreachable);
        world.AddRole(Alpha);
        world.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(1, (await ReconcileAsync(world)).Written);
    }

    [Fact]
    public async Task An_account_that_moved_or_left_is_known_to_have_done_so_after_the_next_reconcile()
    {
        await using var world = await World.CreateAsync(Alpha, Beta);
        var unit = world.Cloud.Organizations.AddOrganizationalUnit(LocalAws.Organizations.OrganizationsService.RootId, "Workloads");
        await world.PutRowAsync(unit, ("BudgetValue", Number("300")));
        await ReconcileAsync(world);
        Assert.Equal<string>([LocalAws.Organizations.OrganizationsService.RootId], (await world.StatusAsync(Alpha)).Path);

        world.Cloud.Organizations.Move(Alpha, unit);
        world.Cloud.Organizations.Remove(Beta);
        await ReconcileAsync(world);

        Assert.Equal<string>([unit, LocalAws.Organizations.OrganizationsService.RootId], (await world.StatusAsync(Alpha)).Path);
        Assert.Equal<string>([unit], (await world.StatusAsync(Alpha)).From);
        var left = await world.StatusAsync(Beta);
        Assert.Empty(left.Path);
        Assert.Contains("has left the organization", Assert.Single(left.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suspended_account_is_left_alone_and_says_so()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync("default", ("BudgetValue", Number("1000")));
        world.Cloud.Organizations.Suspend(Alpha);

        await ReconcileAsync(world);

        Assert.Null(await world.ParameterAsync(Alpha));
        Assert.Equal(AccountState.Uncovered, (await world.StatusAsync(Alpha)).State);
    }

    [Fact]
    public async Task A_row_for_an_account_that_does_not_exist_is_an_Orphan_without_a_call_to_STS_and_not_counted_as_Blocked()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync(Gamma, ("BudgetValue", Number("1000")));

        var result = await ReconcileAsync(world);

        Assert.Equal((1, 0), (result.Accounts[AccountState.Orphan], result.Accounts.GetValueOrDefault(AccountState.Blocked)));
        Assert.Contains("no such account", Assert.Single((await world.StatusAsync(Gamma)).Reasons), StringComparison.Ordinal);
        Assert.Equal(0, world.Cloud.Calls.Count("sts", "AssumeRole"));
    }

    [Fact]
    public async Task Every_account_is_counted_by_its_state_in_a_raw_line_of_embedded_metrics()
    {
        await using var world = await World.CreateAsync(Alpha, Beta);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("0")));

        var result = await ReconcileAsync(world);

        // The management account is one of the organization's too.
        Assert.Equal((1, 2), (result.Accounts[AccountState.Rejected], result.Accounts[AccountState.Uncovered]));
        var line = Encoding.UTF8.GetString(world.Output.ToArray()).Split('\n').Single(text => text.Contains("AccountsRejected\":", StringComparison.Ordinal));
        Assert.StartsWith("{\"_aws\":{\"Timestamp\":", line, StringComparison.Ordinal);
        Assert.Contains("\"AccountsRejected\":1,", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_time_did_not_suffice_for_is_done_by_the_next_reconcile()
    {
        await using var world = await World.CreateAsync(Alpha, Beta);
        await world.PutRowAsync("default", ("BudgetValue", Number("1000")));

        // Both, and the management account.
        Assert.Equal(3, (await world.Reconciler.ReconcileAsync([], false, TimeSpan.Zero, CancellationToken.None)).Remaining);
        Assert.Equal(2, (await ReconcileAsync(world)).Written);
    }

    // Found by the simulation: an account moved out of the rollout lost its stack, and its status said Applied for a day.
    [Fact]
    public async Task An_account_that_moved_to_where_no_stack_is_is_Blocked_by_the_next_reconcile()
    {
        await using var world = await World.CreateAsync(Alpha);
        var unit = world.Cloud.Organizations.AddOrganizationalUnit(LocalAws.Organizations.OrganizationsService.RootId, "Elsewhere");
        await world.PutRowAsync("default", ("BudgetValue", Number("1000")));
        await ReconcileAsync(world);
        await ReportAsync(world, Alpha);
        world.Cloud.Organizations.Move(Alpha, unit);
        world.Cloud.Iam.DeleteRole(Alpha, "BudgetSyncSpokeRole");
        world.Clock.Advance(TimeSpan.FromHours(2)); // The session in the account has ended.

        await ReconcileAsync(world);

        Assert.Equal(AccountState.Blocked, (await world.StatusAsync(Alpha)).State);
    }

    // Found by the simulation: after a status row was deleted and then the account's row, the spoke kept budgets that nobody asked for.
    [Fact]
    public async Task Budgets_whose_status_row_was_lost_are_let_go_and_left_once_no_row_asks_for_them()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));
        await ReconcileAsync(world);
        await world.DeleteRowAsync(Alpha);
        await world.Status.DeleteAsync(await world.StatusAsync(Alpha), CancellationToken.None);
        await ReportAsync(world, Alpha);

        await ReconcileAsync(world);

        Assert.Equal(Core.Parameter.ParameterDocument.Released, (await world.ParameterAsync(Alpha))!.Value); // Not null: it was written.
        Assert.Equal(AccountState.Uncovered, (await world.StatusAsync(Alpha)).State);
        Assert.Single((await world.As(Alpha).Budgets.DescribeBudgetsAsync(new() { AccountId = Alpha })).Budgets);
    }

    [Fact]
    public async Task What_a_person_typed_into_the_parameter_of_an_account_without_rows_stays()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.SetParameterAsync(Alpha, "1500");
        await ReportAsync(world, Alpha);

        await ReconcileAsync(world);

        Assert.Equal("1500", (await world.ParameterAsync(Alpha))!.Value); // Not null: it was written.
    }
}
