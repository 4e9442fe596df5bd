using BudgetSync.Core.Ai;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Tests.Alerts;

/// <summary>What is told of budgets of models.</summary>
public sealed class AiAlertsTests
{
    private const string Used = "user/alice of 111122223333 has used $0.93 of $1.00 (93 %), mostly amazon.nova-pro-v1:0 in us-east-1.";

    private static readonly DateTimeOffset Now = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    private static readonly AiPeriod Window = AiWindow.Monthly.Of(Now);

    public static TheoryData<string, AlertSeverity, string> States { get; } = new()
    {
        { "Warned", AlertSeverity.Warning, "It is suspended when all of it is used." },
        { "Critical", AlertSeverity.Warning, "It is suspended when all of it is used." },
        { "Exceeded", AlertSeverity.Critical, "It is suspended when all of it is used." },
        {
            "Grace", AlertSeverity.Critical,
            "It is suspended from 2026-11-12 12:05 UTC on. Stop it: budgetsync ai restore 111122223333 user/alice --because TEXT."
        },
        {
            "Suspended", AlertSeverity.Critical,
            "It is suspended since 2026-11-12 12:05 UTC. Give it back: budgetsync ai restore 111122223333 user/alice --because TEXT."
        },
    };

    [Theory]
    [MemberData(nameof(States))]
    public void A_state_is_told_with_what_was_used_and_what_can_be_done(string state, AlertSeverity severity, string then)
    {
        var alert = Assert.Single(AiAlerts.Of(Row(Line(Of(state))), "a note", Now));

        Assert.Equal((severity, state, $"{Used} {then}", "a note"), (alert.Severity, alert.Level, alert.Text, alert.Note));
        Assert.Equal("111122223333/user/alice/2026-11-01 00:00 UTC/Ai", alert.DedupKey);
    }

    [Fact]
    public void What_is_at_90_percent_has_passed_70_which_is_no_news_when_the_limit_is_raised() =>
        Assert.Equal(["Warned", "Critical"], Assert.Single(AiAlerts.Of(Row(Line(Of("Critical"))), null, Now)).Reached);

