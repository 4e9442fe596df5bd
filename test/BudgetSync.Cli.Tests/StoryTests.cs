using System.Text.RegularExpressions;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests;

/// <summary>
/// The story of STORY.md: an overspend, the message, the incident, and the end of both, played by the command that stands there. Its pictures are drawn of what
/// the command wrote: <c>UPDATE_GOLDEN=1 dotnet test test/BudgetSync.Cli.Tests --filter StoryTests</c> draws them anew, with an installed Chromium.
/// </summary>
public sealed partial class StoryTests
{
    private const string Spender = "222222222205";
    private const int Columns = 112;
    private static readonly string Images = Path.Combine(RepositoryRoot.Path, ".github", "images");
    private static readonly string Page = Path.Combine(RepositoryRoot.Path, "src", "BudgetSync.Cli", "STORY.md");

    [Fact]
    public async Task The_story_is_what_its_command_plays_and_its_pictures_are_of_it()
    {
        var (lines, others, table, inbox) = await PlayAsync();

        // What the page says of the screen's other lines, and of the table at the end.
        var senders = others.Select(line => Message().Match(line).Groups["who"].Value).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(["PagerDuty", "topic BudgetSync-Alerts"], senders);
        var pager = others.Where(line => line.Contains("  PagerDuty  ", StringComparison.Ordinal)).ToList();
        Assert.All(pager, line => Assert.Matches("  PagerDuty  (Still |Resolved: )?Shutdown: ", line));
        Assert.DoesNotContain(pager, line => line.Contains(Spender, StringComparison.Ordinal));
        Assert.Matches($@"(?m)^ *{Spender} .* Over ", table);

        // Opened, worse, over: the same alert at both providers, and the ticket and its end have one key.
        var slack = lines.Where(line => line.Contains("  Slack  ", StringComparison.Ordinal)).ToList();
        Assert.Matches("Critical: .*222222222205", slack.First(line => line.Contains("  Critical: ", StringComparison.Ordinal)));
        // What ran out and what was over end with the month, each once.
        Assert.Equal(
            ["Runs out", "Shutdown"],
            slack.Select(line => Ended().Match(line)).Where(match => match.Success).Select(match => match.Groups["what"].Value).Order(StringComparer.Ordinal));
        var chosen = Chosen(inbox);
        Assert.Equal(["Slack", "ServiceNow", "Slack", "ServiceNow"], chosen.Select(SenderOf));
        Assert.Equal(KeyOf(chosen[1]), KeyOf(chosen[3]));

        var svg = TerminalPicture.Svg(
            "budgetsync local --time-lapse --channels: the messages to Slack and ServiceNow about an account that overspends, as they arrive",
            [Command, .. lines.Select(line => line.Length <= Columns ? line : line[..(Columns - 1)] + "…")],
            new Dictionary<string, Spectre.Console.Color>());
        Golden.Same("../../../.github/images/story.svg", svg);
        var html = HeadOf(inbox) + string.Concat(chosen) + "</main></html>\n";
        await PictureAsync("story-light.png", html, dark: false, width: 760);
        await PictureAsync("story-dark.png", html, dark: true, width: 760);
        await PictureAsync("story-narrow.png", html, dark: false, width: 380);
    }

    [Fact]
    public async Task The_page_shows_the_pictures_and_the_command_that_plays_it()
    {
        var page = await File.ReadAllTextAsync(Page);

        Assert.Contains(Command[2..], page, StringComparison.Ordinal);
        foreach (var picture in new[] { "story.svg", "story-light.png", "story-dark.png", "story-narrow.png" })
            Assert.Contains($"../../.github/images/{picture}", page, StringComparison.Ordinal);
    }

    private const string Command = "$ dotnet run --project src/BudgetSync.Cli -- local --time-lapse --channels --month 2026-05 --days 32 "
        + "--rows src/BudgetSync.Cli/examples/story.json";

    /// <summary>The lines about the account that overspends, those of other messages, the table at the end, and the page of all messages.</summary>
    private static async Task<(List<string> Lines, List<string> Others, string Table, string Inbox)> PlayAsync()
    {
        var rows = Path.Combine(RepositoryRoot.Path, "src", "BudgetSync.Cli", "examples", "story.json");
        var file = Path.GetTempFileName();
        try
        {
            // Whatever day it is, the command plays the month that it names: the pictures stay true.
            var start = new VirtualClock(new DateTimeOffset(2027, 2, 20, 10, 30, 0, TimeSpan.Zero));
            string[] words = [.. Command.Split(" -- ")[1].Split(' ').Select(word => word.EndsWith("story.json", StringComparison.Ordinal) ? rows : word)];
            var run = await Tool.RunAsync(terminal => terminal with { Time = start }, [.. words, "--inbox", file]);
            Assert.True(run.ExitCode == ExitCode.Done, run.Error);
            var told = run.Error.Split('\n').Where(line => Told().IsMatch(line)).Select(line => line.TrimEnd()).ToList();
            Assert.All(told, line => Assert.Contains(Spender, line, StringComparison.Ordinal));
            var others = run.Error.Split('\n').Where(line => Message().IsMatch(line)).Except(told).ToList();
            return (told, others, run.Out, await File.ReadAllTextAsync(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Of the state's messages the first and the last at each provider, oldest first, without what was sent in JSON.</summary>
    private static List<string> Chosen(string inbox)
    {
        var articles = Article().Matches(inbox).Select(article => Details().Replace(article.Value, "</article>\n")).Reverse()
            .Where(article => Title().IsMatch(article))
            .ToList();
        return [.. First(articles), .. First(Enumerable.Reverse(articles).ToList())];

        static IEnumerable<string> First(List<string> from) =>
            new[] { "Slack", "ServiceNow" }.Select(sender => from.First(article => SenderOf(article) == sender));
    }

    private static string SenderOf(string article) => Sender().Match(article).Groups[1].Value;

    private static string KeyOf(string article) => Key().Match(article).Value;

    private static string HeadOf(string inbox) => inbox[..(inbox.IndexOf("<main>", StringComparison.Ordinal) + "<main>".Length)];

    private static async Task PictureAsync(string name, string html, bool dark, int width)
    {
        var path = Path.Combine(Images, name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") await PagePicture.DrawAsync(path, html, dark, width);
        Assert.True(File.Exists(path), $"{name} is missing; UPDATE_GOLDEN=1 draws it");
        var (drawnOf, isWhole) = PictureSource.Read(await File.ReadAllBytesAsync(path));
        Assert.Equal(PictureSource.DigestOf(html), drawnOf);
        Assert.True(isWhole, $"{name} shows a part of its page only; UPDATE_GOLDEN=1 draws it anew");
    }

    [GeneratedRegex("  Resolved: (?<what>Runs out|Shutdown|Critical)")]
    private static partial Regex Ended();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d UTC  (Slack|ServiceNow)  ")]
    private static partial Regex Told();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d UTC  (?<who>PagerDuty|topic BudgetSync-Alerts|.+?)(  | of )")]
    private static partial Regex Message();

    [GeneratedRegex("<article.*?</article>", RegexOptions.Singleline)]
    private static partial Regex Article();

    [GeneratedRegex("<details>.*?</article>", RegexOptions.Singleline)]
    private static partial Regex Details();

    [GeneratedRegex("<h2>(Critical|Resolved: (Critical|Shutdown)): ")]
    private static partial Regex Title();

    [GeneratedRegex("<p class=from>(\\w+) ")]
    private static partial Regex Sender();

    [GeneratedRegex("correlation_id: [^\n<]+")]
    private static partial Regex Key();
}
