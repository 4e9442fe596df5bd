using BudgetSync.Cli.Tests.Commands.Local;

namespace BudgetSync.Cli.Tests.Commands.Money;

public sealed class ReportTests
{
    private const string Rows = """
        [
          { "AccountId": "222222222201", "BudgetValue": 1000 },
          { "AccountId": "222222222202", "BudgetValue": 7, "BudgetName": "<b>bold</b>" }
        ]
        """;

    [Fact]
    public async Task The_page_has_every_account_and_shows_text_as_text()
    {
        using var rows = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", rows.Path);
        using var folder = new Folder();
        var file = Path.Combine(folder.Path, "budgets.html");

        var run = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "report", "--html", file);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Contains(file, run.Out, StringComparison.Ordinal);
        var page = await File.ReadAllTextAsync(file);
        foreach (var text in new[] { "222222222201", "222222222202", "&lt;b&gt;bold&lt;/b&gt;", "SpokeAccountBudget" })
            Assert.Contains(text, page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>bold", page, StringComparison.Ordinal);
        Assert.Equal([file], Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("ou-zzzz-99999999", ExitCode.Failed)]
    [InlineData("222222222201", ExitCode.Usage)]
    [InlineData("default", ExitCode.Usage)]
    public async Task What_is_no_OU_is_named(string ou, int code)
    {
        using var rows = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", rows.Path);
        using var folder = new Folder();

        var run = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "report", "--html", Path.Combine(folder.Path, "a.html"), "--ou", ou);

        Assert.Equal(code, run.ExitCode);
        Assert.Contains(ou, run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_named_and_nothing_is_left()
    {
        using var rows = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", rows.Path);
        using var folder = new Folder();

        var run = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "report", "--html", Path.Combine(folder.Path, "no", "such.html"));

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith("budgetsync: --html: ", run.Error[run.Error.IndexOf("budgetsync: ", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private sealed class Folder : IDisposable
    {
        private readonly DirectoryInfo info = Directory.CreateTempSubdirectory("budgetsync-report-");

        public string Path => info.FullName;

        public void Dispose() => info.Delete(recursive: true);
    }
}
