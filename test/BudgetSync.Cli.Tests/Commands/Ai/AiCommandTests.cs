using System.Text.Json.Nodes;
using BudgetSync.Cli.Tests.Commands.Responses;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;

namespace BudgetSync.Cli.Tests.Commands.Ai;

/// <summary>What the hub knows of models, and what people want of them.</summary>
public sealed class AiCommandTests
{
    private const string Key = "BedrockAPIKey-ab12";

    private const string Root = "arn:aws:iam::999999999999:root";

    private static readonly AiState Suspended = new AiState.Suspended(RestrictionBed.Now.AddHours(-1));

    [Fact]
    public async Task Where_budgets_stand_is_shown_the_loudest_first()
    {
        await using var bed = await BedAsync(
            Line("user/quiet", new AiState.Active(), 0.5m),
            Line("role/Data", new AiState.Grace(RestrictionBed.Now.AddMinutes(4), []), 1.25m) with { Unattachable = "others may use the role" },
            Line(Key, Suspended, 1.0004m));

        var told = await bed.RunAsync(400, ["ai", "status"]);
        var json = JsonNode.Parse((await bed.RunAsync("ai", "status", RestrictionBed.Account, "--json")).Out)!.AsArray();

        var lines = told.Out.Split('\n').Where(line => line.StartsWith(RestrictionBed.Account, StringComparison.Ordinal)).ToList();
        Assert.Equal(5, lines.Count);
        Assert.Matches(@"BedrockAPIKey-ab12 +1\.0004 +1\.00 +100 +Suspended +2026-\d\d-\d\d 00:00 UTC +amazon.* +since 2026-11-12 11:00", lines[0]);
        Assert.Matches(@"role/Data +1\.25 +1\.00 +125 +Grace .*cannot be suspended: others may use the role; from 2026-11-12 12:04", lines[1]);
        Assert.Matches(@"user/quiet +0\.50 +1\.00 +50 +Active", lines[2]);
        Assert.Matches(@"eu-west-1 +Blind +none yet +it goes to a bucket only", lines[3]);
        Assert.Matches(@"us-east-1 +Own +2026-11-12 12:00 UTC", lines[4]);
        Assert.Equal(3, json[0]!["report"]!["lines"]!.AsArray().Count);
        await bed.PutRowAsync("222233334444", "1");
        Assert.Contains("222233334444 does not meter models.", (await bed.RunAsync("ai", "status", "222233334444")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restoration_is_written_with_who_wants_it_and_why_and_of_what_is_not_suspended_nothing_is_written()
    {
        await using var bed = await BedAsync(Line(Key, Suspended, 2), Line("user/quiet", new AiState.Active(), 0));

        var run = await bed.RunAsync("ai", "restore", RestrictionBed.Account, Key, "--because", "the demo is today");

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Contains("the next hourly round of BudgetSync-Reconcile takes it there", run.Error, StringComparison.Ordinal);
        var request = Assert.Single((await RowAsync(bed)).AiRequests);
        Assert.Equal(new AiRequest(AiSubject.Parse(Key)!, AiRequestKind.Restore, RestrictionBed.Now, Root, "the demo is today"), request);
        foreach (var (other, why) in new[]
        {
            ("user/quiet", "user/quiet of 111122223333 is neither suspended nor about to be"),
            ("user/nobody", "user/nobody of 111122223333 has no budget of models; 'budgetsync ai status 111122223333' shows which there are"),
        })
        {
            var refused = await bed.RunAsync("ai", "restore", RestrictionBed.Account, other, "--because", "why not");
            Assert.Equal(ExitCode.Failed, refused.ExitCode);
            Assert.Contains(why, refused.Error, StringComparison.Ordinal);
        }

        Assert.Single((await RowAsync(bed)).AiRequests);
    }

    [Fact]
    public async Task An_approval_is_of_what_waits_for_it()
    {
        await using var bed = await BedAsync(Line(Key, new AiState.Exceeded(), 2), Line("user/a", Suspended, 2));

        Assert.Equal(ExitCode.Done, (await bed.RunAsync("ai", "approve", RestrictionBed.Account, Key, "--because", "enough")).ExitCode);
        Assert.Equal(ExitCode.Failed, (await bed.RunAsync("ai", "approve", RestrictionBed.Account, "user/a", "--because", "enough")).ExitCode);

        Assert.Equal(AiRequestKind.Approve, Assert.Single((await RowAsync(bed)).AiRequests).Kind);
    }

    [Fact]
    public async Task What_waits_for_approval_says_by_what_it_is_given()
    {
        await using var bed = await BedAsync(Line(Key, new AiState.Exceeded(), 2) with { Mode = ResponseMode.CONFIRM });

        Assert.Contains("waits for a person: budgetsync ai approve", (await bed.RunAsync("ai", "status")).Out, StringComparison.Ordinal);
    }

    /// <summary>Five travel at once: the sixth, before the spoke has told anything, says which one it has pushed out.</summary>
    [Fact]
    public async Task Five_requests_are_on_their_way_and_a_sixth_says_which_it_has_pushed_out()
    {
        string[] names = ["user/a", "user/b", "user/c", "user/d", "user/e", "user/f"];
        await using var bed = await BedAsync([.. names.Select(name => Line(name, Suspended, 2))]);

        foreach (var name in names[..5])
        {
            var run = await bed.RunAsync("ai", "restore", RestrictionBed.Account, name, "--because", "a slip");
            Assert.Equal(ExitCode.Done, run.ExitCode);
            Assert.DoesNotContain("pushed out", run.Error, StringComparison.Ordinal);
        }

        var sixth = await bed.RunAsync("ai", "restore", RestrictionBed.Account, names[5], "--because", "a slip");

        Assert.Equal(ExitCode.Done, sixth.ExitCode);
        Assert.Contains("pushed out Restore user/a", sixth.Error.ReplaceLineEndings(" ").Replace("  ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(names[1..], (await RowAsync(bed)).AiRequests.Select(request => request.Subject.Key));
    }

    [Fact]
    public async Task What_is_not_ready_is_red_and_says_what_to_do()
    {
        await using var bed = await BedAsync(
            Line("role/Data", new AiState.Grace(RestrictionBed.Now, ["LimitExceeded"]), 2) with { HeldBack = "too many" },
            Line("role/Watched", new AiState.Exceeded(), 2) with { Mode = ResponseMode.WATCH, Unattachable = "others may use the role" });
        await bed.PutRowAsync("default", "1");

        var run = await bed.RunAsync("ai", "check", "--json");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Equal<string[]>(
            [
                "Green metering: the spoke meters models",
                "Yellow rows: no row says anything of models: everybody is watched by the default, and nobody suspended",
                "Green report: of 2026-11-12 11:55 UTC",
                "Red log eu-west-1: no log is read: it goes to a bucket only",
                "Yellow mantle eu-west-1: whether bedrock-mantle is used is not seen here; what it costs is in the bill (budgetsync ai compare)",
                "Green log us-east-1: the log that BudgetSync turned on is read",
                "Red log us-east-1: 1 message waits in Meter's dead-letter queue: read one of the queue BudgetSync-Meter-DeadLetters, mend what it names, and "
                    + "invoke Meter with its requestPayload",
                "Yellow log us-east-1: 7 calls without a price today: budgetsync ai prices refresh",
                "Yellow log us-east-1: 3 calls without counted tokens today, as images and video are: what they cost is seen in the bill only "
                    + "(budgetsync ai compare)",
                "Yellow log us-east-1: 2 calls today whose caller is not known",
                "Red mantle us-east-1: Blind: 1,200,000 tokens by bedrock-mantle today, in no log and no sum; what they cost is seen in the bill only "
                    + "(budgetsync ai compare): deny it (DENY_AI)",
                "Green keys: 2 long-term API keys that have called are Active",
                "Red policy quota: IAM attaches no more managed policies to role/Data, so the deny policy is refused: take one off, or raise the quota",
                "Yellow role/Data: its suspension is held back: too many",
                "Red role/Data: its suspension was refused: LimitExceeded",
            ],
            [.. JsonNode.Parse(run.Out)!.AsArray().Select(line => $"{line!["light"]} {line["what"]}: {line["text"]}")]);
    }

    [Fact]
    public async Task An_account_that_does_not_meter_is_red()
    {
        await using var bed = await RestrictionBed.CreateAsync();

        var run = await bed.RunAsync("ai", "check", RestrictionBed.Account);

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("the spoke does not meter models: deploy its stack with the feature ai", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("restore")]
    [InlineData("approve")]
    public async Task Of_an_account_that_does_not_meter_nothing_is_asked_for(string command)
    {
        await using var bed = await RestrictionBed.CreateAsync();

        var run = await bed.RunAsync("ai", command, RestrictionBed.Account, Key, "--because", "why not");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(
            "111122223333 does not meter models; 'budgetsync ai check 111122223333' says why. Nothing was written.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AccountCap", "or account for the account's cap")]
    [InlineData("Role/Data", "give it as 'budgetsync ai status' shows it: role/DataScience, user/alice, BedrockAPIKey-ab12")]
    [InlineData("model/amazon.nova-pro-v1:0", "a model's budget only tells, so nobody is suspended for it")]
    public async Task What_cannot_be_restored_is_refused_with_what_can(string budget, string why)
    {
        var run = await Tool.RunAsync("ai", "restore", RestrictionBed.Account, budget, "--because", "why not");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.Contains("account is the account's cap", string.Join(' ', (await Tool.RunAsync("ai", "restore", "--help")).Out.Split((char[])[' ', '\n'],
            StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_of_CSV_for_each_budget_has_exact_amounts()
    {
        await using var bed = await BedAsync(Line(Key, Suspended, 1.000412m), Line("user/quiet", new AiState.Active(), 0.5m));

        var run = await bed.RunAsync("ai", "status", "--csv");

        var lines = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("account,budget,usedUsd,limitUsd,percent,mode,state,calls,unpricedCalls,windowStart,windowEnds,mostly,note,uncountedCalls,asOf", lines[0]);
        Assert.StartsWith("111122223333,BedrockAPIKey-ab12,1.000412,1,100,ARMED,Suspended,0,0,2026-", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("111122223333,user/quiet,0.5,1,50,ARMED,Active,", lines[2], StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, (await bed.RunAsync("ai", "status", "--csv", "--json")).ExitCode);
    }

    [Fact]
    public async Task What_is_in_no_amount_is_said_beside_it()
    {
        await using var bed = await BedAsync(Line(Key, new AiState.Active(), 0) with { UnpricedCalls = 2, UncountedCalls = 1_200 });

        var (text, csv) = ((await bed.RunAsync("ai", "status")).Out, (await bed.RunAsync("ai", "status", "--csv")).Out);

        Assert.Contains("1,200 calls without counted tokens", text, StringComparison.Ordinal);
        Assert.Contains("1 message in Meter's dead-letter queue", text, StringComparison.Ordinal);
        Assert.Contains("today 7 calls without a price; today 3 calls without counted tokens; today 2 calls without a known", text, StringComparison.Ordinal);
        Assert.Contains("1,200,000 tokens", text, StringComparison.Ordinal);
        Assert.EndsWith(",1200,2026-11-12T11:55:00Z", csv.TrimEnd(), StringComparison.Ordinal);
    }

    private static async Task<RestrictionBed> BedAsync(params AiLine[] lines)
    {
        var bed = await RestrictionBed.CreateAsync();
        var report = new AiReport(RestrictionBed.Now.AddMinutes(-5))
        {
            Regions =
            [
                new AiRegion("eu-west-1", AiLog.Blind, "it goes to a bucket only"),
                new AiRegion("us-east-1", AiLog.Own, "")
                {
                    LastRecordAt = RestrictionBed.Now, UnpricedCalls = 7, UncountedCalls = 3, UnjoinedCalls = 2, DeadLetters = 1,
                    MantleTokens = 1_200_000,
                },
            ],
            ActiveKeys = 2,
        }.With(lines);
        await bed.Status.StepAsync(
            RestrictionBed.Account,
            row => StatusChange.Metered(row, RestrictionBed.Account, report, RestrictionBed.Now) with { Meters = true },
            CancellationToken.None);
        return bed;
    }

    private static AiLine Line(string subject, AiState state, decimal spent) =>
        new(AiSubject.Parse(subject)!, AiWindow.ThirtyDays.Of(RestrictionBed.Now), spent, 1, ResponseMode.ARMED, state)
        {
            Mostly = "amazon.nova-pro-v1:0 in us-east-1",
        };

    private static async Task<StatusRow> RowAsync(RestrictionBed bed) =>
        (await bed.Status.ReadAsync(RestrictionBed.Account, CancellationToken.None))!; // The bed wrote it.
}
