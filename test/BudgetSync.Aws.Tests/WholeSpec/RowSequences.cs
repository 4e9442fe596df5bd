using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Planning;
using BudgetSync.Core.Reports;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.WholeSpec;

/// <summary>One row applied in an account that had another before, and all there was to see.</summary>
/// <param name="Case">The seed and the row, to play it again.</param>
/// <param name="Refusals">Of the row's budgets that cannot be written today.</param>
/// <param name="Unalerted">Budgets that alerted before and after and, for a moment, did not.</param>
/// <param name="Again">The writes of a second apply of the same.</param>
internal sealed record Step(
    string Case,
    Report Report,
    ImmutableArray<string> Refusals,
    ImmutableArray<string> Writes,
    ImmutableArray<string> Refused,
    ImmutableArray<string> Drift,
    ImmutableArray<string> Unalerted,
    ImmutableArray<string> Again);

/// <summary>Made-up rows, one after another in account after account, through the document and Apply into LocalAws's AWS Budgets.</summary>
public class RowSequences : IAsyncLifetime
{
    private const int Rows = 4;

    protected virtual LocalCloudOptions Options => new() { Time = new VirtualClock(World.Start) };

    protected virtual int UsualSeeds => 80;

    internal ImmutableArray<Step> Steps { get; private set; }

    public async Task InitializeAsync()
    {
        await using var cloud = new LocalCloud(Options);
        var steps = ImmutableArray.CreateBuilder<Step>();
        foreach (var seed in Cases.Seeds(UsualSeeds)) await TravelAsync(cloud, seed, steps);
        Steps = steps.ToImmutable();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static async Task TravelAsync(LocalCloud cloud, int seed, ImmutableArray<Step>.Builder steps)
    {
        var random = new Random(seed);
        using var spoke = new Spoke(cloud, Cases.Account(seed));
        JsonObject? row = null;
        for (var i = 0; i < Rows; i++)
        {
            var next = Cases.NextRow(random, row, spoke.Account);
            if (Cases.Resolve(next, spoke.Account) is not { } desired) continue;
            row = next;
            steps.Add(await StepAsync(spoke, desired, $"seed {seed}, row {i}: {next.ToJsonString()}"));
        }
    }

    private static async Task<Step> StepAsync(Spoke spoke, Resolution.Desired desired, string name)
    {
        var before = await spoke.AlertingAsync();
        var moments = new List<ImmutableHashSet<string>>();
        spoke.Recorder.Forget();
        spoke.Recorder.AfterWrite = async _ => moments.Add(await spoke.AlertingAsync());
        var report = await spoke.ApplyAsync(desired.Parameter.Document);
        spoke.Recorder.AfterWrite = null;
        var writes = spoke.Recorder.Seen.ToImmutableArray();
        var refused = spoke.Recorder.Refused.ToImmutableArray();
        var lasting = before.Intersect(await spoke.AlertingAsync());
        var unalerted = lasting.Where(budget => moments.Exists(moment => !moment.Contains(budget)));
        spoke.Recorder.Forget();
        await spoke.ApplyAsync();
        return new Step(
            name,
            report,
            BudgetsAsOf.Of(desired.Budgets, spoke.Now).Refusals,
            writes,
            refused,
            await spoke.DriftAsync(desired.Budgets),
            [.. unalerted],
            [.. spoke.Recorder.Seen]);
    }
}
