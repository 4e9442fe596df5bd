using System.Text;
using BudgetSync.Core.Rows.Editing;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

public sealed class ImportTests
{
    private const string A = "222222222201";
    private const string B = "222222222202";
    private const string C = "222222222203";

    private const string Rows = """
        [
          { "AccountId": "222222222201", "BudgetValue": 1000, "Thresholds": "80, 90", "Note": "kept" },
          { "AccountId": "222222222202", "BudgetValue": 7, "EmailRecipients": "a@example.com" },
          { "AccountId": "222222222203", "BudgetValue": 30 }
        ]
        """;

    private const string Edited = "AccountId,BudgetValue,EmailRecipients\n222222222201,1500,\n222222222202,7.00,a@example.com\n222222222204,3,\n22,5,\n";

    [Fact]
    public async Task The_plan_is_shown_and_nothing_is_written_where_nobody_can_be_asked()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var run = await local.RunAsync("rows", "import", local.File("rows.csv", Edited));
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Golden.Same("rows-import.txt", run.Out);
        Assert.Contains("standard input is no terminal", run.Error, StringComparison.Ordinal);
        Assert.Contains("add --yes", run.Error, StringComparison.Ordinal);
        Assert.Empty(local.EditFiles);
        Assert.Equal(0, Writes(local));
    }

    [Theory]
    [InlineData("y\n", ExitCode.Done, "1500")]
    [InlineData("n\n", ExitCode.Failed, "1000")]
    [InlineData("", ExitCode.Failed, "1000")]
    public async Task A_person_is_asked_and_anything_but_yes_is_no(string answer, int code, string value)
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var run = await local.RunAsync(
            terminal => terminal with { Answers = true, In = new MemoryStream(Encoding.UTF8.GetBytes(answer)) },
            CancellationToken.None,
            "rows", "import", "--merge", local.File("rows.csv", "AccountId,BudgetValue\n222222222201,1500\n"));
        Assert.Equal(code, run.ExitCode);
        Assert.Contains("Write 1 row? [y/N] ", run.Error, StringComparison.Ordinal);
        Assert.Contains($"\"BudgetValue\":{value},", (await local.RowsAsync())[A], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_are_written_with_who_when_and_why_and_waited_for_until_they_are_applied()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var run = await local.RunAsync(
            "rows", "import", local.File("rows.csv", "AccountId,BudgetValue\n222222222201,1500\n222222222203,31\n"), "--yes", "--wait", "--because", "launch");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("2 of 2 accounts applied.", run.Error, StringComparison.Ordinal);
        Assert.Equal(["SpokeAccountBudget 1500 90: finops@example.com"], await local.Local.BudgetsAsync(A));
        Assert.Equal("""{"BudgetValue":1500,"Note":"kept"}""", (await local.RowsAsync())[A]);
        var (by, at, why) = RowProvenance.Of((await local.ImagesAsync()).Single(row => row.Key == A));
        Assert.Equal(("arn:aws:iam::999999999999:root", "launch"), (by, why));
        Assert.Matches(@"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\z", at);
        Assert.Single(local.EditFiles);
    }

    [Fact]
    public async Task A_second_import_of_the_same_file_writes_nothing()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var file = local.File("rows.csv", Edited);
        Assert.Equal(ExitCode.Failed, (await local.RunAsync("rows", "import", file, "--yes")).ExitCode);
        await local.Cloud.Work.WhenIdleAsync();
        local.Cloud.Calls.Clear();
        var second = await local.RunAsync("rows", "import", file, "--yes");
        Assert.EndsWith("4 rows: 3 unchanged, 1 rejected.\n", second.Out, StringComparison.Ordinal);
        Assert.Equal(0, Writes(local));
        Assert.Single(local.EditFiles);
    }

    [Fact]
    public async Task Prune_removes_rows_that_the_file_does_not_have_and_is_refused_beside_a_rejected_row()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var refused = await local.RunAsync("rows", "import", local.File("wrong.csv", "AccountId,BudgetValue\n222222222201,1000\n2222222222,"
            + "5\n"), "--yes", "--prune");
        Assert.Equal((ExitCode.Failed, 0), (refused.ExitCode, Writes(local)));
        Assert.Contains("--prune: line 3: 2222222222", refused.Error, StringComparison.Ordinal);

        var file = local.File("rows.csv", "AccountId,BudgetValue,Thresholds\n222222222201,1000,\"80, 90\"\n222222222202,7,90\n");
        var run = await local.RunAsync("rows", "import", file, "--yes", "--prune", "--wait");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal([A, B], (await local.RowsAsync()).Keys);
        Assert.Contains("OnDelete REVERT: no row above covers the account", run.Out, StringComparison.Ordinal);
        Assert.Empty(await local.Local.BudgetsAsync(C));
    }

    [Fact]
    public async Task A_row_that_somebody_edits_while_the_plan_is_read_is_left_and_told()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        await using var answer = new AnsweringStream(async () => await local.Local.EditAsync(
            A,
            "SET BudgetValue = :v, ChangedBy = :b, ChangedAt = :a",
            new()
            {
                [":v"] = new() { N = "1234" },
                [":b"] = new() { S = "arn:aws:iam::999999999999:user/jane" },
                [":a"] = new() { S = "2026-01-31T12:00:00.000Z" },
            }));
        var run = await local.RunAsync(
            terminal => terminal with { Answers = true, In = answer },
            CancellationToken.None,
            "rows", "import", local.File("rows.csv", "AccountId,BudgetValue\n222222222201,1500\n222222222203,31\n"));
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains($"{A}: its row was edited meanwhile (last written with budgetsync by "
            + $"arn:aws:iam::999999999999:user/jane", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 row left", run.Error, StringComparison.Ordinal);
        var rows = await local.RowsAsync();
        Assert.Contains("\"BudgetValue\":1234", rows[A], StringComparison.Ordinal);
        Assert.Equal("""{"BudgetValue":31}""", rows[C]);
    }

    /// <summary>What another edit made of a row is that edit's to wait for: the wait would else end after its whole patience, a quarter of an hour.</summary>
    [Fact]
    public async Task A_wait_leaves_out_the_accounts_of_rows_that_were_left()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        await using var answer = new AnsweringStream(
            async () => await local.Local.EditAsync(A, "SET BudgetValue = :v", new() { [":v"] = new() { N = "1234" } }));
        var run = await local.RunAsync(
            terminal => terminal with { Answers = true, In = answer },
            CancellationToken.None,
            "rows", "import", local.File("rows.csv", "AccountId,BudgetValue\n222222222201,1500\n222222222203,31\n"), "--wait")
            .WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains($"{A}: its row was edited meanwhile", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 of 1 account applied.", run.Error, StringComparison.Ordinal);
    }

    /// <summary>A row may nest as deep as DynamoDB takes it, and what undoes an edit holds each of those levels twice.</summary>
    [Fact]
    public async Task An_edit_of_a_deeply_nested_row_can_be_undone()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 30)) + "1" + new string('}', 30);
        var file = local.File("rows.json", $$"""[{ "AccountId": "{{A}}", "BudgetValue": 900, "x-deep": {{deep}} }]""");
        var made = await local.RunAsync("rows", "import", file, "--yes", "--wait");
        Assert.True(made.ExitCode == ExitCode.Done, made.Out + made.Error);
        var undone = await local.RunAsync("rows", "undo", "--yes", "--wait");
        Assert.True(undone.ExitCode == ExitCode.Done, undone.Out + undone.Error);
        Assert.DoesNotContain("x-deep", (await local.RowsAsync())[A], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("120000000", null, "222222222202: 7 to 120,000,000 USD is 17,142,857.1 times as much")]
    [InlineData("60", "1050", "all rows together would ask for 1,090 USD (MONTHLY), more than 1,050")]
    public async Task A_large_change_needs_a_second_word(string value, string? largest, string reason)
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        string[] command =
            ["rows", "import", local.File("rows.csv", $"AccountId,BudgetValue\n222222222202,"
                + $"{value}\n"), "--yes", .. largest is null ? [] : new[] { "--largest-total", largest }];
        var run = await local.RunAsync(command);
        Assert.Equal((ExitCode.Failed, 0), (run.ExitCode, Writes(local)));
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await local.RunAsync([.. command, "--allow-large"])).ExitCode);
    }

    [Fact]
    public async Task Waves_reach_some_accounts_first_and_stop_where_too_many_fail()
    {
        await using var local = await EditedLocal.StartAsync(NineRows);
        local.Cloud.Faults.OnCalls(call => call is { Service: "ssm", Operation: "PutParameter", AccountId: "222222222202" }
            ? new Fault.Refusal(new AwsException("AccessDeniedException", "is not authorized to perform: ssm:PutParameter with an explicit deny"))
            : null);
        var file = local.File("rows.csv", "AccountId,BudgetValue\n" + string.Concat(Enumerable.Range(1, 9).Select(index => $"22222222220{index},2\n")));
        var stopped = await local.RunAsync("rows", "import", file, "--yes", "--waves", "3,3,rest", "--stop-at", "0");
        Assert.Equal(ExitCode.Failed, stopped.ExitCode);
        Assert.Contains("Wave 1 of 3: 3 rows for 3 accounts\n2 of 3 accounts applied.\n  222222222202  Blocked: ", stopped.Error, StringComparison.Ordinal);
        Assert.Contains("Stopped: more than 0 of this wave's accounts are not applied; 6 rows of later waves were not "
            + "written.", stopped.Error, StringComparison.Ordinal);
        Assert.Contains($"rows resume {Assert.Single(local.EditFiles)}", stopped.Error, StringComparison.Ordinal);
        Assert.Equal(3, (await local.RowsAsync()).Values.Count(row => row == """{"BudgetValue":2}"""));

        var whole = await local.RunAsync("rows", "import", file, "--yes", "--waves", "3,rest", "--stop-at", "50%");
        Assert.Equal(ExitCode.Done, whole.ExitCode);
        Assert.Contains("Wave 2 of 2: 3 rows for 3 accounts\n3 of 3 accounts applied.\n6 rows written.", whole.Error, StringComparison.Ordinal);
        Assert.All((await local.RowsAsync()).Values, row => Assert.Equal("""{"BudgetValue":2}""", row));
    }

    [Fact]
    public async Task An_account_that_was_blocked_before_an_edit_does_not_stop_its_waves()
    {
        await using var local = await EditedLocal.StartAsync(NineRows, "--without-stack", "222222222202");
        var file = local.File("rows.csv", "AccountId,BudgetValue\n" + string.Concat(Enumerable.Range(1, 9).Select(index => $"22222222220{index},2\n")));
        var run = await local.RunAsync("rows", "import", file, "--yes", "--waves", "3,rest", "--stop-at", "0");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("2 of 3 accounts applied.\n  222222222202  Blocked: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 account had been Blocked before this edit, which --stop-at does not count.", run.Error, StringComparison.Ordinal);
        Assert.Contains("6 of 6 accounts applied.\n9 rows written.", run.Error, StringComparison.Ordinal);
        Assert.All((await local.RowsAsync()).Values, row => Assert.Equal("""{"BudgetValue":2}""", row));
    }

    private static string NineRows =>
        $"[{string.Join(",", Enumerable.Range(1, 9).Select(index => $$"""{ "AccountId": "22222222220{{index}}", "BudgetValue": 1 }"""))}]";

    private static int Writes(EditedLocal local) =>
        new[] { "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem" }.Sum(operation => local.Cloud.Calls.Count("dynamodb", operation));
}
