using BudgetSync.Core.Budgets;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Propagate;

public sealed class FanOutTests
{
    [Fact]
    public async Task A_change_of_the_default_row_writes_only_the_parameters_it_changes()
    {
        await using var world = await World.CreateAsync(Alpha, Beta, Gamma);
        await world.PutRowAsync("default", ("BudgetValue", Number("100")));
        await world.PutRowAsync(Beta, ("BudgetValue", Number("500")));
        await world.PropagateAsync("default", Beta);
        world.Cloud.Calls.Clear();
        await world.PutRowAsync("default", ("BudgetValue", Number("200")));

        Assert.Null(await world.PropagateAsync("default"));

        Assert.Equal(2, world.Cloud.Calls.Count("ssm", "PutParameter"));
        Assert.Equal(new BudgetAmount.Fixed(new SpendAmount(200, "USD")), (await world.DesiredAsync(Gamma))!.Budgets.Budgets[0].Settings.Amount);
    }

    [Fact]
    public async Task A_spoke_that_a_fan_out_could_not_write_to_is_written_to_when_its_record_comes_again()
    {
        await using var world = await World.CreateAsync(Alpha, Beta);
        world.AddRole(Management);
        await world.PutRowAsync("default", ("BudgetValue", Number("100")));
        world.Cloud.Faults.OnCalls(call => call.Service == "ssm" && call.AccountId == Beta
            ? new Fault.Refusal(new AwsException("ThrottlingException", "Rate exceeded"))
            : null);
        Assert.Equal("default", await world.PropagateAsync("default"));
        world.Cloud.Faults.Reset();
        world.Cloud.Calls.Clear();

        Assert.Null(await world.PropagateAsync("default"));

        Assert.Equal([Beta], world.Cloud.Calls.Calls.Where(call => call.Call.Operation == "PutParameter").Select(call => call.Call.AccountId));
    }

    [Fact]
    public async Task An_account_inherits_from_the_nearest_row_above_it()
    {
        await using var world = await World.CreateAsync(Beta);
        var unit = world.Cloud.Organizations.AddOrganizationalUnit(LocalAws.Organizations.OrganizationsService.RootId, "Workloads");
        world.Cloud.Organizations.AddAccount(Alpha, "in the unit", unit);
        world.AddRole(Alpha);
        await world.PutRowAsync("default", ("BudgetValue", Number("100")));
        await world.PutRowAsync(unit, ("BudgetValue", Number("300")));

        await world.PropagateAsync(unit, "default");

        Assert.Equal(new BudgetAmount.Fixed(new SpendAmount(300, "USD")), (await world.DesiredAsync(Alpha))!.Budgets.Budgets[0].Settings.Amount);
        Assert.Equal(new BudgetAmount.Fixed(new SpendAmount(100, "USD")), (await world.DesiredAsync(Beta))!.Budgets.Budgets[0].Settings.Amount);
    }

    [Fact]
    public async Task An_edit_of_an_account_that_a_reconcile_has_seen_asks_the_organization_nothing()
    {
        await using var world = await World.CreateAsync();
        var unit = world.Cloud.Organizations.AddOrganizationalUnit(LocalAws.Organizations.OrganizationsService.RootId, "Workloads");
        world.Cloud.Organizations.AddAccount(Alpha, "in the unit", unit);
        world.AddRole(Alpha);
        await world.PutRowAsync(unit, ("BudgetValue", Number("300")), ("EmailRecipients", Text("unit@example.com")));
        await world.Reconciler.ReconcileAsync([], false, TimeSpan.FromHours(1), CancellationToken.None);
        world.Cloud.Calls.Clear();
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("400")));

        Assert.Null(await world.PropagateAsync(Alpha));

        Assert.DoesNotContain(world.Cloud.Calls.Calls, call => call.Call.Service == "organizations");
        Assert.Equal<string>([Alpha, unit], (await world.StatusAsync(Alpha)).From);
    }

    [Theory]
    [InlineData(20, 0, 20)]
    [InlineData(60, 1, 60)]
    public async Task Accounts_that_no_reconcile_has_seen_are_looked_up_one_by_one_up_to_a_bound_and_by_one_walk_beyond_it(
        int accounts,
        int walks,
        int mostLookUps)
    {
        await using var world = await World.CreateAsync();
        var ids = Enumerable.Range(0, accounts).Select(number => $"4000000000{number:00}").ToArray();
        foreach (var id in ids)
        {
            world.Cloud.Organizations.AddAccount(id, "new");
            world.AddRole(id);
            await world.PutRowAsync(id, ("BudgetValue", Number("300")));
        }

        world.Cloud.Calls.Clear();
        Assert.Null(await world.PropagateAsync(ids));

        Assert.Equal(walks, world.Cloud.Calls.Count("organizations", "ListRoots"));
        Assert.InRange(world.Cloud.Calls.Count("organizations", "ListParents"), 1, mostLookUps);
        Assert.Equal(accounts, world.Cloud.Calls.Count("ssm", "PutParameter"));
    }

    [Fact]
    public async Task A_fan_out_tries_again_where_the_last_try_failed()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync("default", ("BudgetValue", Number("100")));
        await world.PropagateAsync("default");
        var revision = (await world.StatusAsync(Alpha)).DesiredRevision;
        for (var round = 0; round < 6; round++)
            await world.Status.StepAsync(
                Alpha,
                before => StatusChange.Retrying(before, Alpha, revision, ["SSM is down"], null, world.Clock.GetUtcNow()),
                CancellationToken.None);
        Assert.Equal(AccountState.Failed, (await world.StatusAsync(Alpha)).State);

        await world.PropagateAsync("default");

        Assert.Equal(AccountState.Propagated, (await world.StatusAsync(Alpha)).State);
    }
}
