using System.Collections.Immutable;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Alerts;

/// <summary>
/// What the ledger says of suspensions from models and their ends: the spoke suspends and gives back by itself, and what channels were told of it is what the
/// hub knows.
/// </summary>
public static class ToldSuspensions
{
    private static readonly string Suspended = new AiState.Suspended(default).Name;

    /// <summary>An entry for each message, however many channels had it; messages of other things and reminders are none.</summary>
    /// <param name="told">With when it was told, and to which channel.</param>
    public static ImmutableArray<LedgerEntry> Of(IEnumerable<(DateTimeOffset At, string Channel, Alert Alert)> told) =>
    [
        .. told.Where(one => one.Alert is { Kind: AlertKind.Ai, Phase: not AlertPhase.Reminder } && one.Alert.Level == Suspended)
            .GroupBy(one => one.Alert.Id, StringComparer.Ordinal)
            .Select(message => Of(message.First().Alert, message.Min(one => one.At), message.Select(one => one.Channel))),
    ];

    private static LedgerEntry Of(Alert alert, DateTimeOffset at, IEnumerable<string> channels) => new(
        at,
        "",
        alert.Phase == AlertPhase.Opened ? LedgerEntry.ModelsSuspendedTold : LedgerEntry.ModelsRestoredTold,
        alert.Text)
    {
        Subject = alert.Budget,
        Facts =
        [
            .. alert.Facts.Select(fact => $"{fact.Name}: {fact.Value}"),
            $"told: {string.Join(", ", channels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}",
        ],
    };
}
