using BudgetSync.Core;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Cli.Tests.Commands.Responses;

/// <summary>
/// The views of restrictions, of the ledger and of recommended amounts over tables that say the same every day, at the widths that terminals have.
/// </summary>
public sealed class RestrictionViewTests
{
    private const string Hostile = "because \u001b[31mred [bold]marked[/] =1+1";

    private static readonly (string Name, string Command)[] Views =
    [
        ("restrictions", "restrictions"),
        ("ledger", "ledger"),
        ("respond", "respond --what-if ROWS"),
        ("recommend", "recommend --costs COSTS"),
        ("envelopes", "envelopes"),
    ];

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(200)]
    public async Task Views_fit_the_screen_and_show_the_text_of_people_as_what_it_is(int width)
    {
        var now = RestrictionBed.Now;
        await using var bed = await RestrictionBed.CreateAsync(
            RestrictionBed.Of(new RestrictionState.AwaitingApproval(now.AddHours(20))),
            RestrictionBed.Of(new RestrictionState.Planned(now.AddHours(1)), """{"At":"Over","Do":"DENY_AI","Mode":"ARMED"}""", "r-0123456789ac") with
            {
                HeldBack = "7 of 12 accounts would be restricted at once, and the mass brake holds at 5",
            },
            RestrictionBed.Of(
                new RestrictionState.Failed(now.AddDays(-1), new EquatableArray<string>(["the role BudgetSyncApply may not do iam:AttachRolePolicy"])),
                """{"At":"Critical","Do":"DENY_NEW","Mode":"ARMED"}""",
                "r-0123456789ad"));
        await bed.RunAsync("lift", RestrictionBed.Account, "r-0123456789ad", "--because", Hostile);
        await RespondTests.FillAsync(bed);
        bed.Cloud.Organizations.AddAccount(RestrictionBed.Account, "A \u001b[2Jname [red] that is longer than a column of a table should be");
        await bed.PutRowAsync(RestrictionBed.Account, "1000");
        await bed.PutRowAsync("default", "800", envelope: "1500");
        var (rows, costs) = (Path.GetTempFileName(), Path.GetTempFileName());
        await File.WriteAllTextAsync(rows, """[{"AccountId":"111122223333","BudgetValue":1000,"Responses":[{"At":"Over","Do":"DENY_NEW"}]}]""");
        await File.WriteAllTextAsync(
            costs,
            "AccountId,Month,Amount\n" + string.Concat(Enumerable.Range(4, 7).Select(month => $"111122223333,2026-{month:00},{month * 150}\n")));
        foreach (var (name, command) in Views)
        {
            var run = await bed.RunAsync(width, [.. command.Split(' ').Select(word => word switch { "ROWS" => rows, "COSTS" => costs, _ => word })]);
            Assert.False(run.Out.Length == 0, $"{command}: {run.Error}");
            // Talk begins with the stack, whose address is another every time.
            var screen = run.Out
                + string.Concat(run.Error.Split('\n').SkipWhile(line => !line.StartsWith("Not shown", StringComparison.Ordinal)).Where(line => line.Length > 0)
                .Select(line => $"({line})\n"));
            ViewTests.Fits(command, run, width);
            Assert.DoesNotContain(screen, letter => char.IsControl(letter) && letter is not '\n');
            Golden.Same($"Views/{name}-{width}.txt", screen);
        }
    }
}
