using BudgetSync.Cli.Commands.Accounts;
using BudgetSync.Cli.Commands.Status;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Tests.Commands.Status;

/// <summary>The money of accounts for spreadsheets and programs, and in its order.</summary>
public sealed class StatusMoneyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    private static readonly CoverageLine[] Lines =
    [
        Line("111111111111", 100, 50, 0.75m), Line("222222222222", 3000, 1000, 0.5m), Line("333333333333", 100, null, null), Line("444444444444", 10, 12, 1.8m),
    ];

    [Fact]
    public void A_spreadsheet_has_limit_spent_percent_and_pace_behind_the_columns_it_had()
    {
        var csv = CoverageCsv.Of(Lines, _ => null).ReplaceLineEndings("\n").Split('\n');
        Assert.EndsWith(",ReportedAt,Budget,Limit,Unit,Spent,Percent,Pace,TimeUnit,Notify", csv[0], StringComparison.Ordinal);
        Assert.EndsWith(",team,100,USD,50,50,0.75,MONTHLY,", csv[1], StringComparison.Ordinal);
        Assert.EndsWith(",team,3000,USD,1000,33.3,0.5,MONTHLY,", csv[2], StringComparison.Ordinal);
        Assert.EndsWith(",,,,,,,", csv[3], StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_reads_percent_and_pace_of_each_budget()
    {
        var json = CoverageJson.Format(CoverageSummary.Of([.. Lines]), UncoveredSpend.Of([.. Lines], null), Lines, Now);
        var budget = System.Text.Json.Nodes.JsonNode.Parse(json)!["accounts"]![1]!["budgets"]![0]!;
        Assert.Equal((33.3m, 0.5m), ((decimal)budget["percent"]!, (decimal)budget["pace"]!));
        Assert.Equal(["MONTHLY", "2026-11-01", "2026-11-30"], new[] { "timeUnit", "periodStart", "periodEnd" }.Select(name => (string?)budget[name]));
    }

    [Theory]
    [InlineData("Spent", false, "222222222222 111111111111 444444444444 333333333333")]
    [InlineData("Percent", false, "444444444444 111111111111 222222222222 333333333333")]
    [InlineData("Percent", true, "222222222222 111111111111 444444444444 333333333333")]
    public void Accounts_are_sorted_by_their_money_and_what_is_not_known_comes_last(string by, bool backwards, string expected)
    {
        var wish = new AccountListWish<CoverageState>(null, null, [], new AccountSort(Enum.Parse<AccountOrder>(by), backwards), null, 0, PrintForm.Csv);
        var facets = new AccountFacets<CoverageLine, CoverageState>(line => line.Key, line => line.Name, line => line.State, CoverageScreen.Urgency)
        {
            Spent = SpendCells.Spent,
            Percent = SpendCells.Percent,
        };
        var page = wish.Page(Lines, facets, AccountOrder.Account, new ConsoleContext(TextWriter.Null, TextWriter.Null, Interactive: false));
        Assert.Equal(expected, string.Join(' ', page.All.Select(line => line.Key)));
    }

    [Fact]
    public async Task Only_a_command_that_tells_of_money_sorts_by_it()
    {
        var run = await Tool.RunAsync("drift", "--sort", "spent");
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("--sort: \"spent\" is nothing to sort by; give one of account, name, state,", run.Error, StringComparison.Ordinal);
        var help = await Tool.RunAsync("status", "--help");
        Assert.Contains("account, name, state, spent, percent", help.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    private static CoverageLine Line(string account, decimal limit, decimal? spent, decimal? pace) => new(
        account,
        "",
        IsAccount: true,
        CoverageState.Applied,
        [],
        "",
        new StatusRow
        {
            Key = account,
            State = AccountState.Applied,
            FirstSeenAt = Now,
            Budgets =
            [
                new ReportedBudget("team", limit, "USD", spent, null, SpendState.OnTarget) { Period = BudgetPeriod.Of(TimeUnit.MONTHLY, new(2026, 11, 20)) }
            ],
            Spend = [new SpendStanding("team", SpendMemory.None with { Actual = spent }) { Pace = pace }],
        });
}
