using Amazon.DynamoDBv2.Model;
using BudgetSync.Core.Status;
using static BudgetSync.Aws.Tests.Reconcile.ReconcileSteps;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Reconcile;

/// <summary>What reconcile says of envelopes that an edit beside the tool over-allocated.</summary>
public sealed class EnvelopeReconcileTests
{
    [Fact]
    public async Task An_envelope_that_refuses_is_said_under_its_key_while_accounts_keep_what_their_rows_say_and_forgotten_when_it_fits()
    {
        await using var world = await World.CreateAsync(Alpha, Beta);
        await world.PutRowAsync("default", ("BudgetValue", Number("600")), ("Envelope", Envelope("1000", "REJECT")));

        Assert.Equal(2, (await ReconcileAsync(world)).Written);
        var said = await world.StatusAsync("default");
        Assert.Equal(AccountState.Rejected, said?.State);
        Assert.Contains("more than the envelope's 1,000", Assert.Single(said!.Reasons), StringComparison.Ordinal);
        world.Cloud.Calls.Clear();
        await ReconcileAsync(world);
        Assert.Equal(0, world.Cloud.Calls.Count("dynamodb", "PutItem"));

        await world.PutRowAsync("default", ("BudgetValue", Number("600")), ("Envelope", Envelope("9000", "REJECT")));
        await ReconcileAsync(world);
        Assert.Null(await world.Status.ReadAsync("default", CancellationToken.None));
    }

    [Fact]
    public async Task An_edit_of_the_envelopes_row_says_at_once_that_it_is_over_allocated_and_forgets_no_refusal_of_a_reconcile()
    {
        await using var world = await World.CreateAsync(Alpha, Beta);
        await world.PutRowAsync("default", ("BudgetValue", Number("600")), ("Envelope", Envelope("1000", "REJECT")));

        await world.PropagateAsync("default");
        Assert.Equal(AccountState.Rejected, (await world.StatusAsync("default")).State);

        await ReconcileAsync(world);
        await world.PutRowAsync("default", ("BudgetValue", Number("600")), ("Envelope", Envelope("1100", "REJECT")), ("Note", Text("still too little")));
        await world.PropagateAsync("default");
        Assert.Contains("more than the envelope's 1,100", Assert.Single((await world.StatusAsync("default")).Reasons), StringComparison.Ordinal);

        await world.PutRowAsync("default", ("BudgetValue", Number("600")), ("Envelope", Envelope("1800", "REJECT")));
        await world.PropagateAsync("default");
        Assert.Null(await world.Status.ReadAsync("default", CancellationToken.None));
    }

    [Fact]
    public async Task An_envelope_that_warns_leaves_no_state()
    {
        await using var world = await World.CreateAsync(Alpha, Beta);
        await world.PutRowAsync("default", ("BudgetValue", Number("600")), ("Envelope", Envelope("1000", "WARN")));
        await ReconcileAsync(world);
        Assert.Null(await world.Status.ReadAsync("default", CancellationToken.None));
    }

    private static AttributeValue Envelope(string amount, string overAllocation) =>
        new() { M = new() { ["Amount"] = new() { N = amount }, ["OverAllocation"] = new() { S = overAllocation } } };
}
