using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using BudgetSync.Cli.Commands.Local;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Local;

/// <summary><c>local --channels</c>: what channels get is printed as it arrives.</summary>
public sealed class LocalChannelsTests
{
    private const string Spender = "222222222205";

    private static readonly string Rows = "AccountId,BudgetValue\n" + string.Concat(Enumerable.Range(1, 5).Select(number => $"22222222220{number},300\n"));

    // The whole story: a month of overspending, and the new one.
    [Fact]
    public async Task An_overspend_is_a_Slack_message_and_an_incident_and_both_are_resolved_when_the_next_month_is_computed()
    {
        using var file = new RowsOnDisk(Rows, "rows.csv");
        var start = new VirtualClock(new DateTimeOffset(2026, 5, 20, 10, 30, 0, TimeSpan.Zero));

        var run = await Tool.RunAsync(
            terminal => terminal with { Time = start }, "local", "--time-lapse", "--channels", "--rows", file.Path, "--days", "32");

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        foreach (var sender in new[] { "Slack", "ServiceNow" })
        {
            var story = Story(run.Error, sender);
            var opened =
                story.FindIndex(line => line.Text.StartsWith($"Critical: SpokeAccountBudget of account-{Spender} ({Spender}). ", StringComparison.Ordinal));
            var worse = story.FindIndex(line => line.Text.StartsWith("Shutdown: ", StringComparison.Ordinal));
            var over = story.FindIndex(line => Regex.IsMatch(line.Text, "^Resolved: (Critical|Shutdown): .*a new period began"));
            Assert.True(opened >= 0 && opened < worse && worse < over, run.Error);
            // AWS computes every 8 to 12 hours: until then the amount of May stands there, and must not be told as June's.
            Assert.Equal(("06-01", true), (story[over].Day, story[over].Hour > 1));
            Assert.All(
                story.Where(line => line.Day.StartsWith("06", StringComparison.Ordinal)),
                line => Assert.Matches("^(Resolved|Over|Still|and )", line.Text));
        }

        Assert.Contains("  e-mail of topic BudgetSync-Channel-mail  ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_say_where_alerts_go_stay_as_they_are()
    {
        using var file = new RowsOnDisk("""[{ "AccountId": "222222222201", "BudgetValue": 300, "Notify": "pager" }]""");

        var run = await Tool.RunAsync("local", "--once", "--channels", "--json", "--rows", file.Path);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Equal("Applied", (string?)run.Account("222222222201")["state"]);
        Assert.DoesNotContain("  Slack  ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_are_to_inherit_are_not_given_channels_of_their_own()
    {
        const string all = "finops, hook Critical, teams Critical, pager Critical, tickets Critical, issues Critical, events Critical, mail Critical, "
            + "phone Critical, chat Critical";
        const string row = "\"BudgetValue\":300";
        const string one = "{\"AccountId\":\"222222222201\"," + row;
        const string whole = "{\"AccountId\":\"default\"," + row;
        Assert.Equal(["default finops", "222222222201 -"], Added($"[{whole},\"Notify\":\"finops\"}},{one}}}]"));
        Assert.Equal(["default -", "222222222201 pager"], Added($"[{whole}}},{one},\"Notify\":\"pager\"}}]"));
        Assert.Equal([$"default {all}", "222222222201 -"], Added($"[{whole}}},{one}}}]"));
        Assert.Equal([$"222222222201 {all}"], Added($"[{one}}}]"));
    }

    private static List<string> Added(string rows)
    {
        using var document = JsonDocument.Parse(rows);
        var entries = document.RootElement.EnumerateArray().Select(row => new RowEntry(RowJson.ReadRow(row)!, "", [])).ToList();
        var said = new List<string>();
        var added = ShownChannels.AddTo(entries, said.Add);
        Assert.Single(said);
        return [.. added.Select(row => $"{row.Image.Key} {(row.Image.Attributes.TryGetValue("Notify", out var notify) ? RowValueText.Plain(notify) : "-")}")];
    }

    private static List<(string Day, int Hour, string Text)> Story(string lines, string sender) =>
    [
        .. lines.Split('\n').Where(line => line.Contains($"  {sender}  ", StringComparison.Ordinal) && line.Contains(Spender, StringComparison.Ordinal))
            .Select(line => (line[5..10], int.Parse(line[11..13], CultureInfo.InvariantCulture), line.Split($"  {sender}  ")[1])),
    ];
}
