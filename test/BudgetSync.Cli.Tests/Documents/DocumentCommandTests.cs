using System.CommandLine.Parsing;
using System.Text;
using BudgetSync.Cli.Terminal;
using BudgetSync.Cli.Tests.Commands.Local;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Documents;

/// <summary>
/// Every command that a document shows is run against a deployment, and ends as it should. Those that begin with <c>dotnet run</c> are run in the order of
/// their pages by <see cref="ReadmeTests"/>, <see cref="StoryTests"/> and LocalResponsesTests; names of commands without what they need are looked up by
/// <see cref="DocumentTests"/>.
/// </summary>
public sealed class DocumentCommandTests
{
    /// <summary>What comes first, so that it is there for what follows; all else is between, by name.</summary>
    private static readonly string[] First =
        ["approve", "lift", "snooze", "stop-all", "restrictions", "arm", "rows set ROW --unset Snooze", "adopt", "rows export"];

    private static readonly string[] Last = ["rows delete", "local reset"];

    /// <summary>What a local deployment refuses, with the words.</summary>
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["report --html FILE --from-bucket"] = "Deploy with reportBucket=true",
        ["report --html budgets.html --from-bucket"] = "Deploy with reportBucket=true",
    };

    private static readonly DateTimeOffset Now = new(2026, 5, 20, 10, 30, 0, TimeSpan.Zero);

    /// <summary>What is asked of the management account's own budgets only; it has none here.</summary>
    private static readonly string[] OfItsBudgets = ["budgets:DescribeBudgetActionsForBudget", "budgets:ListTagsForResource"];

    [Fact]
    public async Task Those_of_a_deployment_work_against_one_for_who_may_do_what_SECURITY_says_and_no_more()
    {
        var commands = DocumentCommands.All.Where(one => !one.Line.StartsWith("ai ", StringComparison.Ordinal))
            .Where(one => !one.Line.StartsWith("local", StringComparison.Ordinal) || one.Line.StartsWith("local reset", StringComparison.Ordinal))
            .OrderBy(one => Place(one.Line)).ThenBy(one => one.Line, StringComparer.Ordinal).ToList();
        Assert.InRange(commands.Count, 100, 1000);
        await using var world = await DocumentWorld.StartAsync();
        var (wrong, used) = await RunAsync(world, commands);
        Assert.True(wrong.Length == 0, wrong);
        Assert.Empty(DocumentPerson.Allowed().Except(used.Concat(OfItsBudgets), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>What changes nothing, wherever it stands, by its first words.</summary>
    private static readonly string[] Looking =
    [
        "status", "restrictions", "ledger", "alerts", "channels list", "envelopes", "history", "report", "plan", "recommend --", "respond", "rows list",
        "rows get", "rows export", "rows validate", "rows explain", "rows schema",
    ];

    /// <summary>Commands of these words that look into accounts, write, or read what others write first.</summary>
    private static readonly string[] NotLooking = ["redrive", "--look", "adopted.json", "budgets.csv"];

    [Fact]
    public async Task Who_only_looks_needs_the_first_policy_of_SECURITY()
    {
        var commands = DocumentCommands.All.Where(one => Looking.Any(word => one.Line.StartsWith(word, StringComparison.Ordinal)))
            .Where(one => !NotLooking.Any(word => one.Line.Contains(word, StringComparison.Ordinal))).ToList();
        Assert.InRange(commands.Count, 50, 1000);
        await using var world = await DocumentWorld.StartAsync(policies: 1);
        var (wrong, _) = await RunAsync(world, commands);
        Assert.True(wrong.Length == 0, wrong);
    }

    /// <summary>A team that has been suspended; names that the documents make up are its own.</summary>
    [Fact]
    public async Task Those_of_models_work_against_a_team_that_was_suspended()
    {
        var commands = DocumentCommands.All.Where(one => one.Line.StartsWith("ai ", StringComparison.Ordinal)).ToList();
        Assert.InRange(commands.Count, 25, 1000);
        await using var world = await ModelWorld.StartAsync();
        var wrong = new StringBuilder();
        foreach (var command in commands)
        {
            var run = await world.RunAsync(command.Line);
            var isRight = run.ExitCode == ExitCode.Done
                || (run.ExitCode == ExitCode.Differences && command.Line.StartsWith("ai prices refresh", StringComparison.Ordinal));
            if (!isRight) wrong.AppendLine($"{command}: exit {run.ExitCode}\n{run.Error}{run.Out}");
        }

        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    /// <summary>
    /// What stays up is interrupted once it says how. Months are three days here, a thousand accounts a hundred: TimeLapseTests and StoryTests have whole ones.
    /// </summary>
    [Fact]
    public async Task Those_that_start_a_local_organization_do_so()
    {
        var commands = DocumentCommands.All.Where(one => one.Line.StartsWith("local", StringComparison.Ordinal))
            .Where(one => !one.Line.StartsWith("local reset", StringComparison.Ordinal)).ToList();
        Assert.InRange(commands.Count, 10, 1000);
        var folder = Directory.CreateTempSubdirectory("budgetsync-test-");
        var wrong = new StringBuilder();
        foreach (var command in commands)
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "rows.csv"), "AccountId,BudgetValue\n111122223333,100\n");
            var run = await StartedAsync(command.Line, folder.FullName);
            if (run.ExitCode != ExitCode.Done) wrong.AppendLine($"{command}: exit {run.ExitCode}\n{run.Error}{run.Out}");
        }

        folder.Delete(recursive: true);
        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    private static async Task<ToolResult> StartedAsync(string line, string folder)
    {
        string[] words =
        [
            .. CommandLineParser.SplitCommandLine(line).Select(word => word switch { "FILE" => "inbox.html", "1000" => "100", "35" => "3", _ => word })
                .Select(word => Path.HasExtension(word) ? Path.Combine(folder, word) : word == "4916" ? "0" : word)
        ];
        using var interrupt = new CancellationTokenSource();
        await using var error = new SignallingWriter();
        var isPlayed = words.Contains("--ai") || words.Contains("--time-lapse");
        if (!words.Contains("--port") && !isPlayed) words = [.. words, "--port", "0"];
        if (words.Contains("--time-lapse") && !words.Contains("--days")) words = [.. words, "--days", "3"];
        var run = Task.Run(() => Tool.RunAsync(
            _ => new ConsoleContext(TextWriter.Null, error, Interactive: false)
            {
                Time = isPlayed ? new VirtualClock(Now) : TimeProvider.System,
            },
            interrupt.Token,
            words));
        if (await Task.WhenAny(error.UntilAsync("Ctrl+C ends it"), run) != run) await interrupt.CancelAsync();
        return await run with { Error = error.ToString() };
    }

    /// <returns>What did not end as it should, and the actions of IAM that it took.</returns>
    private static async Task<(string Wrong, IReadOnlySet<string> Used)> RunAsync(DocumentWorld world, IEnumerable<DocumentCommand> commands)
    {
        var wrong = new StringBuilder();
        foreach (var command in commands)
        {
            var words = await ShownWords.OfAsync(command.Line, world);
            if (command.Line.StartsWith("local reset", StringComparison.Ordinal)) words = ["local", "reset", "--port", world.Port];
            var run = words.Contains("--watch") ? await world.WatchAsync(words) : await world.RunAsync(words);
            var isDenied = (run.Out + run.Error).Contains("is not authorized to perform", StringComparison.Ordinal);
            if (isDenied || !IsRight(command.Line, run)) wrong.AppendLine($"{command}: exit {run.ExitCode}\n{run.Error}{run.Out}");
        }

        return (wrong.ToString(), world.Used());
    }

    private static int Place(string line) =>
        Array.FindIndex(First, one => line.StartsWith(one, StringComparison.Ordinal)) is var first and >= 0 ? first - First.Length
        : Array.FindIndex(Last, one => line.StartsWith(one, StringComparison.Ordinal)) is var last and >= 0 ? 1 + last
        : 0;

    private static bool IsRight(string line, ToolResult run) => Refused.TryGetValue(line, out var told)
        ? run.ExitCode == ExitCode.Failed && run.Error.Contains(told, StringComparison.Ordinal)
        : run.ExitCode == ExitCode.Done || (line.StartsWith("plan ", StringComparison.Ordinal) && run.ExitCode == ExitCode.Differences);
}
