using System.Globalization;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Cli.Tests.Commands.Local;
using BudgetSync.Cli.Tests.Commands.Rows.Editing;

namespace BudgetSync.Cli.Tests.Commands.Money;

/// <summary>What months cost, as amounts to plan and import.</summary>
public sealed class RecommendTests
{
    private const string Rows = """
        [
          { "AccountId": "222222222201", "BudgetValue": 1000 },
          { "AccountId": "222222222202", "BudgetValue": 1000, "TimeUnit": "ANNUALLY" },
          { "AccountId": "222222222203", "BudgetValue": 800 },
          { "AccountId": "222222222204", "BudgetValue": 1400 }
        ]
        """;

    [Fact]
    public async Task Amounts_are_recommended_with_the_reason_and_the_rows_go_through_plan_and_import()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var costs = local.File("costs.csv", Costs("222222222201", "222222222202", "222222222203", "222222222204"));
        var file = local.File("recommended.csv");

        var run = await local.RunAsync("recommend", "--costs", costs, "--rows", file);
        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Contains("1,400 ← median 1,080 of", (await local.RunAsync("recommend", "--costs", costs, "--json")).Account("222222222201")["why"]!.ToString(),
            StringComparison.Ordinal);
        Assert.Matches(@"(?m)^222222222201 .*1,000 USD +1,400 USD +Raise +High", run.Out);
        // At most half more at once: 1.5 times 800.
        Assert.Matches(@"(?m)^222222222203 .*800 USD +1,200 USD +Raise", run.Out);
        Assert.Matches(@"(?m)^222222222204 .*1,400 USD +1,400 USD +Keep", run.Out);
        Assert.Contains("222222222202: no row says it: its budget is not of all its costs a month", run.Error, StringComparison.Ordinal);
        Assert.Contains("2 rows written. Next: budgetsync plan", run.Error, StringComparison.Ordinal);

        var plan = await local.RunAsync("plan", file);
        Assert.Equal(ExitCode.Differences, plan.ExitCode);
        Assert.Contains("→ 1,400 USD a month (", plan.Out, StringComparison.Ordinal);
        Assert.Contains("→ 1,200 USD a month (", plan.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "import", file, "--yes")).ExitCode);
    }

    [Fact]
    public async Task Bold_goes_the_whole_way_and_simple_is_the_mean_with_a_tenth_or_a_fifth_more()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var costs = local.File("costs.csv", Costs("222222222203"));

        Assert.Equal(1400, (decimal)(await local.RunAsync("recommend", "--costs", costs, "--bold", "--json")).Account("222222222203")["recommended"]!);
        var simple = (await local.RunAsync("recommend", "--costs", costs, "--bold", "--method", "simple", "--json")).Account("222222222203");
        // The worked example of Spend's page: 1.2 times 990.
        Assert.Equal((1188m, "Simple"), ((decimal)simple["recommended"]!, (string?)simple["method"]));
    }

    [Fact]
    public async Task An_account_of_which_no_month_is_known_gets_no_amount_and_says_so()
    {
        await using var local = await EditedLocal.StartAsync(Rows, "--without-stack", "222222222201");
        var run = await local.RunAsync("recommend", "--json");
        Assert.Contains("Give --costs FILE", run.Error, StringComparison.Ordinal);
        var account = run.Account("222222222201");
        Assert.Equal(("None", "no full month of cost is known yet"), ((string?)account["class"], (string?)account["why"]));
    }

    [Fact]
    public async Task Without_a_file_the_closed_months_of_the_history_are_gone_by()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        using (var clients = local.Local.As(RunningLocal.Management))
        {
            var today = TimeProvider.System.GetUtcNow();
            var first = new DateOnly(today.Year, today.Month, 1);
            foreach (var (amount, index) in new[] { 400, 840, 900, 960, 1_020, 1_080, 1_140 }.Select((amount, index) => (amount, index)))
                await clients.Dynamo.PutItemAsync("BudgetSync-History", Month(first.AddMonths(index - 7), amount));
        }

        var account = (await local.RunAsync("recommend", "--json")).Account("222222222201");
        Assert.Equal((1400m, "Raise"), ((decimal)account["recommended"]!, (string?)account["class"]));
    }

    private static Dictionary<string, AttributeValue> Month(DateOnly start, int amount) => new()
    {
        ["AccountId"] = new() { S = "222222222201" },
        ["BudgetDay"] = new() { S = $"SpokeAccountBudget#{Day(start.AddMonths(1).AddDays(-1))}" },
        ["PeriodStart"] = new() { S = Day(start) },
        ["PeriodEnd"] = new() { S = Day(start.AddMonths(1)) },
        ["Unit"] = new() { S = "USD" },
        ["Limit"] = new() { N = "1000" },
        ["Actual"] = new() { N = amount.ToString(CultureInfo.InvariantCulture) },
        ["Estimated"] = new() { BOOL = false },
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("AccountId,Amount\n", "the first line must be AccountId,Month,Amount")]
    [InlineData("AccountId,Month,Amount\n222222222201,2026-13,1\n22,2026-01,1\n", "line 2: \"222222222201,2026-13,1\" is no cost")]
    [InlineData("AccountId,Month,Amount\n222222222201,2026-01,1\n222222222201,2026-01,2\n", "222222222201 has 2026-01 twice")]
    public async Task A_file_of_costs_that_is_wrong_is_told_with_the_way_out(string text, string problem)
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var run = await local.RunAsync("recommend", "--costs", local.File("costs.csv", text));
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usual_costs_are_the_weights_of_an_envelope_where_rows_give_none()
    {
        await using var local = await EditedLocal.StartAsync("""
            [
              { "AccountId": "222222222201", "Enabled": true }, { "AccountId": "222222222202", "Enabled": true }, { "AccountId": "999999999999", "Weight": 0 },
              { "AccountId": "default", "BudgetValue": 10, "Envelope": { "Amount": 400, "Cascade": "PROPORTIONAL" } }
            ]
            """);
        // 1,080 in the middle of the last three against 3 · 1,080.
        var costs = local.File("costs.csv", Costs("222222222201") + Costs("222222222202", factor: 3)[Heading.Length..]);
        var shares = Assert.Single((await local.RunAsync("envelopes", "--costs", costs, "--json")).JsonArray)!["shares"]!.AsArray();

        Assert.Equal([100m, 300m, 0m], shares.Select(share => (decimal)share!["amount"]!));
    }

    private const string Heading = "AccountId,Month,Amount\n";

    private static string Costs(params string[] accounts) => Heading + string.Concat(accounts.Select(account => Months(account, 1)));

    private static string Costs(string account, int factor) => Heading + Months(account, factor);

    /// <summary>The months of Spend's worked example up to the last full one, whatever today is.</summary>
    private static string Months(string account, int factor)
    {
        var today = TimeProvider.System.GetUtcNow();
        decimal[] months = [400, 840, 900, 960, 1_020, 1_080, 1_140];
        return string.Concat(months.Select((amount, index) => string.Create(
            CultureInfo.InvariantCulture,
            $"{account},{new DateTime(today.Year, today.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(index - months.Length):yyyy-MM},{amount * factor}\n")));
    }
}
