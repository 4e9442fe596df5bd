using BudgetSync.LocalAws.Organizations;

namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

/// <summary>Rows that stand for many accounts: whom they reach, in waves and in a wait.</summary>
public sealed class WideRowTests
{
    private const string Members = "ou-local-00000001";
    private static readonly string[] Keys = [.. Enumerable.Range(1, 5).Select(index => $"22222222220{index}")];

    [Fact]
    public async Task A_row_for_an_OU_is_waited_for_in_each_account_it_covers()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        var run = await local.RunAsync("rows", "set", Members, "--value", "9", "--threshold", "70", "--yes", "--wait");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("5 of 5 accounts applied.", run.Error, StringComparison.Ordinal);
        // The accounts' own rows keep their amount and inherit the rest.
        Assert.Equal(["SpokeAccountBudget 1 70: finops@example.com"], await local.Local.BudgetsAsync(Keys[0]));

        var deleted = await local.RunAsync(["rows", "delete", .. Keys, "--yes", "--allow-large", "--wait"]);
        Assert.Contains($"OnDelete REVERT: the account goes over to the row of {Members}", deleted.Out, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Done, true), (deleted.ExitCode, deleted.Error.Contains("5 of 5 accounts applied.", StringComparison.Ordinal)));
        Assert.Equal(["SpokeAccountBudget 9 70: finops@example.com"], await local.Local.BudgetsAsync(Keys[4]));

        var refused = await local.RunAsync("rows", "delete", Members, "--yes", "--wait");
        Assert.Contains("in 5 accounts budgets would be deleted at AWS, the first of them 222222222201", refused.Error, StringComparison.Ordinal);
        var gone = await local.RunAsync("rows", "delete", Members, "--yes", "--allow-large", "--wait");
        Assert.Contains("each of its 5 accounts goes over to the row above it", gone.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, gone.ExitCode);
        Assert.Empty(await local.Local.BudgetsAsync(Keys[4]));
    }

    /// <summary>What an account has until now stands in the row that it inherits: by its own row it may move as far.</summary>
    [Fact]
    public async Task An_amount_far_from_the_inherited_one_is_shown_with_it_and_needs_a_second_word()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(["default", .. Keys[1..]]));
        var file = local.File("rows.csv", $"AccountId,BudgetValue\n{Keys[0]},900\n");
        var refused = await local.RunAsync("rows", "import", file, "--yes");
        Assert.Contains("added     1 USD a month (inherited) → 900 USD a month", refused.Out, StringComparison.Ordinal);
        Assert.Contains($"{Keys[0]}: 1 to 900 USD is 900 times as much", refused.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failed, refused.ExitCode);
        Assert.Contains("--allow-large", (await local.RunAsync("plan", file)).Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "import", file, "--yes", "--allow-large")).ExitCode);
    }

    [Fact]
    public async Task A_row_of_an_account_that_is_not_there_fails_no_wait()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        var file = local.File("rows.csv", $"AccountId,BudgetValue\n{Keys[0]},2\n222222222277,2\n");
        // The second time nothing is written, and the organization need not be read for it.
        foreach (var of in new[] { "1 of 1 account applied.", "Nothing was written." })
        {
            var run = await local.RunAsync("rows", "import", file, "--yes", "--wait");
            Assert.Contains("222222222277  Orphan: the organization has no such account", run.Error, StringComparison.Ordinal);
            Assert.Contains(of, run.Error, StringComparison.Ordinal);
            Assert.Equal(ExitCode.Done, run.ExitCode);
        }
    }

    [Fact]
    public async Task A_row_that_reaches_more_accounts_than_a_wave_may_is_left_for_a_later_one()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        var file = local.File("rows.csv", $"AccountId,BudgetValue\n{Members},9\n{Keys[0]},2\n{Keys[1]},2\n");
        var run = await local.RunAsync("rows", "import", file, "--yes", "--waves", "2,rest");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("Wave 1 of 2: 2 rows for 2 accounts\n2 of 2 accounts applied.\nWave 2 of 2: 1 row for 5 accounts\n5 of "
            + "5", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disabled_row_is_waited_for_until_the_account_is_let_go()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        var run = await local.RunAsync("rows", "set", Keys[0], "--enabled", "false", "--yes", "--wait");
        Assert.Equal((ExitCode.Done, true), (run.ExitCode, run.Error.Contains("1 of 1 account applied.", StringComparison.Ordinal)));
        Assert.Equal(["SpokeAccountBudget 1 90: finops@example.com"], await local.Local.BudgetsAsync(Keys[0]));
    }

    /// <summary>The result of a run has line feeds for the carriage returns that the bar is drawn with.</summary>
    [Fact]
    public async Task How_far_a_long_edit_is_is_drawn_over_itself_on_a_terminal_and_taken_away_at_the_end()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        var run = await local.RunAsync(
            terminal => terminal with { DrawsProgress = true },
            CancellationToken.None,
            "rows", "set", "--all", "--value", "+1", "--yes", "--wait");
        Assert.Contains("\n[########################] 5 of 5 rows written", run.Error, StringComparison.Ordinal);
        Assert.Contains("] 5 of 5 accounts applied", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("\n5 of 5 accounts applied.\n5 rows written.\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_left_the_organization_keeps_no_edit_waiting_for_ever()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        local.Cloud.Organizations.Suspend(Keys[0]);
        var unit = local.Cloud.Organizations.AddOrganizationalUnit(OrganizationsService.RootId, "Empty");
        var run = await local.RunAsync("rows", "set", Members, "--value", "9", "--yes", "--wait");
        Assert.Equal((ExitCode.Done, true), (run.ExitCode, run.Error.Contains("4 of 4 accounts applied.", StringComparison.Ordinal)));
        var empty = await local.RunAsync("rows", "set", unit, "--value", "9", "--yes", "--wait");
        Assert.Equal((ExitCode.Done, true), (empty.ExitCode, empty.Error.Contains("1 row written.", StringComparison.Ordinal)));
    }

    /// <summary>Regression: where no row is for an OU, an edit that named no row did not read whom <c>default</c> covers, and counted nobody.</summary>
    [Fact]
    public async Task The_row_of_default_reaches_its_accounts_also_where_an_edit_names_no_row()
    {
        await using var local = await EditedLocal.StartAsync("""
            [ { "AccountId": "222222222201", "BudgetValue": 1 }, { "AccountId": "222222222202", "BudgetValue": 2 },
              { "AccountId": "default", "BudgetValue": 3 } ]
            """);
        // The two and the management account, which has no spoke's role.
        var run = await local.RunAsync("rows", "set", "--all", "--value", "+1", "--yes", "--waves", "2,rest", "--stop-at", "0");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("inherited by 3 of the 3 accounts it covers", run.Out, StringComparison.Ordinal);
        Assert.Contains(
            "Wave 1 of 2: 2 rows for 2 accounts\n2 of 2 accounts applied.\nWave 2 of 2: 1 row for 3 accounts\n2 of 3",
            run.Error,
            StringComparison.Ordinal);

        var file = local.File("rows.csv", "AccountId,BudgetValue\n222222222201,2\n222222222202,3\n");
        var pruned = await local.RunAsync("rows", "import", file, "--prune", "--yes", "--wait");
        Assert.Contains("each of its 3 accounts goes over to the row above it", pruned.Out, StringComparison.Ordinal);
        Assert.Contains("of 3 accounts applied.", pruned.Error, StringComparison.Ordinal);
    }
}
