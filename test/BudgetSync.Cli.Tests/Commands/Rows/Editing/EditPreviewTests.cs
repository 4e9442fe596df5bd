namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

/// <summary>What an edit does at AWS is said before it is made, also where the row's own words do not say it.</summary>
public sealed class EditPreviewTests
{
    private const string A = "222222222201";

    private const string Rows = """
        [
          { "AccountId": "default", "BudgetValue": 5 },
          { "AccountId": "222222222201", "BudgetValue": 1000 },
          { "AccountId": "222222222202", "BudgetValue": 7 }
        ]
        """;

    [Fact]
    public async Task A_renamed_budget_is_said_to_start_over_at_AWS()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var run = await local.RunAsync("rows", "set", A, "--name", "Payments", "--yes");
        Assert.Contains(
            "    the budget \"SpokeAccountBudget\" at AWS is deleted and the budget \"Payments\" is made new: history and calculated spend start over\n",
            run.Out,
            StringComparison.Ordinal);
        Assert.Contains("Budgets of 1 account are deleted at AWS: their history and calculated spend start over.", run.Out, StringComparison.Ordinal);

        // That is what happens.
        await local.Cloud.Work.WhenIdleAsync();
        Assert.StartsWith("Payments 1000 90: ", Assert.Single(await local.Local.BudgetsAsync(A)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renamed_budget_of_a_row_above_is_counted_over_the_accounts_that_inherit_the_name()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var run = await local.RunAsync("rows", "import", "--merge", local.File("rows.csv", "AccountId,BudgetName\ndefault,Company\n"));
        Assert.Matches("in [0-9]+ accounts the budget \"SpokeAccountBudget\" at AWS is deleted and the budget \"Company\" is made new", run.Out);
    }

    [Fact]
    public async Task A_value_is_whole_where_no_person_reads_it()
    {
        var addresses = string.Join(", ", Enumerable.Range(1, 6).Select(number => $"somebody-{number}@example.com"));
        await using var local = await EditedLocal.StartAsync(Rows);
        string[] command = ["rows", "import", "--merge", local.File("rows.csv", $"AccountId,x-Owners\n{A},\"{addresses}\"\n")];
        Assert.Contains(addresses, (await local.RunAsync(command)).Out, StringComparison.Ordinal);
        var screen = await local.RunAsync(terminal => terminal with { Width = 300 }, CancellationToken.None, command);
        Assert.Contains("somebody-1@example.com", screen.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(addresses, screen.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_amount_whose_period_changes_is_shown_with_both_periods()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var run = await local.RunAsync("rows", "set", A, "--time-unit", "DAILY", "--allow-large");
        Assert.Contains("222222222201  changed   1,000 USD a month → 1,000 USD a day\n", run.Out, StringComparison.Ordinal);
        Assert.Contains(
            "the budget \"SpokeAccountBudget\" becomes DAILY COST (it was MONTHLY COST); where AWS does not change that in place, it is deleted and made new",
            run.Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_that_keeps_names_and_periods_says_nothing_of_a_loss()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var run = await local.RunAsync("rows", "set", "--all", "--value", "+10%");
        Assert.DoesNotContain("start over", run.Out, StringComparison.Ordinal);
    }
}
