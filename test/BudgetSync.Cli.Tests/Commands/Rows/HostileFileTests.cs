using System.Globalization;

namespace BudgetSync.Cli.Tests.Commands.Rows;

/// <summary>Files that an attack made: each is refused in words, and none takes the machine along.</summary>
public sealed class HostileFileTests
{
    [Theory]
    [InlineData("""[{"AccountId":"111111111101","BudgetValue":5,"Note":"\ud800"}]""", "Note: the text is not well-formed Unicode")]
    [InlineData("""{"Items":[{"AccountId":{"S":"111111111101"},"L":{"L":[{"X":1}]}}],"Count":1}""", "L is not typed as DynamoDB types it")]
    [InlineData("""{"Items":[{"AccountId":{"S":"111111111101"},"EmailRecipients":{"SS":[1,null]}}],"Count":1}""", "write the item as DynamoDB does")]
    public async Task It_is_refused_by_row_and_attribute(string json, string told)
    {
        using var file = new RowsOnDisk(json);
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(told, run.Out + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("a fault of this tool", run.Error, StringComparison.Ordinal);
    }

    /// <summary>What each row tells must not grow with the number of rows: 20,000 lines of one key were gigabytes of text.</summary>
    [Fact]
    public async Task One_key_in_every_line_costs_no_more_than_other_faults()
    {
        var lines = Enumerable.Range(0, 20_000).Select(index => string.Create(CultureInfo.InvariantCulture, $"111111111101,{index + 1}"));
        using var file = new RowsOnDisk("AccountId,BudgetValue\n" + string.Join('\n', lines) + "\n", "rows.csv");
        var run = await Tool.RunAsync("rows", "fix", file.Path);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.InRange((run.Out + run.Error).Length, 1, 3_000_000);
    }
}
