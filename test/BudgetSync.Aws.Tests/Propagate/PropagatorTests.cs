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
