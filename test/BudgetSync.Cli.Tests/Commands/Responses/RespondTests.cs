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

    /// <summary>105 % is reached on the 21st, 120 %, where Critical begins by default, on the 24th.</summary>
    [Theory]
    [InlineData("", "2026-10-25")]
    [InlineData("CriticalFrom=105", "2026-10-22")]
    public async Task States_begin_where_the_deployment_says(string bounds, string from)
    {
        await using var bed = await RestrictionBed.CreateAsync();
        await FillAsync(bed);
        await bed.Clients.OwnSystems.PutParameterAsync(new Amazon.SimpleSystemsManagement.Model.PutParameterRequest
        {
            Name = "/BudgetSync/Stack",
            Type = "String",
            Value = $$"""{"SpendBounds":"{{bounds}}"}""",
        });

        var run = await TryAsync(
            bed, """[{"AccountId":"111122223333","BudgetValue":1000,"Responses":[{"At":"Critical","Do":"DENY_NEW"}]}]""", "--json");

        Assert.Equal(from, (string?)Assert.Single(JsonNode.Parse(run.Out)!.AsArray())!["from"]);
    }

    [Fact]
    public async Task Of_a_period_of_which_only_the_total_is_known_the_last_day_counts_and_the_screen_says_what_is_known()
    {
        await using var bed = await RestrictionBed.CreateAsync();
        await FillAsync(bed);
        var september = new BudgetPeriod(new DateOnly(2026, 9, 1), October.Start);
        await WriteAsync(bed, new HistoryItem
        {
            Key = new HistoryKey("SpokeAccountBudget", new DateOnly(2026, 9, 30)),
            Period = september,
            Unit = "USD",
            Limit = 1000,
            Actual = 1520,
            Estimated = false,
            Source = HistorySource.BackFill,
            WrittenAt = new DateTimeOffset(October.Start, TimeOnly.MinValue, TimeSpan.Zero),
        });

        var run = await TryAsync(bed, """[{"AccountId":"111122223333","BudgetValue":1000,"Responses":[{"At":"Over","Do":"DENY_NEW","Mode":"CONFIRM"}]}]""");

        Assert.Matches(@"(?m)^111122223333 +SpokeAccountBudget +DENY_NEW at Over +CONFIRM +2026-09-30 +2026-10-01 +1 +SpokeAccountBudget is Shutdown", run.Out);
        Assert.Contains("2 restrictions in 1 account", run.Out, StringComparison.Ordinal);
        Assert.Contains("Amounts are known by the day from 2026-10-01 on;", run.Error, StringComparison.Ordinal);
    }

    /// <summary>"0 restrictions" of an account without a history reads as if its rows were safe.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_nothing_is_known_of_the_time_no_number_is_said(bool hasToday)
    {
        await using var bed = await RestrictionBed.CreateAsync();
        if (hasToday)
            await WriteAsync(bed, new HistoryItem
            {
                Key = new HistoryKey("SpokeAccountBudget", DateOnly.FromDateTime(RestrictionBed.Now.UtcDateTime)),
                Period = new BudgetPeriod(October.End, new DateOnly(2026, 12, 1)),
                Unit = "USD",
                Actual = 20,
                WrittenAt = RestrictionBed.Now,
            });

        var run = await TryAsync(bed, """[{"AccountId":"111122223333","BudgetValue":1000,"Responses":[{"At":"Over","Do":"DENY_NEW"}]}]""");

        Assert.Equal((ExitCode.Unchecked, ""), (run.ExitCode, run.Out));
        Assert.Contains("Nothing is known of the 90 days before today in 1 account (111122223333), so what", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_rows_are_told_with_their_reasons_and_fail_the_command()
    {
        await using var bed = await RestrictionBed.CreateAsync();
        await FillAsync(bed);

        var run = await TryAsync(bed, """[{"AccountId":"111122223333","BudgetValue":1000,"Responses":[{"At":"Overspent","Do":"STOP_EVERYTHING"}]}]""");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("The rows of 1 account are wrong, and lead to nothing:", run.Error, StringComparison.Ordinal);
        Assert.Matches("(?m)^  111122223333: .*Overspent", run.Error);
        Assert.Matches("(?m)^  111122223333: .*STOP_EVERYTHING", run.Error);
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
        for (var day = October.Start; day < October.End; day = day.AddDays(1))
        {
            await WriteAsync(bed, new HistoryItem
            {
                Key = new HistoryKey("SpokeAccountBudget", day),
                Period = October,
                Unit = "USD",
                Limit = 1000,
                Actual = day.Day * 50,
                WrittenAt = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero),
            });
        }
    }

    private static Task WriteAsync(RestrictionBed bed, HistoryItem item)
    {
        var caller = new AwsCaller(TimeProvider.System, new Random(1), new JsonLog(null, TimeProvider.System));
        return new HistoryTable(bed.Clients.Dynamo, "BudgetSync-History", caller).WriteAsync(RestrictionBed.Account, item, CancellationToken.None);
    }
}
