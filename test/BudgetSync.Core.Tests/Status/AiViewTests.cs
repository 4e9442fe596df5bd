using BudgetSync.Core.Ai;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Tests.Status;

/// <summary>Nobody is called Suspended who is not known to be (issue 15, "Always true"), also where the last report of a spoke was lost.</summary>
public sealed class AiViewTests
{
    private const string Silence = "its spoke has told nothing of its models since 2026-11-12 12:00 UTC";

    private static readonly DateTimeOffset Now = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    private static readonly AiLine Alice = Line("user/alice", new AiState.Suspended(Now));

    private static readonly AiLine Cap = Line("account", new AiState.Suspended(Now));

    /// <summary>Meter tells at each change and once an hour (AI.md, "In a spoke").</summary>
    [Fact]
    public void What_a_spoke_said_stands_for_three_hours()
    {
        var row = Row(Alice, Line("user/bob", new AiState.Warned()));
        Assert.Same(row.Ai, AiView.Of(row, Now.AddHours(3)));

        var later = AiView.Of(row, Now.AddHours(3).AddSeconds(1))!; // It has told.
        Assert.Equal(["Unknown", "Warned"], later.Lines.Select(line => line.StateName));
        Assert.Equal([Silence, ""], later.Lines.Select(line => line.Doubt));
        Assert.Equal(
            [new AiRegion("eu-west-1", AiLog.Blind, "nothing is configured"), new AiRegion("us-east-1", AiLog.Blind, Silence) { LastRecordAt = Now }],
            later.Regions);
        // Spending is as of then, and a report that comes tells all again.
        Assert.Equal((row.Ai!.At, 2m), (later.At, later.Lines[0].Spent)); // As above.
        Assert.Equal("Unknown", AiView.Of(Row(Line("user/alice", new AiState.Grace(Now, []))), Now.AddHours(4))!.Lines[0].StateName);
    }

    [Theory]
    [InlineData(AccountState.Orphan, false, 0, $"{Silence}: gone")]
    [InlineData(AccountState.Uncovered, true, 0, $"{Silence}: gone")]
    [InlineData(AccountState.Uncovered, false, 0, null)]
    [InlineData(AccountState.Blocked, false, 3, null)]
    [InlineData(AccountState.Blocked, false, 4, $"{Silence}: gone")]
    public void Where_nobody_can_do_anything_nothing_is_known_at_once(AccountState state, bool isShut, int hours, string? why)
    {
        var row = Row(Alice) with { State = state, IsShut = isShut, Reasons = ["gone"] };
        Assert.Equal(why, AiView.Silence(row, Now.AddHours(hours)));
        Assert.Equal(why is null ? "Suspended" : "Unknown", AiView.Of(row, Now.AddHours(hours))!.Lines[0].StateName); // It has told.
    }

    /// <summary>By the organization's own word, and not by the spoke's.</summary>
    [Fact]
    public void The_cap_is_Suspended_as_long_as_the_organization_denies()
    {
        var denies = new Restriction("r-000000000001", AiPolicy.CapBudget, AiCap.Rule, new RestrictionState.InForce(Now)) { ConfirmedAt = Now };
        var capped = Row(Cap) with { Restrictions = [denies] };
        Assert.Equal("Suspended", AiView.Of(capped, Now.AddDays(3))!.Lines[0].StateName); // It has told.

        foreach (var time in new[] { Now, Now.AddDays(3) })
        {
            var line = AiView.Of(capped with { Restrictions = [] }, time)!.Lines[0]; // As above.
            Assert.Equal(new AiState.Restored(Now, "the organization does not deny the account's models"), line.State);
            Assert.Equal("Restored", line.StateName);
        }
    }

    [Fact]
    public void Whoever_shows_it_says_so()
    {
        var (row, later) = (Row(Alice), Now.AddHours(4));

        var alert = Assert.Single(AiAlerts.Of(row, null, later));
        Assert.EndsWith($" It was in the state Suspended then, and whether it is so still is not known: {Silence}.", alert.Text, StringComparison.Ordinal);
        Assert.Equal("Suspended", alert.Level); // No news, so that a bus that is away makes no message of each.
        Assert.Contains(
            AiCheck.Of(row, null, later),
            line => line is { Light: AiLight.Red, What: "report" } && line.Text.StartsWith(Silence, StringComparison.Ordinal));
        Assert.Contains(
            new AiCheckLine(AiLight.Yellow, "user/alice", "it was in the state Suspended then, and whether it is so still is not known"),
            AiCheck.Of(row, null, later));
        Assert.Contains(
            "\"state\":{\"name\":\"Unknown\",\"last\":\"Suspended\",\"why\":\"" + Silence, AiReportJson.Format(AiView.Of(row, later)!), // It has told.
            StringComparison.Ordinal);
    }

    private static AiLine Line(string subject, AiState state) =>
        new(AiSubject.Parse(subject)!, AiWindow.ThirtyDays.Of(Now), 2, 1, ResponseMode.ARMED, state); // They are subjects.

    private static StatusRow Row(params AiLine[] lines) => new()
    {
        Key = "111122223333",
        State = AccountState.Applied,
        FirstSeenAt = Now,
        Meters = true,
        Ai = new AiReport(Now)
        {
            Lines = [.. lines],
            Regions = [new AiRegion("eu-west-1", AiLog.Blind, "nothing is configured"), new AiRegion("us-east-1", AiLog.Own, "") { LastRecordAt = Now }],
        },
    };
}