    [Theory]
    [InlineData(ResponseMode.WATCH, "", "Nothing is done: its row only watches.")]
    [InlineData(ResponseMode.ARMED, "others may use the role", "It cannot be suspended: others may use the role.")]
    [InlineData(ResponseMode.CONFIRM, "", "The suspension waits for a person: budgetsync ai approve 111122223333 user/alice --because TEXT.")]
    public void What_is_not_suspended_by_itself_says_why(ResponseMode mode, string unattachable, string then)
    {
        var line = Line(new AiState.Exceeded()) with { Mode = mode, Unattachable = unattachable };

        Assert.EndsWith($" {then}", Assert.Single(AiAlerts.Of(Row(line), null, Now)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_refused_and_what_is_held_back_say_so()
    {
        var line = Line(new AiState.Grace(Now, ["LimitExceeded"])) with { HeldBack = "too many", Pool = "research" };

        Assert.Equal(
            $"{Used} The pool research asks for it. It is held back: too many. The suspension was refused: LimitExceeded.",
            Assert.Single(AiAlerts.Of(Row(line), null, Now)).Text);
    }

    [Fact]
    public void What_is_in_order_restored_or_of_a_window_that_is_over_is_not_told()
    {
        Assert.Empty(AiAlerts.Of(Row(Line(new AiState.Active())), null, Now));
        Assert.Empty(AiAlerts.Of(Row(Line(new AiState.Restored(Now, "why"))), null, Now));
        Assert.Empty(AiAlerts.Of(Row(Line(new AiState.Exceeded())), null, Window.End));
        Assert.Single(AiAlerts.Of(Row(Line(new AiState.Suspended(Now))), null, Window.End));
    }

    [Fact]
    public void The_end_says_why()
    {
        var told = new OpenAlert(AlertKind.Ai, "user/alice", "2026-11-01 00:00 UTC") { Levels = ["Suspended"], Severity = AlertSeverity.Critical };

        Assert.Equal("user/alice of 111122223333 is restored: a raise.", Over(Row(Line(new AiState.Restored(Now, "a raise")))));
        Assert.Equal(
            "user/alice of 111122223333 is within its budget of models again: $0.93 of $1.00 (93 %), mostly amazon.nova-pro-v1:0 in us-east-1.",
            Over(Row(Line(new AiState.Active()))));
        var next = Line(new AiState.Active()) with { Period = AiWindow.Monthly.Of(Window.End) };
        Assert.Equal("user/alice of 111122223333: a new window began.", Over(Row(next)));
        Assert.Equal("user/alice of 111122223333 has no budget of models any more.", Over(null));

        string Over(StatusRow? row) => SpendAlerts.Over(told, "111122223333", row, Now).Text;
    }

    /// <summary>As a budget's: opened once, resolved once, by a key of its own for each Region.</summary>
    [Fact]
    public void What_Meter_could_not_do_is_told_for_each_Region_and_that_it_is_over()
    {
        var row = With(2);
        var alert = Assert.Single(AiAlerts.Of(row, null, Now));

        Assert.Equal((AlertKind.Ai, AlertSeverity.Critical, AlertPhase.Opened), (alert.Kind, alert.Severity, alert.Phase));
        Assert.Equal(
            "2 messages wait in Meter's dead-letter queue in us-east-1 of 111122223333, so spending on models may be more than is shown: read one of the queue "
                + "BudgetSync-Meter-DeadLetters, mend what it names, and invoke Meter with its requestPayload.",
            alert.Text);
        Assert.Equal("111122223333/dead letters in us-east-1//Ai", alert.DedupKey);
        Assert.Equal(alert.DedupKey, Assert.Single(AiAlerts.Of(With(70), null, Now)).DedupKey);

        var told = new OpenAlert(AlertKind.Ai, alert.Budget, alert.Period) { Levels = [alert.Level], Severity = alert.Severity };
        Assert.Equal("Meter's dead-letter queue in us-east-1 of 111122223333 is empty.", Over(With(0)).Text);
        Assert.Equal(
            "Whether messages wait in Meter's dead-letter queue in us-east-1 of 111122223333 is not seen any more.", Over(With(null)).Text);
        Assert.Equal(alert.DedupKey, Over(null).DedupKey);
        Assert.Empty(AiAlerts.Of(With(0), null, Now));
        Assert.Empty(AiAlerts.Of(With(null), null, Now));

        Alert Over(StatusRow? row) => SpendAlerts.Over(told, "111122223333", row, Now);

        static StatusRow With(long? letters) => StatusChange.Metered(
            null, "111122223333", new AiReport(Now) { Regions = [new AiRegion("us-east-1", AiLog.Own, "") { DeadLetters = letters }] }, Now);
    }

    /// <summary>Of a sum of all callers; of one principal it would say nothing.</summary>
    [Fact]
    public void A_budget_of_all_callers_says_how_many_of_them_are_not_known()
    {
        var report = new AiReport(Now) { Regions = [new AiRegion("us-east-1", AiLog.Own, "") { UnjoinedCalls = 3 }] };
        string[] subjects = ["account", "user/alice", "unknown"];

        var alerts = AiAlerts.Of(StatusChange.Metered(null, "111122223333", report.With(subjects.Select(Of)), Now), null, Now);

        Assert.Equal(["account", "unknown", "user/alice"], alerts.Select(alert => alert.Budget).Order(StringComparer.Ordinal));
        var fact = Assert.Single(alerts.SelectMany(alert => alert.Facts.Select(fact => (alert.Budget, fact))), one => one.fact.Name.Contains("known caller"));
        Assert.Equal(("account", "3 calls in us-east-1"), (fact.Budget, fact.fact.Value));
        Assert.Contains("unknown of 111122223333 has used $0.93 of $1.00", Assert.Single(alerts, alert => alert.Budget == "unknown").Text);

        static AiLine Of(string subject) => Line(new AiState.Warned()) with { Subject = AiSubject.Parse(subject)! }; // They are subjects.
    }

    [Fact]
    public void A_report_tells_the_bus_of_each_budget_whose_state_is_another()
    {
        var before = StatusChange.Metered(null, "111122223333", new AiReport(Now) { Lines = [Line(new AiState.Warned()), Other()] }, Now);
        Assert.Equal(["Active Warned"], Kinds(before, 0));

        var report = new AiReport(Now.AddMinutes(1)) { Lines = [Line(new AiState.Suspended(Now)), Other()] };
        var after = StatusChange.Metered(before, before.Key, report, Now.AddMinutes(1));
        Assert.Equal(["Warned Suspended"], Kinds(after, 1));

        static AiLine Other() => Line(new AiState.Active()) with { Subject = new AiSubject.Account() };

        static IEnumerable<string> Kinds(StatusRow row, int skip) => row.Untold.Skip(skip).Select(told =>
        {
            Assert.Equal("BudgetSync AI Changed", told.Kind);
            using var detail = System.Text.Json.JsonDocument.Parse(told.Detail);
            return $"{detail.RootElement.GetProperty("before")} {detail.RootElement.GetProperty("after")}";
        });
    }

    private static AiState Of(string name) => name switch
    {
        "Warned" => new AiState.Warned(),
        "Critical" => new AiState.Critical(),
        "Exceeded" => new AiState.Exceeded(),
        "Grace" => new AiState.Grace(Now.AddMinutes(5), []),
        _ => new AiState.Suspended(Now.AddMinutes(5)),
    };

    private static AiLine Line(AiState state) => new(AiSubject.Parse("user/alice")!, Window, 0.93m, 1, ResponseMode.ARMED, state)
    {
        Mostly = "amazon.nova-pro-v1:0 in us-east-1",
    };

    private static StatusRow Row(AiLine line) =>
        new() { Key = "111122223333", State = AccountState.Applied, FirstSeenAt = Now, Ai = new AiReport(Now) { Lines = [line] } };
}
