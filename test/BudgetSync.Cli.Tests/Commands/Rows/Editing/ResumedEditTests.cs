using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

/// <summary>What goes on with an interrupted edit, and what it says of what the first had done.</summary>
public sealed class ResumedEditTests
{
    private static readonly string[] Keys = [.. Enumerable.Range(1, 4).Select(index => $"22222222220{index}")];

    /// <summary>Regression: the account had been Blocked when the resume began, and nothing new came of it: the wait went on for fifteen minutes.</summary>
    [Theory]
    [InlineData("--wait")]
    [InlineData("--waves=2,rest")]
    public async Task An_account_that_is_Blocked_already_keeps_no_resume_waiting(string how)
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        var writes = 0;
        local.Cloud.Faults.OnCalls(call => call switch
        {
            { Service: "ssm", Operation: "PutParameter", AccountId: "222222222201" } =>
                new Fault.Refusal(new AwsException("AccessDeniedException", "is not authorized to perform: ssm:PutParameter with an explicit deny")),
            _ when EditedLocal.IsRowWrite(call) && Interlocked.Increment(ref writes) > 2 =>
                new Fault.Refusal(new AwsException("AccessDeniedException", "no more")),
            _ => null,
        });
        var first = await local.RunAsync("rows", "set", "--all", "--value", "2", "--yes", "--waves", "1,1,1,rest", "--stop-at", "100%");
        Assert.Equal(ExitCode.Failed, first.ExitCode);
        await local.Cloud.Work.WhenIdleAsync();
        writes = int.MinValue;

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var run = await local.RunAsync(terminal => terminal, limit.Token, "rows", "resume", local.EditFiles[0], "--yes", how, "--allow-large");
        Assert.False(limit.IsCancellationRequested);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("  222222222201  Blocked: ", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Regression: "0 of 30 rows written" while all of a group were. The answers never came, and the rows tell.</summary>
    [Fact]
    public async Task Rows_whose_answers_were_lost_are_read_once_more_before_they_are_counted()
    {
        string[] many = [.. Enumerable.Range(10, 30).Select(index => $"2222222222{index}")];
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(many));
        local.Cloud.Faults.OnCalls(call => EditedLocal.IsRowWrite(call) ? new Fault.ResponseLoss() : null);
        var run = await local.RunAsync("rows", "set", "--all", "--value", "2", "--yes");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        var written = (await local.RowsAsync()).Values.Count(row => row.Contains(":2", StringComparison.Ordinal));
        Assert.True(written > 0);
        Assert.Contains($"Interrupted: {written} of 30 rows written;", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_cannot_be_read_either_are_said_to_be_not_known()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        local.Cloud.Faults.OnCalls(call =>
            EditedLocal.IsRowWrite(call) || call is { Service: "dynamodb", Operation: "GetItem" } ? new Fault.ResponseLoss() : null);
        var run = await local.RunAsync("rows", "set", Keys[0], "--value", "2", "--yes");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("Interrupted: 0 of 1 row known to be written, 1 not known;", run.Error, StringComparison.Ordinal);
        Assert.Contains("how many were written is not known", (await local.RunAsync("rows", "undo", "--list")).Out, StringComparison.Ordinal);
    }

    /// <summary>The time that an edit says itself counts, and not what its file is called; of one time the later number is the newer.</summary>
    [Fact]
    public async Task An_undo_without_a_file_takes_the_newest_edit_whatever_its_file_is_called()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        await local.RunAsync("rows", "set", Keys[0], "--value", "2", "--yes");
        File.Move(local.EditFiles[0], Path.Combine(local.Edits, "yesterday.jsonl"));
        await local.RunAsync("rows", "set", Keys[1], "--value", "3", "--yes");
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "undo", "--yes")).ExitCode);
        var rows = await local.RowsAsync();
        Assert.Equal(("""{"BudgetValue":2}""", """{"BudgetValue":1}"""), (rows[Keys[0]], rows[Keys[1]]));
    }
}
