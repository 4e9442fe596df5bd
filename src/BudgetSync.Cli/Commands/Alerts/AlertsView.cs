using System.Collections.Immutable;
using BudgetSync.Aws.Notify;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Commands.Channels;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Alerts;

namespace BudgetSync.Cli.Commands.Alerts;

/// <summary>Alerts as people and scripts read them.</summary>
internal static class AlertsView
{
    private const string NoneOpen = "No alert is open. What a row's Snooze silences is not listed here; 'budgetsync alerts ACCOUNT' has it.";

    private static readonly TextColumn[] OfOpen =
    [
        new("ACCOUNT"), new("BUDGET", Shortest: 8), new("ALERT", Shortest: 16, MostLines: 4), new("SEVERITY", Goes: 1),
        new("TOLD", Goes: 2, Shortest: Day, MostLines: 2), new("CHANNELS", Shortest: 24, MostLines: 20),
    ];

    private static readonly TextColumn[] OfTold =
    [
        new("TOLD", Shortest: Day, MostLines: 2), new("CHANNEL", Shortest: 10), new("ALERT", Shortest: 16, MostLines: 6),
        new("BUDGET", Goes: 1, Shortest: 8), new("HOW", Shortest: MessageId, MostLines: 20),
    ];

    private static readonly TextColumn[] OfLost =
        [new("CHANNEL", Shortest: 8), new("ALERT", Shortest: 36, MostLines: 20), new("WHY", Shortest: 24, MostLines: 20)];

    /// <summary>So wide is a day, which is whole.</summary>
    private const int Day = 10;

    /// <summary>So wide is an id that SNS gives a message, a UUID (API reference, Publish); it is whole.</summary>
    private const int MessageId = 36;

    public static void Write(ConsoleContext terminal, string? account, AlertsLook look)
    {
        if (account is not null && look.Told.IsEmpty) terminal.Out.WriteLine($"No message was sent about {account}.");
        if (!look.Told.IsEmpty) WriteTable(terminal, OfTold, look.Told.Select(message => Cells(message, look)));
        // Slack answers the errors of its Web API with 200 (Slack developer docs, "Using the Slack Web API"), and EventBridge tells nobody an answer.
        if (look.Told.Any(message => ToldFate.Of(message, look).State == ToldFate.Sent))
            terminal.Out.WriteLine("sent: EventBridge has it, and no refusal has come back. What Slack answers with 200 and ok:false, nobody has, and "
                + "'budgetsync channels test' alone sees it.");
        var alerts = look.Open.SelectMany(one => one.Open.Select(alert => (one.Account, Alert: alert))).ToList();
        var snoozed = look.Snoozed(terminal.Time.GetUtcNow()).ToList();
        if (alerts.Count == 0) terminal.Out.WriteLine(account is null ? NoneOpen : snoozed.Count == 0 ? "No alert is open." : "No other alert is open.");
        else if (account is not null) terminal.Out.WriteLine($"Open: {string.Join("; ", alerts.Select(entry => Name(entry.Account, entry.Alert, look)))}.");
        else WriteTable(terminal, OfOpen, alerts.Select(entry => Cells(entry.Account, entry.Alert, look)));
        foreach (var alert in snoozed)
            terminal.Out.WriteLine($"{PhaseOf(alert)}, and not over: {Named(Words(alert.Kind, alert.Level), alert.Budget)}.");
        foreach (var sentence in ChannelStanding.Sentences(look.Unheard)) terminal.Out.WriteLine(sentence);
        var waiting = look.Open.Sum(one => one.Pending.Length);
        if (waiting > 0) terminal.Out.WriteLine($"{Number.Count(waiting, "message")} not sent yet; the next hourly round sends them.");
        foreach (var failing in look.Open.SelectMany(one => one.Pending.Where(IsFailing)).GroupBy(message => (message.Channel, message.Why)))
            terminal.Out.WriteLine($"{failing.Key.Channel} did not take {Number.Count(failing.Count(), "message")}: {failing.Key.Why}");
        if (look.Lost.IsEmpty) return;
        terminal.Out.WriteLine(
            $"undelivered: {Number.Count(look.Lost.Length, "message")} that no channel took, in the dead-letter queue; 'budgetsync alerts redrive' sends them "
                + "once more:");
        WriteLost(terminal, look.Lost);
    }

    public static void WriteLost(ConsoleContext terminal, ImmutableArray<UndeliveredAlert> lost) =>
        WriteTable(terminal, OfLost, lost.Select(message => new[] { message.Channel, message.Key.Length > 0 ? message.Key : "-", message.Why }));

    private static string[] Cells(ToldAlert message, AlertsLook look) =>
    [
        Moment(message.At), message.Channel, $"{PhaseOf(message.Alert)}: {Words(message.Alert.Kind, message.Alert.Level)}", message.Alert.Budget,
        ToldFate.Of(message, look).Text,
    ];

    /// <summary>A blank between day and time: there the cell goes on below itself.</summary>
    private static string Moment(DateTimeOffset at) => UtcText.Seconds(at).Replace('T', ' ');

    private static string PhaseOf(Alert alert) =>
        alert is { Phase: AlertPhase.Resolved, SnoozedUntil: { } until } ? $"Snoozed through {DayText.Format(until)}" : alert.Phase.ToString();

    private static string[] Cells(string account, OpenAlert alert, AlertsLook look) =>
    [
        account, alert.Budget, Words(alert.Kind, alert.Levels.LastOrDefault("")), alert.Severity.ToString(), Moment(alert.ToldAt),
        string.Join(", ", [
            .. alert.Channels.Select(channel => channel + Mark(account, alert, channel, look)),
            .. alert.Counted.Except(alert.Channels).Select(channel => $"{channel} (counted)"),
        ]),
    ];

    /// <summary>Of a channel that is said to know of an alert, why nobody does.</summary>
    private static string Mark(string account, OpenAlert alert, string channel, AlertsLook look) =>
        look.IsLost(account, alert, channel) ? " (undelivered)" : look.IsUnheard(channel) ? " (nobody hears)" : "";

    private static string Name(string account, OpenAlert alert, AlertsLook look)
    {
        var lost = alert.Channels.Where(channel => look.IsLost(account, alert, channel)).ToList();
        return Named(Words(alert.Kind, alert.Levels.LastOrDefault("")), alert.Budget) + (lost.Count > 0 ? $" (undelivered: {string.Join(", ", lost)})" : "");
    }

    private static string Named(string words, string budget) => budget.Length > 0 ? $"{words} of {budget}" : words;

    /// <summary>
    /// As messages say it: a level says itself what it is of (<c>Over</c>, <c>80 % ACTUAL</c>, <c>Runs out within 4 days</c>), but for the states of
    /// restrictions and of budgets of models: <c>restriction InForce</c>, <c>models Suspended</c>.
    /// </summary>
    private static string Words(AlertKind kind, string level) => kind switch
    {
        AlertKind.Restriction when level != RestrictionAlerts.BrakeLevel => $"restriction {level}",
        AlertKind.Ai => $"models {level}",
        AlertKind.Digest or AlertKind.Overflow or AlertKind.Test when level.Length == 0 => kind.ToString(),
        _ => level,
    };

    /// <summary>A topic has not taken it; it is tried again with each event of its account and each hour, for a day.</summary>
    public static bool IsFailing(PendingAlert message) => message.Why is not null;

    private static void WriteTable(ConsoleContext terminal, IReadOnlyList<TextColumn> columns, IEnumerable<string[]> rows) =>
        TableScreen.Write(terminal, columns, [.. rows], whole: "--json has", inLine: true);
}
