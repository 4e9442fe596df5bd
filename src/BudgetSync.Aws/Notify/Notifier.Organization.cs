using System.Collections.Immutable;
using BudgetSync.Aws.Faults;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Notify;

/// <content>What is told of many accounts in one: the mass brake, spokes that are silent together, envelopes.</content>
public sealed partial class Notifier
{
    private static ImmutableArray<Alert> Found(StatusRow row, string? note, DateTimeOffset now) =>
    [
        .. SpendAlerts.Of(row, note, now), .. RestrictionAlerts.Of(row, note, now), .. AiAlerts.Of(row, note, now),
        .. SilenceAlerts.Of(row, note, now) is { } silent ? [silent] : ImmutableArray<Alert>.Empty,
    ];

    /// <summary>A spoke that is silent is told by one alert, and not by one for each of its budgets that nothing has looked at.</summary>
    private static bool MayBegin(Alert alert, StatusRow row, bool beginsSilence, DateTimeOffset now) => alert.Kind switch
    {
        AlertKind.SpokeSilent => beginsSilence && SilenceAlerts.Begins(row, now),
        AlertKind.Blind => !SilenceAlerts.Explains(alert, row, now),
        _ => true,
    };

    /// <summary>
    /// The one message for all that the mass brake holds back, and the one for all spokes that are silent: to every channel that takes what is Critical,
    /// whatever rows say.
    /// </summary>
    private async Task<AwsFaultException?> TellOfAllAsync(
        IReadOnlyCollection<StatusRow> rows, ImmutableArray<Alert> outage, bool told, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        ImmutableArray<Alert> found =
            [.. RestrictionAlerts.OfBrake(rows, restriction => MassBrake.Batch([restriction], now).Length > 0, now), .. outage];
        if (found.IsEmpty && !told) return null;
        ImmutableArray<AlertRoute> everyChannel = [.. channels.Keys.Select(name => new AlertRoute(name, AlertSeverity.Critical))];
        return await TellAsync(
            RestrictionAlerts.EveryAccount,
            _ => found,
            everyChannel,
            told => SpendAlerts.Over(told, RestrictionAlerts.EveryAccount, null, now),
            now,
            cancellation);
    }

    /// <param name="key">Of its row.</param>
    /// <param name="line">Null where the row has no envelope any more.</param>
    private async Task<AwsFaultException?> TellOfEnvelopeAsync(
        string key,
        EnvelopeLine? line,
        IReadOnlyDictionary<string, RowImage> rows,
        IReadOnlyDictionary<string, StatusRow> standings,
        CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var images = EnvelopeReader.ScopesOf(key, standings.Values).Select(scope => rows.GetValueOrDefault(scope)).OfType<RowImage>().ToList();
        var known = await ledger.ReadAsync(key, cancellation);
        var told = known.Open.Where(one => one.Kind == AlertKind.Envelope).MaxBy(one => one.ToldAt);
        var found = line is null ? null : EnvelopeAlerts.Of(line, told, Note(images), now);
        if (found is null && known.IsEmpty) return null;
        return await TellByRowsAsync(
            key, found is null ? [] : [found], mayBegin: _ => true, images, open => EnvelopeAlerts.Over(open, key, line, now), now, cancellation);
    }
}
