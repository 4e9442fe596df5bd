using System.Collections.Immutable;
using System.Text.Json;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;
using BudgetSync.Core.Tests.Generators;

namespace BudgetSync.Core.Tests.Rows.Editing;

public sealed class RowEditTests
{
    private const string A = "222222222201";
    private const string B = "222222222202";
    private const string C = "222222222203";
    private static readonly StackDefaults Defaults = new("SpokeAccountBudget", ["finops@example.com"], "aws", null);

    [Fact]
    public void Each_row_is_added_changed_removed_unchanged_or_rejected()
    {
        var table = new[] { Row(A, """{"BudgetValue":1}"""), Row(B, """{"BudgetValue":2}"""), Row(C, """{"BudgetValue":3}""") };
        var edit = RowEdit.Of(
            [Wanted(A, """{"BudgetValue":"1.00"}"""), Wanted(B, """{"BudgetValue":20}"""), Wanted("default", """{"BudgetValue":7}"""),
                new WantedRow("22", Row("22", "{}"), "line 5", ["wrong"])],
            table,
            prune: true,
            (_, _) => [], UnnamedAttributes.Go);
        Assert.Equal(
            [(A, RowChangeKind.Unchanged), (B, RowChangeKind.Changed), ("default", RowChangeKind.Added), ("22", RowChangeKind.Rejected),
                (C, RowChangeKind.Removed)],
            edit.Changes.Select(change => (change.Key, change.Kind)));
        Assert.Equal(new RowTotal("USD", TimeUnit.MONTHLY, 6, 21), Assert.Single(RowTotal.Of(edit, table, Defaults)));
    }

    [Fact]
    public void Without_prune_rows_that_nobody_names_stay() =>
        Assert.Empty(RowEdit.Of([], [Row(A, """{"BudgetValue":1}""")], prune: false, (_, _) => [], UnnamedAttributes.Go).Changes);

    [Fact]
    public void A_row_that_the_judge_refuses_stays_as_it_is_and_one_that_stays_is_not_judged()
    {
        var table = new[] { Row(A, """{"BudgetValue":1}""") };
        var edit = RowEdit.Of(
            [Wanted(A, """{"BudgetValue":1}"""), Wanted(B, """{"BudgetValue":-1}""")],
            table,
            prune: false,
            (row, then) => row.Key == B && then.Count == 2 ? ["no"] : [],
            UnnamedAttributes.Go);
        Assert.Equal([RowChangeKind.Unchanged, RowChangeKind.Rejected], edit.Changes.Select(change => change.Kind));
        Assert.Null(edit.Changes[1].After);
        Assert.Single(edit.Then(table));
    }

    [Theory]
    [InlineData(UnnamedAttributes.Go, "")]
    [InlineData(UnnamedAttributes.OwnStay, "Note,x-team")]
    [InlineData(UnnamedAttributes.Stay, "Note,Thresholds,x-team")]
    public void Attributes_that_no_row_asked_for_has_stay_or_go_as_the_caller_says(UnnamedAttributes unnamed, string stay)
    {
        RowImage[] table = [Row(A, """{"BudgetValue":1,"Thresholds":80,"Note":"n","x-team":"t","Unit":"USD"}""")];
        var edit = RowEdit.Of(
            [Wanted(A, """{"BudgetValue":2}"""), Wanted(B, """{"BudgetValue":2,"Unit":"USD"}""")],
            table,
            prune: false,
            (_, _) => [],
            unnamed);
        // Not null: a row was asked for.
        var left = edit.Changes[0].After!.Attributes.Keys.Where(name => name is not ("AccountId" or "BudgetValue"));
        Assert.Equal(stay, string.Join(',', left));
    }

    [Fact]
    public void What_is_asked_for_in_another_spelling_keeps_the_tables_own()
    {
        var before = Row(A, """{"BudgetValue":"1500.50","Thresholds":[90,80],"ChangedBy":"jane","Note":5}""");
        var change = RowEdit.Of([Wanted(A, """{"BudgetValue":2,"Thresholds":"80, """
            + """90","Note":"5","ChangedBy":"mallory"}""")], [before], false, (_, _) => [], UnnamedAttributes.Go)
            .Changes[0];
        Assert.Equal("BudgetValue", Assert.Single(change.Attributes).Name);
        Assert.True(RowEquivalence.SameItem(Row(A, """{"BudgetValue":2,"Thresholds":[90,80],"ChangedBy":"jane","Note":5}"""), change.After!));
    }

