using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Local.Models;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Local;

/// <summary>A team that spends too much on models, played: what Meter, the hub and IAM really make of it.</summary>
public sealed class LocalModelsTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 20, 10, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_team_is_warned_suspended_and_given_back_by_a_person_and_by_a_new_window()
    {
        var run = await RunAsync(terminal => terminal);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.DoesNotContain('\u001b', run.Out + run.Error);
        Golden.Same("local-ai.txt", $"{run.Error}\n{run.Out}");
        // In this order, whatever else is told between.
        string[] story =
        [
            "role/DataScience: Warned", "role/DataScience: Critical", "role/DataScience: Grace", "role/DataScience: Suspended",
            "IAM: the policy /BudgetSync/SuspendModels is attached to role/DataScience", "role/DataScience calls a model and is refused",
            "IAM: the API key of BedrockAPIKey-7f3a is Inactive", "BedrockAPIKey-7f3a calls a model and is refused", "budgetsync ai restore",
            "BedrockAPIKey-7f3a: Restored", "IAM: the API key of BedrockAPIKey-7f3a is Active", "BedrockAPIKey-7f3a calls a model and is answered again",
            "role/DataScience: Active, a new window", "IAM: the policy /BudgetSync/SuspendModels is off role/DataScience",
            "role/DataScience calls a model and is answered again", "In IAM nothing of it is left",
        ];
        var at = 0;
        foreach (var part in story)
        {
            var found = run.Error.IndexOf(part, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"\"{part}\" does not come after {at} in {run.Error}");
            at = found + part.Length;
        }
    }

    [Fact]
    public async Task Json_says_where_each_budget_stands_in_the_end()
    {
        var run = await RunAsync(terminal => terminal, "--json");

        Assert.Equal(
            ["role/DataScience", "BedrockAPIKey-7f3a", "user/alice", "pool/research"], run.JsonArray.Select(row => (string?)row!["budget"]));
        Assert.All(run.JsonArray, row => Assert.Equal(("Active", ""), ((string?)row!["state"], (string?)row["inIam"])));
        Assert.Equal((38, 70), ((int?)run.JsonArray[0]!["refused"], (int?)run.JsonArray[0]!["calls"]));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task It_fits_the_screen(int width)
    {
        var run = await RunAsync(terminal => terminal with { Width = width });

        Assert.All((run.Out + run.Error).Split('\n'), line => Assert.InRange(line.Length, 0, width));
    }

    [Fact]
    public async Task In_a_terminal_it_lasts_as_long_as_it_is_asked_to()
    {
        var clock = new PatientClock(Now);

        var run = await RunAsync(terminal => terminal with { Interactive = true, Time = clock }, "--seconds", "30");

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Equal(Now.AddSeconds(30), clock.GetUtcNow());
    }

    [Theory]
    [InlineData("--rows rows.csv", "--rows: --ai has rows of its own; give --port with it, and then 'budgetsync rows import FILE --local PORT'")]
    [InlineData("--once", "--once: --ai plays")]
    [InlineData("--channels", "--channels: --ai plays")]
    [InlineData("--currency EUR", "--currency: --ai plays")]
    [InlineData("--time-lapse", "--time-lapse: --ai plays an hour of its own; give one of the two")]
    [InlineData("--days 3", "--days: belongs to --time-lapse")]
    public async Task Options_that_do_not_go_together_are_refused(string options, string named)
    {
        var run = await Tool.RunAsync(["local", "--ai", .. options.Split(' ')]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
    }

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>Whoever tries the commands finds something to restore and something to approve, and sees it done.</summary>
    [Fact]
    public async Task With_a_port_it_stays_up_and_every_command_of_models_works_against_it()
    {
        using var interrupt = new CancellationTokenSource();
        var error = new SignallingWriter();
        var run = Task.Run(() => Tool.RunAsync(
            _ => new Terminal.ConsoleContext(TextWriter.Null, error, Interactive: false) { Time = new VirtualClock(Now) },
            interrupt.Token,
            "local",
            "--ai",
            "--port",
            "0"));
        Assert.NotSame(run, await Task.WhenAny(error.UntilAsync("Ctrl+C ends it"), run));
        var port = new Uri(error.ToString().Split("Listening on ")[1].Split(". ")[0]).Port.ToString(CultureInfo.InvariantCulture);

        var status = await AskAsync("ai", "status", "--json");
        var stop = await AskAsync("stop-all");
        var restore = await AskAsync("ai", "restore", ShownModels.Account, ShownModels.Key, "--because", "a slip");
        var approve = await AskAsync("ai", "approve", ShownModels.Account, ShownModels.User, "--because", "enough");
        var check = await AskAsync("ai", "check", ShownModels.Account);
        var compare = await AskAsync("ai", "compare", "--yes");
        var stopped = await UntilAsync(() => HeldBackAsync(ShownModels.User), "responses are stopped: budgetsync arm lets them begin again");
        var arm = await AskAsync("arm");
        var states = await UntilAsync(StatesAsync, "Restored Suspended");

        await interrupt.CancelAsync();

        Assert.Equal(ExitCode.Done, (await run).ExitCode);
        Assert.Equal(
            ["Suspended", "Suspended", "Exceeded"],
            new[] { ShownModels.Role, ShownModels.Key, ShownModels.User }.Select(budget => StateOf(status, budget)));
        Assert.All(new[] { stop, restore, approve, arm }, asked => Assert.True(asked.ExitCode == ExitCode.Done, asked.Error));
        Assert.StartsWith("responses are stopped", stopped, StringComparison.Ordinal);
        Assert.Matches("Green +metering +the spoke meters models", check.Out);
        Assert.DoesNotContain("no such account", compare.Error, StringComparison.Ordinal);
        Assert.Equal("Restored Suspended", states);

        Task<ToolResult> AskAsync(params string[] words) =>
            Tool.RunAsync(given => given with { Time = new VirtualClock(Now), Width = 200 }, [.. words, "--local", port]);

        // By the clock and not by count: how many looks fit before Meter's own depends on what else the machine does.
        static async Task<string> UntilAsync(Func<Task<string>> read, string wanted)
        {
            var found = await read();
            for (var began = Stopwatch.GetTimestamp(); found != wanted && Stopwatch.GetElapsedTime(began) < Longest; found = await read())
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            return found;
        }

        async Task<string> HeldBackAsync(string budget) =>
            (string?)LineOf(await AskAsync("ai", "status", "--json"), budget)["heldBack"] ?? "";

        async Task<string> StatesAsync()
        {
            var told = await AskAsync("ai", "status", "--json");
            return $"{StateOf(told, ShownModels.Key)} {StateOf(told, ShownModels.User)}";
        }
    }

    private static string? StateOf(ToolResult status, string budget) => (string?)LineOf(status, budget)["state"]!["name"];

    private static JsonNode LineOf(ToolResult status, string budget) => status.JsonArray[0]!["report"]!["lines"]!.AsArray()
        .First(line => (string?)line!["subject"] == budget)!; // The team has it.

    private static Task<ToolResult> RunAsync(Func<Terminal.ConsoleContext, Terminal.ConsoleContext> terminal, params string[] options) =>
        Tool.RunAsync(given => terminal(given with { Time = new VirtualClock(Now) }), ["local", "--ai", .. options]);
}
