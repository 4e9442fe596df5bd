using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BudgetSync.Cli.Commands.Local.Models;
using BudgetSync.Cli.Tests.Commands.Local;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Features;

/// <summary>
/// Each command of the table of features of AI.md, run as it stands there against a deployment that meters models, whose team has spent too much; and what its
/// sentence says has come about.
/// </summary>
public sealed class AiFeatureCommandTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 20, 10, 30, 0, TimeSpan.Zero);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("budgetsync-features-");

    private string port = "";

    /// <summary>What each command brings about, in the order in which they are run: what people do, before what tells of it.</summary>
    private (string Sentence, Func<ToolResult, Task> Check)[] Outcomes =>
    [
        ("Tracks token usage and costs for all Bedrock models", run => Says(run.Out, @"(?m)amazon\.nova-pro-v1:0 .* 2 +2,200 +0\.0022", "2 calls, 0.0022")),
        ("Cost breakdown by model", run => Says(run.Out, @"(?m)^\S+ +user/alice +amazon\.nova-pro-v1:0")),
        ("Automatic price updates from AWS Pricing API", async run =>
        {
            Assert.Equal(ExitCode.Done, run.ExitCode);
            var written = JsonNode.Parse(await File.ReadAllTextAsync(In("prices.json")))!.AsArray();
            var lite = Assert.Single(written, one => (string?)one!["model"] == "amazon.nova-lite-v1:0" && (string?)one["region"] == "us-east-1"
                && (string?)one["kind"] == "Regional");
            Assert.Equal((0.07m, "AWS offer file AmazonBedrock 20260501000000"), ((decimal)lite!["input"]!, (string?)lite["source"])); // Both are there.
        }),
        ("Multi-channel notifications (Email, Slack, SMS)", run => Says(run.Out, "operations")),
        ("List all user budgets", run => Says(run.Out, @"role/DataScience .* Suspended", @"BedrockAPIKey-7f3a .* Suspended", @"user/alice .* Exceeded")),
        ("Check specific user budget", run => Says(run.Out, $@"(?m)^{ShownModels.Account} +BedrockAPIKey-7f3a .* 4\.00 ")),
        ("Real-time cost tracking of every Bedrock API call", run => Says(run.Out, @"us-east-1 +Own +2026-05-20 10:(2|3)\d UTC")),
        ("System Health Check", run => Says(run.Out, @"Green +metering +the spoke meters models", @"Green +log us-east-1")),
        ("Daily reconciliation with Cost Explorer", run => Says(run.Out + run.Error, "Cost Explorer")),
        ("Manual User Restoration", _ => UntilAsync(ShownModels.Key, "Restored")),
        ("Reset user budget (emergency)", _ => UntilAsync(ShownModels.Role, "Restored")),
        ("Emergency controls", async _ =>
        {
            var status = await AskAsync("ai status");
            await Says(status.Out, "snoozed through 2026-11-30");
        }),
        ("Comprehensive audit trails and compliance logging", run => Says(run.Out, "ModelsRestored", "it was a test")),
        ("Complete audit trail", run => Says(run.Out, "ModelsRestored", "an emergency", "RowEdited")),
        ("Alert history and trends", run => Says(run.Out, "pool/research +models Critical", "user/alice +models Exceeded")),
        ("Business metrics on a page", async _ => await Says(await File.ReadAllTextAsync(In("report.html")), "<h2 id=models>Models</h2>", "role/DataScience")),
    ];

    [Fact]
    public async Task Each_command_does_what_its_sentence_says()
    {
        var commands = FeatureTable.Read(await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "src", "BudgetSync.Core", "AI.md")))
            .Where(one => FeatureTable.IsCommand(one.Here)).ToDictionary(one => one.Sentence, one => one.Here, StringComparer.Ordinal);
        Assert.Equal(commands.Keys.Order(StringComparer.Ordinal), Outcomes.Select(one => one.Sentence).Order(StringComparer.Ordinal));
        await ModelFiles.WriteAsync(folder.FullName);
        await using var models = await RunningModels.StartAsync(Now);
        port = models.Port;

        foreach (var (sentence, check) in Outcomes)
        {
            var run = await AskAsync(commands[sentence]["budgetsync ".Length..]);
            Assert.True(run.ExitCode is ExitCode.Done or ExitCode.Failed or ExitCode.Differences, $"{sentence}: exit {run.ExitCode}\n{run.Error}");
            try
            {
                await check(run);
            }
            catch (Xunit.Sdk.XunitException missed)
            {
                Assert.Fail($"{sentence}: {commands[sentence]}: exit {run.ExitCode}\n{missed.Message}\n{run.Out}\n{run.Error}");
            }
        }

        Assert.Equal(ExitCode.Done, await models.InterruptAsync());
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static Task Says(string text, params string[] patterns)
    {
        Assert.All(patterns, pattern => Assert.Matches(new Regex(pattern), text));
        return Task.CompletedTask;
    }

    /// <summary>With this team's account and names, and files of the test's folder.</summary>
    private Task<ToolResult> AskAsync(string command)
    {
        var words = CommandLineParser.SplitCommandLine(command).Select(word => word switch
        {
            "111122223333" => ShownModels.Account,
            "BedrockAPIKey-ab12" => ShownModels.Key,
            _ when word.EndsWith(".json", StringComparison.Ordinal) || word.EndsWith(".jsonl", StringComparison.Ordinal)
                || word.EndsWith(".html", StringComparison.Ordinal) => In(word),
            _ => word,
        }).ToList();
        // What only reads files knows no deployment, and what edits asks nobody here.
        if (words is not (["ai", "spend", ..] or ["ai", "prices", ..])) words.AddRange(["--local", port]);
        if (words is ["snooze", ..] or ["channels", ..]) words.Add("--yes");
        return Tool.RunAsync(
            given => given with
            {
                Time = new VirtualClock(Now),
                Width = 300,
                Environment = new Dictionary<string, string> { ["BUDGETSYNC_HOME"] = folder.FullName },
            },
            [.. words]);
    }

    private async Task UntilAsync(string budget, string wanted)
    {
        var found = "";
        for (var began = Stopwatch.GetTimestamp(); found != wanted && Stopwatch.GetElapsedTime(began) < Longest;)
        {
            var lines = (await AskAsync("ai status --json")).JsonArray[0]!["report"]!["lines"]!.AsArray();
            found = (string?)lines.First(line => (string?)line!["subject"] == budget)!["state"]!["name"]; // The team has it.
            if (found != wanted) await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        Assert.Equal(wanted, found);
    }

    private string In(string file) => Path.Combine(folder.FullName, file);
}
