using BudgetSync.Cli.Commands.Plan;
using BudgetSync.Cli.Tests.Commands.Local;

namespace BudgetSync.Cli.Tests.Commands.Plan;

public sealed class PlanMarkdownTests
{
    private const string Rows = """[{ "AccountId": "222222222201", "BudgetValue": 1000 }, { "AccountId": "222222222202", "BudgetValue": 7 }]""";

    [Fact]
    public async Task The_comment_has_a_sentence_a_table_and_exit_2_where_something_would_change()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        using var edited = new RowsOnDisk("AccountId,BudgetValue\n222222222201,1500.5\n222222222202,7\n", "rows.csv");
        var environment = local.EnvironmentOf(RunningLocal.Management);
        var run = await Tool.RunAsync(environment, "plan", edited.Path, "--markdown");
        Assert.Equal(ExitCode.Differences, run.ExitCode);
        Golden.Same("plan.md", run.Out);
        var same = await Tool.RunAsync(environment, "plan", file.Path, "--markdown");
        Assert.Equal(ExitCode.Done, same.ExitCode);
        Assert.Contains("nothing would change", same.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("|---|", same.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a|b", @"`a\|b`")]
    [InlineData("`x` @octocat", "`` `x` @octocat ``")]
    [InlineData("<script>alert(1)</script> #1 ![x](y)", "`<script>alert(1)</script> #1 ![x](y)`")]
    [InlineData("a\u001b[31m\nb", @"`a\u001b[31m\u000ab`")]
    [InlineData("a```b", "````a```b````")]
    [InlineData("  ", "")]
    public void Text_from_outside_is_code_and_stays_in_its_cell(string text, string code) => Assert.Equal(code, PlanMarkdown.Code(text));

    [Fact]
    public void A_comment_is_never_longer_than_GitHub_takes_and_says_how_many_are_left_out()
    {
        var lines = Enumerable.Range(0, 5000)
            .Select(
                index => new ImportLine(
                    $"{222222222200 + index}",
                    ImportChange.Update,
                    [.. Enumerable.Repeat(new string('|', 500), 20)],
                    [$"r-{index}"],
                    null,
                    null));
        var comment = PlanMarkdown.Of(PlanGroup.Of(lines), null, _ => "name", "5,000 rows: 5,000 to update.", [], null, ["over | allocated"]);
        Assert.Contains("**Warning:** `over \\| allocated`", comment, StringComparison.Ordinal);
        Assert.InRange(comment.Length, 50_000, PlanMarkdown.LongestComment);
        var told = comment.Split('\n').Count(line => line.StartsWith("| `2222", StringComparison.Ordinal));
        Assert.Contains($"… and {5000 - told:#,0} more, for which a comment has no room", comment, StringComparison.Ordinal);
        Assert.Contains("… and 8 more |", comment, StringComparison.Ordinal);
        Assert.Contains("<details><summary>5,000 accounts</summary>\n\n| account |", comment, StringComparison.Ordinal);
        Assert.EndsWith("\n</details>\n", comment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_says_what_the_import_will_refuse_without_a_second_word_and_the_import_does()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        using var edited = new RowsOnDisk("AccountId,BudgetValue\n222222222201,10001\n", "rows.csv");
        var environment = local.EnvironmentOf(RunningLocal.Management);
        const string reason = "222222222201: 1,000 to 10,001 USD is 10 times as much";
        var plan = await Tool.RunAsync(environment, "plan", edited.Path);
        Assert.EndsWith($"The import will need --allow-large: {reason}.\n", plan.Out, StringComparison.Ordinal);
        Assert.Contains(reason, (await Tool.RunAsync(environment, "plan", edited.Path, "--json")).Error, StringComparison.Ordinal);
        Assert.Contains($"`--allow-large`:** `{reason}`", (await Tool.RunAsync(environment, "plan", edited.Path, "--markdown")).Out, StringComparison.Ordinal);
        Assert.Contains(reason, (await Tool.RunAsync(environment, "rows", "import", edited.Path, "--yes")).Error, StringComparison.Ordinal);

        using var small = new RowsOnDisk("AccountId,BudgetValue\n222222222201,1002\n", "rows.csv");
        Assert.DoesNotContain("--allow-large", (await Tool.RunAsync(environment, "plan", small.Path)).Out, StringComparison.Ordinal);
        var total = await Tool.RunAsync(environment, "plan", small.Path, "--largest-total", "1005");
        Assert.Contains("The import will need --allow-large: all rows together would ask for 1,009 USD", total.Out, StringComparison.Ordinal);
    }
}
