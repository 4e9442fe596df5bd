using System.Diagnostics;
using System.Globalization;
using Amazon.Budgets;
using Amazon.Budgets.Model;

namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

/// <summary>A command that is printed to be typed next is whole: a shell reads it, and it does what the first one was asked to do.</summary>
public sealed class PrintedCommandTests
{
    private static readonly string[] Keys = [.. Enumerable.Range(10, 9).Select(index => $"2222222222{index}")];

    [Theory]
    [InlineData("To go on: ", """{"BudgetValue":2}""")]
    [InlineData("To go back: ", """{"BudgetValue":1}""")]
    public async Task What_is_printed_after_Ctrl_C_is_pasted_and_does_the_rest(string way, string row)
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        using var interrupt = new CancellationTokenSource();
        var writes = 0;
        local.Cloud.Faults.OnCalls(call =>
        {
            if (EditedLocal.IsRowWrite(call) && Interlocked.Increment(ref writes) == 3) interrupt.Cancel();
            return null;
        });
        var file = local.File("rows.csv", "AccountId,BudgetValue\n" + string.Concat(Keys.Select(key => $"{key},2\n")));
        var run = await local.RunAsync(
            terminal => terminal,
            interrupt.Token,
            "rows", "import", file, "-y", "--wait", "--waves", "2,2,rest", "--stop-at", "50%", "--because", "a launch", "--region", "us-east-1",
            "--undo-file", local.File("jane's edit.jsonl"));
        local.Cloud.Faults.Reset();

        var printed = run.Error.Split('\n').Single(line => line.StartsWith(way, StringComparison.Ordinal))[way.Length..];
        var words = await ShellWordsAsync(printed);
        Assert.Equal(
            ["budgetsync", "rows", way.Contains("on", StringComparison.Ordinal) ? "resume" : "undo", local.File("jane's edit.jsonl"), "--yes", "--wait",
                "--waves", "2,2,rest", "--stop-at", "50%", "--region", "us-east-1"],
            words);
        var second = await local.RunAsync([.. words.Skip(1)]);
        Assert.True(second.ExitCode == ExitCode.Done, second.Out + second.Error);
        Assert.Contains("Wave 1 of ", second.Error, StringComparison.Ordinal);
        Assert.All((await local.RowsAsync()).Values, value => Assert.Equal(row, value));
    }

    // Found by a newcomer: typed as they were printed, these commands went to the real organization.
    [Theory]
    [InlineData("adopt --all --rows")]
    [InlineData("recommend --costs COSTS --rows")]
    [InlineData("envelopes --rows")]
    public async Task What_is_printed_after_rows_were_written_speaks_to_the_same_stack(string command)
    {
        const string Rows = """
            [
              { "AccountId": "222222222201", "BudgetValue": 100, "Enabled": false }, { "AccountId": "222222222202", "Weight": 1 },
              { "AccountId": "222222222203", "BudgetValue": 500 },
              { "AccountId": "default", "BudgetValue": 10, "Envelope": { "Amount": 1000, "Cascade": "PROPORTIONAL" } }
            ]
            """;
        await using var local = await EditedLocal.StartAsync(Rows);
        using (var clients = local.Local.As("222222222203"))
        {
            await clients.Budgets.CreateBudgetAsync(new CreateBudgetRequest
            {
                AccountId = "222222222203",
                Budget = new Budget
                {
                    BudgetName = "Team",
                    BudgetType = BudgetType.COST,
                    TimeUnit = TimeUnit.MONTHLY,
                    BudgetLimit = new Spend { Amount = 5, Unit = "USD" },
                },
            });
        }

        var costs = local.File("costs.csv", "AccountId,Month,Amount\n" + string.Concat(Enumerable.Range(1, 12).Select(month =>
            $"222222222203,{TimeProvider.System.GetUtcNow().AddMonths(-month):yyyy-MM},800\n")));
        var port = local.Cloud.Address!.Port.ToString(CultureInfo.InvariantCulture);
        // No credentials and no address in the environment: only the words lead there.
        var run = await Tool.RunAsync(
            [.. command.Split(' ').Select(word => word == "COSTS" ? costs : word), local.File("it's.csv"), "--local", port]);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        var next = run.Error.Split('\n').Where(line => line.Contains("Next: ", StringComparison.Ordinal) || line.StartsWith("then: ", StringComparison.Ordinal))
            .Select(line => line[line.IndexOf("budgetsync", StringComparison.Ordinal)..])
            .ToList();
        Assert.Equal(2, next.Count);
        Assert.Equal(["budgetsync", "plan", local.File("it's.csv"), "--local", port], await ShellWordsAsync(next[0]));
        Assert.Equal(["budgetsync", "rows", "import", local.File("it's.csv"), "--local", port], await ShellWordsAsync(next[1]));
    }

    [Fact]
    public async Task What_goes_on_has_the_reason_of_what_it_goes_on_with()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        using var interrupt = new CancellationTokenSource();
        local.Cloud.Faults.OnCalls(call =>
        {
            if (EditedLocal.IsRowWrite(call)) interrupt.Cancel();
            return null;
        });
        await local.RunAsync(terminal => terminal, interrupt.Token, "rows", "set", "--all", "--value", "2", "--yes", "--because", "a launch");
        local.Cloud.Faults.Reset();
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "resume", local.EditFiles[0], "--yes")).ExitCode);
        Assert.All(await local.ImagesAsync(), row => Assert.Equal("a launch", BudgetSync.Core.Rows.Editing.RowProvenance.Of(row).Reason));
    }

    private static async Task<string[]> ShellWordsAsync(string command)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"budgetsync() {{ printf '%s\\n' budgetsync \"$@\"; }}; {command}"]) { RedirectStandardOutput = true };
        using var shell = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        var words = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return words.TrimEnd('\n').Split('\n');
    }
}
