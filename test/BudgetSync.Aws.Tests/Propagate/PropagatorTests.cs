using BudgetSync.Core.Budgets;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Propagate;

public sealed class PropagatorTests
{
    [Fact]
    public async Task A_row_reaches_the_parameter_and_its_status_says_so()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1500.50")));

        Assert.Null(await world.PropagateAsync(Alpha));

        var desired = await world.DesiredAsync(Alpha);
        Assert.Equal(new BudgetAmount.Fixed(new SpendAmount(1500.50m, "USD")), Assert.Single(desired!.Budgets.Budgets).Settings.Amount);
        var status = await world.StatusAsync(Alpha);
        Assert.Equal((AccountState.Propagated, desired.Revision, 1), (status.State, status.DesiredRevision, status.ParameterVersion));
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_makes_no_PutParameter()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));
        await world.PropagateAsync(Alpha);
        world.Cloud.Calls.Clear();
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000.00")), ("Note", Text("asked by Jane")));

        Assert.Null(await world.PropagateAsync(Alpha));

        Assert.Equal(0, world.Cloud.Calls.Count("ssm", "PutParameter"));
    }

    [Fact]
    public async Task An_edit_of_who_wrote_the_row_and_why_fires_a_record_that_makes_no_PutParameter()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));
        await world.PropagateAsync(Alpha);
        world.Cloud.Calls.Clear();
        await world.PutRowAsync(
            Alpha,
            ("BudgetValue", Number("1000")),
            ("ChangedBy", Text("arn:aws:iam::999999999999:user/jane")),
            ("ChangedAt", Text("2026-01-31T12:00:00.000Z")),
            ("Reason", Text("looked at")));

        Assert.Null(await world.PropagateAsync(Alpha));

        Assert.NotEqual(0, world.Cloud.Calls.Count("ssm", "GetParameter"));
        Assert.Equal(0, world.Cloud.Calls.Count("ssm", "PutParameter"));
    }

    // Found by the simulation: the write then lacked the type that a first write needs, and the refusal stood until the row changed.
    [Fact]
    public async Task A_parameter_deleted_between_the_look_at_it_and_the_write_is_made_anew()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));
        await world.PropagateAsync(Alpha);
        var deletions = 0;
        world.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation == "PutParameter" && deletions++ == 0)
                Assert.True(
                    world.Cloud.Gateway.InvokeAsync(
                        world.Cloud.Ssm,
                        new AwsCall("ssm", "DeleteParameter", Caller.Root(Alpha), "us-east-1", new() { ["Name"] = Parameter }),
                        CancellationToken.None).IsCompletedSuccessfully);
            return null;
        });
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("2000")));

        Assert.Null(await world.PropagateAsync(Alpha));

        Assert.NotNull(await world.DesiredAsync(Alpha));
        Assert.Equal(AccountState.Propagated, (await world.StatusAsync(Alpha)).State);
    }

    [Fact]
    public async Task A_second_edit_of_the_same_account_makes_no_AssumeRole()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));
        await world.PropagateAsync(Alpha);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("2000")));

        await world.PropagateAsync(Alpha);

        Assert.Equal((1, 2), (world.Cloud.Calls.Count("sts", "AssumeRole"), world.Cloud.Calls.Count("ssm", "PutParameter")));
    }

    [Fact]
    public async Task A_throttled_AssumeRole_slows_the_next_ones_down()
    {
        await using var world = await World.CreateAsync(Alpha, Beta, Gamma);
        foreach (var account in new[] { Alpha, Beta, Gamma }) await world.PutRowAsync(account, ("BudgetValue", Number("1000")));
        var refused = false;
        world.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation != "AssumeRole" || refused) return null;
            refused = true;
            return new Fault.Refusal(new AwsException("Throttling", "Rate exceeded"));
        });

        Assert.Null(await world.PropagateAsync(Alpha, Beta, Gamma));

        // 60 a second is a turn each 17 ms, half of it one each 33; without the refusal the burst of a second lets all go at once.
        Assert.Contains(world.Clock.Waits, wait => wait.TotalMilliseconds is > 25 and < 34);
        Assert.Equal(4, world.Cloud.Calls.Count("sts", "AssumeRole"));
    }

    [Fact]
    public async Task A_session_about_to_expire_is_taken_anew()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));
        await world.PropagateAsync(Alpha);
        world.Clock.Advance(TimeSpan.FromMinutes(56));

        await world.PropagateAsync(Alpha);

        Assert.Equal(2, world.Cloud.Calls.Count("sts", "AssumeRole"));
    }

    [Fact]
    public async Task A_spoke_without_the_role_is_Blocked_and_the_others_go_on()
    {
        await using var world = await World.CreateAsync(Alpha, Beta);
        world.Cloud.Iam.DeleteRole(Alpha, "BudgetSyncSpokeRole");
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));
        await world.PutRowAsync(Beta, ("BudgetValue", Number("2000")));

        Assert.Null(await world.PropagateAsync(Alpha, Beta));

        var blocked = await world.StatusAsync(Alpha);
        Assert.Equal(AccountState.Blocked, blocked.State);
        Assert.Contains(
            "arn:aws:iam::111111111111:role/BudgetSyncSpokeRole cannot be assumed: deploy the spoke stack",
            Assert.Single(blocked.Reasons),
            StringComparison.Ordinal);
        Assert.Equal(AccountState.Propagated, (await world.StatusAsync(Beta)).State);
    }

    [Fact]
    public async Task A_wrong_row_is_Rejected_with_every_problem_and_does_not_come_again()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("-1")), ("Treshold", Number("90")));

        Assert.Null(await world.PropagateAsync(Alpha));

        var status = await world.StatusAsync(Alpha);
        Assert.Equal(AccountState.Rejected, status.State);
        Assert.True(status.Reasons.Length >= 2);
        Assert.Contains(status.Reasons, reason => reason.Contains("Thresholds", StringComparison.Ordinal));
        Assert.Null(await world.ParameterAsync(Alpha));
    }

    [Fact]
    public async Task A_row_whose_key_is_no_scope_is_Rejected_under_that_key_and_forgotten_when_it_goes()
    {
        await using var world = await World.CreateAsync();
        await world.PutRowAsync("11111111111", ("BudgetValue", Number("1000")));

        Assert.Null(await world.PropagateAsync("11111111111"));
        Assert.Equal(AccountState.Rejected, (await world.StatusAsync("11111111111")).State);

        await world.DeleteRowAsync("11111111111");
        Assert.Null(await world.PropagateAsync("11111111111"));
        Assert.Null(await world.Status.ReadAsync("11111111111", CancellationToken.None));
    }

    [Fact]
    public async Task A_spoke_that_stays_throttled_makes_the_batch_start_over_there_while_the_others_are_done()
    {
        await using var world = await World.CreateAsync(Alpha, Beta, Gamma);
        foreach (var account in new[] { Alpha, Beta, Gamma }) await world.PutRowAsync(account, ("BudgetValue", Number("1000")));
        world.Cloud.Faults.OnCalls(call => call is { Operation: "PutParameter", AccountId: Beta }
            ? new Fault.Refusal(new AwsException("ThrottlingException", "Rate exceeded"))
            : null);

        Assert.Equal(Beta, await world.PropagateAsync(Alpha, Beta, Gamma));

        Assert.Equal(AccountState.Pending, (await world.StatusAsync(Beta)).State);
        Assert.Equal(AccountState.Propagated, (await world.StatusAsync(Gamma)).State);
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_is_done_once_it_is_tried_again()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));
        var lost = 0;
        world.Cloud.Faults.OnCalls(call => call.Operation == "PutParameter" && Interlocked.Increment(ref lost) == 1 ? new Fault.ResponseLoss() : null);

        Assert.Null(await world.PropagateAsync(Alpha));

        Assert.Equal((await world.ParameterAsync(Alpha))!.Version, (await world.StatusAsync(Alpha)).ParameterVersion);
    }

    [Fact]
    public async Task A_row_that_moves_while_it_is_written_is_propagated_as_it_stands_in_the_end()
    {
        await using var world = await World.CreateAsync(Alpha);
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")));
        var edits = 0;
        world.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation == "PutParameter" && Interlocked.Increment(ref edits) == 1)
                world.PutRowAsync(Alpha, ("BudgetValue", Number("2000"))).GetAwaiter().GetResult();
            return null;
        });

        await world.PropagateAsync(Alpha);

        Assert.Equal(new BudgetAmount.Fixed(new SpendAmount(2000, "USD")), (await world.DesiredAsync(Alpha))!.Budgets.Budgets[0].Settings.Amount);
    }

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
        await world.Reconciliation.ReconcileAsync([], false, TimeSpan.FromHours(1), CancellationToken.None);
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

    [Theory]
    [InlineData("REVERT", true, 100)]
    [InlineData("REVERT", false, null)]
    [InlineData("DELETE", true, null)]
    public async Task A_deleted_row_does_what_its_OnDelete_said(string onDelete, bool inherits, int? limit)
    {
        await using var world = await World.CreateAsync(Alpha);
        if (inherits) await world.PutRowAsync("default", ("BudgetValue", Number("100")));
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("1000")), ("OnDelete", Text(onDelete)));
        await world.PropagateAsync(Alpha);
        await world.DeleteRowAsync(Alpha);

        Assert.Null(await world.PropagateAsync(Alpha));

        var budgets = (await world.DesiredAsync(Alpha))!.Budgets.Budgets;
        Assert.Equal(limit is { } amount ? [new BudgetAmount.Fixed(new SpendAmount(amount, "USD"))] : [], budgets.Select(budget => budget.Settings.Amount));
    }
}
