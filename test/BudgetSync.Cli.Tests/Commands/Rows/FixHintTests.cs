using BudgetSync.Cli.Tests.Commands.Rows.Editing;

namespace BudgetSync.Cli.Tests.Commands.Rows;

/// <summary>Whoever is told that rows are wrong is told which command puts them right, and everywhere the same problems.</summary>
public sealed class FixHintTests
{
    private const string Wrong = "AccountId,BudgetValue,Treshold\n222222222201,$5,80\n222222222202,-7,80\n22222222203,6,80\n222222222204,7,\n";

    [Fact]
    public async Task Validate_plan_and_import_name_the_fix_of_what_it_can_put_right_and_plan_tells_as_much_as_validate()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(["222222222201"]));
        var file = local.File("wrong.csv", Wrong);
        var hint = $"the tool can put right: budgetsync rows fix {file} corrected.csv\n";

        var validate = await local.RunAsync("rows", "validate", file);
        var plan = await local.RunAsync("plan", file);
        var import = await local.RunAsync("rows", "import", file, "--yes");
        Assert.Contains(hint, validate.Error, StringComparison.Ordinal);
        Assert.Contains(hint, plan.Error, StringComparison.Ordinal);
        Assert.Contains(hint, import.Error, StringComparison.Ordinal);

        var problems = validate.Out.TrimEnd('\n').Split('\n');
        Assert.Equal(problems.Length, plan.Out.Split('\n').Count(line => line.StartsWith("  - ", StringComparison.Ordinal)));
        foreach (var problem in problems.Select(line => line[file.Length..].TrimStart(':', ' ').Split(": ", 3)))
        {
            Assert.Contains($"{problem[1]}  rejected  {problem[0]}\n", plan.Out, StringComparison.Ordinal);
            Assert.Contains($"  - {problem[2]}\n", plan.Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_that_is_right_or_that_fix_cannot_put_right_is_told_nothing_of_it()
    {
        using var file = new RowsOnDisk("""[{ "AccountId": "222222222201", "BudgetValue": -7 }, { "AccountId": "222222222202", "BudgetValue": 7 }]""");
        Assert.DoesNotContain("rows fix", (await Tool.RunAsync("rows", "validate", file.Path)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_told_as_a_folder()
    {
        var folder = Directory.CreateTempSubdirectory("budgetsync-test-").FullName;
        var run = await Tool.RunAsync("rows", "validate", folder);
        Assert.Equal($"budgetsync: {folder}: is a folder; name a file of rows in it.\n", run.Error);
        Directory.Delete(folder);
    }
}
