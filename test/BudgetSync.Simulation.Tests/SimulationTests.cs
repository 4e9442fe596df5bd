using System.Globalization;

namespace BudgetSync.Simulation.Tests;

/// <summary>Whole worlds, each from one seed. <c>SEED=123</c> replays one, <c>SEEDS=10000</c> runs more.</summary>
public sealed class SimulationTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int DefaultSeeds = 300;
    private const int SeedsRunTwice = 5;
    private const int LinesShown = 120;

    /// <summary>Continuations run in place, each on top of what it continues.</summary>
    private const int StackBytes = 64 * 1024 * 1024;

    [Fact]
    public void Every_world_ends_in_sync_whatever_goes_wrong()
    {
        var seeds = Number("SEED") is { } one ? [one] : Seeds(Environment.GetEnvironmentVariable("SEEDS") ?? $"{DefaultSeeds}");
        var failures = RunAll(seeds);
        output.WriteLine($"{seeds.Count} seeds, {failures.Count} failures");
        Assert.True(
            failures.Count == 0,
            string.Join("\n\n", failures.OrderBy(failure => failure.Key).Take(3).Select(failure => failure.Value))
                + $"\n\nin brief:\n{string.Join(
                    '\n',
                    failures.Take(30).Select(failure => failure.Value[..failure.Value.IndexOf("The last", StringComparison.Ordinal)]))}"
                + $"\n\nfailed seeds: {string.Join(" ", failures.Keys.Order().Take(100))}");
    }

    [Fact]
    public void The_same_seed_gives_the_same_log()
    {
        foreach (var seed in Enumerable.Range(1, SeedsRunTwice))
        {
            var (first, second) = (OnThread(() => Simulation.Run(seed)), OnThread(() => Simulation.Run(seed)));
            Assert.Equal(first.Log, second.Log);
        }
    }

    /// <param name="text">How many from 1 on, or which: <c>10000</c>, <c>3001-10000</c>.</param>
    private static List<int> Seeds(string text)
    {
        var ends = text.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray();
        var (first, last) = ends.Length == 1 ? (1, ends[0]) : (ends[0], ends[1]);
        return [.. Enumerable.Range(first, last - first + 1)];
    }

    private static SortedDictionary<int, string> RunAll(List<int> seeds)
    {
        var failures = new SortedDictionary<int, string>();
        var next = -1;
        var workers = Enumerable.Range(0, Math.Max(1, Environment.ProcessorCount)).Select(_ => StartThread(() =>
        {
            while (Interlocked.Increment(ref next) is var index && index < seeds.Count)
            {
                if (Failure(seeds[index]) is not { } failure) continue;
                lock (failures) failures.Add(seeds[index], failure);
            }
        })).ToList();
        foreach (var worker in workers) worker.Join();
        return failures;
    }

    private static string? Failure(int seed)
    {
        try
        {
            var (log, problem) = Simulation.Run(seed);
            return problem is null ? null : Tell(seed, problem, log);
        }
#pragma warning disable CA1031 // Whatever a world throws is a finding, and the other seeds go on.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            return Tell(seed, bug.ToString(), []);
        }
    }

    private static string Tell(int seed, string problem, IReadOnlyList<string> log)
    {
        if (Environment.GetEnvironmentVariable("SIMULATION_LOG") is { Length: > 0 } file) File.WriteAllLines(file, log);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Seed {seed}: {problem}\nThe last {Math.Min(LinesShown, log.Count)} of {log.Count} "
                + $"lines:\n{string.Join('\n', log.TakeLast(LinesShown))}\nReplay: SEED={seed} dotnet test test/BudgetSync.Simulation.Tests");
    }

    private static T OnThread<T>(Func<T> run)
    {
        T? result = default;
        Exception? thrown = null;
        StartThread(() =>
        {
            try
            {
                result = run();
            }
#pragma warning disable CA1031 // Carried to the thread that waits.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                thrown = exception;
            }
        }).Join();
        return thrown is null ? result! : throw thrown; // Set where nothing was thrown.
    }

    /// <summary>A thread of its own has no synchronization context, so everything that does not wait for the clock runs on it to the end.</summary>
    private static Thread StartThread(ThreadStart run)
    {
        var thread = new Thread(run, StackBytes) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
