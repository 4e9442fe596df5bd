using System.Text.Json;
using BudgetSync.Cli.Commands.Rows.Editing;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

/// <summary>A row that lets suspensions by budgets of models begin in many accounts needs a second word.</summary>
public sealed class ArmedAccountsTests
{
    private static readonly string Rows = EditedLocal.RowsOf(["222222222201", "222222222202", "222222222203", "default"]);

    private const string Default = """[{ "AccountId": "default", "BudgetValue": 1, "Ai": { "Default": { "Mode": "ARMED" } } }]""";

    private const string One = """[{ "AccountId": "222222222201", "BudgetValue": 1, "Ai": { "Default": { "Mode": "ARMED" } } }]""";

    [Fact]
    public async Task Arming_the_whole_organization_writes_nothing_without_allow_large()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var file = local.File("rows.json", Default);

        var plan = await local.RunAsync("plan", file);
        var refused = await local.RunAsync("rows", "import", file, "--yes");
        var before = await local.RowsAsync();
        var allowed = await local.RunAsync("rows", "import", file, "--yes", "--allow-large");

        Assert.Matches(@"Suspensions by budgets of models would begin in \d+ accounts\.\n", plan.Out);
        Assert.Matches(
            "The import will need --allow-large: it lets suspensions by budgets of models begin in 4 accounts \\(222222222201: each principal: never "
                + "suspended → suspended after 5m, but no role, which others may use: the row does not say Shared\\)",
            string.Join(' ', plan.Out.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(ExitCode.Failed, refused.ExitCode);
        Assert.Contains("this is larger than edits usually are: it lets suspensions by", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ARMED", before["default"], StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, allowed.ExitCode);
        Assert.Contains("ARMED", (await local.RowsAsync())["default"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_account_is_told_of_and_needs_no_second_word()
    {
        await using var local = await EditedLocal.StartAsync(Rows);

        var run = await local.RunAsync("rows", "import", local.File("rows.json", One), "--yes");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("Suspensions by budgets of models would begin in 1 account.", run.Out, StringComparison.Ordinal);
    }

    /// <summary>What begins in accounts that nobody can count is large.</summary>
    [Theory]
    [InlineData(
        "default",
        "it lets suspensions by budgets of models begin in accounts that cannot be counted (each principal: never suspended → suspended after 5m, but no "
            + "role, which others may use: the row does not say Shared)")]
    [InlineData("222222222201", null)]
    public void Where_the_organization_cannot_be_read_a_row_for_many_needs_the_second_word(string key, string? reason)
    {
        var rows = new StackRows([Row(key, null)], OrganizationTree.None, new StackDefaults("ours", ["finops@example.com"], "aws", null), null, null);
        var edit = RowEdit.Of(
            [new WantedRow(key, Row(key, "ARMED"), "", [])], rows.Table, prune: false, (_, _) => [], UnnamedAttributes.Stay);

        Assert.Equal(reason, ArmedAccounts.Of(edit, rows).Reason);
    }

    private static RowImage Row(string key, string? mode)
    {
        var ai = mode is null ? "" : $$$"""
            ,"Ai":{"Default":{"Mode":"{{{mode}}}"}}
            """;
        using var document = JsonDocument.Parse($"{{\"AccountId\":\"{key}\",\"BudgetValue\":1{ai}}}");
        return RowJson.ReadRow(document.RootElement)!; // It is an object.
    }
}
