using BudgetSync.Cli.Tests.Commands.Rows.Editing;

namespace BudgetSync.Cli.Tests.Commands.Money;

/// <summary>
/// The views of money at the widths that terminals have. What was spent moves with the day, so their amounts are not compared; their columns are.
/// </summary>
public sealed class MoneyViewTests
{
    private const string Hostile = "\\u001b[31mred [bold]marked[/] =1+1";

    private const string Rows = $$"""
        [
          { "AccountId": "222222222201", "BudgetValue": 125000000.55 }, { "AccountId": "222222222202", "BudgetValue": 800 },
          { "AccountId": "default", "BudgetValue": 10, "Note": "{{Hostile}}", "Envelope": { "Amount": 1250000000.55, "Cascade": "PROPORTIONAL" } }
        ]
        """;

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(200)]
    public async Task Views_of_money_fit_the_screen_and_say_what_does_not_and_no_text_steers_the_terminal(int width)
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        local.Cloud.Organizations.AddAccount("222222222299", "A \u001b[2Jname [red] that is longer than a column of a table should be");
        var page = Path.Combine(Directory.CreateTempSubdirectory("budgetsync-page-").FullName, "budgets.html");
        foreach (var command in new[] { "envelopes", "recommend", $"report --html {page}" })
        {
            var run = await local.RunAsync(terminal => terminal with { Width = width }, CancellationToken.None, command.Split(' '));
            Assert.True(run.ExitCode == ExitCode.Done && run.Out.Length > 0, $"{command}: {run.Error}");
            // A file's name is told whole, to be opened.
            ViewTests.Fits(command, run with { Out = run.Out.Replace($"{page}:", "", StringComparison.Ordinal) }, width);
            Assert.DoesNotContain(run.Out + run.Error, letter => char.IsControl(letter) && letter is not '\n');
            var header = run.Out.Split('\n')[0];
            foreach (var (column, view) in new[] { ("ACCOUNTS", "envelopes"), ("CONFIDENCE", "recommend") })
            {
                if (view != command) continue;
                Assert.NotEqual(header.Contains(column, StringComparison.Ordinal), run.Error.Contains("Not shown at this width: ", StringComparison.Ordinal));
            }
        }
    }
}
