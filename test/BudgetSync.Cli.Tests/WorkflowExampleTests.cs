using System.Diagnostics;
using BudgetSync.Cli.Tests.Commands.Rows.Editing;
using YamlDotNet.RepresentationModel;

namespace BudgetSync.Cli.Tests;

/// <summary>The workflow that people copy: its steps are run word for word, in bash as GitHub runs them, against a local organization.</summary>
public sealed class WorkflowExampleTests
{
    private static readonly string Example = Path.Combine(RepositoryRoot.Path, "src", "BudgetSync.Cli", "examples", "github-workflow.yml");

    [Fact]
    public async Task The_pull_request_is_planned_and_commented_and_the_merge_imports()
    {
        await using var local = await EditedLocal.StartAsync(
            """[{ "AccountId": "222222222201", "BudgetValue": 1000 }, { "AccountId": "222222222202", "BudgetValue": 7 }]""");
        local.File("budgets.csv", "AccountId,BudgetValue\n222222222201,1500\n222222222202,20\n");

        foreach (var step in Steps("plan")) Assert.Equal((step, 0), (step, await RunAsync(local, step)));
        var comment = await File.ReadAllTextAsync(local.File("commented.md"));
        Assert.StartsWith("<!-- budgetsync plan -->\n### Budgets: `2 rows: 2 to update.", comment, StringComparison.Ordinal);
        Assert.Equal("pr comment 7 --body-file plan.md", (await File.ReadAllLinesAsync(local.File("gh.args")))[^1]);
        Assert.Equal("""{"BudgetValue":1000}""", (await local.RowsAsync())["222222222201"]);

        foreach (var step in Steps("import")) Assert.Equal((step, 0), (step, await RunAsync(local, step)));
        var rows = await local.RowsAsync();
        Assert.Equal(("""{"BudgetValue":1500}""", """{"BudgetValue":20}"""), (rows["222222222201"], rows["222222222202"]));
        Assert.True(File.Exists(local.File("undo.jsonl")));
    }

    [Fact]
    public async Task The_comment_of_the_push_before_is_written_over_and_no_other()
    {
        await using var local = await EditedLocal.StartAsync("""[{ "AccountId": "222222222201", "BudgetValue": 1000 }]""");
        local.File("budgets.csv", "AccountId,BudgetValue\n222222222201,1500\n");
        local.File("comments.json", """[{ "id": 1, "body": "Coverage" }, { "id": 2, "body": "<!-- budgetsync plan -->\nold" }, { "id": 3, "body": "Lint" }]""");
        foreach (var step in Steps("plan")) Assert.Equal((step, 0), (step, await RunAsync(local, step)));
        Assert.Equal(
            "api --method PATCH repos/example/budgets/issues/comments/2 --field body=@plan.md",
            (await File.ReadAllLinesAsync(local.File("gh.args")))[^1]);
    }

    [Fact]
    public async Task A_rejected_row_is_commented_and_fails_the_pull_request()
    {
        await using var local = await EditedLocal.StartAsync("""[{ "AccountId": "222222222201", "BudgetValue": 1000 }]""");
        local.File("budgets.csv", "AccountId,BudgetValue\n222222222201,-1\n");
        var codes = new List<int>();
        foreach (var step in Steps("plan")) codes.Add(await RunAsync(local, step));
        Assert.Equal([0, 0, ExitCode.Failed], codes);
        Assert.Contains("-1 is not above 0", await File.ReadAllTextAsync(local.File("commented.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void No_step_puts_an_expression_into_a_script() =>
        Assert.All(Steps("plan").Concat(Steps("import")), step => Assert.DoesNotContain("${{", step, StringComparison.Ordinal));

    /// <summary>The scripts of a job, but for the one that installs the tool (PackageTests installs it).</summary>
    private static List<string> Steps(string job)
    {
        var yaml = new YamlStream();
        using (var reader = new StreamReader(Example)) yaml.Load(reader);
        var steps = (YamlSequenceNode)yaml.Documents[0].RootNode["jobs"][job]["steps"];
        return
        [
            .. steps.OfType<YamlMappingNode>()
                .Select(step => step.Children.TryGetValue("run", out var script) ? (string?)script : null)
                .OfType<string>()
                .Where(script => !script.StartsWith("dotnet tool install", StringComparison.Ordinal))
        ];
    }

    /// <summary>As GitHub runs a step without a shell of its own: bash -e. The tool is that of these tests, and gh writes down what it is told and
    /// answers with the comments of comments.json by the filter it is given.</summary>
    private static async Task<int> RunAsync(EditedLocal local, string step)
    {
        var script = $$"""
            budgetsync() { dotnet "{{Path.Combine(AppContext.BaseDirectory, "budgetsync.dll")}}" "$@"; }
            gh() {
              echo "$@" >> gh.args
              if [ "$2" = --paginate ]; then jq --raw-output "$5" comments.json; else cp plan.md commented.md; fi
            }
            [ -e comments.json ] || echo '[]' > comments.json
            {{step}}
            """;
        var start = new ProcessStartInfo("bash", ["-e", "-c", script])
        {
            WorkingDirectory = Path.GetDirectoryName(local.File("budgets.csv")),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in local.Environment) start.Environment[name] = value;
        (start.Environment["PULL_REQUEST"], start.Environment["GITHUB_SHA"]) = ("7", "0123456789abcdef");
        start.Environment["GITHUB_REPOSITORY"] = "example/budgets";
        using var bash = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        var (output, error) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        await bash.WaitForExitAsync();
        Assert.DoesNotContain("a fault of this tool", await output + await error, StringComparison.Ordinal);
        return bash.ExitCode;
    }
}