    [Fact]
    public void An_edit_to_what_there_is_already_writes_nothing_and_one_carried_out_is_what_was_asked_for() => Property.ForAllSeeds(random =>
    {
        var row = RandomRows.Valid(random, A);
        var (before, same) = (RandomRows.Image(row), RandomRows.Image(RandomRows.Respell(random, row)));
        Assert.Empty(RowEdit.Of([new WantedRow(A, before, "", [])], [before], true, (_, _) => [], UnnamedAttributes.Go).Writes);

        var other = RandomRows.Image(RandomRows.Valid(random, A));
        var edit = RowEdit.Of([new WantedRow(A, other, "", [])], [same], true, (_, _) => [], UnnamedAttributes.Go);
        Assert.True(RowEquivalence.SameRow(other, edit.Then([same])[A]));
    });

    [Theory]
    [InlineData("Thresholds", "[80,\"100 FORECASTED\"]", "\"80, 100 FORECASTED\"", true)]
    [InlineData("Thresholds", "90", "\"90\"", true)]
    [InlineData("Thresholds", "[80]", "[90]", false)]
    [InlineData("Thresholds", "\"80 ACTUAL\"", "\"80 FORECASTED\"", false)]
    [InlineData("EmailRecipients", "[\"a@x.com\",\"b@x.com\"]", "\"b@x.com, a@x.com\"", true)]
    [InlineData("EmailRecipients", "[]", "\"a@x.com\"", false)]
    [InlineData("BudgetValue", "1500.50", "\"1500.5\"", true)]
    [InlineData("BudgetValue", "\"1,5\"", "1.5", false)]
    [InlineData("BudgetName", "\"a\"", "\"b\"", false)]
    [InlineData("CostFilters", "{\"Service\":[\"a\"]}", "{\"Service\":[\"a\"]}", true)]
    [InlineData("CostFilters", "{\"Service\":[\"a\"]}", "{\"Service\":[\"b\"]}", false)]
    [InlineData("Note", "5", "\"5\"", true)]
    [InlineData("x-team", "{\"a\":1}", "\"{ \\\"a\\\": 1.0 }\"", true)]
    [InlineData("x-team", "\"a\"", "\"A\"", false)]
    [InlineData("x-center", "\"00420\"", "420", false)]
    [InlineData("x-version", "\"1.10\"", "\"1.1\"", false)]
    [InlineData("x-flag", "true", "\"TRUE\"", true)]
    [InlineData("x-owners", "[\"a\",\"b\"]", "\"a, b\"", true)]
    [InlineData("x-owners", "[\"a\",\"b\"]", "[\"a, b\"]", false)]
    [InlineData("x-owners", "[\"a\",\"b\"]", "\"b, a\"", false)]
    [InlineData("x-json", "\"{\\\"a\\\":1}\"", "\"{\\\"a\\\":1.0}\"", false)]
    public void Spellings_of_one_attribute_are_told_from_other_values(string name, string one, string other, bool same)
    {
        using var document = JsonDocument.Parse($"[{one},{other}]");
        var (left, right) = (RowJson.Read(document.RootElement[0]), RowJson.Read(document.RootElement[1]));
        Assert.Equal((same, same), (RowEquivalence.SameAttribute(name, left, right), RowEquivalence.SameAttribute(name, right, left)));
    }

    [Theory]
    [InlineData("""{"BudgetValue":120}""", """{"BudgetValue":120000000}""", "222222222201: 120 to 120,000,000 USD is 1,000,000 times as much")]
    [InlineData("""{"BudgetValue":1500}""", """{"BudgetValue":1.5}""", "222222222201: 1,500 to 1.50 USD is a 1,000th")]
    [InlineData("""{"BudgetValue":120}""", """{"BudgetValue":1200}""", null)]
    [InlineData("""{"BudgetValue":120}""", """{"BudgetValue":12000,"TimeUnit":"ANNUALLY"}""", null)]
    [InlineData(
        """{"BudgetValue":1500}""",
        """{"BudgetValue":1,"TimeUnit":"ANNUALLY"}""",
        "222222222201: 1,500 USD (MONTHLY) to 1 USD (ANNUALLY) is a 18,000th")]
    public void A_jump_of_more_than_ten_times_needs_a_second_word(string before, string after, string? reason)
    {
        RowImage[] table = [Row(A, before)];
        var edit = RowEdit.Of([Wanted(A, after)], table, false, (_, _) => [], UnnamedAttributes.Go);
        Assert.Equal(reason is null ? [] : new[] { reason }, RowBrake.Reasons(edit, table, Defaults, null));
    }

