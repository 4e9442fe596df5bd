using BudgetSync.Cli.Tests.Commands.Rows.Editing;

namespace BudgetSync.Cli.Tests.Commands.Money;

/// <summary>One amount over several accounts: shown, warned of, refused, shared out.</summary>
public sealed class EnvelopesTests
{
    private const string Rows = """
        [
          { "AccountId": "222222222201", "BudgetValue": 100, "Enabled": true },
          { "AccountId": "222222222202", "Weight": 1 },
          { "AccountId": "222222222203", "Weight": 2 },
          { "AccountId": "999999999999", "Weight": 4 },
          { "AccountId": "default", "BudgetValue": 10, "Envelope": { "Amount": 1000, "Cascade": "PROPORTIONAL", "OverAllocation": "REJECT" } }
        ]
        """;

    [Fact]
    public async Task Envelopes_are_shown_as_a_table_with_their_message_as_csv_and_as_json()
    {
        await using var local = await EditedLocal.StartAsync(Rows);

        var table = await local.RunAsync("envelopes");
        Assert.Equal(ExitCode.Done, table.ExitCode);
        Assert.StartsWith("SCOPE    NAME     AMOUNT", table.Out, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^default +1,000 USD .* 130 \(13 %\) +4 +\w+$", table.Out);
        Assert.Matches(@"(?m)^Envelope default: .* of 1,000 USD spent, expected .*; allocated 130 \(13 %\) over 4 accounts\.", table.Out);

        var csv = (await local.RunAsync("envelopes", "--csv")).Out.Split('\n');
        Assert.Equal("scope,name,amount,unit,timeUnit,spent,expected,allocated,accounts,uncounted,state,problem", csv[0]);
        Assert.Matches("^default,,1000,USD,MONTHLY,[0-9.]+,[0-9.]+,130,4,0,", csv[1]);

        var json = Assert.Single((await local.RunAsync("envelopes", "--json")).JsonArray)!;
        // The worked example of Spend's page: 900 over the weights 1, 2 and 4, the cent to the largest remainder.
        Assert.Equal(
            [100m, 128.57m, 257.14m, 514.29m],
            json["shares"]!.AsArray().OrderBy(share => (decimal)share!["amount"]!).Select(share => (decimal)share!["amount"]!));
    }

    [Fact]
    public async Task Shares_are_written_as_rows_which_plan_and_import_take_and_a_second_sharing_says_the_same()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var file = local.File("shares.csv");

        var written = await local.RunAsync("envelopes", "--rows", file);
        Assert.Contains("3 rows written", written.Error, StringComparison.Ordinal);
        var plan = await local.RunAsync("plan", file);
        Assert.Contains("→ 128.57 USD a month (", plan.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("222222222201", plan.Out, StringComparison.Ordinal);
        var import = await local.RunAsync("rows", "import", file, "--yes", "--allow-large");
        Assert.True(import.ExitCode == ExitCode.Done, import.Out + import.Error);

        var again = await local.RunAsync("envelopes", "--rows", local.File("again.csv"));
        Assert.Contains("No account gets another amount", again.Error, StringComparison.Ordinal);
        Assert.Contains("allocated 1,000 (100 %) over 4 accounts", again.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_share_of_a_month_is_no_amount_of_a_budget_by_the_day()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "set", "222222222202", "--time-unit", "DAILY", "--yes", "--allow-large")).ExitCode);
        var file = local.File("shares.csv");

        var written = await local.RunAsync("envelopes", "--rows", file);
        Assert.Contains("222222222202: its budget is DAILY and the envelope MONTHLY", written.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("222222222202", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_that_allows_more_than_the_envelope_is_refused_by_plan_set_import_and_validate()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        const string refusal = "Envelope: 1,030 USD are allocated to 4 accounts under default, 30 more than the envelope's 1,000";
        using var file = new RowsOnDisk("""[{ "AccountId": "222222222201", "BudgetValue": 1000 }]""");

        var plan = await local.RunAsync("plan", file.Path);
        Assert.Equal(ExitCode.Failed, plan.ExitCode);
        Assert.Contains($"- {refusal}", plan.Out, StringComparison.Ordinal);
        foreach (var command in new string[][] { ["rows", "import", file.Path], ["rows", "set", "222222222201", "--value", "1000"] })
        {
            var run = await local.RunAsync([.. command, "--yes"]);
            Assert.Equal(ExitCode.Failed, run.ExitCode);
            Assert.Contains(refusal, run.Error, StringComparison.Ordinal);
        }

        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "set", "222222222201", "--value", "970", "--yes")).ExitCode);
        using var whole = new RowsOnDisk(Rows.Replace("\"BudgetValue\": 100,", "\"BudgetValue\": 1000,", StringComparison.Ordinal));
        var validate = await local.RunAsync("rows", "validate", whole.Path);
        Assert.Equal(ExitCode.Failed, validate.ExitCode);
        Assert.Contains($"default: {refusal}", validate.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_it_only_warns_the_edit_is_made_and_the_excess_said()
    {
        await using var local = await EditedLocal.StartAsync(Rows.Replace("REJECT", "WARN", StringComparison.Ordinal));
        var run = await local.RunAsync("rows", "set", "222222222201", "--value", "1000", "--yes", "--allow-large");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("Warning: Envelope: 1,030 USD are allocated", run.Error, StringComparison.Ordinal);
        Assert.Contains("30 more than the envelope's 1,000", (await local.RunAsync("envelopes")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_row_has_one_it_is_told_how_to_give_one()
    {
        await using var local = await EditedLocal.StartAsync("""[{ "AccountId": "222222222201", "BudgetValue": 1 }]""");
        var run = await local.RunAsync("envelopes");
        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Out));
        Assert.Contains("No row has an envelope", run.Error, StringComparison.Ordinal);
    }
}
