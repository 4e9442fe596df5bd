using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Aws.Notify;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Alerts;

namespace BudgetSync.Cli.Commands.Alerts;

/// <summary>Alerts as people and scripts read them.</summary>
internal static class AlertsView
{
    private const string Sent = "sent";

    private static readonly TextColumn[] OfOpen =
    [
        new("ACCOUNT"), new("BUDGET", Shortest: 8), new("ALERT", Shortest: 24, MostLines: 2), new("SEVERITY", Goes: 1), new("TOLD", Goes: 2),
        new("CHANNELS", Shortest: 16, MostLines: 3),
    ];

    private static readonly TextColumn[] OfTold =
    [
        new("TOLD"), new("CHANNEL", Shortest: 8), new("ALERT", Shortest: 24, MostLines: 2), new("BUDGET", Shortest: 8),
        new("HOW", Shortest: 10, MostLines: 3),
    ];

    private static readonly TextColumn[] OfLost =
        [new("CHANNEL", Shortest: 8), new("ALERT", Shortest: 24, MostLines: 3), new("WHY", Shortest: 20, MostLines: 4)];

    public static void Write(
        ConsoleContext terminal,
        string? account,
        ImmutableArray<AccountAlerts> open,
        ImmutableArray<ToldAlert> told,
        ImmutableArray<UndeliveredAlert> lost)
    {
        if (account is not null && told.IsEmpty) terminal.Out.WriteLine($"No message was sent about {account}.");
        if (!told.IsEmpty) WriteTable(terminal, OfTold, told.Select(message => Cells(message, WhyLost(message, told, lost))));
        // Slack answers the errors of its Web API with 200 (Slack developer docs, "Using the Slack Web API"), and EventBridge tells nobody an answer.
        if (told.Any(message => StateOf(message, WhyLost(message, told, lost)) == Sent))
            terminal.Out.WriteLine("sent: EventBridge has it, and no refusal has come back. What Slack answers with 200 and ok:false, nobody has, and "
                + "'budgetsync channels test' alone sees it.");
        var alerts = open.SelectMany(one => one.Open.Select(alert => (one.Account, Alert: alert))).ToList();
        if (alerts.Count == 0) terminal.Out.WriteLine("No alert is open.");
        else if (account is not null) terminal.Out.WriteLine($"Open: {string.Join("; ", alerts.Select(entry => Name(entry.Alert)))}.");
        else WriteTable(terminal, OfOpen, alerts.Select(entry => Cells(entry.Account, entry.Alert)));
        var waiting = open.Sum(one => one.Pending.Length);
        if (waiting > 0) terminal.Out.WriteLine($"{Number.Count(waiting, "message")} not sent yet; the next hourly round sends them.");
        foreach (var failing in open.SelectMany(one => one.Pending.Where(IsFailing)).GroupBy(message => (message.Channel, message.Why)))
            terminal.Out.WriteLine($"{failing.Key.Channel} did not take {Number.Count(failing.Count(), "message")}: {failing.Key.Why}");
        if (lost.IsEmpty) return;
        terminal.Out.WriteLine($"{Number.Count(lost.Length, "message")} that no channel took; 'budgetsync alerts redrive' sends them once more:");
        WriteLost(terminal, lost);
    }

    public static void WriteLost(ConsoleContext terminal, ImmutableArray<UndeliveredAlert> lost) =>
        WriteTable(terminal, OfLost, lost.Select(message => new[] { message.Channel, message.Key.Length > 0 ? message.Key : "-", message.Why }));

