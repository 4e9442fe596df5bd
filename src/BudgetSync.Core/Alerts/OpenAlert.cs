using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Alerts;

/// <summary>An alert that was told and is not resolved: what must not be told again, and who must be told that it is over.</summary>
public sealed record OpenAlert(AlertKind Kind, string Budget, string Period)
{
    /// <summary>The highest that was told.</summary>
    public AlertSeverity Severity { get; init; }

    /// <summary>The last level that was told, and those before it.</summary>
    public EquatableArray<string> Levels { get; init; } = [];

    /// <summary>The channels that were told, or are about to be.</summary>
    public EquatableArray<string> Channels { get; init; } = [];

    /// <summary>
    /// The channels where its last message is one of "and 37 more". Those that are none of <see cref="Channels"/> know nothing of it by name, and are not told
    /// that it is over.
    /// </summary>
    public EquatableArray<string> Counted { get; init; } = [];

    /// <summary>Of <see cref="Channels"/>, those that had no room for its last message: they get it when there is.</summary>
    public EquatableArray<string> Behind { get; init; } = [];

    /// <summary>When it was last told.</summary>
    public DateTimeOffset ToldAt { get; init; }

    /// <summary>
    /// What was known then: when its period is over, the budget's own amounts are those of another one. None where an earlier release told it.
    /// </summary>
    public EquatableArray<AlertFact> Facts { get; init; } = [];

    /// <summary>Whether it is the same matter, whatever its level.</summary>
    public bool IsOf(Alert alert) => Kind == alert.Kind && Budget == alert.Budget && Period == alert.Period;

    internal bool Knows(string channel) => Channels.Contains(channel, StringComparer.Ordinal);

    /// <summary>As after a channel counted the message that it got worse, which it knows by name.</summary>
    internal OpenAlert WithCounted(string channel) => this with { Counted = [.. Counted.Append(channel).Distinct(StringComparer.Ordinal)] };

    /// <summary>As after a channel counted the message that opened it.</summary>
    internal OpenAlert WithoutName(string channel) => this with
    {
        Channels = [.. Channels.Where(name => name != channel)],
        Behind = [.. Behind.Where(name => name != channel)],
        Counted = [.. Counted.Append(channel).Distinct(StringComparer.Ordinal)],
    };
}

/// <summary>
/// A message that is written down and not sent yet: the bus or the topic takes it before it is struck out, so that a crash sends it twice at worst.
/// </summary>
/// <param name="Claim">Who is sending it.</param>
/// <param name="ClaimedAt">Since when; whoever finds it much later takes it over.</param>
public sealed record PendingAlert(string Channel, Alert Alert, string Claim, DateTimeOffset ClaimedAt)
{
    /// <summary>Nobody's: whoever looks at the account next sends it.</summary>
    internal bool IsFree => Claim.Length == 0;

    /// <summary>How often the bus or a topic has not taken it.</summary>
    public int Failed { get; init; }

    /// <summary>Why it did not, the last time.</summary>
    public string? Why { get; init; }

    /// <summary>
    /// The last hour, as in <c>2026-11-28T20</c>, in which it had a place of its channel, written down before it is sent: another try within it takes no other,
    /// and later it waits for one. It may have been told, so it is never counted.
    /// </summary>
    public string? PlaceIn { get; init; }

    /// <summary>
    /// The hour in which its channel had no room for it: it is one of "and 37 more" of that hour, and neither told by name nor counted in another one,
    /// whenever its counting is done.
    /// </summary>
    public string? CountedIn { get; init; }

    /// <summary>
    /// Its channel has had it as one of "and 37 more" already: it is told by name where there is room for it, and counted no second time.
    /// </summary>
    public bool IsLate { get; init; }

    /// <summary>A message that went twice has its id twice.</summary>
    internal bool IsSame(PendingAlert other) => Channel == other.Channel && Alert.Id == other.Alert.Id;

    /// <summary>Whether it must not overtake the other: both are of one alert, for one channel.</summary>
    internal bool Follows(PendingAlert other) => Channel == other.Channel && Alert.DedupKey == other.Alert.DedupKey;

    internal PendingAlert Free() => this with { Claim = "", ClaimedAt = DateTimeOffset.UnixEpoch };
}

/// <summary>What the ledger knows of the alerts of one account.</summary>
/// <param name="Version">Counts the writes: written on the condition that it has not moved.</param>
public sealed record AccountAlerts(string Account, long Version = 0)
{
    public EquatableArray<OpenAlert> Open { get; init; } = [];

    /// <summary>Oldest first.</summary>
    public EquatableArray<PendingAlert> Pending { get; init; } = [];

    public bool IsEmpty => Open.IsEmpty && Pending.IsEmpty;
}
