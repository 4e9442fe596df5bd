using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Budgets;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.WholeSpec;

public sealed class KilledApplyTests
{
    private const int UsualSeeds = 8;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_apply_killed_after_any_write_leaves_its_alerts_and_is_finished_by_the_next(bool replaces)
    {
        await using var cloud = new LocalCloud(
            new LocalCloudOptions { Time = new VirtualClock(World.Start), Budgets = new BudgetsOptions { RefuseChangeOfTypeOrUnit = replaces } });
        var accounts = 0;
        foreach (var seed in Cases.Seeds(UsualSeeds))
        {
            for (var fatal = 1; await DiesAsync(cloud, ++accounts, seed, fatal); fatal++)
            {
            }
        }

        Assert.True(accounts > 3 * UsualSeeds);
    }

    /// <summary>Applies a row over another in a fresh account, dies after the write of this number, and applies again.</summary>
    /// <returns>False when there are fewer writes.</returns>
    private static async Task<bool> DiesAsync(LocalCloud cloud, int number, int seed, int fatal)
    {
        using var spoke = new Spoke(cloud, Cases.Account(number));
        var random = new Random(seed);
        var first = Cases.NextRow(random, null, spoke.Account);
        var second = Cases.NextRow(random, first, spoke.Account);
        var from = Cases.Resolve(first, spoke.Account)!; // A generated row is valid.
        var to = Cases.Resolve(second, spoke.Account) ?? Cases.Resolve(Cases.NextRow(random, null, spoke.Account), spoke.Account)!; // An edit need not be.
        await spoke.ApplyAsync(from.Parameter.Document);
        var before = await spoke.AlertingAsync();
        spoke.Recorder.Forget();
        spoke.Recorder.AfterWrite = _ => spoke.Recorder.Seen.Count == fatal ? throw new KilledException() : Task.CompletedTask;
        try
        {
            await spoke.ApplyAsync(to.Parameter.Document);
            return false;
        }
        catch (KilledException)
        {
            spoke.Recorder.AfterWrite = null;
        }

        var between = await spoke.AlertingAsync();
        await spoke.ApplyAsync();

        var name = $"seed {seed}, killed after write {fatal} ({string.Join(", ", spoke.Recorder.Seen)}): {first.ToJsonString()} then {second.ToJsonString()}";
        Assert.True(
            spoke.Recorder.Refused.All(refusal => refusal.Contains("cannot change", StringComparison.Ordinal)),
            $"{name}\n{string.Join('\n', spoke.Recorder.Refused)}");
        var drift = await spoke.DriftAsync(to.Budgets);
        Assert.True(drift.IsEmpty, $"{name}\n{string.Join('\n', drift)}");
        // Where the budget must be replaced there is a moment between the two calls in which its name is free, and death may strike there.
        Assert.True(
            cloud.Options.Budgets.RefuseChangeOfTypeOrUnit || before.Intersect(await spoke.AlertingAsync()).IsSubsetOf(between),
            $"{name}\na budget was left without alerts");
        return true;
    }
}
