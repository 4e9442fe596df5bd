using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.History;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Kernel;
using Xunit.Abstractions;

namespace BudgetSync.Cli.Tests.Commands.Money;

/// <summary>What <c>budgetsync history</c> tells of a table that stands on LocalAws.</summary>
public sealed class HistoryTests(ITestOutputHelper output)
{
    private const string Account = "111122223333";
    private static readonly DateTimeOffset Now = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Closed_periods_are_told_with_their_variance_and_the_present_one_as_far_as_it_is_known()
    {
        await using var cloud = new LocalCloud();
        // The worked example of Spend's page: 800, 1,250 and 1,100 of 1,000.
        var environment = await FilledAsync(cloud, [.. Example()]);

        var told = await RunAsync(environment, "history", Account);

        Assert.Equal(ExitCode.Done, told.ExitCode);
        Assert.StartsWith(
            $"team-a of {Account}: over in 2 of 3 periods, +5.0 % in the mean, +25.0 % at worst; forecasts not judged yet",
            told.Out,
            StringComparison.Ordinal);
        Assert.Matches(@"(?m)^  2026-09-01 to 2026-09-30 +1,000 USD +1,250 +\+250 +\+25\.0 +not known$", told.Out);
        Assert.Matches(@"(?m)^  2026-11-01 to 2026-11-30 +1,000 USD +640 +OnTarget +so far, 2026-11-12$", told.Out);
    }

