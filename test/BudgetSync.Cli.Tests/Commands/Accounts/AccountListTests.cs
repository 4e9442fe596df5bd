using BudgetSync.Cli.Tests.Commands.Local;

namespace BudgetSync.Cli.Tests.Commands.Accounts;

/// <summary>The options that status, drift, plan and reconcile have in common mean the same in each.</summary>
public sealed class AccountListTests
{
    private const string Unit = "ou-local-00000001";

    private const string Rows = """
        [
          { "AccountId": "222222222201", "BudgetValue": 1000 },
          { "AccountId": "222222222202", "BudgetValue": 7 },
          { "AccountId": "222222222203", "BudgetValue": -1 },
          { "AccountId": "222222222204", "BudgetValue": 4 }
        ]
        """;

    public static TheoryData<string> Commands => ["status", "drift", "plan FILE", "reconcile"];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Each_command_takes_them_and_refuses_what_is_wrong_alike(string command)
    {
        using var file = new RowsOnDisk(Rows);
        foreach (var (options, told) in new[]
        {
            ("--ou nowhere", "--ou: \"nowhere\" is no OU"), ("--account 12", "--account: \"12\" is not an AWS account id"),
            ("--state Wrong", "--state: \"Wrong\" is no state; give one of "), ("--sort size", "--sort: \"size\" is nothing to sort by"),
            ("--csv --json", "--csv: and --json are two ways to print"), ("--ou r-ab12 --account 222222222201", "--ou: and --account are two ways to choose"),
        })
        {
            var run = await Tool.RunAsync(Words($"{command} {options}", file));
            Assert.Equal(ExitCode.Usage, run.ExitCode);
            Assert.Contains(told, run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_OU_a_state_an_order_and_a_page_choose_the_accounts()
    {
        using var file = new RowsOnDisk(Rows);
        using var edited = new RowsOnDisk("AccountId,BudgetValue\n222222222201,1001\n222222222204,5\n222222222202,8\n", "rows.csv");
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        var environment = local.EnvironmentOf(RunningLocal.Management);
        async Task<IReadOnlyList<string>> IdsAsync(string command) =>
            [.. (await Tool.RunAsync(environment, Words(command, edited))).Out.Split('\n')[1..^1].Select(line => line.Split(',')[0])];

        Assert.Equal(["222222222201", "222222222202", "222222222203", "222222222204", "999999999999"], await IdsAsync("status --csv"));
        Assert.Equal(["222222222201", "222222222202", "222222222203", "222222222204"], await IdsAsync($"status --csv --ou {Unit}"));
        Assert.Equal(["222222222203"], await IdsAsync($"status --csv --ou {Unit} --state rejected"));
        Assert.Equal("222222222203", (await IdsAsync("status --csv --sort state"))[0]);
        Assert.Equal("222222222203", (await IdsAsync("status --csv --sort=-state"))[^1]);
        Assert.Equal(["999999999999", "222222222204"], await IdsAsync("status --csv --sort -account --limit 2"));
        Assert.Equal(["222222222203", "222222222204"], await IdsAsync("status --csv --skip 2 --limit 2"));
        Assert.Equal(["222222222201", "222222222202", "222222222203", "222222222204"], await IdsAsync($"drift --csv --ou {Unit}"));
        Assert.Equal(["222222222203"], await IdsAsync("drift --csv --state unchecked"));
        Assert.Equal(["222222222204", "222222222202", "222222222201"], await IdsAsync("plan FILE --csv --sort -account"));
        Assert.Equal(["222222222202"], await IdsAsync("plan FILE --csv --account 222222222202"));
        var paged = await Tool.RunAsync(environment, "status", "--state", "Applied", "--limit", "2");
        Assert.Contains("Accounts 1 to 2 of 3 (next: --skip 2; all: --limit 0).\n", paged.Out, StringComparison.Ordinal);

        // What it has just written may be reported already, or not yet.
        var reconciled = await IdsAsync("reconcile --csv --state applied,failed");
        Assert.NotEmpty(reconciled);
        Assert.All(reconciled, state => Assert.True(state is "Pending" or "Applied", state));
    }

    [Fact]
    public async Task Where_no_account_is_in_a_state_it_is_said()
    {
        using var file = new RowsOnDisk("""[{ "AccountId": "222222222201", "BudgetValue": 1000 }]""");
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        var environment = local.EnvironmentOf(RunningLocal.Management);
        var status = await Tool.RunAsync(environment, "status", "--state", "Blocked");
        Assert.Equal(ExitCode.Done, status.ExitCode);
        Assert.EndsWith("No account is Blocked.\n", status.Out, StringComparison.Ordinal);
        var drift = await Tool.RunAsync(environment, "drift", "--state", "Drifted", "--ou", Unit);
        Assert.StartsWith($"No account of {Unit} is Drifted.\n", drift.Out, StringComparison.Ordinal);
        Assert.StartsWith("No account is Reject.\n", (await Tool.RunAsync(environment, "plan", file.Path, "--state", "Reject")).Out, StringComparison.Ordinal);
        // To Reconcile, no account would be every account.
        local.Cloud.Calls.Clear();
        var reconcile = await Tool.RunAsync(environment, "reconcile", "--state", "Blocked");
        Assert.Contains("No account is Blocked.\n", reconcile.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Run 1 of", reconcile.Error, StringComparison.Ordinal);
        Assert.Contains("--ou: the organization has no ou-ab12-99999999", (await Tool.RunAsync(environment, "status", "--ou", "ou-ab12-99999999")).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_holds_no_formula_and_nothing_that_steers_a_terminal()
    {
        using var file = new RowsOnDisk(
            """[{ "AccountId": "222222222201", "BudgetValue": "\u001b[2J\r\n=1+1" }, { "AccountId": "=cmd|' /c calc'!A1", "BudgetValue": 1 }]""");
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        local.Cloud.Organizations.AddAccount("222222222299", "=HYPERLINK(\"http://example.com\",\"x\")");
        var environment = local.EnvironmentOf(RunningLocal.Management);
        foreach (var command in new[] { "status --csv", "drift --csv", "plan FILE --csv", "reconcile --csv" })
        {
            var run = await Tool.RunAsync(environment, Words(command, file));
            Assert.DoesNotContain(run.Out, letter => char.IsControl(letter) && letter is not '\n');
            Assert.DoesNotContain(run.Out.Split('\n', ','), cell => cell.TrimStart('"').StartsWith('='));
        }

        var status = await Tool.RunAsync(environment, "status", "--csv");
        Assert.Contains("222222222299,\"'=HYPERLINK(\"\"http://example.com\"\",\"\"x\"\")\",Uncovered,", status.Out, StringComparison.Ordinal);
    }

    private static string[] Words(string command, RowsOnDisk file) => [.. command.Split(' ').Select(word => word == "FILE" ? file.Path : word)];
}
