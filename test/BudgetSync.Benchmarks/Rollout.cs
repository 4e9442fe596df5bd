using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Commands.Local;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Cli.Stack;
using BudgetSync.Core;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Benchmarks;

/// <summary>
/// Every row of a large organization at once, with AWS's latencies and the quota of STS, in virtual time: the clock moves only when everything waits, so
/// what is measured is the design and not this machine. The quota alone needs accounts / 600 seconds. Then every row is edited once more while Propagate is
/// away, as if all its records had been lost, and one reconcile has to find and carry them all within its fifteen minutes.
/// </summary>
internal static class Rollout
{
    private const int QuotaPerSecond = 600;
    private const double Goal = 1.25;

    /// <summary>Of the Reconcile function, which is also Lambda's own limit.</summary>
    private static readonly TimeSpan ReconcileTimeout = TimeSpan.FromMinutes(15);

    public static async Task<int> RunAsync(int accounts)
    {
        var defaults = new StackDefaults("SpokeAccountBudget", ["finops@example.com"], "aws", AccountId.Parse("999999999999"));
        var clock = new VirtualClock(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
        var deployed = false;
        await using var cloud = new LocalCloud(
            new LocalCloudOptions { Time = clock, Stepped = true, Latency = call => deployed ? LatencyOf(call) : TimeSpan.Zero });
        var ids = Enumerable.Range(0, accounts).Select(index => (200_000_000_000 + index).ToString(CultureInfo.InvariantCulture)).ToList();
        await Console.Error.WriteLineAsync($"deploying into {accounts} accounts");
        var deployment = LocalOrganization.CreateAsync(cloud, defaults, ids, [], LocalOrganization.UseCodeInProcess);
        Drive(cloud, clock, () => deployment.IsCompleted);
        await using var organization = await deployment;
        Drive(cloud, clock, () => cloud.Work.Outstanding == 0);
        deployed = true;
        cloud.Sts.RequestsPerSecond = QuotaPerSecond;
        cloud.Calls.Clear();

        await Console.Error.WriteLineAsync("writing the rows");
        using var clients = new AwsClients(
            new Dictionary<string, string> { ["AWS_REGION"] = "us-east-1", ["AWS_ACCESS_KEY_ID"] = "999999999999", ["AWS_SECRET_ACCESS_KEY"] = "local" },
            cloud.CreateHandler());
        var began = clock.GetUtcNow();
        var writing = new RowWriter(clients.Dynamo, clock).WriteAsync([.. ids.Select(id => Row(id, "1000"))], CancellationToken.None);
        Drive(cloud, clock, () => writing.IsCompleted && cloud.Work.Outstanding == 0);
        await writing;

        var calls = cloud.Calls.Calls;
        var quota = (double)accounts / QuotaPerSecond;
        var propagated = (calls.Last(call => call.Call is { Service: "ssm", Operation: "PutParameter" }).At - began).TotalSeconds;
        var applied = (calls.Last(call => call.Call is { Service: "budgets", Operation: "CreateBudget" }).At - began).TotalSeconds;
        var throttled = calls.Count(call => call is { ErrorCode: "Throttling" });
        var lost = accounts - await AppliedAsync();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{accounts} rows: in their parameters after {propagated:0.0} s, the last budget made after {applied:0.0} s; the quota alone needs "
                + $"{quota:0.0} s: ratio {propagated / quota:0.00} (goal: at most {Goal}); {throttled} calls throttled and tried again, {lost} rows not "
                + $"Applied (goal: 0), {cloud.Work.Failures.Count} failures of the cloud"));

        await Console.Error.WriteLineAsync("editing every row while Propagate is away");
        foreach (var (
            mapping,
            _) in cloud.Lambda.EventSourceMappings(cloud.Options.ManagementAccountId)) cloud.Lambda.DeleteEventSourceMapping(mapping.AccountId, mapping.Id);
        var editing = new RowWriter(clients.Dynamo, clock).WriteAsync([.. ids.Select(id => Row(id, "2000"))], CancellationToken.None);
        Drive(cloud, clock, () => editing.IsCompleted && cloud.Work.Outstanding == 0);
        await editing;
        cloud.Calls.Clear();
        began = clock.GetUtcNow();
        var asking = cloud.Gateway.InvokeAsync(
            cloud.Lambda,
            new AwsCall(
                "lambda",
                "Invoke",
                Caller.Root(cloud.Options.ManagementAccountId),
                "us-east-1",
                new() { ["FunctionName"] = "BudgetSync-Reconcile", ["InvocationType"] = "Event" }),
            CancellationToken.None);
        Drive(cloud, clock, () => asking.IsCompleted && cloud.Work.Outstanding == 0);
        await asking;
        var repairs = cloud.Calls.Calls;
        var runs = repairs.Count(call => call.Call.Operation == "ListRoots");
        var repaired = repairs.Last(call => call.Call is { Service: "ssm", Operation: "PutParameter" }).At - began;
        var unrepaired = accounts - await AppliedAsync();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{accounts} edits that Propagate never saw: repaired by {runs} reconcile (goal: 1) in {repaired.TotalSeconds:0.0} s of its "
                + $"{ReconcileTimeout.TotalSeconds:0}, {unrepaired} rows not Applied (goal: 0)"));
        return propagated / quota <= Goal && lost == 0 && runs == 1 && repaired < ReconcileTimeout && unrepaired == 0 ? 0 : 1;

        async Task<int> AppliedAsync()
        {
            deployed = false;
            var status =
                await new StatusTable(
                    clients.Dynamo,
                    LocalOrganization.StatusTable,
                    new BudgetSync.Aws.Calls.AwsCaller(clock, new Random(1), new JsonLog(null, clock))).ScanAsync(
                    CancellationToken.None);
            deployed = true;
            return status.Count(row => row.State == AccountState.Applied && row.DesiredRevision == row.AppliedRevision);
        }
    }

    private static void Drive(LocalCloud cloud, VirtualClock clock, Func<bool> done)
    {
        while (!done())
        {
            if (cloud.Work.Ready.Count > 0) _ = cloud.Work.RunOneAsync(0);
            else clock.AdvanceTo(clock.NextDue ?? throw new InvalidOperationException("Something waits, but not for the clock."));
        }
    }

    private static TimeSpan LatencyOf(AwsCall call) => TimeSpan.FromMilliseconds(call.Service switch
    {
        "dynamodb" => 6,
        "sts" => 60,
        "ssm" => 60,
        "budgets" => 150,
        "organizations" => 80,
        _ => 25,
    });

    private static RowEntry Row(string id, string limit)
    {
        var attributes = ImmutableSortedDictionary.CreateBuilder<string, RowValue>(StringComparer.Ordinal);
        attributes["AccountId"] = new RowValue.Text(id);
        attributes["BudgetValue"] = new RowValue.Number(limit);
        return new RowEntry(new RowImage(attributes.ToImmutable()), "made up", []);
    }
}
