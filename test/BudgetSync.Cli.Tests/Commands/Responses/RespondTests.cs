using System.Text.Json.Nodes;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Cli.Tests.Commands.Responses;

/// <summary>What rows would have restricted in the last 90 days.</summary>
public sealed class RespondTests
{
    private static readonly BudgetPeriod October = new(new DateOnly(2026, 10, 1), new DateOnly(2026, 11, 1));

    [Fact]
    public async Task Responses_are_tried_on_the_history_of_the_last_90_days()
    {
        await using var bed = await RestrictionBed.CreateAsync();
        await FillAsync(bed);
        var run = await TryAsync(bed, """[{"AccountId":"111122223333","BudgetValue":1000,"Responses":[{"At":"Over","Do":"DENY_NEW","Mode":"CONFIRM"}]}]""");

        // 50 a day: above 1,000 on the 21st, in force the evening after, and over with the month.
        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Matches(@"(?m)^111122223333 +SpokeAccountBudget +DENY_NEW at Over +CONFIRM +2026-10-22 +2026-11-01 +10 +SpokeAccountBudget is Over", run.Out);
        Assert.Contains("1 restriction in 1 account of the 1 that have responses, in the last 90 days.", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_higher_limit_would_have_restricted_nothing_and_a_script_gets_an_array()
    {
        await using var bed = await RestrictionBed.CreateAsync();
        await FillAsync(bed);
        const string responses = "\"Responses\":[{\"At\":\"Over\",\"Do\":\"DENY_NEW\"}]";

        var none = await TryAsync(bed, $$"""[{"AccountId":"111122223333","BudgetValue":5000,{{responses}}}]""", "--json");
        var one = await TryAsync(bed, $$"""[{"AccountId":"default","BudgetValue":1000,{{responses}}}]""", "--json");

        Assert.Empty(JsonNode.Parse(none.Out)!.AsArray());
        Assert.Equal(("2026-10-22", 10), ((string?)JsonNode.Parse(one.Out)![0]!["from"], (int)JsonNode.Parse(one.Out)![0]!["days"]!));
    }

    private static async Task<ToolResult> TryAsync(RestrictionBed bed, string rows, params string[] more)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, rows);
            return await bed.RunAsync(["respond", "--what-if", file, .. more]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>50 a day in October.</summary>
    internal static async Task FillAsync(RestrictionBed bed)
    {
        var caller = new AwsCaller(TimeProvider.System, new Random(1), new JsonLog(null, TimeProvider.System));
        var history = new HistoryTable(bed.Clients.Dynamo, "BudgetSync-History", caller);
        for (var day = October.Start; day < October.End; day = day.AddDays(1))
        {
            await history.WriteAsync(
                RestrictionBed.Account,
                new HistoryItem
                {
                    Key = new HistoryKey("SpokeAccountBudget", day),
                    Period = October,
                    Unit = "USD",
                    Limit = 1000,
                    Actual = day.Day * 50,
                    WrittenAt = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero),
                },
                CancellationToken.None);
        }
    }
}
