using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Tests.Reconcile;

/// <summary>
/// A release makes every spoke report "deployed", and each such report asks for a reconcile of its account. Organizations answers few calls a second for the
/// whole organization (quotas: "rates are not published"), so that what is asked there must not grow with the number of spokes.
/// </summary>
public sealed class ReleaseToEverySpokeTests
{
    private const int Spokes = 1_000;
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task Spokes_updated_in_one_release_cost_Organizations_no_call_however_many_they_are()
    {
        await using var world = await World.CreateAsync();
        var accounts = Enumerable.Range(0, Spokes).Select(index => AccountId.Parse((100_000_000_000 + index).ToString(CultureInfo.InvariantCulture))).ToList();
        foreach (var account in accounts)
        {
            await world.Status.StepAsync(
                account.Value,
                before => StatusChange.PathSeen(StatusChange.Uncovered(before, account.Value, ["no row"], null, World.Start), ["ou-abcd-12345678", "r-abcd"]),
                CancellationToken.None);
        }

        world.Cloud.Calls.Clear();
        foreach (var account in accounts)
            await world.Reconciler.ReconcileAsync(ImmutableHashSet.Create(account), force: false, Long, CancellationToken.None);

        var calls = world.Cloud.Calls.Calls.Count(call => call.Call.Service == "organizations");
        Assert.Equal(0, calls);
        // And each was really looked at: its status row and the rows above it are read.
        Assert.InRange(world.Cloud.Calls.Calls.Count(call => call.Call.Operation is "GetItem" or "BatchGetItem"), 2 * Spokes, int.MaxValue);
    }
}
