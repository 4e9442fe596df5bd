using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Cli.Tests.Commands.Responses;

namespace BudgetSync.Cli.Tests.Commands.Rows;

/// <summary>Responses of which nothing can come are told by whatever looks at rows before they count.</summary>
public sealed class NeverBegunTests
{
    private const string Wrong =
        """
        [{"At":"120","Do":"DENY_NEW","Budget":"nosuch","Mode":"ARMED","Until":"2020-01-01"},
        {"At":"Over","Do":"STOP_ALL"},{"At":"Over","Do":"QUARANTINE"}]
        """;

    private const string OfAny =
        "Warning: 111122223333: Responses[0].Budget: \"nosuch\" is the name of no budget of money that these rows make, so DENY_NEW at 120 never begins; "
            + "write SpokeAccountBudget, or leave it out to mean each budget of money\n"
            + "Warning: 111122223333: Responses[0].Until: 2020-01-01 is over, so DENY_NEW at 120 never begins; write a later day, PERIOD or MANUAL\n";

    [Fact]
    public async Task A_file_alone_is_told_what_no_deployment_would_do()
    {
        using var file = new RowsOnDisk($$"""[{ "AccountId": "111122223333", "BudgetValue": 1, "Responses": {{Wrong}} }]""");

        var run = await Tool.RunAsync("rows", "validate", file.Path);

        Assert.Equal((ExitCode.Done, $"{OfAny}1 row, all valid.\n"), (run.ExitCode, run.Error));
    }

    /// <summary>Accounts that inherit the default row, or stand below a unit, may have the budget.</summary>
    [Theory]
    [InlineData("""{ "AccountId": "default", "BudgetValue": 1, "Responses": RESPONSES }, { "AccountId": "222222222201", "BudgetName": "team" }""")]
    [InlineData("""{ "AccountId": "222222222201", "BudgetValue": 1, "Responses": RESPONSES }, { "AccountId": "ou-ab12-11111111", "BudgetName": "team" }""")]
    [InlineData("""{ "AccountId": "222222222201", "Responses": RESPONSES }, { "AccountId": "default", "BudgetValue": 1, "BudgetName": "team" }""")]
    public async Task A_budget_that_another_row_may_make_is_not_warned_of(string rows)
    {
        using var file = new RowsOnDisk($"[{rows.Replace("RESPONSES", """[{"At":"Over","Do":"NOTIFY","Budget":"team"}]""", StringComparison.Ordinal)}]");

        Assert.DoesNotContain("Warning", (await Tool.RunAsync("rows", "validate", file.Path)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deployment_says_what_it_has_not_and_judges_names_of_lists_as_its_functions_do()
    {
        await using var bed = await RestrictionBed.CreateAsync();
        await bed.PutRowAsync(RestrictionBed.Account, "1000");

        var older = await SetAsync("");
        var bare = await SetAsync(",\"StopRegions\":\"\",\"ControlPolicies\":\"false\",\"DenyLists\":\"\"");
        var full = await SetAsync(",\"StopRegions\":\"us-east-1\",\"ControlPolicies\":\"true\",\"DenyLists\":\"critical\"");
        var list = await SetAsync(",\"StopRegions\":\"us-east-1\",\"ControlPolicies\":\"true\",\"DenyLists\":\"critical\"", "nosuch");

        using var file = new RowsOnDisk($$"""[{ "AccountId": "111122223333", "BudgetValue": 1, "Responses": {{Wrong}} }]""");
        var plan = await bed.RunAsync("plan", file.Path);
        Assert.Contains("Responses[0].Until: 2020-01-01 is over", plan.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("].Do:", older.Error, StringComparison.Ordinal);
        Assert.Contains("Responses[1].Do: STOP_ALL at Over can be watched and not carried out", bare.Error, StringComparison.Ordinal);
        Assert.Contains("Responses[2].Do: QUARANTINE at Over can be watched and not carried out", bare.Error, StringComparison.Ordinal);
        Assert.Contains("Responses[0].Until: 2020-01-01 is over", full.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("].Do:", full.Error, StringComparison.Ordinal);
        Assert.Contains("\"nosuch\" is no list of this deployment", list.Out + list.Error, StringComparison.Ordinal);

        async Task<ToolResult> SetAsync(string settings, string? policy = null)
        {
            await bed.Clients.OwnSystems.PutParameterAsync(new PutParameterRequest
            {
                Name = "/BudgetSync/Stack",
                Type = "String",
                Overwrite = true,
                Value = $$"""{"BudgetName":"SpokeAccountBudget","EmailRecipient":"finops@example.com","Respond":"true"{{settings}}}""",
            });
            var responses = policy is null ? Wrong : $$"""[{"At":"Over","Do":"DENY_APIS","Policy":"{{policy}}"}]""";
            return await bed.RunAsync("rows", "set", RestrictionBed.Account, "--attribute", $"Responses={responses}");
        }
    }
}
