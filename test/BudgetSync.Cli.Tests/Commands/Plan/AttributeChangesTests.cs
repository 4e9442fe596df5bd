using System.Text.Json;
using BudgetSync.Cli.Commands.Plan;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Cli.Commands.Rows.Editing;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Tests.Commands.Plan;

/// <summary>A plan tells of every attribute of a row that an import would change, also of those that make no budget.</summary>
public sealed class AttributeChangesTests
{
    private const string Before = """
        "BudgetValue":10,"Notify":["finops"],"Responses":[{"At":"Over","Do":"NOTIFY"}],"Note":"ask the owner","OnDelete":"REVERT","Weight":1
        """;

    [Theory]
    [InlineData("\"Notify\":[\"finops\"]", "\"Notify\":[\"finops\",\"pager Critical\"]", "Notify: finops → finops, pager Critical")]
    [InlineData("\"Notify\":[\"finops\"],", "", "Notify: finops → none")]
    [InlineData("\"At\":\"Over\"", "\"At\":\"Critical\"", "Responses: ")]
    [InlineData("\"Note\":\"ask the owner\"", "\"Note\":\"ask nobody\"", "Note: ask the owner → ask nobody")]
    [InlineData("\"Weight\":1", "\"Weight\":2", "Weight: 1 → 2")]
    [InlineData("\"REVERT\"", "\"DELETE\"", "OnDelete: REVERT → DELETE")]
    [InlineData("\"Weight\":1", "\"Weight\":1,\"Snooze\":{\"Until\":\"2026-12-01\",\"Why\":\"a move\"}", "Snooze: none → ")]
    public void What_is_no_budget_is_told_of_the_account_it_bears_on(string old, string edited, string change)
    {
        var line = Assert.Single(Plan(Row("222222222201", Before), Row("222222222201", Before.Replace(old, edited, StringComparison.Ordinal))));

        Assert.Equal(ImportChange.Update, line.Change);
        Assert.StartsWith(change, Assert.Single(line.Details), StringComparison.Ordinal);
    }

    [Fact]
    public void An_envelope_is_told_of_the_row_it_stands_in()
    {
        var lines = Plan(Row("default", "\"BudgetValue\":10"), Row("default", "\"BudgetValue\":10,\"Envelope\":{\"Amount\":100}"));

        Assert.Equal(["default Update"], lines.Select(line => $"{line.Key} {line.Change}"));
        Assert.StartsWith("Envelope: none → ", Assert.Single(lines[0].Details), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_in_another_spelling_is_no_change() =>
        Assert.Equal(
            ImportChange.None,
            Assert.Single(Plan(
                Row("222222222201", "\"BudgetValue\":10,\"Notify\":[\"finops\",\"pager\"]"),
                Row("222222222201", "\"BudgetValue\":10,\"Notify\":\"finops, pager\""))).Change);

    /// <summary>A file without a column for notes does not speak of them: the import leaves a note alone, and so the plan does not tell of one.</summary>
    [Fact]
    public void A_note_that_the_file_has_no_column_for_stays() =>
        Assert.Equal(
            ImportChange.None,
            Assert.Single(Plan(Row("222222222201", "\"BudgetValue\":10,\"Note\":\"ask Bob\""), Row("222222222201", "\"BudgetValue\":10"))).Change);

    private static IReadOnlyList<ImportLine> Plan(RowImage now, RowImage then)
    {
        var defaults = new StackDefaults("SpokeAccountBudget", ["finops@example.com"], "aws", null);
        var rows = new StackRows([now], OrganizationTree.None, defaults, Responds: true, MetersModels: true);
        RowEntry[] file = [new RowEntry(then, "line 1", [])];
        return ImportPlan.Of(file, ImportEdit.Of(file, rows), rows, DateTimeOffset.UnixEpoch, AccountLook.None);
    }

    private static RowImage Row(string key, string members)
    {
        using var document = JsonDocument.Parse($"{{\"AccountId\":\"{key}\",{members}}}");
        return RowJson.ReadRow(document.RootElement)!;
    }
}
