namespace BudgetSync.Cli.Tests.Commands.Local;

/// <summary>A time lapse says of its rows what is wrong with them before it plays.</summary>
public sealed class WrongLapseRowsTests
{
    [Fact]
    public async Task Where_every_row_is_rejected_the_reasons_are_told_and_nothing_is_played()
    {
        using var file = new RowsOnDisk("[{ \"AccountId\": \"222222222201\",\n \"BudgetValue\": 0, \"Treshold\": 80 }]");

        var run = await Tool.RunAsync("local", "--time-lapse", "--responses", "--rows", file.Path, "--days", "3");

        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Out));
        var lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("line 2: 222222222201: BudgetValue: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("line 2: 222222222201: Treshold: ", lines[1], StringComparison.Ordinal);
        Assert.Equal("1 row, all rejected: there is nothing to play.", lines[^1]);
    }

    [Fact]
    public async Task Where_some_are_the_others_are_played_and_what_never_begins_is_told()
    {
        using var file = new RowsOnDisk(
            """
            [{ "AccountId": "222222222201", "BudgetValue": 0 },
             { "AccountId": "222222222202", "BudgetValue": 9, "Responses": [{ "At": "Over", "Do": "STOP_ALL", "Budget": "nosuch", "Mode": "ARMED" }] }]
            """);

        var run = await Tool.RunAsync("local", "--time-lapse", "--responses", "--rows", file.Path, "--days", "1");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("line 1: 222222222201: BudgetValue: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("Warning: 222222222202: Responses[0].Budget: \"nosuch\" is the name of no budget", run.Error, StringComparison.Ordinal);
        Assert.Contains("Played 1 day", run.Error, StringComparison.Ordinal);
    }
}
