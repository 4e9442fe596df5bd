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