    [Fact]
    public void New_names_of_many_budgets_need_one_too()
    {
        RowImage[] table = [.. Enumerable.Range(10, 5).Select(index => Row($"2222222222{index}", """{"BudgetValue":1,"BudgetName":"a"}"""))];
        ImmutableArray<string> Reasons(int rows, string after) => RowBrake.Reasons(
            RowEdit.Of([.. table.Take(rows).Select(row => Wanted(row.Key, after))], table, false, (_, _) => [], UnnamedAttributes.Go),
            table,
            Defaults,
            null);
        Assert.Empty(Reasons(3, """{"BudgetValue":1,"BudgetName":"b"}"""));
        // More budgets in a row are no other names of those that it had.
        Assert.Empty(Reasons(5, """{"Budgets":[{"BudgetValue":1,"BudgetName":"a"},{"BudgetValue":1,"BudgetName":"b"}]}"""));
        Assert.Equal(
            "4 rows rename their budgets (222222222210: \"a\" to \"b\"), and AWS Budgets knows a new name as a new budget, without the history and alerts of "
                + "the old one",
            Assert.Single(Reasons(4, """{"BudgetValue":1,"BudgetName":"b"}""")));
        RowImage[] everybody = [Row("default", """{"BudgetValue":1,"BudgetName":"a"}""")];
        var one = RowEdit.Of([Wanted("default", """{"BudgetValue":1}""")], everybody, false, (_, _) => [], UnnamedAttributes.Go);
        Assert.StartsWith(
            "1 row renames its budget (default: \"a\" to the inherited name)",
            Assert.Single(RowBrake.Reasons(one, everybody, Defaults, null)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_total_above_the_largest_and_the_loss_of_most_rows_need_one_too()
    {
        RowImage[] table = [.. Enumerable.Range(10, 20).Select(index => Row($"2222222222{index}", """{"BudgetValue":1}"""))];
        var more = RowEdit.Of([Wanted(table[0].Key, """{"BudgetValue":9}""")], table, false, (_, _) => [], UnnamedAttributes.Go);
        Assert.Empty(RowBrake.Reasons(more, table, Defaults, 28));
        Assert.Equal(
            "all rows together would ask for 28 USD (MONTHLY), more than 27",
            Assert.Single(RowBrake.Reasons(more, table, Defaults, 27)));
        var fewer = RowEdit.Of([Wanted(table[0].Key, """{"BudgetValue":1}""")], table, true, (_, _) => [], UnnamedAttributes.Go);
        Assert.Equal("19 of 20 rows would be removed", Assert.Single(RowBrake.Reasons(fewer, table, Defaults, null)));
        // Ten of twelve: the table of somebody who tries it.
        var small = table[..12];
        var few = RowEdit.Of([.. small[..2].Select(row => Wanted(row.Key, """{"BudgetValue":1}"""))], small, true, (_, _) => [], UnnamedAttributes.Go);
        Assert.Equal("10 of 12 rows would be removed", Assert.Single(RowBrake.Reasons(few, small, Defaults, null)));
    }

    [Fact]
    public void Who_writes_a_row_when_and_why_is_put_on_it_and_an_older_reason_goes()
    {
        var at = new DateTimeOffset(2026, 1, 31, 13, 0, 0, TimeSpan.FromHours(1));
        var row = new RowProvenance("arn:aws:iam::999999999999:user/jane", at, null).On(Row(A, """{"BudgetValue":1,"Reason":"old"}"""));
        Assert.Equal(("arn:aws:iam::999999999999:user/jane", "2026-01-31T12:00:00.000Z", ""), RowProvenance.Of(row));
    }

    private static WantedRow Wanted(string key, string json) => new(key, Row(key, json), "", []);

    private static RowImage Row(string key, string json)
    {
        using var document = JsonDocument.Parse(json);
        var row = RowJson.ReadRow(document.RootElement)!; // The texts here are objects.
        return new RowImage(row.Attributes.Items.SetItem("AccountId", new RowValue.Text(key)));
    }
}
