using System.Text.RegularExpressions;
using BudgetSync.Cli.Tests.Commands.Rows.Editing;

namespace BudgetSync.Cli.Tests;

/// <summary>
/// Every view of the tool, at the widths that terminals have: no line is wider than the screen, and text from rows and names is shown as what it is. A new
/// view gets a line here.
/// </summary>
public sealed partial class ViewTests
{
    private const string Hostile = "\\u001b[31mred\\r\\nand [bold]marked[/] <b>up</b> | =1+1";

    /// <summary>Rows that are fine, rejected, blocked, with long and hostile texts.</summary>
    private const string Rows = $$"""
        [
          { "AccountId": "222222222201", "BudgetValue": 1000, "Thresholds": "50, 80, 90, 100, 110 FORECASTED",
            "EmailRecipients": "payments-team-on-call@example.com, finance@example.com", "BudgetName": "payments [red]production[/]", "Note": "{{Hostile}}" },
          { "AccountId": "222222222202", "BudgetValue": 25000000.5, "TimeUnit": "ANNUALLY" },
          { "AccountId": "222222222203", "Budgets": [{ "BudgetName": "first", "BudgetValue": 1 }, { "BudgetName": "second", "BudgetValue": 2 }] },
          { "AccountId": "222222222204", "BudgetValue": 4 },
          { "AccountId": "222222222205", "BudgetValue": "{{Hostile}}" },
          { "AccountId": "default", "EmailRecipients": "everybody@example.com" }
        ]
        """;

    /// <summary>What those rows are edited to.</summary>
    private const string Edited = $$"""
        [
          { "AccountId": "222222222201", "BudgetValue": 150000, "Thresholds": "50, 80", "Note": "{{Hostile}}" },
          { "AccountId": "222222222204", "BudgetValue": 5, "EmailRecipients": "a-new-recipient-with-a-long-name@subdomain.example.com" },
          { "AccountId": "222222222206", "BudgetValue": 7 },
          { "AccountId": "{{Hostile}}", "BudgetValue": 7 },
          { "AccountId": "222222222207", "BudgetValue": -7, "Treshold": 5 }
        ]
        """;

    /// <summary>The views: a name, and the command that shows it. FILE is the rows, EDITED and - what they are edited to.</summary>
    private static readonly (string Name, string Command)[] Views =
    [
        ("status", "status"),
        ("status-state", "status --state Rejected,Blocked"),
        ("status-account", "status 222222222205"),
        ("drift", "drift"),
        ("drift-unchecked", "drift --read-role NoSuchRole"),
        ("plan", "plan EDITED"),
        ("reconcile", "reconcile --account 222222222201"),
        ("rows-list", "rows list"),
        ("rows-get", "rows get 222222222201"),
        ("rows-get-several", "rows get 222222222203"),
        ("rows-get-rejected", "rows get 222222222205"),
        ("import-preview", "rows import EDITED"),
        ("delete-preview", "rows delete 222222222201 222222222204"),
        ("undo-list", "rows undo --list"),
        ("explain", "rows explain FILE"),
        ("validate", "rows validate -"),
        ("adopt", "adopt --all --format json"),
        ("local", "local --once --rows FILE"),
    ];

