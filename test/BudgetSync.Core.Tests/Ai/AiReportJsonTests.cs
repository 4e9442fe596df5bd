using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Tests.Ai;

public sealed class AiReportJsonTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    private static readonly AiState[] States =
    [
        new AiState.Active(), new AiState.Warned(), new AiState.Critical(), new AiState.Exceeded(),
        new AiState.Grace(At, []), new AiState.Grace(At, []) { Approved = true }, new AiState.Grace(At, ["no", "never"]),
        new AiState.Suspended(At), new AiState.Suspended(At, "why", ByHand: true),
        new AiState.Restored(At, "why"), new AiState.Restored(At, "why", ByHand: true),
    ];

    [Fact]
    public void A_report_reads_back_as_it_was()
    {
        var report = new AiReport(At)
        {
            Regions =
            [
                new AiRegion("eu-west-1", AiLog.Blind, "its log goes to a bucket only")
                {
                    UnpricedCalls = 3, UncountedCalls = 2, UnjoinedCalls = 1, MantleTokens = 1_200_000,
                },
                new AiRegion("us-east-1", AiLog.Own, "") { LastRecordAt = At, DeadLetters = 0 },
                new AiRegion("us-west-2", AiLog.Own, "") { DeadLetters = 7 },
            ],
            Days = [new AiDayCost(new DateOnly(2026, 11, 8), "amazon.nova-pro-v1:0", 1.25m) { Calls = 4, UnpricedCalls = 1, UncountedCalls = 2 }],
            ActiveKeys = 2,
            PeopleRoom = 120,
            PolicyQuota = new PolicyQuota(7, ["BedrockAPIKey-ab12", "role/DataScience"]),
            DenyAccount = true,
        }.With(States.Select((state, number) => Line($"user/u{number}", state)));

        Assert.Equal(report, AiReportJson.Parse(AiReportJson.Format(report)));
    }

    [Fact]
    public void The_loudest_and_then_the_dearest_come_first_and_the_rest_is_counted()
    {
        var report = new AiReport(At).With(
            Enumerable.Range(0, 150).Select(number => Line($"user/u{number}", new AiState.Active()) with { Spent = number })
                .Append(Line("user/late", new AiState.Suspended(At))));

        Assert.Equal((AiReport.MostLines, 51), (report.Lines.Length, report.Omitted));
        Assert.Equal(["user/late", "user/u149", "user/u148"], report.Lines.Take(3).Select(line => line.Subject.Key));
        Assert.InRange(AiReportJson.Format(report).Length, 1, 100_000);
    }

    /// <summary>EventBridge takes 256 KB (user guide, "Event size"), and whoever may write to the log names whom he likes.</summary>
    [Fact]
    public void A_report_of_long_texts_has_room_in_an_event_and_counts_what_it_leaves_out()
    {
        var long300 = new string('\u4e2d', 295);
        var lines = Enumerable.Range(100, 90).Select(number => Line($"user/{long300[3..]}{number}", new AiState.Active()) with
        {
            Mostly = new string('\u4e2d', 2_000),
            Unattachable = new string('\u4e2d', 2_000),
            HeldBack = new string('\u4e2d', 2_000),
        });
        var report = new AiReport(At).With(lines.Append(Line($"user/{new string('a', 2_000)}", new AiState.Suspended(At))));

        var text = AiReportJson.Format(report);

        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(text), 1, 200_000);
        var read = AiReportJson.Parse(text)!; // It was written just now.
        Assert.Equal(91, read.Lines.Length + read.Omitted);
        Assert.InRange(read.Lines.Length, 20, 89);
    }

    /// <summary>A report is of an account that says it, and views of all accounts divide and add up what it says.</summary>
    [Theory]
    [InlineData("79228162514264337593543950335", "1")]
    [InlineData("1", "0.0000000000000000000000000001")]
    [InlineData("-1", "1")]
    [InlineData("1", "-1")]
    public void Amounts_that_nobody_can_be_billed_leave_their_line_out(string spent, string limit)
    {
        var line = $$"""{"subject":"user/a","start":"2026-11-01","end":"2026-12-01","spent":{{spent}},"limit":{{limit}} }""";
        var day = $$"""{"day":"2026-11-01","model":"m","cost":79228162514264337593543950335}""";
        var report = AiReportJson.Parse($$"""{"at":"2026-11-12T12:00:00Z","lines":[{{line}}],"days":[{{day}}]}""")!; // It has a time.

        Assert.Equal((0, 0), (report.Lines.Length, report.Days.Length));
    }

    [Fact]
    public void Of_two_lines_of_one_budget_the_first_is_read()
    {
        const string line = """{"subject":"user/a","start":"2026-11-01","end":"2026-12-01","spent":1,"limit":2}""";
        var dearer = line.Replace(":1,", ":3,", StringComparison.Ordinal);
        var report = AiReportJson.Parse($$"""{"at":"2026-11-12T12:00:00Z","lines":[{{line}},{{dearer}}]}""")!; // As above.

        Assert.Equal(1, Assert.Single(report.Lines).Spent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"at":"soon"}""")]
    public void What_is_no_report_is_none(string text) => Assert.Null(AiReportJson.Parse(text));

    [Fact]
    public void What_cannot_be_read_of_a_line_leaves_it_out_and_a_state_that_is_none_suspends_nobody()
    {
        const string text = """
            {"at":"2026-11-12T12:00:00Z","more":1,"regions":[{"log":"Own"},{"name":"us-east-1","log":"Later"}],"lines":[{"subject":"nobody"},7,
            {"subject":"user/a","start":"2026-11-01","end":"2026-12-01","spent":1,"limit":2,"mode":"9","state":{"name":"Suspended"}}]}
            """;

        var report = AiReportJson.Parse(text)!; // It is one.

        var line = Assert.Single(report.Lines);
        Assert.Equal(("user/a", ResponseMode.WATCH, "Active"), (line.Subject.Key, line.Mode, line.State.Name));
        Assert.Equal(AiLog.Blind, Assert.Single(report.Regions).Log);
    }

    private static readonly AiPeriod Period = new(At.AddDays(-3), At.AddDays(27));

    private static AiLine Line(string subject, AiState state) => new(AiSubject.Parse(subject)!, Period, 0.930000001m, 1, ResponseMode.ARMED, state)
    {
        Calls = 7,
        Tokens = 1_234,
        UnpricedCalls = 1,
        UncountedCalls = 2,
        Mostly = "amazon.nova-pro-v1:0 in us-east-1",
        Unattachable = "it is gone",
        HeldBack = "too many",
        Pool = "research",
    };
}
