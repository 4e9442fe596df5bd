using System.Text.Json;
using Amazon.DynamoDBv2;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Tests.Commands.Local;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

/// <summary>An item that DynamoDB refuses stops no edit in the middle: it is told before the first write.</summary>
public sealed class ItemLimitTests
{
    private const string A = "222222222201";
    private const string B = "222222222202";

    [Fact]
    public async Task A_row_larger_than_an_item_is_rejected_by_validate_and_import_and_the_others_are_written()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf([A, B]));
        var file = local.File("rows.csv", $"AccountId,BudgetValue,x-a\n{A},2,{new string('a', 410_000)}\n{B},2,\n");
        const string problem = $"{A}: the row has 410,037 bytes, names and values as DynamoDB counts them; an item has at most 409,600 (400 KB), so "
            + "shorten x-a";
        var validated = await Tool.RunAsync("rows", "validate", file);
        Assert.Equal(ExitCode.Failed, validated.ExitCode);
        Assert.Contains(problem, validated.Out, StringComparison.Ordinal);

        var run = await local.RunAsync("rows", "import", file, "--yes");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("the row has 410,037 bytes", run.Out, StringComparison.Ordinal);
        Assert.Contains("1 row written, 1 rejected.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Interrupted", run.Error, StringComparison.Ordinal);
        Assert.Equal("""{"BudgetValue":1}""", (await local.RowsAsync())[A]);
    }

    [Fact]
    public async Task A_reason_that_makes_a_row_too_large_is_told_before_anything_is_written()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf([A, B]));
        var file = local.File("rows.csv", $"AccountId,BudgetValue,x-a\n{A},2,{new string('a', 409_000)}\n{B},2,\n");
        var run = await local.RunAsync("rows", "import", file, "--yes", "--because", new string('a', 1_000));
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("with who, when and why (ChangedBy, ChangedAt, Reason) the row has 410,", run.Error, StringComparison.Ordinal);
        Assert.All((await local.RowsAsync()).Values, row => Assert.Equal("""{"BudgetValue":1}""", row));
        Assert.Empty(local.EditFiles);
    }

    [Fact]
    public async Task A_row_of_as_many_attributes_as_are_taken_is_edited_and_deleted()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf([A, B]));
        var own = string.Join(",", Enumerable.Range(0, 190).Select(index => $"x-{index}"));
        string File(string value) => local.File("rows.csv", $"AccountId,BudgetValue,{own}\n{A},2,{string.Join(",", Enumerable.Repeat(value, 190))}\n");
        foreach (var value in new[] { "one", "two" })
        {
            var run = await local.RunAsync("rows", "import", File(value), "--yes");
            Assert.True(run.ExitCode == ExitCode.Done, run.Out + run.Error);
        }

        Assert.Contains("\"x-189\":\"two\"", (await local.RowsAsync())[A], StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "delete", A, "--yes")).ExitCode);
    }

    [Fact]
    public async Task The_longest_row_that_the_tool_takes_is_the_longest_that_the_table_takes()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf([B]));
        var longest = Enumerable.Range(409_000, 601).Last(length => ItemCheck.Problems(Row(length)).IsEmpty);
        Assert.InRange(longest, 409_001, 409_599);
        Assert.Equal((true, false), (await IsTakenAsync(local, Row(longest)), await IsTakenAsync(local, Row(longest + 1))));
    }

    /// <summary>Of every type that a file can give a row.</summary>
    private static RowImage Row(int length)
    {
        using var document = JsonDocument.Parse($$"""
            { "AccountId": "{{A}}", "x-a": ["{{new string('é', 10)}}", -12.5, 0, true, null, { "b": 100, "c": [] }], "x-b": "{{new string('b', length)}}" }
            """);
        return RowJson.ReadRow(document.RootElement) ?? throw new InvalidOperationException("The text is an object.");
    }

    private static async Task<bool> IsTakenAsync(EditedLocal local, RowImage row)
    {
        using var clients = local.Local.As(RunningLocal.Management);
        try
        {
            await clients.Dynamo.PutItemAsync("BudgetSync-Budgets", RowImageMapper.Item(row));
            return true;
        }
        catch (AmazonDynamoDBException)
        {
            return false;
        }
    }
}
