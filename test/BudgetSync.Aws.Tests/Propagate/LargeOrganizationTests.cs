using System.Globalization;
using BudgetSync.LocalAws.Organizations;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Propagate;

/// <summary>1,000 accounts under 20 nested OUs: what an inherited row reaches, and what it leaves alone.</summary>
public sealed class LargeOrganizationTests
{
    private const int Chains = 5;
    private const int Depth = 4;
    private const int AccountsPerUnit = 50;

    [Fact]
    public async Task A_change_of_the_default_row_writes_only_what_changes_and_a_second_reconcile_writes_nothing()
    {
        await using var world = await World.CreateAsync();
        var (accounts, deepest) = Populate(world);
        await world.PutRowAsync("default", ("BudgetValue", Number("100")));
        foreach (var unit in deepest) await world.PutRowAsync(unit, ("BudgetValue", Number("500")));
        foreach (var account in accounts.Where(account => account.HasRow)) await world.PutRowAsync(account.Id, ("BudgetValue", Number("900")));
        Assert.Equal(accounts.Count, (await ReconcileAsync(world)).Written);

        world.Cloud.Calls.Clear();
        await world.PutRowAsync("default", ("BudgetValue", Number("200")));
        Assert.Null(await world.PropagateAsync("default"));

        var changed = accounts.Where(account => !account.HasRow && !account.IsDeepest).Select(account => account.Id).Order(StringComparer.Ordinal);
        var written = world.Cloud.Calls.Calls.Where(call => call.Call is { Service: "ssm", Operation: "PutParameter" })
            .Select(call => call.Call.AccountId)
            .Order(StringComparer.Ordinal);
        Assert.Equal(changed, written);

        world.Cloud.Calls.Clear();
        var second = await ReconcileAsync(world);
        Assert.Equal((0, 0), (second.Written, second.Remaining));
        Assert.Equal(0, world.Cloud.Calls.Count("ssm", "PutParameter"));
    }

    private static (List<(string Id, bool HasRow, bool IsDeepest)> Accounts, List<string> Deepest) Populate(World world)
    {
        var accounts = new List<(string, bool, bool)>();
        var deepest = new List<string>();
        for (var chain = 0; chain < Chains; chain++)
        {
            var parent = OrganizationsService.RootId;
            for (var level = 0; level < Depth; level++)
            {
                parent = world.Cloud.Organizations.AddOrganizationalUnit(parent, $"unit {chain}.{level}");
                for (var place = 0; place < AccountsPerUnit; place++)
                {
                    var id = (300_000_000_000 + accounts.Count).ToString(CultureInfo.InvariantCulture);
                    world.Cloud.Organizations.AddAccount(id, $"account {id}", parent);
                    world.AddRole(id);
                    accounts.Add((id, accounts.Count % 10 == 0, level == Depth - 1));
                }
            }

            deepest.Add(parent);
        }

        // The management account is covered by default like any other.
        world.AddRole(Management);
        accounts.Add((Management, false, false));
        return (accounts, deepest);
    }

    private static Task<BudgetSync.Aws.Reconcile.ReconcileSummary> ReconcileAsync(World world) =>
        world.Reconciler.ReconcileAsync([], false, TimeSpan.FromHours(1), CancellationToken.None);
}
