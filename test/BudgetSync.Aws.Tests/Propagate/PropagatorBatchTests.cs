using BudgetSync.Core.Budgets;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws.Kernel;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Propagate;

/// <summary>What the accounts of one batch have in common: their statuses and rows are read by some calls for all of them.</summary>
public sealed class PropagatorBatchTests
{
    private static readonly string[] Accounts = [Alpha, Beta, Gamma];

    [Fact]
    public async Task A_batch_reads_its_statuses_by_one_call_and_its_rows_by_one_before_and_one_after()
    {
        await using var world = await SeenAsync();
        foreach (var account in Accounts) await world.PutRowAsync(account, ("BudgetValue", Number("2000")));
        world.Cloud.Calls.Clear();

        Assert.Null(await world.PropagateAsync(Accounts));

        Assert.Equal((3, 0), (world.Cloud.Calls.Count("dynamodb", "BatchGetItem"), world.Cloud.Calls.Count("dynamodb", "GetItem")));
        // No parameter can hold what was never asked for, so none is looked at.
        Assert.Equal((3, 0), (world.Cloud.Calls.Count("ssm", "PutParameter"), world.Cloud.Calls.Count("ssm", "GetParameter")));
        foreach (var account in Accounts) Assert.Equal(AccountState.Propagated, (await world.StatusAsync(account)).State);
    }

    [Fact]
    public async Task A_row_of_one_account_that_moves_while_the_batch_is_written_is_found_by_that_account_alone()
    {
        await using var world = await SeenAsync();
        foreach (var account in Accounts) await world.PutRowAsync(account, ("BudgetValue", Number("2000")));
        var writes = 0;
        world.Cloud.Faults.OnCalls(call =>
        {
            if (call is { Operation: "PutParameter", AccountId: Beta } && writes++ == 0)
                world.PutRowAsync(Beta, ("BudgetValue", Number("3000"))).GetAwaiter().GetResult();
            return null;
        });
        world.Cloud.Calls.Clear();

        Assert.Null(await world.PropagateAsync(Accounts));

        Assert.Equal(4, world.Cloud.Calls.Count("ssm", "PutParameter"));
        Assert.Equal([2000m, 3000m, 2000m], await LimitsAsync(world));
    }

    [Fact]
    public async Task A_default_row_that_moves_while_the_batch_is_written_is_found_by_all()
    {
        await using var world = await SeenAsync();
        foreach (var account in Accounts) await world.PutRowAsync(account, ("BudgetName", Text("team")));
        await world.PutRowAsync("default", ("BudgetValue", Number("2000")));
        var writes = 0;
        world.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation == "PutParameter" && writes++ == 0)
                world.PutRowAsync("default", ("BudgetValue", Number("3000"))).GetAwaiter().GetResult();
            return null;
        });

        Assert.Null(await world.PropagateAsync(Accounts));

        Assert.Equal([3000m, 3000m, 3000m], await LimitsAsync(world));
    }

    [Theory]
    [InlineData(1)] // The statuses.
    [InlineData(2)] // The rows.
    [InlineData(3)] // The rows once more.
    public async Task Where_the_batch_cannot_be_read_at_once_each_account_reads_its_own(int refused)
    {
        await using var world = await SeenAsync();
        foreach (var account in Accounts) await world.PutRowAsync(account, ("BudgetValue", Number("2000")));
        var reads = 0;
        world.Cloud.Faults.OnCalls(call => call.Operation == "BatchGetItem" && ++reads == refused
            ? new Fault.Refusal(new AwsException("AccessDeniedException", "not authorized to perform: dynamodb:BatchGetItem"))
            : null);

        Assert.Null(await world.PropagateAsync(Accounts));

        Assert.Equal([2000m, 2000m, 2000m], await LimitsAsync(world));
        foreach (var account in Accounts) Assert.Equal(AccountState.Propagated, (await world.StatusAsync(account)).State);
    }

    [Fact]
    public async Task A_revision_that_was_asked_for_before_is_looked_for_before_it_is_written()
    {
        await using var world = await SeenAsync();
        await world.PutRowAsync(Alpha, ("BudgetValue", Number("2000")));
        await world.PropagateAsync(Alpha);
        world.Cloud.Calls.Clear();

        Assert.Null(await world.PropagateAsync(Alpha));

        Assert.Equal((1, 0), (world.Cloud.Calls.Count("ssm", "GetParameter"), world.Cloud.Calls.Count("ssm", "PutParameter")));
    }

    /// <summary>Three accounts whose place the statuses know, as after every reconcile.</summary>
    private static async Task<World> SeenAsync()
    {
        var world = await World.CreateAsync(Accounts);
        foreach (var account in Accounts) await world.PutRowAsync(account, ("BudgetValue", Number("1000")));
        await world.Reconciler.ReconcileAsync([], false, TimeSpan.FromHours(1), CancellationToken.None);
        return world;
    }

    private static async Task<decimal[]> LimitsAsync(World world)
    {
        var limits = new List<decimal>();
        foreach (var account in Accounts)
        {
            var budgets = (await world.DesiredAsync(account))!.Budgets.Budgets; // Not null: it was written.
            limits.Add(((BudgetAmount.Fixed)budgets[0].Settings.Amount).Limit.Amount);
        }

        return [.. limits];
    }
}
