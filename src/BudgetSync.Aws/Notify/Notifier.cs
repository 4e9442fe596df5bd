using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Notify;

/// <summary>
/// Notify: what is the matter with an account's money, to the channels that its rows name. An event says only which account to look at; what is told follows
/// from the status table, what was told from the ledger. So a lost, doubled or late event costs time, never an alert: the hourly round finds what is missing.
/// </summary>
/// <param name="digests">Reads what digests are made of; null where no channel gets one.</param>
/// <param name="anomalies">Whether AWS Cost Anomaly Detection tells of unusual costs.</param>
public sealed partial class Notifier(
    BudgetsTable budgets,
    StatusTable status,
    LedgerTable ledger,
    PendingSender sender,
    DigestReader? digests,
    EnvelopeReader envelopes,
    ImmutableDictionary<string, Channel> channels,
    bool anomalies,
    JsonLog log,
    Random random,
    TimeProvider time)
{
    private const int ClaimBytes = 8;

    /// <summary>The account that an event is about; null where it is about none: then all are looked at.</summary>
    public static AccountId? AccountOf(JsonElement @event) =>
        @event.ValueKind == JsonValueKind.Object
        && @event.TryGetProperty("detail", out var detail)
        && detail.ValueKind == JsonValueKind.Object
        && detail.TryGetProperty("accountId", out var account)
        && account.ValueKind == JsonValueKind.String
        && AccountId.TryParse(account.GetString(), out var id)
            ? id
            : null;

    /// <summary>Remembers what AWS Cost Anomaly Detection told, and tells it: by the account's row, as all alerts.</summary>
    /// <exception cref="AwsFaultException">A table or the bus failed; Lambda delivers the event again.</exception>
    public async Task NotifyAsync(CostAnomaly anomaly, CancellationToken cancellation)
    {
        await ledger.KeepAsync(anomaly, cancellation);
        await NotifyAsync(AccountId.Parse(anomaly.Account), cancellation);
    }

    /// <summary>One account, now.</summary>
    /// <exception cref="AwsFaultException">A table, the bus or a topic failed; Lambda delivers the event again.</exception>
    public async Task NotifyAsync(AccountId account, CancellationToken cancellation)
    {
        var row = await status.ReadAsync(account.Value, cancellation);
        var unusual = (await AnomaliesAsync(cancellation))[account.Value];
        var nearestFirst = await budgets.ReadAsync(StatusRow.ScopesOf(account.Value, row), cancellation);
        // After all that can be told is: Lambda's next try takes up what was not taken, and no more.
        if (await TellAsync(account.Value, row, nearestFirst, unusual, beginsSilence: false, cancellation) is { } fault) throw fault;
    }

    /// <summary>Every account that has something to tell, reminders and ends included, and the sums of what channels had no room for.</summary>
    /// <returns>How many accounts were left because the time was up; the next round begins with the others.</returns>
    /// <remarks>A topic that fails stops nothing: what it did not take is in the ledger for the next round, or in the queue.</remarks>
    /// <exception cref="AwsFaultException">A table or the bus failed; of one account or channel, after all others were told.</exception>
    public async Task<int> SweepAsync(TimeSpan remaining, CancellationToken cancellation)
    {
        var deadline = new Deadline(time, remaining);
        var rows = (await budgets.ScanAsync(cancellation)).ToDictionary(row => row.Key, StringComparer.Ordinal);
        var standings = (await status.ScanAsync(cancellation)).ToDictionary(row => row.Key, StringComparer.Ordinal);
        var known = await ledger.ReadAllAsync(cancellation);
        var open = known.Where(alerts => !alerts.IsEmpty).Select(alerts => alerts.Account).ToHashSet(StringComparer.Ordinal);
        var now = time.GetUtcNow();
        var unusual = await AnomaliesAsync(cancellation);
        var failed = new ConcurrentQueue<Exception>();
        var outage = SilenceAlerts.OfMany([.. standings.Values], now);
        var due = open.Concat(unusual.Select(account => account.Key))
            .Concat(standings.Values.Where(row => !open.Contains(row.Key) && Tried(row).Length > 0).Select(row => row.Key))
            .Where(key => AccountId.TryParse(key, out _)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        // Another one each time, so that what is left when the time is up is not always the same.
        var first = due.Count == 0 ? 0 : random.Next(due.Count);
        var left = 0;
        // A channel that has less room than there is to tell has it for what is loudest.
        var loudestFirst = due.Skip(first).Concat(due.Take(first)).OrderByDescending(Loudness);
        await BoundedConcurrency.ForEachAsync(loudestFirst, Limits.AccountsInFlight, OneAsync, cancellation);
        await TryAsync(null, () => TellOfAllAsync([.. standings.Values], outage, open.Contains(RestrictionAlerts.EveryAccount), cancellation));
        await TellOfEnvelopesAsync();
        foreach (var channel in channels.Values.OrderBy(channel => channel.Name, StringComparer.Ordinal))
            await TryAsync(null, () => SumUpAsync(channel, cancellation));
        foreach (var channel in channels.Values.Where(channel => channel.Digest is not null))
            await TryAsync(null, () => DigestAsync(channel, standings, rows, unusual, cancellation));
        log.Info(LogEvent.AlertsSwept, null, null, $"{due.Count} accounts have alerts; {left} were left because the time was up, {failed.Count} failed.");
        return failed.TryPeek(out var fault) ? throw fault : left;

        AlertSeverity Loudness(string account) =>
            standings.TryGetValue(account, out var row) ? Tried(row).Select(alert => alert.Urgency).DefaultIfEmpty().Max() : AlertSeverity.Info;

        ImmutableArray<Alert> Tried(StatusRow row)
        {
            try
            {
                return [.. Found(row, null, now).Where(alert => MayBegin(alert, row, outage.IsEmpty, now))];
            }
            catch (Exception bug) when (!cancellation.IsCancellationRequested)
            {
                Crashed(row.Key, bug);
                return [];
            }
        }

        // What one account's status brings out must not take the others with it: the round fails after them.
        void Crashed(string? account, Exception bug)
        {
            failed.Enqueue(bug);
            log.Error(LogEvent.Crashed, account, null, Redaction.Clean(bug.ToString()));
        }

        async Task OneAsync(string account, CancellationToken stop)
        {
            if (deadline.Near)
            {
                Interlocked.Increment(ref left);
                return;
            }

            var row = standings.GetValueOrDefault(account);
            var images = StatusRow.ScopesOf(account, row).Select(scope => rows.GetValueOrDefault(scope)).OfType<RowImage>();
            await TryAsync(account, () => TellAsync(account, row, [.. images], unusual[account], outage.IsEmpty, stop));
        }

        async Task TellOfEnvelopesAsync()
        {
            var lines = ImmutableArray<EnvelopeLine>.Empty;
            await TryAsync(
                null,
                () =>
                {
                    lines = envelopes.Read(rows, standings, now);
                    return Task.FromResult<AwsFaultException?>(null);
                });
            var told = known.Where(alerts => !alerts.IsEmpty && Scope.TryParse(alerts.Account) is not (null or Scope.Account)).Select(alerts => alerts.Account);
            foreach (var key in lines.Select(line => line.Key).Concat(told).Distinct(StringComparer.Ordinal))
                await TryAsync(key, () => TellOfEnvelopeAsync(key, lines.FirstOrDefault(line => line.Key == key), rows, standings, cancellation));
        }

        async Task TryAsync(string? account, Func<Task<AwsFaultException?>> tell)
        {
            try
            {
                // Where the bus is in trouble Lambda tries the round again; a topic's messages wait for the next one.
                if (await tell() is { Fault.Service: "events" } untaken) failed.Enqueue(untaken);
            }
            catch (AwsFaultException refused)
            {
                // One account or channel in trouble, or whose owner makes some by what he reports, silences no other.
                failed.Enqueue(refused);
                log.Error(LogEvent.AlertNotTaken, account, null, refused.Fault.Reason);
            }
            catch (Exception bug) when (!cancellation.IsCancellationRequested)
            {
                Crashed(account, bug);
            }
        }
    }

    private Task<ILookup<string, CostAnomaly>> AnomaliesAsync(CancellationToken cancellation) => anomalies
        ? ledger.AnomaliesAsync(cancellation)
        : Task.FromResult(Enumerable.Empty<CostAnomaly>().ToLookup(anomaly => anomaly.Account));

    /// <param name="beginsSilence">Whether it may be told for the first time that the spoke is silent: the round knows how many are.</param>
    /// <returns>Why the bus or a topic did not take a message that it may yet take; null where there is none.</returns>
    private async Task<AwsFaultException?> TellAsync(
        string account,
        StatusRow? row,
        IReadOnlyList<RowImage> nearestFirst,
        IEnumerable<CostAnomaly> unusual,
        bool beginsSilence,
        CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var note = Note(nearestFirst);
        var found = row is null ? [] : Found(row, note, now);
        found = [.. found, .. unusual.Where(anomaly => anomaly.IsOpenAt(now)).Select(anomaly => anomaly.ToAlert(row, note, now))];
        return await TellByRowsAsync(
            account,
            found,
            alert => row is null || MayBegin(alert, row, beginsSilence, now),
            nearestFirst,
            told => SpendAlerts.Over(told, account, row, now),
            now,
            cancellation);
    }

    /// <summary>By the rows of an account or of an envelope: to whom they say, and not what they silence.</summary>
    /// <param name="mayBegin">Whether it may be told for the first time; what was told is told on.</param>
    private Task<AwsFaultException?> TellByRowsAsync(
        string key,
        ImmutableArray<Alert> found,
        Func<Alert, bool> mayBegin,
        IReadOnlyList<RowImage> nearestFirst,
        Func<OpenAlert, Alert> over,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        var routes = RowNotify.Of(nearestFirst, channels.ContainsKey);
        if (RowResponses.Of(nearestFirst).Snooze is not { } snooze || !snooze.HoldsAt(now))
            return TellAsync(key, before => Now(before, AlertSeverity.Info), routes, over, now, cancellation);
        // A person knows what is going on until that day; what needs an action today is told all the same.
        return TellAsync(
            key,
            before => Now(before, AlertSeverity.Critical),
            routes,
            told => found.FirstOrDefault(told.IsOf) is { } still ? SnoozedAlert.Of(still, snooze) : over(told),
            now,
            cancellation);

        ImmutableArray<Alert> Now(AccountAlerts before, AlertSeverity least) =>
            [.. found.Where(alert => alert.Urgency >= least && (mayBegin(alert) || before.Open.Any(told => told.IsOf(alert))))];
    }

    private async Task<AwsFaultException?> TellAsync(
        string account,
        Func<AccountAlerts, ImmutableArray<Alert>> find,
        ImmutableArray<AlertRoute> routes,
        Func<OpenAlert, Alert> over,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        AwsFaultException? fault = null;
        for (var round = 0; round < Limits.RoundsOfMessages; round++)
        {
            var claim = Claim();
            var (waiting, found) = (0, ImmutableArray<Alert>.Empty);
            // Written down before it is told: whoever dies in between leaves it for the next one.
            var after = await ledger.StepAsync(
                account,
                before =>
                {
                    waiting = before.Pending.Length;
                    return AlertDecision.Next(before, found = find(before), routes, channels, over, claim, now);
                },
                cancellation);
            fault = await sender.SendAsync(account, after, claim, cancellation) ?? fault;
            // What was sent has made no room: ends wait for an hour of their channel, and would be tried in vain as often as it is asked.
            if (round > 0 && after.Pending.Length == waiting) break;
            if (fault is not null || !AlertTakers.LeavesOut(after, found, routes, channels)) break;
        }

        return fault;
    }

    private async Task<AwsFaultException?> SumUpAsync(Channel channel, CancellationToken cancellation)
    {
        var (now, claim, key) = (time.GetUtcNow(), Claim(), LedgerItem.ChannelKey(channel.Name));
        var first = ChannelDecision.FirstHour(await ledger.ReadAsync(key, cancellation));
        var hours = await ledger.HoursAsync(channel, first, now, cancellation);
        var after = await ledger.StepAsync(key, before => ChannelDecision.Sums(before, channel, hours, claim, now), cancellation);
        return await sender.SendAsync(key, after, claim, cancellation);
    }

    private async Task<AwsFaultException?> DigestAsync(
        Channel channel,
        Dictionary<string, StatusRow> standings,
        Dictionary<string, RowImage> rows,
        ILookup<string, CostAnomaly> unusual,
        CancellationToken cancellation)
    {
        if (channel.Digest is not { } interval || digests is null) return null;
        var (now, claim, key) = (time.GetUtcNow(), Claim(), LedgerItem.ChannelKey(channel.Name));
        var day = Digest.DayOf(interval, now);
        var last = ChannelDecision.LastDigest(await ledger.ReadAsync(key, cancellation));
        if (last >= day) return null;
        var accounts = standings.Values.Where(IsTold).ToList();
        // A channel that has just come gets its first one at the next one's time, and one that is told of no account gets none.
        var digest = last is null || accounts.Count == 0
            ? null
            : Digest.Of(await digests.ReadAsync(interval, accounts, standings, rows, unusual, day, now, cancellation));
        var after = await ledger.StepAsync(key, before => ChannelDecision.Digest(before, channel, day, digest, claim, now), cancellation);
        return await sender.SendAsync(key, after, claim, cancellation);

        bool IsTold(StatusRow row) => AccountId.TryParse(row.Key, out _)
            && RowNotify.Of(StatusRow.ScopesOf(row.Key, row).Select(scope => rows.GetValueOrDefault(scope)).OfType<RowImage>(), channels.ContainsKey)
                .Any(route => route.Channel == channel.Name);
    }

    private static string? Note(IEnumerable<RowImage> nearestFirst) =>
        nearestFirst.Select(row => row.Attributes.TryGetValue("Note", out var note) ? (note as RowValue.Text)?.Value : null)
            .FirstOrDefault(note => note is not null);

    private string Claim()
    {
        var bytes = new byte[ClaimBytes];
        random.NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
