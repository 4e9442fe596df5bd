using System.CommandLine.Parsing;
using System.Text;
using BudgetSync.Cli.Tests.Commands.Local;
using BudgetSync.Cli.Tests.Commands.Rows.Editing;

namespace BudgetSync.Cli.Tests;

/// <summary>Each daily job of JOBS.md is one command, run here word for word (but for the folder of a file), and does what its heading says.</summary>
public sealed class JobsTests
{
    private const string First = "111111111101";
    private const string Second = "111111111102";
    private const string Unit = "ou-local-00000001";
    private const string Prefix = "budgetsync ";

    private static readonly string Rows = EditedLocal.RowsOf([First, Second]).Replace("\"BudgetValue\": 1", "\"BudgetValue\": 1000", StringComparison.Ordinal);

    [Fact]
    public void Every_job_is_one_command() => Assert.Equal(
        [
            "Raise one budget", "Raise an OU by 10 %", "Add a recipient everywhere", "Find uncovered and blocked accounts", "Undo yesterday's import",
            "Adopt what exists", "Move an account", "Roll out to ten first"
        ],
        Page().Where(section => section.Commands.Count == 1).Select(section => section.Job));

    [Fact]
    public async Task Amounts_and_recipients_are_edited_and_an_import_is_taken_back()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        await DoneAsync(local, "Raise one budget");
        Assert.Equal("""{"BudgetValue":1500}""", (await local.RowsAsync())[First]);

        await DoneAsync(local, "Raise an OU by 10 %");
        Assert.Equal(["""{"BudgetValue":1650}""", """{"BudgetValue":1100}"""], (await local.RowsAsync()).Values);

        await DoneAsync(local, "Add a recipient everywhere");
        Assert.All((await local.RowsAsync()).Values, row => Assert.Contains("finops@example.com, finance@example.com", row, StringComparison.Ordinal));

        var file = local.File("import.csv", $"AccountId,BudgetValue\n{First},9\n");
        await local.RunAsync("rows", "import", file, "--merge", "--yes", "--allow-large", "--undo-file", Path.Combine(local.Edits, "yesterday.jsonl"));
        Assert.Contains("\"BudgetValue\":9,", (await local.RowsAsync())[First], StringComparison.Ordinal);
        await DoneAsync(local, "Undo yesterday's import");
        Assert.Contains("\"BudgetValue\":1650,", (await local.RowsAsync())[First], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipient_that_a_row_inherited_until_now_is_said_to_be_its_own()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var run = await RunAsync(local, "Add a recipient everywhere");
        Assert.Contains($"2 rows that inherited recipients until now: {First}, {Second}. Each gets a list of its own", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_rolled_out_to_ten_accounts_first()
    {
        await using var local = await EditedLocal.StartAsync(
            EditedLocal.RowsOf(Enumerable.Range(10, 13).Select(index => $"2222222222{index}")));
        local.File("rows.csv", "AccountId,BudgetValue\n" + string.Concat(Enumerable.Range(10, 13).Select(index => $"2222222222{index},2\n")));
        var run = await DoneAsync(local, "Roll out to ten first");
        Assert.Contains("Wave 1 of 2: 10 rows for 10 accounts\n10 of 10 accounts applied.\nWave 2 of 2: 3 rows", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uncovered_and_blocked_accounts_are_found()
    {
        await using var local = await EditedLocal.StartAsync(Rows, "--without-stack", Second);
        local.Cloud.Organizations.AddAccount("222222222299", "forgotten");
        var lines = (await RunAsync(local, "Find uncovered and blocked accounts")).Out.Split('\n');
        Assert.Contains(lines, line => line.Contains(Second, StringComparison.Ordinal) && line.Contains("Blocked", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("222222222299", StringComparison.Ordinal) && line.Contains("Uncovered", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_moved_account_inherits_from_where_it_stands_now()
    {
        var rows = $$"""
            [
              { "AccountId": "{{First}}", "BudgetValue": 5 },
              { "AccountId": "{{Unit}}", "BudgetValue": 77 },
              { "AccountId": "default", "BudgetValue": 3 }
            ]
            """;
        await using var local = await EditedLocal.StartAsync(rows);
        using (var clients = local.Local.As(RunningLocal.Management))
        {
            var root = (await clients.Organizations.ListRootsAsync(new())).Roots.Single().Id;
            local.Cloud.Organizations.AddAccount(Second, "moved", root);
        }

        local.Cloud.Organizations.Move(Second, Unit);
        await local.Cloud.Work.WhenIdleAsync();
        await DoneAsync(local, "Move an account");
        await local.Cloud.Work.WhenIdleAsync();
        Assert.StartsWith("SpokeAccountBudget 77 90: ", Assert.Single(await local.Local.BudgetsAsync(Second)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Budgets_that_exist_are_adopted()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        using (var clients = local.Local.As(First))
        {
            await clients.Budgets.CreateBudgetAsync(new()
            {
                AccountId = First,
                Budget = new() { BudgetName = "by hand", BudgetType = "COST", TimeUnit = "MONTHLY", BudgetLimit = new() { Amount = 12, Unit = "USD" } },
            });
        }

        await RunAsync(local, "Adopt what exists");
        Assert.Contains("by hand", await File.ReadAllTextAsync(local.File("adopted.json")), StringComparison.Ordinal);
    }

    /// <summary>Regression: what the page says of it was not so there, and a file without rows was left behind.</summary>
    [Fact]
    public async Task On_the_organization_that_local_starts_with_a_row_with_ten_recipients_is_left_and_nothing_is_there_to_adopt()
    {
        await using var local = await EditedLocal.StartAsync(
            await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "src", "BudgetSync.Cli", "examples", "organization.csv")));

        var added = await RunAsync(local, "Add a recipient everywhere");
        Assert.Equal(ExitCode.Failed, added.ExitCode);
        Assert.Contains("11 rows written, 1 rejected.", added.Error, StringComparison.Ordinal);

        var adopted = await RunAsync(local, "Adopt what exists");
        Assert.Equal(ExitCode.Done, adopted.ExitCode);
        Assert.Contains("There is no row to write, so ", adopted.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(local.File("adopted.json")));
    }

    private static async Task<ToolResult> DoneAsync(EditedLocal local, string job)
    {
        var run = await RunAsync(local, job);
        Assert.True(run.ExitCode == ExitCode.Done, $"{job}: exit {run.ExitCode}\n{run.Out}{run.Error}");
        return run;
    }

    /// <summary>As a person at a terminal, who says yes.</summary>
    private static Task<ToolResult> RunAsync(EditedLocal local, string job)
    {
        var command = Assert.Single(Page().Single(section => section.Job == job).Commands);
        string[] words = [.. CommandLineParser.SplitCommandLine(command).Select(word => word is "rows.csv" or "adopted.json" ? local.File(word) : word)];
        return local.RunAsync(
            terminal => terminal with { Answers = true, In = new MemoryStream(Encoding.UTF8.GetBytes("y\n")) },
            CancellationToken.None,
            words);
    }

    private static List<(string Job, List<string> Commands)> Page() =>
    [
        .. File.ReadAllText(Path.Combine(RepositoryRoot.Path, "src", "BudgetSync.Cli", "JOBS.md")).Split("\n## ").Skip(1).Select(section =>
        {
            var lines = section.Split('\n');
            return (lines[0].Trim(), lines.Where(line => line.StartsWith(Prefix, StringComparison.Ordinal)).Select(line => line[Prefix.Length..]).ToList());
        })
    ];
}
