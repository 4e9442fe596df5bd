using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Ec2;

namespace BudgetSync.Cli.Tests.Commands.Local;

/// <summary>A <c>budgetsync local --responses</c> that stays up, and what a person decides there, by the walk of RESPONSES.md word for word.</summary>
public sealed class LocalResponsesTests
{
    private const string Prefix = "dotnet run --project src/BudgetSync.Cli -- ";

    /// <summary>What stands in the page for an account and a restriction, which are others in each month.</summary>
    private const string Id = "r-0123456789ab";

    private const string Account = "111111111103";

    [Theory]
    [InlineData]
    [InlineData("--channels")]
    public async Task What_is_planned_is_approved_stopped_and_given_back_as_the_page_walks_it(params string[] more)
    {
        var walk = Walk();
        Assert.Equal("local --responses", walk[0]);
        Assert.Equal(["restrictions", "approve", "restrictions", "lift", "ledger"], walk.Skip(1).Select(command => command.Split(' ')[0]));
        await using var local = await RunningLocal.StartAsync(["--responses", .. more]);

        var waiting = await UntilAsync(local, "AwaitingApproval");
        var (account, id) = ((string)waiting["accountId"]!, (string)waiting["restriction"]!);
        Assert.Equal("CONFIRM", (string?)waiting["response"]!["Mode"]);
        var instance = Assert.Single(local.Cloud.Ec2.Instances, one => one.Definition.AccountId == account && one.Group is null);
        await BecomesAsync(local, instance, InstanceState.Running);
        Assert.Contains(id, (await RunAsync(local, walk[1])).Out, StringComparison.Ordinal);

        Assert.Contains("is in force", (await RunAsync(local, Of(walk[2]))).Out, StringComparison.Ordinal);
        await SaidAsync(local, Of(walk[3]), "InForce");
        await BecomesAsync(local, instance, InstanceState.Stopped);
        // What the spoke has done is written down with the next decision, once it has reported it.
        await local.Cloud.Work.WhenIdleAsync();

        Assert.Contains("took it back: it stops the release", (await RunAsync(local, Of(walk[4]))).Out, StringComparison.Ordinal);
        await SaidAsync(local, Of(walk[5]), "2 changed");
        await BecomesAsync(local, instance, InstanceState.Running);
        await SaidAsync(local, Of(walk[3]), "Lifted");
        await local.UntilSaidAsync("STOP_ALL at Over was taken back");

        string Of(string command) => command.Replace(Id, id, StringComparison.Ordinal).Replace(Account, account, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_kill_switch_a_snooze_and_arm_can_be_tried_there()
    {
        await using var local = await RunningLocal.StartAsync("--responses");
        var waiting = await UntilAsync(local, "AwaitingApproval");
        var account = (string)waiting["accountId"]!;

        Assert.Contains("No response begins any more", (await RunAsync(local, "stop-all --local")).Out, StringComparison.Ordinal);
        Assert.Contains("Responses may begin again", (await RunAsync(local, "arm --local")).Out, StringComparison.Ordinal);
        await RunAsync(local, $"snooze {account} --until 2099-12-31 --because test --yes --wait --local");
        await SaidAsync(local, $"restrictions {account} --local", "Cancelled");
        Assert.Contains("snoozed through 2099-12-31", (await RunAsync(local, $"status {account} --local")).Out, StringComparison.Ordinal);
    }

    // Found by a newcomer: nothing began after arm until the next quarter of an hour.
    [Fact]
    public async Task What_was_approved_while_responses_were_stopped_begins_when_they_are_armed()
    {
        await using var local = await RunningLocal.StartAsync("--responses");
        var waiting = await UntilAsync(local, "AwaitingApproval");
        var (account, id) = ((string)waiting["accountId"]!, (string)waiting["restriction"]!);
        // EC2 stops no instance that is pending (IncorrectInstanceState).
        var instance = Assert.Single(local.Cloud.Ec2.Instances, one => one.Definition.AccountId == account && one.Group is null);
        await BecomesAsync(local, instance, InstanceState.Running);

        await RunAsync(local, "stop-all --local");
        await RunAsync(local, $"approve {account} {id} --local");
        await SaidAsync(local, $"restrictions {account} --local", "responses are stopped");
        await RunAsync(local, "arm --local");

        await SaidAsync(local, $"restrictions {account} --local", "InForce");
        var whole = await RunAsync(local, "ledger organization --local");
        Assert.Matches("ResponsesStopped(?s:.*)ResponsesArmed", whole.Out);
        Assert.DoesNotContain(account, whole.Out, StringComparison.Ordinal);
    }

    private static List<string> Walk() =>
    [
        .. File.ReadAllText(Path.Combine(RepositoryRoot.Path, "src", "BudgetSync.Core", "RESPONSES.md")).Split("## Try it")[1].Split("\n## ")[0].Split('\n')
            .Where(line => line.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(line => line[Prefix.Length..].Trim()),
    ];

    /// <summary>The first restriction that has come to a state.</summary>
    private static async Task<JsonNode> UntilAsync(RunningLocal local, string state)
    {
        for (var look = 0; look < 600; look++)
        {
            var all = JsonNode.Parse((await RunAsync(local, "restrictions --json --local")).Out)!.AsArray();
            if (all.FirstOrDefault(restriction => (string?)restriction!["state"] == state) is { } found) return found;
            await local.Cloud.Work.WhenIdleAsync();
        }

        throw new InvalidOperationException($"No restriction is {state}: {local.Error}");
    }

    /// <summary>Power takes a second there.</summary>
    private static async Task BecomesAsync(RunningLocal local, Ec2Instance instance, InstanceState state)
    {
        for (var look = 0; look < 2_000 && instance.State != state; look++) await RunAsync(local, "restrictions --local");
        Assert.Equal(state, instance.State);
    }

    /// <summary>Until a command says it: what a person decided travels to the spoke and back.</summary>
    private static async Task SaidAsync(RunningLocal local, string command, string text)
    {
        var said = "";
        for (var look = 0; look < 600; look++)
        {
            await local.Cloud.Work.WhenIdleAsync();
            said = (await RunAsync(local, command)).Out;
            if (said.Contains(text, StringComparison.Ordinal)) return;
        }

        throw new InvalidOperationException($"{command} does not say \"{text}\": {said}");
    }

    private static async Task<ToolResult> RunAsync(RunningLocal local, string command)
    {
        var port = local.Cloud.Address!.Port.ToString(CultureInfo.InvariantCulture);
        var edits = Directory.CreateTempSubdirectory("budgetsync-test-").FullName;
        string[] words = [.. CommandLineParser.SplitCommandLine(command).SelectMany(word => word == "--local" ? [word, port] : new[] { word })];
        var run = await Tool.RunAsync(
            terminal => terminal with { Width = 200, Environment = new Dictionary<string, string> { ["BUDGETSYNC_HOME"] = edits } }, words);
        Assert.True(run.ExitCode == ExitCode.Done, $"{command}: {run.Out}{run.Error}");
        return run;
    }
}
