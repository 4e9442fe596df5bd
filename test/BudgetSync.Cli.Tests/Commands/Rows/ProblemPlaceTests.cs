namespace BudgetSync.Cli.Tests.Commands.Rows;

/// <summary>A problem of a row that takes many lines of a JSON file is told with the line of what is wrong.</summary>
public sealed class ProblemPlaceTests
{
    private const string Row = """
        [ { "AccountId": "111111111101",
            "BudgetValue": "ten",
            "Thresholds": [ 80,
              "ninety" ],
            "Responses": [
              { "At": "Over", "Do": "NOTIFY" },
              { "At": "110%", "Do": "NOTIFY",
                "Until": "FOREVER" },
              { "At": "Over" }
            ] },
          { "AccountId": "111111111102", "BudgetValue": -1 }, { "AccountId": "111111111103", "BudgetValue": -1 } ]
        """;

    [Fact]
    public async Task Each_problem_has_the_line_of_what_it_names()
    {
        using var file = new RowsOnDisk(Row);

        var run = await Tool.RunAsync("rows", "validate", file.Path);

        var places = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line[(file.Path.Length + 2)..].Split(": "))
            .Select(parts => $"{parts[0]}: {parts[2]}");
        Assert.Equal(
            [
                "line 11, column 55: BudgetValue", "line 11: BudgetValue", "line 2: BudgetValue", "line 4: Thresholds[1]", "line 7: Responses[1].At",
                "line 8: Responses[1].Until", "line 9: Responses[2]",
            ],
            places.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task One_object_alone_is_told_the_same_way_and_typed_JSON_by_its_row()
    {
        using var alone = new RowsOnDisk("{\n  \"AccountId\": \"111111111101\",\n\n  \"BudgetValue\": -1\n}");
        using var typed = new RowsOnDisk("[\n{ \"AccountId\": { \"S\": \"111111111101\" },\n  \"BudgetValue\": { \"N\": \"-1\" } }\n]");

        var (one, row) = (await Tool.RunAsync("rows", "validate", alone.Path), await Tool.RunAsync("rows", "validate", typed.Path));

        Assert.Contains($"{alone.Path}: line 4: 111111111101: BudgetValue", one.Out, StringComparison.Ordinal);
        Assert.Contains($"{typed.Path}: line 2: 111111111101: BudgetValue", row.Out, StringComparison.Ordinal);
    }
}
