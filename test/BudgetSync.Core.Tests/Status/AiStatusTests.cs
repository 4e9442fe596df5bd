using BudgetSync.Core.Ai;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Status;
using BudgetSync.Core.Tests.Rows;

namespace BudgetSync.Core.Tests.Status;

/// <summary>What people want of budgets of models: kept in the status, carried by the parameter.</summary>
public sealed class AiStatusTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    private static readonly AiPrincipal Alice = AiPrincipal.Parse("user/alice")!; // It is one.

    [Fact]
    public void What_people_want_travels_with_what_rows_say_and_reads_back()
    {
        var row = With(new AiState.Suspended(Now));
        var asked = StatusChange.AiAsked(row, Restore(Now), Now);

        Assert.Null((asked with { Meters = false }).TravellingAi(AiPolicy.Empty));
        Assert.Null(asked.TravellingAi(null));
        var text = ParameterDocument.Format(DesiredBudgets.None, [], asked.TravellingAi(AiPolicy.Empty));
        Assert.Equal(
            """
            {"Ai":{"Requests":[{"At":"2026-11-12T12:00:00Z","By":"jane","Do":"Restore","For":"user/alice","Why":"a slip"}]},"Budgets":[],"Version":1}
            """,
            text);
        var read = Assert.IsType<ParsedDocument.Read>(ParameterDocument.Parse(text, Given.Account, Given.Defaults));
        Assert.Equal(asked.TravellingAi(AiPolicy.Empty), read.Ai);
        Assert.Equal(ParameterDocument.Revision(text), read.Revision);
    }

    [Fact]
    public void The_kill_switch_travels_to_a_spoke_that_meters_and_reads_back()
    {
        var row = With(new AiState.Active());
        var stopped = StatusChange.Responded(row, row.Restrictions, [], [], armed: false);

        Assert.False(StatusChange.Responded(row with { Meters = false }, row.Restrictions, [], [], armed: false).AiStopped);
        var text = ParameterDocument.Format(DesiredBudgets.None, [], stopped.TravellingAi(AiPolicy.Empty));
        Assert.Equal("""{"Ai":{"Stopped":true},"Budgets":[],"Version":1}""", text);
        Assert.True(Assert.IsType<ParsedDocument.Read>(ParameterDocument.Parse(text, Given.Account, Given.Defaults)).Ai!.Stopped);
        // What people and spokes say of restrictions does not speak of the switch.
        Assert.True(StatusChange.Responded(stopped, row.Restrictions, [], []).AiStopped);
        Assert.Equal(row.TravellingAi(AiPolicy.Empty), StatusChange.Responded(stopped, row.Restrictions, [], [], armed: true).TravellingAi(AiPolicy.Empty));
    }

    [Theory]
    [InlineData("""{"Requests":[{"At":"2026-11-12","By":"jane","Do":"Restore","For":"nobody","Why":"a slip"}]}""", "Ai.Requests[0].For")]
    [InlineData("""{"Requests":[{"At":"2026-11-12","By":"jane","Do":"Delete","For":"account","Why":"a slip"}]}""", "Ai.Requests[0].Do")]
    [InlineData("""{"Requests":[{}]}""", "Ai.Requests[0]: At is missing")]
    public void A_request_that_cannot_be_read_is_told(string ai, string place)
    {
        var parsed = ParameterDocument.Parse("{\"Budgets\":[],\"Ai\":" + ai + "}", Given.Account, Given.Defaults);

        Assert.Contains(place, string.Join('\n', Assert.IsType<ParsedDocument.Malformed>(parsed).Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rows_snooze_travels_and_reads_back()
    {
        var desired = Given.Desired("""{"BudgetValue":1,"Ai":{"Default":{"Mode":"ARMED"}},"Snooze":{"Until":"2026-11-30","Why":"load test"}}""");
        Assert.True(desired.Ai!.IsSnoozed(new DateTimeOffset(2026, 11, 30, 23, 59, 0, TimeSpan.Zero)));
        Assert.False(desired.Ai.IsSnoozed(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero)));

        var text = ParameterDocument.Format(desired.Budgets, [], desired.Ai);

        Assert.Contains("\"SnoozedThrough\":\"2026-11-30\"", text, StringComparison.Ordinal);
        Assert.Equal(desired.Ai, Assert.IsType<ParsedDocument.Read>(ParameterDocument.Parse(text, Given.Account, Given.Defaults)).Ai);
        var denied = ParameterDocument.Format(desired.Budgets, [], desired.Ai with { AccountDenied = true });
        Assert.True(Assert.IsType<ParsedDocument.Read>(ParameterDocument.Parse(denied, Given.Account, Given.Defaults)).Ai?.AccountDenied);
    }

    /// <summary>What a Meter took goes with it, and what it was about to say when it went is not believed.</summary>
    [Theory]
    [InlineData(true, "the spoke's stack was deleted, and metering with it")]
    [InlineData(false, "the spoke does not meter models any more")]
    public void Nobody_is_called_Suspended_where_nothing_is_metered_any_more(bool deleted, string why)
    {
        var account = new AiLine(new AiSubject.Account(), AiWindow.Daily.Of(Now), 2, 1, ResponseMode.ARMED, new AiState.Suspended(Now));
        var row = With(new AiState.Suspended(Now));
        var day = new AiDayCost(new DateOnly(2026, 11, 8), "m", 1);
        var before = row.Ai!.With([.. row.Ai!.Lines, account]) with // It has told.
        {
            Regions = [new AiRegion("us-east-1", AiLog.Own, "")],
            Days = [day],
            DenyAccount = true,
        };
        var at = Now.AddHours(1);
        var last = new Report { Outcome = deleted ? ReportOutcome.Pending : ReportOutcome.Applied, StackDeleted = deleted, At = at };

        var gone = StatusChange.Reported(row with { Ai = before }, row.Key, last, SpendBounds.Default, at);

        Assert.Equal(
            new AiReport(at) { Lines = [account], Regions = [new AiRegion("us-east-1", AiLog.Blind, why)], Days = [day], DenyAccount = true }, gone.Ai);
        Assert.Equal(gone.Ai, StatusChange.Metered(gone, row.Key, before with { At = at.AddMinutes(-1) }, at).Ai);
        var late = before with { At = at.AddMinutes(5) };
        Assert.Equal(deleted ? gone.Ai : late, StatusChange.Metered(gone, row.Key, late, at.AddMinutes(6)).Ai);
        var first = new Report { Outcome = ReportOutcome.Applied, Meters = true, At = at.AddMinutes(1) };
        var again = StatusChange.Reported(gone, row.Key, first, SpendBounds.Default, at.AddMinutes(2), deployed: true);
        Assert.Equal(late, StatusChange.Metered(again, row.Key, late, at.AddMinutes(6)).Ai);
        var metered = StatusChange.Reported(
            row with { Ai = before }, row.Key, last with { StackDeleted = false, Meters = true }, SpendBounds.Default, at);
        Assert.Equal(before, metered.Ai);
    }

    [Fact]
    public void A_row_cannot_say_what_people_want() =>
        Assert.Contains("Ai.Requests: no such attribute", Assert.Single(Given.Reasons("""{"BudgetValue":1,"Ai":{"Requests":[]}}""")), StringComparison.Ordinal);

    [Fact]
    public void The_newest_five_are_kept_for_as_long_as_a_window_may_last()
    {
        var row = With(new AiState.Suspended(Now));
        for (var minute = 0; minute < 8; minute++) row = StatusChange.AiAsked(row, Restore(Now.AddMinutes(minute)), Now);
        Assert.Equal([3, 4, 5, 6, 7], row.AiRequests.Select(request => (request.At - Now).Minutes));

        row = StatusChange.Metered(row, row.Key, new AiReport(Now.AddDays(33)), Now.AddDays(33));
        Assert.Empty(row.AiRequests);
    }

    [Fact]
    public void What_a_spoke_told_late_or_twice_changes_nothing_and_a_clock_that_runs_ahead_outlives_nobody()
    {
        var row = StatusChange.Metered(null, "111122223333", new AiReport(Now.AddDays(9)) { ActiveKeys = 1 }, Now);
        Assert.Equal(Now, row.Ai?.At);
        Assert.Same(row, StatusChange.Metered(row, row.Key, new AiReport(Now.AddMinutes(-1)) { ActiveKeys = 2 }, Now));

        Assert.Equal(3, StatusChange.Metered(row, row.Key, new AiReport(Now.AddMinutes(1)) { ActiveKeys = 3 }, Now.AddMinutes(2)).Ai?.ActiveKeys);
    }

    private static StatusRow With(AiState state)
    {
        var line = new AiLine(new AiSubject.Principal(Alice), AiWindow.ThirtyDays.Of(Now), 2, 1, ResponseMode.ARMED, state);
        var report = new AiReport(Now) { Lines = [line] };
        return new StatusRow { Key = "111122223333", State = AccountState.Applied, FirstSeenAt = Now, Meters = true, Ai = report };
    }

    private static AiRequest Restore(DateTimeOffset at) => new(new AiSubject.Principal(Alice), AiRequestKind.Restore, at, "jane", "a slip");
}
