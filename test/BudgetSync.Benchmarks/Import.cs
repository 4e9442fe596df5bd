using System.Globalization;
using System.Text;
using System.Runtime;
using BudgetSync.Cli.Stack;
using BudgetSync.Core;
using BudgetSync.Core.Rows;
using BudgetSync.LocalAws;

namespace BudgetSync.Benchmarks;

/// <summary>
/// <c>rows import --yes --wait</c> of a whole organization's rows, in a process of its own over the socket, until every account is Applied: the first import
/// into an empty table, and then one that changes amount, thresholds and recipients of every row. The local AWS and all functions run in this process, so on a
/// machine with other work the processors' time says more than the clock: both are told, and the smaller counts.
/// </summary>
internal static class Import
{
    private static readonly TimeSpan Goal = TimeSpan.FromSeconds(20);
    private const long GoalBytes = 300 * 1024 * 1024;

    public static async Task<int> RunAsync(int rows)
    {
        var defaults = new StackDefaults("SpokeAccountBudget", ["finops@example.com"], "aws", AccountId.Parse("999999999999"));
        await using var cloud = new LocalCloud(new LocalCloudOptions { CallsKept = 0 }); // As budgetsync local.
        var ids = Enumerable.Range(0, rows).Select(index => (200_000_000_000 + index).ToString(CultureInfo.InvariantCulture)).ToList();
        await Console.Error.WriteLineAsync($"deploying into {rows} accounts");
        await using var organization = await LocalOrganization.CreateAsync(cloud, defaults, ids, [], LocalOrganization.UseCodeInProcess);
        await cloud.Work.WhenIdleAsync();
        var address = await cloud.ListenAsync(0, CancellationToken.None);

        var folder = Directory.CreateTempSubdirectory("budgetsync-import-");
        try
        {
            // A team's first file says what each may spend; the next one changes all there is to a row.
            var first = await MeasureAsync(cloud, folder.FullName, address, Rows(ids, id => $"{id},1000\n", "AccountId,BudgetValue\n"));
            var changes = Rows(ids, id => $"{id},1100.50,\"80, 100\",team@example.com\n", "AccountId,BudgetValue,Thresholds,EmailRecipients\n");
            var changed = await MeasureAsync(cloud, folder.FullName, address, changes);
            return first == 0 && changed == 0 ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Rows(IReadOnlyCollection<string> ids, Func<string, string> line, string head) =>
        ids.Aggregate(new StringBuilder(head), (text, id) => text.Append(line(id)), text => text.ToString());

    private static int[] Collections() => [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)];

    private static async Task<int> MeasureAsync(LocalCloud cloud, string home, Uri address, string csv)
    {
        var file = Path.Combine(home, "rows.csv");
        await File.WriteAllTextAsync(file, csv);
        var rows = csv.Count(character => character == '\n') - 1;
        cloud.Calls.Clear();
        var (paused, allocated, compiled) = (GC.GetTotalPauseDuration(), GC.GetTotalAllocatedBytes(), JitInfo.GetCompilationTime());
        var collections = Collections();
        var run = await ToolRun.MeasureAsync(home, address, "rows", "import", file, "--yes", "--wait");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"the local AWS and all functions: {(GC.GetTotalAllocatedBytes() - allocated) / 1024.0 / rows:0} KB allocated for each row, "
                + $"{(GC.GetTotalPauseDuration() - paused).TotalSeconds:0.0} s of pauses to collect them "
                + $"({string.Join(", ", Collections().Zip(collections, (after, before) => after - before))} collections of the three generations), "
                + $"{(JitInfo.GetCompilationTime() - compiled).TotalSeconds:0.0} s of compiling"));
        var processors = (run.Own + run.Cloud) / Environment.ProcessorCount;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rows} rows {csv[..csv.IndexOf('\n')]} written and applied, exit {run.ExitCode}: {run.Clock.TotalSeconds:0.0} s on the clock; the tool "
                + $"{run.Own.TotalSeconds:0.0} s "
                + $"of a processor, the local AWS and all functions {run.Cloud.TotalSeconds:0.0} s, so {processors.TotalSeconds:0.0} s of "
                + $"{Environment.ProcessorCount} processors (goal: below {Goal.TotalSeconds:0} s); the tool's memory {run.Peak / 1024 / 1024} MB "
                + $"(goal: below {GoalBytes / 1024 / 1024} MB)"));
        var kinds = cloud.Calls.Counts.OrderByDescending(kind => kind.Value)
            .Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Key.Service}:{kind.Key.Operation} {(double)kind.Value / rows:0.0}"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(double)cloud.Calls.Counts.Values.Sum() / rows:0.0} calls of AWS for each row: {string.Join(", ", kinds)}"));
        return run.ExitCode == 0 && run.Counts < Goal && run.Peak < GoalBytes ? 0 : 1;
    }
}