    public static TheoryData<int> Widths => [80, 120, 200];

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task Every_view_fits_the_screen_and_shows_the_text_of_rows_as_what_it_is(int width)
    {
        await using var local = await EditedLocal.StartAsync(Rows, "--without-stack", "222222222204");
        local.Cloud.Organizations.AddAccount("222222222299", "A \u001b[2Jname [red] that is longer than a column of a table should be");
        await ForeignBudgetAsync(local);
        await local.RunAsync("rows", "set", "222222222202", "--value", "25000001", "--because", "a reason that takes a good part of a line", "--yes", "--wait");
        // The edit waits for its own account only: the stack set still deploys into the account that joined, and the first views would show how far it is.
        await local.Cloud.Work.WhenIdleAsync();
        var (file, edited) = (local.File("rows.json", Rows), local.File("edited.json", Edited));
        foreach (var (name, command) in Views)
        {
            var words = command.Split(' ').Select(word => word switch { "FILE" => file, "EDITED" => edited, _ => word });
            using var input = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Edited));
            var run = await local.RunAsync(terminal => terminal with { Width = width, In = input }, CancellationToken.None, [.. words]);
            // A reconcile goes on when its command has ended.
            await local.Cloud.Work.WhenIdleAsync();
            // What adopt prints is a file: what it shows is its talk.
            // Long work tells of itself on a machine that is slow, and only there: such a line is no part of the view.
            // Such a line may come first, so they go before the first line does, which a narrow screen folds.
            var told = run.Error.Split('\n').Where(line => !line.EndsWith(" …", StringComparison.Ordinal))
                .Skip(1)
                .SkipWhile(line => line.StartsWith("  ", StringComparison.Ordinal));
            var screen = name == "adopt" ? string.Join('\n', told) : run.Out;
            Assert.False(screen.Length == 0, $"{command}: {run.Error}");
            Fits(command, name == "adopt" ? run with { Out = "" } : run, width);
            Assert.DoesNotContain(screen, letter => char.IsControl(letter) && letter is not '\n');
            Assert.DoesNotContain(screen.Split('\n'), line => line.StartsWith("and [bold]", StringComparison.Ordinal));
            // The spoke may have answered before the reconcile tells what it left: then the one account it wrote to counts as applied.
            if (name == "reconcile") screen = screen.Replace("     1 Applied\n", "     1 Pending\n", StringComparison.Ordinal);
            Golden.Same($"Views/{name}-{width}.txt", Steady(screen));
        }
    }

    /// <summary>Neither what a command shows nor what it says of it is wider than the screen; a command to be copied stands alone on its line.</summary>
    internal static void Fits(string command, ToolResult run, int width) => Assert.All(
        $"{run.Out}\n{run.Error}".Split('\n').Where(line => !Copied().IsMatch(line)),
        line => Assert.True(line.EnumerateRunes().Count() <= width, $"{command}: {line.Length} of {width}: {line}"));

    private static async Task ForeignBudgetAsync(EditedLocal local)
    {
        using var clients = local.Local.As("222222222202");
        await clients.Budgets.CreateBudgetAsync(new Amazon.Budgets.Model.CreateBudgetRequest
        {
            AccountId = "222222222202",
            Budget = new()
            {
                BudgetName = "by hand",
                BudgetType = "COST",
                TimeUnit = "MONTHLY",
                BudgetLimit = new() { Amount = 77, Unit = "USD" },
            },
        });
    }

    /// <summary>Times made equal, in as many letters, so that lines break where they broke.</summary>
    internal static string Steady(string screen)
    {
        var text = Stamp().Replace(Timeless.OfStatus(Timeless.Of(screen)), "20260302T100000.000Z");
        text = Day().Replace(Moment().Replace(text, "2026-03-02 10:00:00Z"), "2026-03-02");
        return Duration().Replace(Port().Replace(text, "http://127.0.0.1:45660"), "some time");
    }

    [GeneratedRegex("^ *(budgetsync |'(budgetsync|aws) )")]
    private static partial Regex Copied();

    /// <summary>Ports that a system gives away have five digits.</summary>
    [GeneratedRegex(@"http://127\.0\.0\.1:\d{5}")]
    private static partial Regex Port();

    [GeneratedRegex(@"\d{8}T\d{6}\.\d{3}Z")]
    private static partial Regex Stamp();

    [GeneratedRegex(@"20\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z")]
    private static partial Regex Moment();

    [GeneratedRegex(@"20\d\d-\d\d-\d\d(?! 10:00)")]
    private static partial Regex Day();

    [GeneratedRegex(@"\b\d+ (ms|s|min)\b|\b\d+ h \d+ min\b")]
    private static partial Regex Duration();
}
