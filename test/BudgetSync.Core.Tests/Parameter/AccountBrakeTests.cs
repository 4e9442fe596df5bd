using System.Text.Json;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Core.Tests.Parameter;

/// <summary>
/// "A change above 10 times … needs --allow-large" (issue 11, build 9): of what accounts have, whichever row gives it. Five accounts stand below one OU, a
/// sixth at the root.
/// </summary>
public sealed class AccountBrakeTests
{
    private const string Unit = "ou-ab12-11111111";
    private const string Root = "r-ab12";
    private static readonly string[] Keys = [.. Enumerable.Range(1, 6).Select(index => $"22222222220{index}")];
    private static readonly StackDefaults Defaults = new("SpokeAccountBudget", ["finops@example.com"], "aws", null);

    private static readonly OrganizationTree Tree = new(
        [new OrganizationUnit(Root, "Root", null), new OrganizationUnit(Unit, "Workloads", Root)],
        [.. Keys.Select((key, index) => new OrganizationAccount(AccountId.Parse(key), $"team-{index}", index < 5 ? Unit : Root, Active: true))]);

    [Theory]
    [InlineData("default", """{"BudgetValue":100}""", "222222222201", """{"BudgetValue":900}""", null)]
    [InlineData(
        "default",
        """{"BudgetValue":100}""",
        "222222222201",
        """{"BudgetValue":900000000}""",
        "222222222201: 100 to 900,000,000 USD is 9,000,000 times as much")]
    [InlineData(
        "default",
        """{"BudgetValue":100}""",
        Unit,
        """{"BudgetValue":5000000}""",
        "ou-ab12-11111111: 100 to 5,000,000 USD is 50,000 times as much in 5 accounts")]
    [InlineData(
        "default",
        """{"BudgetValue":100}""",
        Unit,
        """{"BudgetName":"other"}""",
        "in 5 accounts budgets would be deleted at AWS, the first of them 222222222201")]
    [InlineData("default", """{"BudgetValue":100}""", "222222222201", """{"BudgetName":"other"}""", null)]
    [InlineData(
        "222222222201",
        """{"Budgets":[{"BudgetName":"a","BudgetValue":100}]}""",
        "222222222201",
        """{"Budgets":[{"BudgetName":"a","BudgetValue":100},{"BudgetName":"b","BudgetValue":90000000}]}""",
        "222222222201: all budgets of an account together, 1,200 to 1,080,001,200 USD is 900,001 times as much")]
    [InlineData(
        "222222222201",
        """{"Budgets":[{"BudgetName":"a","BudgetValue":100}]}""",
        "222222222201",
        """{"Budgets":[{"BudgetName":"a","BudgetValue":100},{"BudgetName":"b","BudgetValue":100}]}""",
        null)]
    [InlineData("default", """{"BudgetValue":100}""", "default", null, "in 6 accounts budgets would be deleted at AWS, the first of them 222222222201")]
    [InlineData("default", """{"BudgetValue":100,"OnDelete":"RETAIN"}""", "default", null, null)]
    [InlineData("222222222206", """{"BudgetValue":100}""", "222222222206", null, null)]
    public void What_accounts_inherit_is_judged_as_what_their_rows_say(string key, string row, string edited, string? after, string? reason)
    {
        RowImage[] table = [Row(key, row)];
        var edit = RowEdit.Of([Wanted(edited, after)], table, false, (_, _) => [], UnnamedAttributes.Go);
        Assert.Equal(reason is null ? [] : new[] { reason }, AccountBrake.Reasons(edit, table, Tree, Defaults, null));
    }

    [Fact]
    public void An_account_that_goes_back_to_what_it_inherits_is_judged_by_that()
    {
        RowImage[] table = [Row("default", """{"BudgetValue":100}"""), Row(Unit, """{"BudgetValue":5000000}""")];
        var edit = RowEdit.Of([Wanted(Unit, null)], table, false, (_, _) => [], UnnamedAttributes.Go);
        Assert.Equal(
            "ou-ab12-11111111: 5,000,000 to 100 USD is a 50,000th in 5 accounts",
            Assert.Single(AccountBrake.Reasons(edit, table, Tree, Defaults, null)));
        // Where the organization cannot be read, nobody that it reaches is known.
        Assert.Empty(AccountBrake.Reasons(edit, table, OrganizationTree.None, Defaults, null));
    }

    private static WantedRow Wanted(string key, string? row) => new(key, row is null ? null : Row(key, row), "", []);

    private static RowImage Row(string key, string json)
    {
        using var document = JsonDocument.Parse(json);
        var row = RowJson.ReadRow(document.RootElement)!; // The texts here are objects.
        return new RowImage(row.Attributes.Items.SetItem("AccountId", new RowValue.Text(key)));
    }
}
