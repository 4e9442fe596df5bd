using System.Text;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Tests.Generators;

namespace BudgetSync.Core.Tests.Rows;

public sealed class RowPropertyTests
{
    [Fact]
    public void Every_generated_row_is_taken() => Property.ForAllSeeds(random => Taken(random));

    [Fact]
    public void What_a_document_says_is_what_was_written_into_it() => Property.ForAllSeeds(random =>
    {
        var desired = Taken(random);
        var read = Assert.IsType<ParsedDocument.Read>(ParameterDocument.Parse(desired.Parameter.Document, Given.Account, Elsewhere));

        Assert.Equal(desired.Budgets, read.Budgets);
        Assert.Equal(desired.Parameter.Revision, read.Revision);
        Assert.Equal(desired.Parameter.Document, ParameterDocument.Format(read.Budgets));
    });

    [Fact]
    public void Equal_meaning_has_equal_revision() => Property.ForAllSeeds(random =>
    {
        var row = RandomRows.Valid(random, Given.Account.Value);
        var respelt = RandomRows.Respell(random, row);

        Assert.Equal(Resolve(row.ToJsonString()).Parameter.Document, Resolve(respelt.ToJsonString()).Parameter.Document);
    });

    [Fact]
    public void A_broken_row_has_at_least_one_problem_and_never_throws() => Property.ForAllSeeds(random =>
    {
        var broken = RandomRows.Image(BrokenRows.Break(random, RandomRows.Valid(random, Given.Account.Value)));

        var resolution = Resolver.Resolve(Given.Account, [broken], Given.Defaults);
        Assert.NotEmpty(Assert.IsType<Resolution.Rejected>(resolution).Reasons);
        Assert.All(((Resolution.Rejected)resolution).Reasons, reason => Assert.Contains(": ", reason, StringComparison.Ordinal));
    });

    [Fact]
    public void Garbage_never_throws() => Property.ForAllSeeds(random =>
    {
        var rows = Enumerable.Range(0, random.Next(1, 4)).Select(_ => GarbageRows.Row(random)).ToArray();

        Assert.NotNull(Resolver.Resolve(Given.Account, [.. rows], Given.Defaults));
        Assert.All(rows, row => Assert.False(RowCheck.Problems(row, Given.Defaults).IsDefault));
        Assert.NotNull(ParameterDocument.Parse(GarbageRows.Text(random), Given.Account, Given.Defaults));
    });

    [Fact]
    public void A_document_cut_or_altered_anywhere_never_throws() => Property.ForAllSeeds(random =>
    {
        var document = new StringBuilder(Taken(random).Parameter.Document);
        for (var i = random.Next(1, 4); i > 0; i--)
            document[random.Next(document.Length)] = (char)random.Next(32, 127);

        Assert.NotNull(ParameterDocument.Parse(document.ToString(), Given.Account, Given.Defaults));
        Assert.NotNull(ParameterDocument.Parse(document.ToString(0, random.Next(document.Length)), Given.Account, Given.Defaults));
    });

    [Fact]
    public void A_nearer_row_that_says_nothing_changes_nothing() => Property.ForAllSeeds(random =>
    {
        var row = RandomRows.Valid(random, "default");

        var inherited = Resolver.Resolve(Given.Account, [Given.Row("{}"), RandomRows.Image(row)], Given.Defaults);
        var alone = Resolver.Resolve(Given.Account, [RandomRows.Image(row)], Given.Defaults);
        Assert.Equal(Assert.IsType<Resolution.Desired>(alone).Parameter.Document, Assert.IsType<Resolution.Desired>(inherited).Parameter.Document);
    });

    // Another stack's settings: a document must mean the same wherever it is read.
    private static StackDefaults Elsewhere { get; } = new("OtherName", ["other@example.com"], "aws", null);

    private static Resolution.Desired Taken(Random random) => Resolve(RandomRows.Valid(random, Given.Account.Value).ToJsonString());

    private static Resolution.Desired Resolve(string row) => Given.Desired(row);
}