    // It used to advise about the tables of budgets and status, which are there.
    [Fact]
    public async Task A_deployment_without_the_table_is_told_of_it()
    {
        await using var cloud = new LocalCloud();
        var environment = await FilledAsync(cloud, [.. Example()]);
        using (var clients = new AwsClients(new Dictionary<string, string>(environment), cloud.CreateHandler()))
        {
            await clients.Dynamo.DeleteTableAsync("BudgetSync-History");
            await clients.Dynamo.CreateTableAsync(new CreateTableRequest
            {
                TableName = "BudgetSync-Budgets",
                BillingMode = "PAY_PER_REQUEST",
                KeySchema = [new KeySchemaElement("AccountId", "HASH")],
                AttributeDefinitions = [new AttributeDefinition("AccountId", "S")],
            });
        }

        var told = await Tool.RunAsync(environment, "history", Account);

        Assert.Equal(ExitCode.Failed, told.ExitCode);
        Assert.Contains("this deployment has no history table: deploy the tables' stack again", told.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_also_gets_a_sparkline_and_a_file_gets_none()
    {
        await using var cloud = new LocalCloud();
        var environment = await FilledAsync(cloud, [.. Example()]);

        var drawn = await Tool.RunAsync(
            terminal => terminal with { Interactive = true, Environment = environment, Time = new VirtualClock(Now) },
            "history",
            Account);
        var plain = await RunAsync(environment, "history", Account);

        Assert.Contains("  ▆██", drawn.Out.ReplaceLineEndings("\n").Split('\n'));
        Assert.DoesNotContain("█", plain.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_has_a_line_per_day_and_json_all_that_is_known()
    {
        await using var cloud = new LocalCloud();
        var environment = await FilledAsync(cloud, [.. Example()]);

        var csv = (await RunAsync(environment, "history", Account, "--csv", "--months", "2")).Out.Split('\n');
        var json = (await RunAsync(environment, "history", Account, "--json")).JsonObject;

        Assert.Equal("budget,day,periodStart,periodEnd,unit,limit,actual,forecast,pace,state,estimated,source", csv[0]);
        Assert.Equal("team-a,2026-09-30,2026-09-01,2026-10-01,USD,1000,1250,,,Unknown,false,BackFill", csv[1]);
        Assert.Equal(5, csv.Length);
        var budget = Assert.Single(json["budgets"]!.AsArray())!;
        Assert.Equal((3, 2, 4), ((int)budget["summary"]!["periods"]!, (int)budget["summary"]!["breached"]!, budget["days"]!.AsArray().Count));
        Assert.Equal(250m, (decimal)budget["periods"]![1]!["variance"]!);
    }

    [Fact]
    public async Task An_account_of_which_nothing_is_kept_is_told_so()
    {
        await using var cloud = new LocalCloud();
        var environment = await FilledAsync(cloud);

        var told = await RunAsync(environment, "history");
        var wrong = await RunAsync(environment, "history", "12");

        Assert.Equal((ExitCode.Done, ""), (told.ExitCode, told.Out));
        Assert.Contains("Nothing is kept of 999999999999 yet", told.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, wrong.ExitCode);
        Assert.Contains("\"12\" is not an AWS account id", wrong.Error, StringComparison.Ordinal);
    }

    /// <summary>A table of 10,000 accounts is read by one account's key: what the others have in it costs nothing, so a few of them stand for all.</summary>
    [Fact]
    public async Task Four_hundred_days_of_an_account_among_many_are_told_in_less_than_a_second()
    {
        await using var cloud = new LocalCloud();
        var days = Enumerable.Range(0, 400)
            .Select(day => DateOnly.FromDateTime(Now.UtcDateTime).AddDays(-day))
            .Select(day => Item(day, 1000, 30 * day.Day, HistorySource.Look) with { WrittenAt = Now })
            .ToArray();
        var environment = await FilledAsync(cloud, days, [.. Enumerable.Range(0, 500).Select(number => $"4444{number:00000000}")]);
        var best = TimeSpan.MaxValue;
        for (var run = 0; run < 3; run++)
        {
            var (began, used) = (System.Diagnostics.Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var told = await RunAsync(environment, "history", Account, "--csv");
            var (clock, processor) = (System.Diagnostics.Stopwatch.GetElapsedTime(began), Environment.CpuUsage.TotalTime - used);
            best = TimeSpan.FromTicks(Math.Min(best.Ticks, Math.Min(clock.Ticks, processor.Ticks)));
            output.WriteLine($"{clock.TotalMilliseconds:0} ms, of the processor {processor.TotalMilliseconds:0} ms");
            Assert.InRange(told.Out.Split('\n').Length, 390, 410);
        }

        Assert.True(best < TimeSpan.FromSeconds(1), $"The best of 3 runs took {best.TotalMilliseconds} ms.");
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(200)]
    public async Task The_history_fits_the_screen_and_says_what_does_not(int width)
    {
        await using var cloud = new LocalCloud();
        var environment = await FilledAsync(cloud, [.. Example()]);
        var run = await Tool.RunAsync(
            terminal => terminal with { Environment = environment, Time = new VirtualClock(Now), Width = width }, "history", Account);
        Assert.All(run.Out.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        Assert.Equal(width < 100, run.Error.Contains("Not shown at this width: ", StringComparison.Ordinal));
        Golden.Same($"Views/history-{width}.txt", run.Out);
    }

    private static IEnumerable<HistoryItem> Example() =>
    [
        Item(new DateOnly(2026, 8, 31), 1000, 800, HistorySource.BackFill),
        Item(new DateOnly(2026, 9, 30), 1000, 1250, HistorySource.BackFill),
        Item(new DateOnly(2026, 10, 31), 1000, 1100, HistorySource.BackFill),
        Item(new DateOnly(2026, 11, 12), 1000, 640, HistorySource.Look) with { State = SpendState.OnTarget },
    ];

    private static HistoryItem Item(DateOnly day, decimal limit, decimal actual, HistorySource source) => new()
    {
        Key = new HistoryKey("team-a", day),
        Period = BudgetPeriod.Of(TimeUnit.MONTHLY, day),
        Unit = "USD",
        Limit = limit,
        Actual = actual,
        Source = source,
        Estimated = source == HistorySource.Look,
        WrittenAt = Now,
    };

    private static Task<ToolResult> RunAsync(Dictionary<string, string> environment, params string[] arguments) =>
        Tool.RunAsync(terminal => terminal with { Environment = environment, Time = new VirtualClock(Now) }, arguments);

    private static async Task<Dictionary<string, string>> FilledAsync(LocalCloud cloud, HistoryItem[]? items = null, string[]? others = null)
    {
        var address = await cloud.ListenAsync(0, CancellationToken.None);
        var environment = new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = address.ToString(),
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = "999999999999",
            ["AWS_SECRET_ACCESS_KEY"] = "any",
        };
        using var clients = new AwsClients(environment, cloud.CreateHandler());
        await clients.Dynamo.CreateTableAsync(new CreateTableRequest
        {
            TableName = "BudgetSync-History",
            BillingMode = "PAY_PER_REQUEST",
            KeySchema = [new KeySchemaElement("AccountId", "HASH"), new KeySchemaElement("BudgetDay", "RANGE")],
            AttributeDefinitions = [new AttributeDefinition("AccountId", "S"), new AttributeDefinition("BudgetDay", "S")],
        });
        var caller = new BudgetSync.Aws.Calls.AwsCaller(TimeProvider.System, new Random(1), new BudgetSync.Aws.Logging.JsonLog(null, TimeProvider.System));
        var table = new HistoryTable(clients.Dynamo, "BudgetSync-History", caller);
        foreach (var item in items ?? []) await table.WriteAsync(Account, item, CancellationToken.None);
        foreach (var other in others ?? [])
            foreach (var item in (items ?? []).Take(5))
                await table.WriteAsync(other, item, CancellationToken.None);
        return environment;
    }
}
