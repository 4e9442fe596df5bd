using System.Text.RegularExpressions;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Local;

public sealed class TimeLapseTests
{
    private const string Rows = "AccountId,BudgetValue,BudgetName,TimeUnit,Thresholds\n"
        + "222222222201,1000,,,\"10, 20, 90\"\n222222222202,500,by-day,DAILY,\n222222222203,300,,,\"50, 100\"\n";

    /// <summary>The last of them spends most.</summary>
    private const string Five = "AccountId,BudgetValue\n222222222201,1000\n222222222202,500\n222222222203,300\n222222222204,800\n222222222205,250\n";

    private static readonly DateTimeOffset Now = new(2026, 5, 20, 10, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task Where_no_terminal_looks_on_the_last_moment_is_printed_once_and_without_waiting()
    {
        using var file = new RowsOnDisk(Rows, "rows.csv");

        var run = await RunAsync(interactive: false, "--rows", file.Path, "--days", "12");

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.DoesNotContain('\u001b', run.Out + run.Error);
        Golden.Same("local-time-lapse.txt", run.Out);
        Assert.Contains("Deploying BudgetSync into 3 accounts on 2026-05-01 00:00 UTC.", run.Error, StringComparison.Ordinal);
        Assert.Contains("Played 12 days: 3 budgets", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_says_what_was_spent_what_the_hub_makes_of_it_and_how_often_it_alerted()
    {
        using var file = new RowsOnDisk(Rows, "rows.csv");

        var run = await RunAsync(interactive: false, "--rows", file.Path, "--days", "12", "--json");

        var account = run.Account("222222222201");
        Assert.Equal(1000, (decimal?)account["limit"]);
        // On the way to 82 % of a month's 1,000: 11 days of it by the 12th, and half a day's block on the first.
        Assert.InRange((decimal)account["spent"]!, 280, 370);
        Assert.Equal(decimal.Round((decimal)account["spent"]! / 10, 1), (decimal?)account["percent"]);
        Assert.Equal(2, (int?)account["alerts"]);
        Assert.Equal("OnTarget", (string?)account["state"]);
        Assert.Equal(["222222222201", "222222222202", "222222222203"], run.JsonArray.Select(row => (string?)row!["accountId"]));
    }

    [Fact]
    public async Task A_budget_action_is_shown_at_work()
    {
        using var file = new RowsOnDisk(Rows, "rows.csv");

        var run = await RunAsync(interactive: false, "--rows", file.Path, "--days", "12", "--json", "--budget-actions");

        Assert.Equal(["EXECUTION_SUCCESS", "", ""], run.JsonArray.Select(row => (string?)row!["actions"]));
    }

    [Fact]
    public async Task What_runs_is_stopped_when_the_money_is_gone_and_comes_back_when_somebody_snoozes_it()
    {
        using var file = new RowsOnDisk(Five, "rows.csv");

        var run = await RunAsync(interactive: false, "--rows", file.Path, "--days", "5", "--json", "--responses");

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        // The first account that is stopped.
        var id = Assert.Single(Regex.Matches(run.Error, @"(\d{12})\s+somebody snoozes")).Groups[1].Value;
        Assert.Equal(("3 of 3", "Lifted"), ((string?)run.Account(id)["running"], (string?)run.Account(id)["response"]));
        string[] story =
            [
                $"{id}  STOP_ALL at Over is planned for 2026-05-0", $"{id}  STOP_ALL at Over is in force: ", $"{id}  STOP_ALL at Over: 2 changed: ",
                "instance/i-", " was running",
                $"{id}  somebody snoozes it through 2026-05-31: release week", $"{id}  STOP_ALL at Over is being lifted: snoozed",
                $"{id}  STOP_ALL at Over: 2 given back: ", $"{id}  STOP_ALL at Over is lifted: snoozed",
            ];
        var lines = string.Join(' ', run.Error.Split('\n').Select(line => line.Trim()));
        var at = 0;
        foreach (var part in story)
        {
            var found = lines.IndexOf(part, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"\"{part}\" does not come after {at} in {run.Error}");
            at = found + part.Length;
        }

        // Found by a newcomer: every event had the time of the look that saw it, and looks are two hours apart.
        var times = Regex.Matches(run.Error, @"(?m)^2026-05-\d\d (\d\d:\d\d) UTC  \d{12}  STOP_ALL").Select(match => match.Groups[1].Value).ToList();
        Assert.Contains(times, time => !time.EndsWith(":00", StringComparison.Ordinal));
        Assert.Equal(times.Count, Regex.Count(run.Error, "  STOP_ALL at Over"));
    }

    // Found by a newcomer: a whole month ended in the first moment of the next one, in which every state is Unknown.
    [Fact]
    public async Task A_month_that_is_named_is_played_to_its_last_minute()
    {
        using var file = new RowsOnDisk(Rows, "rows.csv");

        var run = await RunAsync(interactive: false, "--rows", file.Path, "--month", "2026-02");

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.StartsWith("2026-02-28 23:59 UTC\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("on 2026-02-01 00:00 UTC.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unknown", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_AWS_has_not_computed_yet_is_said_so()
    {
        using var file = new RowsOnDisk(Rows, "rows.csv");

        var run = await RunAsync(interactive: false, "--rows", file.Path, "--month", "2026-02", "--days", "29");

        Assert.Equal(
            run.Out.Contains(" Unknown ", StringComparison.Ordinal),
            run.Out.Contains("Unknown: AWS has not computed the budget's period yet.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task What_is_restricted_fits_the_screen(int width)
    {
        using var file = new RowsOnDisk(Five, "rows.csv");

        var run = await Tool.RunAsync(
            terminal => terminal with { Width = width, Time = new VirtualClock(Now) },
            "local", "--time-lapse", "--rows", file.Path, "--days", "2", "--responses");

        Assert.All(run.Out.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        Assert.Matches(@"(?m)^ 222222222205 .* 0 of 3 +InForce", run.Out);
    }

    [Theory]
    [InlineData(110, true, true)]
    [InlineData(90, false, true)]
    [InlineData(80, false, false)]
    public async Task A_narrow_screen_has_fewer_columns_and_folds_none(int width, bool bar, bool forecast)
    {
        using var file = new RowsOnDisk(Rows, "rows.csv");

        var run = await Tool.RunAsync(
            terminal => terminal with { Width = width, Time = new VirtualClock(Now) }, "local", "--time-lapse", "--rows", file.Path, "--days", "1");

        Assert.Equal((bar, forecast), (run.Out.Contains("of the limit", StringComparison.Ordinal), run.Out.Contains("Forecast", StringComparison.Ordinal)));
        Assert.All(run.Out.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        Assert.Equal(3, run.Out.Split('\n').Count(line => line.StartsWith(" 2222222222", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task In_a_terminal_the_days_last_as_long_as_they_are_asked_to()
    {
        using var file = new RowsOnDisk(Rows, "rows.csv");
        var clock = new PatientClock(Now);

        var run = await Tool.RunAsync(
            terminal => terminal with { Interactive = true, Time = clock }, "local", "--time-lapse", "--rows", file.Path, "--days", "1", "--seconds", "30");

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Equal(Now.AddSeconds(30), clock.GetUtcNow());
    }

    [Theory]
    [InlineData("--days 3", "--days: belongs to --time-lapse")]
    [InlineData("--seconds 3", "--seconds: belongs to --time-lapse")]
    [InlineData("--time-lapse --days 0", "--days: 0 is out of range; give 1 to 366")]
    [InlineData("--month 2026-05", "--month: belongs to --time-lapse")]
    [InlineData("--time-lapse --month 2026-13", "--month: \"2026-13\" is no month; give one as 2026-05")]
    [InlineData("--responses --once", "--responses: nobody could approve anything in a run that ends by itself; leave --once out")]
    [InlineData("--ai --responses", "--responses: --ai plays a team of its own")]
    [InlineData("--time-lapse --once", "--once: a time lapse plays in this process and ends by itself; leave it out")]
    [InlineData("--time-lapse --port 1", "--port: a time lapse")]
    [InlineData("--time-lapse --functions process", "--functions: a time lapse")]
    public async Task Options_that_do_not_go_together_are_refused(string options, string named)
    {
        var run = await Tool.RunAsync(["local", .. options.Split(' ')]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
    }

    private static Task<ToolResult> RunAsync(bool interactive, params string[] options) => Tool.RunAsync(
        terminal => terminal with { Interactive = interactive, Time = new VirtualClock(Now) },
        ["local", "--time-lapse", .. options]);
}
