namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

/// <summary>Regression: a column whose cells were all emptied was taken for one that the file does not have, and what was to go stayed.</summary>
public sealed class EmptiedColumnTests
{
    private const string Rows = """
        [ { "AccountId": "222222222201", "BudgetValue": 1, "Note": "old", "EmailRecipients": "a@b.c" },
          { "AccountId": "222222222202", "BudgetValue": 2, "Note": "old" } ]
        """;

    [Theory]
    [InlineData("AccountId,BudgetValue,Note\n222222222201,1,\n222222222202,2,\n", true, """{"BudgetValue":1,"EmailRecipients":"a@b.c"}""")]
    [InlineData("AccountId,BudgetValue,EmailRecipients\n222222222201,1,\n222222222202,2,\n", true, """{"BudgetValue":1,"Note":"old"}""")]
    [InlineData("AccountId,BudgetValue,Note,EmailRecipients\n222222222201,1,,a@b.c\n", false, """{"BudgetValue":1,"EmailRecipients":"a@b.c"}""")]
    [InlineData("AccountId,BudgetValue,EmailRecipients\n222222222201,1,a@b.c\n", false, """{"BudgetValue":1,"EmailRecipients":"a@b.c","Note":"old"}""")]
    public async Task The_headings_say_which_attributes_a_file_speaks_of(string text, bool merge, string row)
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var run = await local.RunAsync(["rows", "import", local.File("rows.csv", text), "--yes", .. merge ? ["--merge"] : Array.Empty<string>()]);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(row, (await local.RowsAsync())["222222222201"]);
    }
}
