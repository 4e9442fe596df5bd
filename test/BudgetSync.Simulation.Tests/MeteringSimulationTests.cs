using System.Globalization;
using BudgetSync.Core.Status;
using BudgetSync.Simulation.Tests.Metering;
using BudgetSync.Simulation.Tests.Worlds;

namespace BudgetSync.Simulation.Tests;

/// <summary>
/// Worlds with budgets of models, each from one seed: calls whose records come twice, late or never, models without a price, IAM that tells what was, killed
/// functions, rows, approvals, and people who suspend and free by hand. <c>METERING_SEEDS=300</c> runs more, and <c>METERING_SEED=123</c> begins with that one.
/// </summary>
public sealed class MeteringSimulationTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int DefaultSeeds = 8;
    private const int LinesShown = 120;

    [Fact]
    public void Every_world_ends_with_all_calls_counted_once_and_suspended_who_is_to_be_whatever_goes_wrong()
    {
        var seeds = int.Parse(Environment.GetEnvironmentVariable("METERING_SEEDS") ?? $"{DefaultSeeds}", CultureInfo.InvariantCulture);
        var first = int.Parse(Environment.GetEnvironmentVariable("METERING_SEED") ?? "1", CultureInfo.InvariantCulture);
        var ends = Enumerable.Range(first, seeds).AsParallel().WithDegreeOfParallelism(Environment.ProcessorCount)
            .Select(seed => (Seed: seed, Ended: WorldThread.Run(() => Run(seed)))).ToList();
        var wrong = ends.Where(end => end.Ended.Problem is not null).OrderBy(end => end.Seed).ToList();
        var (begun, lost, unpriced) = (ends.Sum(end => end.Ended.Begun), ends.Sum(end => end.Ended.Lost), ends.Sum(end => end.Ended.Unpriced));
        output.WriteLine($"{seeds} seeds, {wrong.Count} failures, {begun} suspensions began, {lost} records were lost, {unpriced} calls had no price");
        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong.Take(3).Select(end => $"Seed {end.Seed}: {end.Ended.Problem}")));
        Assert.True(
            begun > seeds && unpriced > seeds && lost > 0,
            $"Only {begun} suspensions began, {unpriced} calls had no price and {lost} records were lost: they prove nothing.");
    }

    private static (string? Problem, int Begun, int Lost, int Unpriced) Run(int seed)
    {
        var random = new Random(seed);
        using var world = new MeteredWorld(seed, stale: seed % 3 == 0);
        var edits = new MeteringEdits(world, random);
        string? problem = null;
        try
        {
            Disturb(world, edits, random);
            var since = Calm(world, edits, random);
            var ending = new MeteringEndChecks(world);
            List<string> problems = [.. ending.Problems(since)];
            if (problems.Count == 0 && seed % 2 == 0)
            {
                world.Guard.IsLeaving = true;
                // What a stack says last may be lost too.
                if (seed % 4 == 0) world.Faults.DeliveryRate = 0.6;
                foreach (var account in MeteredWorld.Accounts)
                {
                    // As the documents say: IAM deletes no policy that is attached.
                    world.Refer(account, refers: false);
                    world.Driver.Finish(world.Cloud.CloudFormation.DeleteAsync(account, "BudgetSync-Spoke"));
                    world.Driver.Settle();
                }

                world.Driver.Live(AiView.Limit + TimeSpan.FromMinutes(10));
                problems.AddRange(MeteredWorld.Accounts.SelectMany(ending.LeftBehind));
            }

            if (problems.Count > 0) problem = $"In the end not all is well:\n  {string.Join("\n  ", problems)}";
        }
        catch (WorldException violation)
        {
            problem = violation.Message;
        }

        if (problem is not null) problem = $"{problem}\nThe last {LinesShown} lines:\n{string.Join('\n', world.Journal.Lines.TakeLast(LinesShown))}";
        return (problem, world.Guard.Begun, world.Calls.All.Count(call => !call.IsDelivered), world.Calls.All.Count(call => call.Cost is null));
    }

    private static void Disturb(MeteredWorld world, MeteringEdits edits, Random random)
    {
        foreach (var account in MeteredWorld.Accounts) world.PutRow(account, edits.Said("DAILY"));
        world.Driver.Live(TimeSpan.FromMinutes(6));
        world.Faults.CallRate = random.Next(3) switch { 0 => 0, 1 => 0.01, _ => 0.04 };
        world.Faults.DeliveryRate = random.Next(3) switch { 0 => 0, 1 => 0.05, _ => 0.25 };
        for (var step = random.Next(20, 50); step > 0; step--)
        {
            edits.Make();
            for (var pieces = random.Next(12); pieces > 0; pieces--)
            {
                if (!world.Driver.RunOne()) world.Driver.Advance(TimeSpan.FromSeconds(random.Next(1, 60)));
            }

            if (random.Next(2) == 0) world.Driver.Live(TimeSpan.FromMinutes(random.Next(1, 30)));
        }
    }

    /// <summary>No more faults, and another day, in which nobody asked for anything yet: what is promised must come true.</summary>
    /// <returns>When its windows began.</returns>
    private static DateTimeOffset Calm(MeteredWorld world, MeteringEdits edits, Random random)
    {
        world.Journal.Write("calm");
        (world.Faults.CallRate, world.Faults.DeliveryRate) = (0, 0);
        edits.Throw(armed: true);
        world.Driver.Settle();
        world.SendAgain();
        var today = new DateTimeOffset(world.Now.UtcDateTime.Date, TimeSpan.Zero);
        // Late deliveries come within three hours.
        var tomorrow = today.AddDays(world.Now - today > TimeSpan.FromHours(20) ? 2 : 1);
        foreach (var account in MeteredWorld.Accounts) world.PutRow(account, edits.Said("DAILY") with { Snoozed = false });
        world.Driver.Live(tomorrow.AddMinutes(10) - world.Now);
        foreach (var account in MeteredWorld.Accounts)
        {
            foreach (var principal in MeteredWorld.Principals)
            {
                for (var calls = random.Next(8); calls > 0; calls--) edits.Call(account, principal);
            }
        }

        world.Driver.Live(TimeSpan.FromHours(3));
        return tomorrow;
    }
}
