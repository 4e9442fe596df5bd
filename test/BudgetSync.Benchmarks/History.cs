using System.Collections.Immutable;
using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Commands.Local;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.History;
using BudgetSync.Core.Status;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.DynamoDb.Tables;
using AttributeValue = BudgetSync.LocalAws.DynamoDb.Items.AttributeValue;

namespace BudgetSync.Benchmarks;

/// <summary>
/// <c>history</c> of one account and <c>report --html</c> of all, over tables with 10,000 accounts and 400 days of each of them: four million items.
/// </summary>
internal static class History
{
    private const string Table = "BudgetSync-History";
    private const string Budget = "SpokeAccountBudget";
    private const int Days = 400;

    /// <summary>Ten times as many as a report has where nothing else is said, and half of what it can be told to have.</summary>
    private const int Parts = 1_000;

    private const long GoalBytes = 1024 * 1024 * 1024;
    private static readonly TimeSpan HistoryGoal = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReportGoal = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(int accounts)
    {
        await using var cloud = new LocalCloud();
        using var clients = new AwsClients(
            new Dictionary<string, string> { ["AWS_REGION"] = "us-east-1", ["AWS_ACCESS_KEY_ID"] = "999999999999", ["AWS_SECRET_ACCESS_KEY"] = "local" },
            cloud.CreateHandler());
        await Console.Error.WriteLineAsync($"filling tables for {accounts} accounts, with {Days} days of each");
        await FillAsync(cloud, clients, accounts);
        var address = await cloud.ListenAsync(0, CancellationToken.None);
        var folder = Directory.CreateTempSubdirectory("budgetsync-history-");
        try
        {
            var page = Path.Combine(folder.FullName, "report.html");
            // The first run pays for pages of the tool's files that no one has read yet.
            await ToolRun.MeasureAsync(folder.FullName, address, "history", Id(1));
            var history = await ToolRun.MeasureAsync(folder.FullName, address, "history", Id(0));
            var report = await ToolRun.MeasureAsync(folder.FullName, address, "report", "--html", page, "--parts", $"{Parts}");
            Tell($"history of one account of {accounts}", history, HistoryGoal);
            Tell($"report of {accounts} accounts with {Parts} parts, {new FileInfo(page).Length / 1024} KB", report, ReportGoal);
            return history.ExitCode == 0 && report.ExitCode == 0 && history.Counts < HistoryGoal && report.Counts < ReportGoal && report.Peak < GoalBytes
                ? 0
                : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Tell(string what, ToolRun run, TimeSpan goal) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}, exit {run.ExitCode}: {run.Clock.TotalSeconds:0.00} s on the clock, {run.Counts.TotalSeconds:0.00} s count (goal: below "
            + $"{goal.TotalSeconds:0} s), {run.Peak / 1024 / 1024} MB (goal: below {GoalBytes / 1024 / 1024} MB)"));

    private static async Task FillAsync(LocalCloud cloud, AwsClients clients, int accounts)
    {
        await CreateTablesAsync(clients);
        for (var number = 0; number < accounts; number++) cloud.Organizations.AddAccount(Id(number), $"account {number}");
        await new RowWriter(clients.Dynamo, TimeProvider.System).WriteAsync(
            [.. Enumerable.Range(0, accounts).Select(number => Row(Id(number)))], CancellationToken.None);
        var caller = new AwsCaller(TimeProvider.System, new Random(1), new JsonLog(null, TimeProvider.System));
        var status = new StatusTable(clients.Dynamo, "BudgetSync-Status", caller);
        var now = TimeProvider.System.GetUtcNow();
        for (var number = 0; number < accounts; number++)
        {
            // The first ones are over their limits, so that they are the ones with parts.
            var actual = number < Parts ? 1_300 + number : 400 + (number % 500);
            await status.StepAsync(Id(number), before => Status(before, Id(number), actual, now), CancellationToken.None);
        }

        var history = new HistoryTable(clients.Dynamo, Table, caller);
        foreach (var day in DaysOfAnAccount(now)) await history.WriteAsync(Id(0), day, CancellationToken.None);
        CopyDays(cloud, accounts, now);
    }

