using BudgetSync.Aws.Tables;
using BudgetSync.Core.Restrictions;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Responses;

/// <summary>Rows that the tool writes, in the ledger: with who and why, and what they were before.</summary>
public sealed class EditLedgerTests : IDisposable
{
    private const string Root = "arn:aws:iam::999999999999:root";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("budgetsync-test-");

    private int edits;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Each_row_that_is_set_deleted_or_put_back_is_an_entry_with_who_why_and_what_it_was()
    {
        await using var bed = await WithLedgerAsync();

        await EditAsync(bed, "set", "default", "--value", "500", "--because", "a first limit");
        await EditAsync(bed, "set", "default", "--value", "900", "--because", "more for the release");
        await EditAsync(bed, "delete", "default", "--because", "it was for the release");
        await EditAsync(bed, "undo", Path.Combine(folder.FullName, "3"));

        var entries = await bed.Ledger.EntriesAsync("default", CancellationToken.None);
        Assert.Equal(
            ["row added: a first limit", "row changed: more for the release", "row deleted: it was for the release", "row added"],
            entries.Select(entry => entry.Text).Select(text => text.StartsWith("row added: undo", StringComparison.Ordinal) ? "row added" : text));
        Assert.All(entries, entry => Assert.Equal((LedgerEntry.RowEdited, Root, ""), (entry.What, entry.By, entry.Restriction)));
        Assert.Contains("BudgetValue: 500 → 900", entries[1].Facts);
        Assert.Contains("BudgetValue: 900 → none", entries[2].Facts);
        var told = await bed.RunAsync("ledger");
        Assert.Matches(@"(?m) default +RowEdited +row changed: more for the release +arn:aws:iam::999999999999:root", told.Out);
    }

    [Fact]
    public async Task A_row_is_written_and_the_gap_told_where_the_ledger_refuses_the_caller()
    {
        await using var bed = await WithLedgerAsync();
        var asked = 0;
        bed.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation != "PutItem" || call.Input["TableName"]?.ToString() != "BudgetSync-Ledger") return null;
            asked++;
            return new Fault.Refusal(new AwsException("AccessDeniedException", "User is not authorized to perform: dynamodb:PutItem"));
        });

        var run = await EditAsync(bed, "set", "default", "--value", "500");

        Assert.Contains("1 row written without an entry in the ledger", run.Error, StringComparison.Ordinal);
        Assert.Matches(@"dynamodb:PutItem on\s+BudgetSync-Ledger", run.Error);
        Assert.Equal(1, asked);
        Assert.Empty(await bed.Ledger.EntriesAsync("default", CancellationToken.None));
    }

    /// <summary>The tool dies at each of its writes in turn, before the write took effect and after: what the table has is in the ledger.</summary>
    [Theory]
    [InlineData("set", "added")]
    [InlineData("set", "changed")]
    [InlineData("delete", "deleted")]
    public async Task No_row_is_written_without_an_entry_wherever_the_tool_is_killed(string command, string what)
    {
        for (var at = 1; at <= 2; at++)
        {
            foreach (var after in new[] { false, true })
            {
                await using var bed = await WithLedgerAsync();
                if (what != "added") await bed.PutRowAsync("default", "500");
                var (writes, dead) = (0, false);
                bed.Cloud.Faults.OnCalls(call =>
                {
                    if (dead) return new Fault.Crash(AfterEffect: false);
                    if (call.Operation is not ("PutItem" or "UpdateItem" or "DeleteItem") || ++writes < at) return null;
                    dead = true;
                    return new Fault.Crash(after);
                });

                await KilledAsync(bed, () => dead, command == "set" ? ["set", "default", "--value", "900"] : ["delete", "default"]);

                bed.Cloud.Faults.Reset();
                Assert.True(dead);
                var row = await new BudgetsTable(bed.Clients.Dynamo, "BudgetSync-Budgets", bed.Caller).ReadAsync("default", CancellationToken.None);
                var isWritten = what == "deleted" ? row is null : row?.Attributes["BudgetValue"].ToString()?.Contains("900", StringComparison.Ordinal) == true;
                var entries = await bed.Ledger.EntriesAsync("default", CancellationToken.None);
                Assert.True(!isWritten || entries.Any(entry => entry.Text == $"row {what}"), $"write {at}, {(after ? "after" : "before")} its effect");
                Assert.Equal(at == 2 && after, isWritten);
                Assert.Equal(at == 2 || after, entries.Length == 1);
            }
        }
    }

    [Fact]
    public async Task A_row_that_another_edit_forestalled_has_an_entry_that_says_so()
    {
        await using var bed = await WithLedgerAsync();
        await bed.PutRowAsync("default", "500");
        var others = 0;
        bed.Cloud.Faults.OnCalls(call =>
        {
            // Between the entry and the row another person writes.
            if (call.Operation == "UpdateItem" && call.Input["TableName"]?.ToString() == "BudgetSync-Budgets" && others++ == 0)
                bed.PutRowAsync("default", "700").GetAwaiter().GetResult();
            return null;
        });

        await bed.RunAsync(["rows", "set", "default", "--value", "900", "--yes", "--undo-file", Path.Combine(folder.FullName, "left")]);

        Assert.Equal(
            [LedgerEntry.RowEdited, LedgerEntry.RowLeft], (await bed.Ledger.EntriesAsync("default", CancellationToken.None)).Select(entry => entry.What));
    }

    [Fact]
    public async Task A_deployment_that_does_not_say_that_it_has_a_ledger_is_asked_for_none()
    {
        await using var bed = await RestrictionBed.CreateAsync();

        var run = await EditAsync(bed, "set", "default", "--value", "500");

        Assert.DoesNotContain("ledger", run.Error, StringComparison.Ordinal);
        Assert.Empty(await bed.Ledger.EntriesAsync("default", CancellationToken.None));
    }

    /// <summary>A stack that says that alerts are on, and so has a ledger.</summary>
    private static async Task<RestrictionBed> WithLedgerAsync()
    {
        var bed = await RestrictionBed.CreateAsync();
        await bed.Clients.OwnSystems.PutParameterAsync(new Amazon.SimpleSystemsManagement.Model.PutParameterRequest
        {
            Name = "/BudgetSync/Stack",
            Type = "String",
            Value = """{"Channels":""}""",
        });
        return bed;
    }

    /// <summary>Once it is dead, the waits between tries pass at once.</summary>
    private async Task KilledAsync(RestrictionBed bed, Func<bool> isDead, string[] words)
    {
        var run = bed.RunAsync(["rows", .. words, "--yes", "--allow-large", "--undo-file", Path.Combine(folder.FullName, $"killed-{++edits}")]);
        while (!run.IsCompleted)
        {
            if (isDead()) bed.Time.AdvanceTo(bed.Time.GetUtcNow().AddSeconds(10));
            await Task.Yield();
        }

        Assert.NotEqual(ExitCode.Done, (await run).ExitCode);
    }

    /// <summary>The undo file of the first edit is 1, and so on.</summary>
    private async Task<ToolResult> EditAsync(RestrictionBed bed, params string[] words)
    {
        var file = Path.Combine(folder.FullName, $"{++edits}");
        bed.Time.Advance(TimeSpan.FromSeconds(1));
        var run = await bed.RunAsync(["rows", .. words, "--yes", "--allow-large", "--undo-file", file]);
        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        return run;
    }
}
