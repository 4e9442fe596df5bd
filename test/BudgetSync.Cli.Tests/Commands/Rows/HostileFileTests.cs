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

    /// <summary>Names are looked at before any row is: one that is no text must end no command.</summary>
    [Theory]
    [InlineData("""{"Items":[{"AccountId":{"S":"111111111101"}}],"\ud800":1,"Count":1}""")]
    [InlineData("""{"\ud800":1,"AccountId":"111111111101"}""")]
    [InlineData("""{"Item":{"AccountId":{"S":"111111111101"},"x":{"\udc00":1}}}""")]
    [InlineData("""{"AccountId":"111111111101","Grants":[{"\ud800":1}]}""")]
    public async Task A_name_that_is_no_text_is_refused_with_its_place(string json)
    {
        using var file = new RowsOnDisk(json);
        foreach (var command in new[] { "validate", "explain", "fix" })
        {
            var run = await Tool.RunAsync("rows", command, file.Path);
            Assert.Equal(ExitCode.Failed, run.ExitCode);
            Assert.Matches("line 1, column [0-9]+: .*a name is not well-formed Unicode", run.Out + run.Error);
            Assert.DoesNotContain("a fault of this tool", run.Error, StringComparison.Ordinal);
        }
    }

    /// <summary>What stands around the rows of an answer must be known: of two lists a reader keeps one, and reads nothing beside them.</summary>
    [Theory]
    [InlineData("""{"Items":[{"AccountId":{"S":"111111111101"}},{"AccountId":{"S":"222222222202"}}],"Items":[{"AccountId":{"S":"333333333303"}}]}""",
        "line 1, column 82: \"Items\" stands there a second time")]
    [InlineData("{\"Items\":[{\"AccountId\":{\"S\":\"111111111101\"}}],\n \"Item\":{\"AccountId\":{\"S\":\"222222222202\"}}}",
        "line 2, column 2: \"Item\" stands there a second time")]
    [InlineData("""{"Items":[{"AccountId":{"S":"111111111101"}}],"AccountId":"222222222202"}""", "line 1, column 47: \"AccountId\" stands beside the rows")]
    [InlineData("""{"Items":[{"AccountId":{"S":"111111111101"}}],"Count":2,"Count":1}""", "line 1, column 57: \"Count\" stands there a second time")]
    public async Task An_answer_of_which_rows_would_be_lost_is_refused_with_the_place(string json, string told)
    {
        using var file = new RowsOnDisk(json);
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(told, run.Out + run.Error, StringComparison.Ordinal);
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