    private static async Task CreateTablesAsync(AwsClients clients)
    {
        foreach (var (name, sortKey) in new[] { ("BudgetSync-Budgets", null), ("BudgetSync-Status", null), (Table, "BudgetDay") })
        {
            string[] keys = sortKey is null ? ["AccountId"] : ["AccountId", sortKey];
            await clients.Dynamo.CreateTableAsync(new CreateTableRequest
            {
                TableName = name,
                BillingMode = "PAY_PER_REQUEST",
                KeySchema = [.. keys.Select((key, place) => new KeySchemaElement(key, place == 0 ? "HASH" : "RANGE"))],
                AttributeDefinitions = [.. keys.Select(key => new AttributeDefinition(key, "S"))],
            });
        }

        await clients.OwnSystems.PutParameterAsync(new PutParameterRequest
        {
            Name = "/BudgetSync/Stack",
            Type = Amazon.SimpleSystemsManagement.ParameterType.String,
            Value = $$"""{"BudgetName":"{{Budget}}","EmailRecipient":"finops@example.com","ManagementAccountId":"999999999999"}""",
        });
    }

    /// <summary>The first account's days for every other one, put into the table itself: over the wire four million items take longer than the rest.</summary>
    private static void CopyDays(LocalCloud cloud, int accounts, DateTimeOffset now)
    {
        var table = cloud.DynamoDb.State.Tables.Values.Single(candidate => candidate.Name == Table);
        lock (table.Gate)
        {
            var days = table.From(TableKey.BeforePartition(new AttributeValue.S(Id(0)))).Select(row => row.Item).ToList();
            for (var number = 1; number < accounts; number++)
            {
                var account = new AttributeValue.S(Id(number));
                foreach (var day in days.Select(day => day.With("AccountId", account))) table.Write(table.Keys.OfItem(day), null, day, now);
            }
        }
    }

    private static List<HistoryItem> DaysOfAnAccount(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return [.. Enumerable.Range(0, Days).Select(back => Of(today.AddDays(-back), back))];

        HistoryItem Of(DateOnly day, int back)
        {
            var period = BudgetPeriod.Of(TimeUnit.MONTHLY, day);
            return new HistoryItem
            {
                Key = new(Budget, day),
                Period = period,
                Unit = "USD",
                Limit = 1_000,
                Actual = 43.21m * period.DayOf(day),
                Forecast = 1_290.55m,
                Pace = 1.31m,
                State = SpendState.Over,
                Estimated = back < 10,
                WrittenAt = now.AddDays(-back),
            };
        }
    }

    private static StatusRow Status(StatusRow? before, string account, decimal actual, DateTimeOffset now)
    {
        var budget = new ReportedBudget(Budget, 1_000, "USD", actual, actual * 1.2m, SpendState.Unknown)
        {
            AsOf = now,
            Period = BudgetPeriod.Of(TimeUnit.MONTHLY, DateOnly.FromDateTime(now.UtcDateTime)),
        };
        var report = new Report { Outcome = ReportOutcome.Applied, Revision = "0123456789abcdef", ParameterVersion = 1, At = now, Budgets = [budget] };
        return StatusChange.Reported(before, account, report, SpendBounds.Default, now);
    }

    private static string Id(int number) => (200_000_000_000 + number).ToString(CultureInfo.InvariantCulture);

    private static RowEntry Row(string id)
    {
        var attributes = ImmutableSortedDictionary.CreateBuilder<string, RowValue>(StringComparer.Ordinal);
        attributes["AccountId"] = new RowValue.Text(id);
        attributes["BudgetValue"] = new RowValue.Number("1000");
        return new RowEntry(new RowImage(attributes.ToImmutable()), "made up", []);
    }
}
