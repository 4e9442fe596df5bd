using BudgetSync.Cli.Tests.Commands.Rows.Editing;

namespace BudgetSync.Cli.Tests.Commands.Rows;

/// <summary>What a row says of models and does not do is told by whatever looks at rows before they count.</summary>
public sealed class ModelWarningsTests
{
    private const string Why = "others may use the role, and its row does not say Shared";

    private const string Warning =
        $"Warning: 222222222201, 222222222202: Ai.Principals.role/NotShared: says ARMED, yet never suspended: {Why}";

    private const string Row = """
        "BudgetValue": 1, "Ai": { "Principals": { "role/NotShared": { "Limit": 50, "Mode": "ARMED" }, "user/bob": { "Mode": "ARMED" } } }
        """;

    private const string Rows = $$"""[{ "AccountId": "222222222201", {{Row}} }, { "AccountId": "222222222202", {{Row}} }]""";

    [Fact]
    public async Task A_role_that_is_ARMED_and_not_Shared_is_warned_of_by_validate_plan_and_import()
    {
        await using var local = await EditedLocal.StartAsync("""[{ "AccountId": "222222222201", "BudgetValue": 1 }]""");
        var file = local.File("rows.json", Rows);

        var validate = await local.RunAsync("rows", "validate", file);
        var plan = await local.RunAsync("plan", file);
        var markdown = await local.RunAsync("plan", file, "--markdown");
        var import = await local.RunAsync("rows", "import", file, "--yes");

        Assert.Equal((ExitCode.Done, ExitCode.Differences, ExitCode.Done), (validate.ExitCode, plan.ExitCode, import.ExitCode));
        Assert.All([validate.Error, plan.Error, import.Error], error => Assert.Contains($"{Warning}\n", error, StringComparison.Ordinal));
        Assert.Contains("yet never suspended", markdown.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("user/bob", validate.Error, StringComparison.Ordinal);
    }

    /// <summary>A misspelled id, or a model that the list does not have: no call of it is in any amount. The list has Nova.</summary>
    [Theory]
    [InlineData("""{"anthropic.claude-opus-9":{"Limit":5}}""", "anthropic.claude-opus-9")]
    [InlineData("""{"nosuchmodel*":{"Limit":5}}""", "nosuchmodel*")]
    [InlineData("""{"amazon.nova-*":{"Limit":5}}""", null)]
    public async Task A_limit_of_models_without_a_price_is_warned_of(string models, string? pattern)
    {
        using var file = new RowsOnDisk($$"""[{ "AccountId": "222222222201", "BudgetValue": 1, "Ai": { "Models": {{models}} } }]""");

        var run = await Tool.RunAsync(terminal => terminal with { Width = 400 }, "rows", "validate", file.Path);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(pattern is not null, run.Error.Contains("no price in the list for any model of this pattern", StringComparison.Ordinal));
        if (pattern is not null) Assert.Contains($"Warning: 222222222201: Ai.Models.{pattern}: no price", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_default_row_is_told_of_is_not_told_again_of_those_that_inherit_it()
    {
        using var file = new RowsOnDisk(
            """
            [{ "AccountId": "default", "BudgetValue": 1, "Ai": { "Principals": { "root": { "Mode": "CONFIRM" } } } },
             { "AccountId": "222222222201", "Ai": { "Principals": { "role/A": { "Mode": "ARMED" }, "root": { "Limit": 9 } } } }]
            """);

        var run = await Tool.RunAsync("rows", "validate", file.Path);

        Assert.Equal(
            $"""
            Warning: default: Ai.Principals.root: says CONFIRM, yet never suspended: IAM does not bind an account's root
            Warning: 222222222201: Ai.Principals.role/A: says ARMED, yet never suspended: {Why}
            2 rows, all valid.

            """.ReplaceLineEndings("\n"),
            run.Error);
    }
}
