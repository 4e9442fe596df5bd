namespace BudgetSync.Cli.Tests.Commands.Rows;

/// <summary>Everything that is wrong is told at once: what was found first hides nothing.</summary>
public sealed class AllProblemsTests
{
    [Fact]
    public async Task Rows_of_one_key_are_told_with_all_that_is_wrong_in_each()
    {
        using var file = new RowsOnDisk("AccountId,BudgetValue,TimeUnit\n222222222201,12 5,MONTHLY\n222222222201,12 5,SOMETIMES\n");
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.Equal(1, Count(run.Out, "stands in line 2 and line 3"));
        Assert.Contains(": line 2: 222222222201: BudgetValue: \"12 5\"", run.Out, StringComparison.Ordinal);
        Assert.Contains(": line 3: 222222222201: BudgetValue: \"12 5\"", run.Out, StringComparison.Ordinal);
        Assert.Contains(": line 3: 222222222201: TimeUnit: \"SOMETIMES\"", run.Out, StringComparison.Ordinal);
        Assert.Contains("2 rows, 0 valid, 2 rejected with 4 problems.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_file_did_to_a_row_hides_nothing_that_the_row_says_wrong()
    {
        using var file = new RowsOnDisk("AccountId,BudgetValue,TimeUnit\n22222222201,-5,SOMETIMES,more\n");
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        foreach (var problem in new[] { "has 11 digits", "the row has 4 cells", "BudgetValue: ", "TimeUnit: " })
            Assert.Contains(problem, run.Out, StringComparison.Ordinal);
        Assert.Equal(1, Count(run.Out, "AccountId:"));
    }

    [Fact]
    public async Task A_wrong_attribute_does_not_hide_that_another_is_missing()
    {
        using var file = new RowsOnDisk("AccountId,BudgetValue,Thresholds\n222222222201,,soon\n");
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.Contains("Thresholds[0]: \"soon\"", run.Out, StringComparison.Ordinal);
        Assert.Contains("BudgetValue: is missing", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_any_length_is_shown_short()
    {
        using var file = new RowsOnDisk($"AccountId,BudgetValue\n{new string('x', 50_000)},1\n{new string('x', 50_000)},1\n");
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.All(run.Out.Split('\n'), line => Assert.True(line.Length < 800, line[..Math.Min(line.Length, 900)]));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
