using BudgetSync.Cli.Commands.Plan;
using BudgetSync.Cli.Tests.Commands.Local;

namespace BudgetSync.Cli.Tests.Commands.Plan;

/// <summary>A plan of many accounts is read at a glance: what is alike is told once, and what moves most comes first.</summary>
public sealed class PlanGroupTests
{
    [Fact]
    public void Accounts_that_change_alike_are_one_group_and_two_of_a_kind_are_told_one_by_one()
    {
        ImportLine[] lines =
        [
            Line(1, "a change", "default"),
            Line(2, "another change", "default"),
            Line(3, "a change", "default"),
            Line(4, "a change", "222222222204", "default"),
            Line(5, "a change", "default"),
            Line(6, "another change", "default"),
            Line(7, "a change", "222222222207", "default"),
            Line(8, "a change", "222222222208", "default"),
        ];
        var groups = PlanGroup.Of(lines);
        Assert.Equal(
            ["222222222201 222222222203 222222222205", "222222222202", "222222222206", "222222222204 222222222207 222222222208"],
            groups.Select(group => string.Join(' ', group.Lines.Select(line => line.Key))));
        Assert.Equal(["own row", "default"], groups[3].From);
        Assert.Equal("3 accounts", groups[0].Title);
        Assert.Equal("222222222201, 222222222203, 222222222205", groups[0].Members);
        Assert.Null(groups[1].Members);
    }

    [Fact]
    public void A_large_group_names_twelve_accounts_and_says_how_many_more_there_are() => Assert.EndsWith(
        "222222222212 and 1,188 more (--csv names each)",
        Assert.Single(PlanGroup.Of(Enumerable.Range(1, 1200).Select(index => Line(index, "a change", "default")))).Members,
        StringComparison.Ordinal);

    [Fact]
    public async Task A_plan_of_a_unit_is_a_few_lines_with_the_largest_movement_first_and_scripts_still_read_each_account()
    {
        using var file = new RowsOnDisk("""
            [{ "AccountId": "default", "BudgetValue": 100 }, { "AccountId": "222222222202", "BudgetValue": 10 },
            { "AccountId": "222222222205", "BudgetValue": 5000 }]
            """);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        foreach (var account in new[] { "222222222201", "222222222203", "222222222204" }) local.Cloud.Organizations.AddAccount(account, "inherits");
        using var edited = new RowsOnDisk("""
            [{ "AccountId": "default", "BudgetValue": 110 }, { "AccountId": "222222222202", "BudgetValue": 12 },
            { "AccountId": "222222222205", "BudgetValue": 9000 }]
            """);
        var environment = local.EnvironmentOf(RunningLocal.Management);

        var plan = await Tool.RunAsync(environment, "plan", edited.Path);
        var lines = plan.Out.Split('\n');
        Assert.StartsWith("222222222205  to update  from 222222222205, default", lines[0], StringComparison.Ordinal);
        Assert.Equal("4 accounts  to update  from default", lines[2]);
        Assert.Equal("    222222222201, 222222222203, 222222222204, 999999999999", lines[3]);
        Assert.Equal("  ~ \"SpokeAccountBudget\": 100 → 110 USD a month (+10, +10 %)", lines[4]);
        Assert.StartsWith("222222222202  to update", lines[5], StringComparison.Ordinal);
        var byAccount = await Tool.RunAsync(environment, "plan", edited.Path, "--sort", "account");
        Assert.EndsWith("accounts  to update  from default", byAccount.Out.Split('\n')[0], StringComparison.Ordinal);

        var csv = await Tool.RunAsync(environment, "plan", edited.Path, "--csv");
        Assert.Equal(["222222222201", "222222222202", "222222222203"], csv.Out.Split('\n').Skip(1).Take(3).Select(line => line[..12]));
    }

    private static ImportLine Line(int number, string change, params string[] from) =>
        new($"{222222222200 + number}", ImportChange.Update, [change], [.. from], null, null);
}