    public static string Json(ImmutableArray<AccountAlerts> open, ImmutableArray<ToldAlert> told, ImmutableArray<UndeliveredAlert> lost) => new JsonObject
    {
        ["open"] = new JsonArray([.. open.SelectMany(one => one.Open.Select(alert => new JsonObject
        {
            ["accountId"] = one.Account,
            ["budgetName"] = alert.Budget,
            ["kind"] = alert.Kind.ToString(),
            ["period"] = alert.Period,
            ["severity"] = alert.Severity.ToString(),
            ["level"] = alert.Levels.LastOrDefault(""),
            ["toldAt"] = UtcText.Seconds(alert.ToldAt),
            ["channels"] = new JsonArray([.. alert.Channels.Select(channel => JsonValue.Create(channel))]),
            ["counted"] = new JsonArray([.. alert.Counted.Select(channel => JsonValue.Create(channel))]),
        }))]),
        ["pending"] = open.Sum(one => one.Pending.Length),
        ["failing"] = new JsonArray([.. open.SelectMany(one => one.Pending.Where(IsFailing).Select(message => new JsonObject
        {
            ["accountId"] = one.Account,
            ["channel"] = message.Channel,
            ["failed"] = message.Failed,
            ["why"] = message.Why,
        }))]),
        ["told"] = new JsonArray([.. told.Select(message => new JsonObject
        {
            ["at"] = UtcText.Seconds(message.At),
            ["channel"] = message.Channel,
            ["counted"] = message.Counted,
            ["messageId"] = message.MessageId,
            ["undelivered"] = message.Undelivered,
            ["state"] = StateOf(message, WhyLost(message, told, lost)),
            ["phase"] = message.Alert.Phase.ToString(),
            ["dedupKey"] = message.Alert.DedupKey,
            ["level"] = message.Alert.Level,
            ["text"] = message.Alert.Text,
        })]),
        ["undelivered"] = new JsonArray([.. lost.Select(message => new JsonObject
        {
            ["accountId"] = AccountId.TryParse(message.Account, out _) ? message.Account : null,
            ["dedupKey"] = message.Key.Length > 0 ? message.Key : null,
            ["channel"] = message.Channel,
            ["why"] = message.Why,
        })]),
    }.ToJsonString(JsonOutput.Options);

    /// <summary>Why a message lies in the dead-letter queue, the last time that it was sent; null where it does not.</summary>
    private static string? WhyLost(ToldAlert message, ImmutableArray<ToldAlert> told, ImmutableArray<UndeliveredAlert> lost) => message.Counted
        || told.Any(other => !other.Counted && other.Channel == message.Channel && other.Alert.Id == message.Alert.Id && other.At > message.At)
            ? null
            : lost.Where(one => one.Channel == message.Channel && one.AlertId == message.Alert.Id).Select(one => one.Why).FirstOrDefault();

    private static string StateOf(ToldAlert message, string? lost) => message switch
    {
        _ when lost is not null => "lost",
        { Counted: true } => "counted",
        { Undelivered: not null } => "undelivered",
        { MessageId: { Length: > 0 } } => "published",
        _ => Sent,
    };

    private static string[] Cells(ToldAlert message, string? lost) =>
    [
        UtcText.Seconds(message.At), message.Channel, $"{message.Alert.Phase}: {Words(message.Alert.Kind, message.Alert.Level)}", message.Alert.Budget,
        How(message, lost),
    ];

    /// <summary>A topic has not taken it; it is tried again with each event of its account and each hour, for a day.</summary>
    private static bool IsFailing(PendingAlert message) => message.Why is not null;

    private static string How(ToldAlert message, string? lost) => message switch
    {
        _ when lost is not null => $"in the dead-letter queue: {lost}",
        { Counted: true } => "counted: no room in its hour",
        { Undelivered: { } why } => $"undelivered: {why}",
        { MessageId: { Length: > 0 } id } => $"published: {id}",
        _ => Sent,
    };

    private static string[] Cells(string account, OpenAlert alert) =>
    [
        account, alert.Budget, Words(alert.Kind, alert.Levels.LastOrDefault("")), alert.Severity.ToString(), UtcText.Seconds(alert.ToldAt),
        string.Join(", ", [.. alert.Channels, .. alert.Counted.Except(alert.Channels).Select(channel => $"{channel} (counted)")]),
    ];

    private static string Name(OpenAlert alert)
    {
        var words = Words(alert.Kind, alert.Levels.LastOrDefault(""));
        return alert.Budget.Length > 0 ? $"{words} of {alert.Budget}" : words;
    }

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

    private static void WriteTable(ConsoleContext terminal, IReadOnlyList<TextColumn> columns, IEnumerable<string[]> rows) =>
        TableScreen.Write(terminal, columns, [.. rows], whole: "--json has");
}
