namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

/// <summary><c>--add-email</c> and <c>--remove-email</c> mean who is told, in whichever place of a row or above it the address stands.</summary>
public sealed class RecipientEditTests
{
    private const string A = "222222222201";
    private const string B = "222222222202";

    private const string Rows = """
        [
          { "AccountId": "222222222201", "BudgetValue": 1 },
          { "AccountId": "222222222202", "BudgetValue": 2, "AddEmailRecipients": "bob@b.c, eve@b.c",
            "Thresholds": [80, { "Threshold": 90, "EmailRecipients": ["bob@b.c", "ann@b.c"] }] },
          { "AccountId": "ou-local-00000001", "AddEmailRecipients": "ou@b.c" },
          { "AccountId": "default", "BudgetValue": 3, "EmailRecipients": "all@b.c", "AddEmailRecipients": "more@b.c" }
        ]
        """;

    /// <summary>Regression: the list of its own left out whom rows above add, and said that it has those it inherited.</summary>
    [Fact]
    public async Task Who_is_added_above_is_told_as_before_by_a_row_that_gets_a_list_of_its_own()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        Assert.Equal(["SpokeAccountBudget 1 90: all@b.c more@b.c ou@b.c"], await local.Local.BudgetsAsync(A));
        var run = await local.RunAsync("rows", "set", A, "--add-email", "new@b.c", "--yes", "--wait");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("with those it inherited", run.Error, StringComparison.Ordinal);
        Assert.Equal(["SpokeAccountBudget 1 90: all@b.c more@b.c new@b.c ou@b.c"], await local.Local.BudgetsAsync(A));

        var less = await local.RunAsync("rows", "set", A, "--remove-email", "ou@b.c", "--yes", "--wait");
        Assert.Equal(ExitCode.Done, less.ExitCode);
        Assert.Equal(["SpokeAccountBudget 1 90: all@b.c more@b.c new@b.c"], await local.Local.BudgetsAsync(A));
    }

    /// <summary>Regression: it ended 0, and the row's AddEmailRecipients and its thresholds went on telling the address.</summary>
    [Fact]
    public async Task An_address_goes_from_every_place_of_the_row_and_comes_to_every_threshold()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "set", B, "--remove-email", "bob@b.c", "--yes", "--wait")).ExitCode);
        Assert.Equal(
            """{"AddEmailRecipients":"eve@b.c","BudgetValue":2,"Thresholds":[80,{"EmailRecipients":["ann@b.c"],"Threshold":90}]}""",
            (await local.RowsAsync())[B]);
        var run = await local.RunAsync("rows", "set", "--all", "--add-email", "new@b.c", "--yes");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        await local.Cloud.Work.WhenIdleAsync();
        Assert.Equal(["SpokeAccountBudget 2 80: all@b.c eve@b.c more@b.c new@b.c ou@b.c; 90: ann@b.c new@b.c"], await local.Local.BudgetsAsync(B));
        Assert.DoesNotContain("\"EmailRecipients\":\"", (await local.RowsAsync())[B], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_address_that_a_row_adds_takes_the_attribute_with_it_and_whom_rows_above_add_stay()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var run = await local.RunAsync("rows", "set", B, "--remove-email", "bob@b.c", "--remove-email", "eve@b.c", "--yes", "--wait");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.DoesNotContain("AddEmailRecipients", (await local.RowsAsync())[B], StringComparison.Ordinal);
        Assert.Equal(["SpokeAccountBudget 2 80: all@b.c more@b.c ou@b.c; 90: ann@b.c"], await local.Local.BudgetsAsync(B));
    }

    [Fact]
    public async Task What_is_nowhere_to_be_taken_away_or_stands_in_a_threshold_above_is_said()
    {
        await using var local = await EditedLocal.StartAsync(Rows.Replace(
            "\"AddEmailRecipients\": \"ou@b.c\"",
            "\"Thresholds\": [{ \"Threshold\": 70, \"EmailRecipients\": \"ou@b.c\" }]",
            StringComparison.Ordinal));
        var run = await local.RunAsync("rows", "set", A, "--remove-email", "nobody@b.c", "--yes");
        Assert.Contains("--remove-email: nobody@b.c is told by none of these rows, so there is nothing to take away.", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 unchanged", run.Out, StringComparison.Ordinal);
        var added = await local.RunAsync("rows", "set", A, "--add-email", "new@b.c", "--yes");
        Assert.Contains(
            "Thresholds with recipients of their own tell those alone, and 1 row inherits such: 222222222201. They stay as they are; change the row they "
                + "stand in (ou-local-00000001)",
            added.Error,
            StringComparison.Ordinal);
    }
}
