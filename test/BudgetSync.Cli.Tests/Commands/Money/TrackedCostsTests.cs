using System.Collections.Immutable;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Clients;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Tests.Commands.Local;
using BudgetSync.Core;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Costs;

namespace BudgetSync.Cli.Tests.Commands.Money;

/// <summary>What the tool makes of the costs that Track keeps, and what it says where nothing is kept.</summary>
public sealed class TrackedCostsTests
{
    private const string Forgotten = "222222222299";
    private const string Rows = """[{ "AccountId": "222222222201", "BudgetValue": 1000 }]""";

    [Fact]
    public async Task Status_tells_what_the_accounts_without_a_budget_spent_or_that_it_is_not_known()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        local.Cloud.Organizations.AddAccount(Forgotten, "sandbox");
        var environment = local.EnvironmentOf(RunningLocal.Management);

        var without = await Tool.RunAsync(environment, "status");
        Assert.Contains(
            "What the 2 accounts without a budget spend is not known: Cost Explorer was not asked this month", Flat(without.Out), StringComparison.Ordinal);
        await KeepAsync(environment, ("222222222201", 900), (Forgotten, 1234.5m));
        var told = await Tool.RunAsync(environment, "status");
        var json = (await Tool.RunAsync(environment, "status", "--json")).JsonObject["summary"]!["withoutBudget"]!;

        Assert.Matches(
            @"2 accounts without a budget spent 1,234\.50 USD this month, by Cost Explorer .+ ago; most: 222222222299 sandbox 1,234\.50\.", Flat(told.Out));
        Assert.Equal((2, 1234.5m, "USD"), ((int)json["accounts"]!, (decimal)json["spentThisMonth"]!, (string)json["unit"]!));
    }

    [Fact]
    public async Task Status_shows_what_is_spent_of_a_budget_where_the_screen_is_wide_enough()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        // Above its threshold of 90 %, so that the spoke looks at once.
        local.Cloud.Budgets.SetSpend("222222222201", "SpokeAccountBudget", 950);
        await local.Cloud.Work.WhenIdleAsync();
        var environment = local.EnvironmentOf(RunningLocal.Management);

        var wide = await Tool.RunAsync(terminal => terminal with { Environment = environment, Width = 140 }, "status", "--state", "Applied");
        var narrow = await Tool.RunAsync(terminal => terminal with { Environment = environment, Width = 56 }, "status", "--state", "Applied");

        Assert.Matches(@"(?m)^STATE +ACCOUNT +NAME +SPENT +%.* WHY$", wide.Out);
        Assert.Matches(@"(?m)^Applied +222222222201 +\S+ +950 +95\b", wide.Out);
        // The last column of money leaves first.
        Assert.DoesNotContain("PACE", narrow.Out, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^STATE +ACCOUNT +NAME +SPENT", narrow.Out);
    }

    [Fact]
    public async Task An_account_without_a_budget_has_a_history_and_gets_a_recommendation()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        local.Cloud.Organizations.AddAccount(Forgotten, "sandbox");
        var environment = local.EnvironmentOf(RunningLocal.Management);
        await FillAsync(environment);

        var history = await Tool.RunAsync(environment, "history", Forgotten);
        var recommended = await Tool.RunAsync(environment, "recommend");

        Assert.StartsWith($"All costs of {Forgotten}, as Cost Explorer tells them", history.Out, StringComparison.Ordinal);
        Assert.Equal(6, history.Out.Split('\n').Count(line => line.Contains("500 USD", StringComparison.Ordinal)));
        // 500 a month without noise: 10 % above it.
        Assert.Matches($@"(?m){Forgotten}.*\b550\b", recommended.Out);
    }

    private static string Flat(string text) => text.Replace("\n  ", " ", StringComparison.Ordinal).Replace('\n', ' ');

    private static async Task KeepAsync(Dictionary<string, string> environment, params (string Account, decimal Cost)[] costs)
    {
        using var clients = new AwsClients(environment, null);
        var (now, today) = (TimeProvider.System.GetUtcNow(), Today());
        await new TrackTable(clients.Dynamo, "BudgetSync-History", Caller()).WriteMonthAsync(
            new(new(today.Year, today.Month, 1), "USD", costs.ToImmutableDictionary(cost => AccountId.Parse(cost.Account), cost => cost.Cost), now),
            CancellationToken.None);
    }

    private static async Task FillAsync(Dictionary<string, string> environment)
    {
        using var clients = new AwsClients(environment, null);
        var table = new HistoryTable(clients.Dynamo, "BudgetSync-History", Caller());
        var month = Today();
        for (var back = 1; back <= 6; back++)
        {
            var period = BudgetPeriod.Of(TimeUnit.MONTHLY, month.AddMonths(-back));
            var amounts = new[] { new CostAmount(AccountId.Parse(Forgotten), period, 500, "USD", Estimated: false) };
            foreach (var item in AllCosts.Items(amounts, [], period.End, TimeProvider.System.GetUtcNow()).Values.Single())
                await table.WriteAsync(Forgotten, item, CancellationToken.None);
        }
    }

    private static DateOnly Today() => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    private static AwsCaller Caller() => new(TimeProvider.System, new Random(1), new JsonLog(null, TimeProvider.System));
}
