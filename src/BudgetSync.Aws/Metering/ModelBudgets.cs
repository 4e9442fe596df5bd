using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Core;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Aws.Metering;

/// <summary>
/// Keeps what IAM lets principals do with models where their budgets say. Every run reads all anew, what the parameter asks for, what was used, where budgets
/// stand and what IAM says, so that it does not matter which run was lost or died, and what somebody undid comes back.
/// </summary>
/// <param name="invocations">Of each Region that is metered.</param>
/// <param name="queues">What Meter could not do; null where that is not known.</param>
public sealed partial class ModelBudgets(
    AccountId account,
    AskedModels asked,
    AiTable table,
    ModelSuspension suspension,
    ImmutableArray<InvocationLog> invocations,
    AwsCaller caller,
    JsonLog log,
    MeterQueues? queues = null)
{
    private const string LoggingOff = "model invocation logging is off; the next release that is deployed turns it on, and until then a person does: "
        + "aws bedrock put-model-invocation-logging-configuration, as the runbook has it under Models";

    private static readonly ImmutableDictionary<string, long> Nothing = ImmutableDictionary<string, long>.Empty;

    private readonly ConcurrentDictionary<DateOnly, ImmutableArray<AiDaySum>> settled = new();

    /// <summary>Decides and does what follows, until nothing is left to do.</summary>
    /// <returns>Where budgets stand now, and whether that was told; null where the parameter cannot be read, so that nothing was decided.</returns>
    /// <exception cref="AwsFaultException">AWS failed; the next run does what is left.</exception>
    public async Task<SettledBudgets?> SettleAsync(CancellationToken cancellation)
    {
        if (await PolicyAsync(cancellation) is not { } policy) return null;
        var refusals = Refusals.None;
        var sets = await suspension.SetsAsync(cancellation);
        for (var round = 0; ; round++)
        {
            var (facts, days, editions, told) = await FactsAsync(policy, sets, refusals, cancellation);
            var plan = AiPlan.Of(facts);
            foreach (var notice in plan.Notices) log.Info(LogEvent.ModelBudgetChanged, account.Value, null, Redaction.Clean(notice.Text));
            // Said before it is done: whoever dies in between knows what of it was ours.
            var written = await WriteAsync(plan.Records, editions, cancellation);
            // Another run decided in between, of newer facts; or nothing is left, or IAM has not spread yet what it was told.
            if (!written || plan.IsEmpty || round == Limits.SuspensionRounds)
            {
                // What is told is how it stands after what was written, by whomever.
                if (!written || !plan.Records.IsEmpty)
                {
                    (facts, days, editions, told) = await FactsAsync(policy, sets, refusals, cancellation);
                    plan = AiPlan.Of(facts);
                }

                var regions = await Task.WhenAll(invocations.OrderBy(one => one.Region, StringComparer.Ordinal)
                    .Select(one => RegionAsync(one, days, cancellation)));
                var waiting = string.Join(',', regions.Where(region => region.DeadLetters > 0).Select(region => region.Name));
                var report = Report(facts) with { Regions = [.. regions], DenyAccount = plan.DenyAccount, PermissionSets = sets };
                if (sets is not null) report = report with { PeopleRoom = facts.PeopleRoom };
                var digest = Digest(editions, plan.DenyAccount, waiting);
                // Also what the cap asks of the organization is told once, and again with the hour's report: the hub may have no means for it, ever.
                var changed = digest != (told.Length > 0 ? told : Digest(Nothing, false, ""));
                report = report with { Days = AiDayCost.Of(await SettledAsync(cancellation), policy.Paid) };
                return new(report, changed, digest, AiAttachable.Of(facts));
            }

            refusals = await TakeAsync(plan.Steps, cancellation);
        }
    }

    /// <summary>Keeps that this was told. Whoever dies before has the next run tell it.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public Task ToldAsync(SettledBudgets settled, CancellationToken cancellation) => table.ToldAsync(settled.Digest, cancellation);

    /// <summary>The days that a bill can be compared with: they change no more, so an instance reads each once.</summary>
    private async Task<IReadOnlyList<AiDaySum>> SettledAsync(CancellationToken cancellation)
    {
        var (first, last) = AiDayCost.Span(caller.Now);
        foreach (var gone in settled.Keys.Where(day => day < first).ToList()) settled.TryRemove(gone, out _);
        var days = Enumerable.Range(0, AiDayCost.MostDays).Select(first.AddDays).Where(day => !settled.ContainsKey(day)).ToList();
        if (days.Count > 0)
        {
            var read = (await table.SumsAsync(days[0], last, cancellation)).ToLookup(sum => sum.Day);
            foreach (var day in days) settled[day] = [.. read[day]];
        }

        return [.. settled.OrderBy(day => day.Key).SelectMany(day => day.Value)];
    }

    private async Task<(AiFacts Facts, IReadOnlyList<AiDaySum> Days, ImmutableDictionary<string, long> Editions, string Told)> FactsAsync(
        AiPolicy policy, PermissionSets? sets, Refusals refusals, CancellationToken cancellation)
    {
        var now = caller.Now;
        var (kept, told) = await table.RecordsAsync(cancellation);
        var days = await table.SumsAsync(AiTotals.Since(policy, now), DateOnly.FromDateTime(now.UtcDateTime), cancellation);
        var minutes = AiTotals.MinutesBack(policy) is > 0 and var back ? await table.MinutesAsync(back, cancellation) : [];
        var totals = AiTotals.Of(policy, days, minutes, now);
        var facts = new AiFacts(account, policy, now)
        {
            Totals = totals,
            Records = [.. kept.Select(one => one.Record)],
            Access = await AccessAsync(sets, totals.Select(total => total.Subject).Concat(kept.Select(one => one.Record.Subject)), cancellation),
            Refusals = refusals.Reasons,
            SureRefusals = refusals.Sure,
        };
        return (facts, days, kept.ToImmutableDictionary(one => one.Record.Subject.Key, one => one.Edition, StringComparer.Ordinal), told);
    }

    /// <param name="waiting">The Regions in whose queue messages wait: that is told when it begins and when it ends, and not an hour later.</param>
    private static string Digest(ImmutableDictionary<string, long> editions, bool denyAccount, string waiting)
    {
        var records = editions.OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key} {one.Value}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [.. records, $"{denyAccount} {waiting}"]))));
    }

    private async Task<ImmutableDictionary<string, AiAccess>> AccessAsync(
        PermissionSets? sets, IEnumerable<AiSubject> subjects, CancellationToken cancellation)
    {
        var asked = subjects.OfType<AiSubject.Principal>().Select(subject => subject.Of).ToList();
        var seen = await suspension.SeeAsync(asked.Exists(principal => principal.Kind == AiPrincipalKind.Role), cancellation);
        var access = ImmutableDictionary.CreateBuilder<string, AiAccess>(StringComparer.Ordinal);
        // Whom the policy binds without a word of ours too: a run died between the two, or somebody attached it.
        var all = asked.Concat(seen.Bound.Select(AiPrincipal.Parse).OfType<AiPrincipal>());
        foreach (var principal in all.DistinctBy(principal => principal.Name))
        {
            access[principal.Name] = await suspension.AccessAsync(principal, sets, seen, cancellation);
            if (access[principal.Name] is AiAccess.Unread(var why))
                log.Warn(LogEvent.MeterRefused, account.Value, null, Redaction.Clean($"{principal.Name}: its keys are not known. {why}"));
        }

        return access.ToImmutable();
    }

    private async Task<bool> WriteAsync(ImmutableArray<AiRecord> records, ImmutableDictionary<string, long> editions, CancellationToken cancellation)
    {
        foreach (var record in records)
        {
            if (!await table.WriteAsync(record, editions.GetValueOrDefault(record.Subject.Key), cancellation)) return false;
        }

        return true;
    }

    private async Task<Refusals> TakeAsync(ImmutableArray<AiStep> steps, CancellationToken cancellation)
    {
        var refusals = Refusals.None;
        foreach (var step in steps)
        {
            if (await table.IsGoingAsync(cancellation)) break;
            try
            {
                await suspension.TakeAsync(step, cancellation);
                log.Info(LogEvent.ModelBudgetChanged, account.Value, null, Redaction.Clean($"{Of(step)}: {step}."));
            }
            catch (AwsFaultException refused)
            {
                // One principal that IAM is in trouble with keeps no other from what is asked for it.
                log.Error(LogEvent.MeterRefused, account.Value, null, Redaction.Clean($"{Of(step)}: {refused.Message}"));
                foreach (var name in NamesOf(step)) refusals = refusals.With(name, Redaction.Clean(refused.Message), refused.Fault.Kind != FaultKind.Retry);
            }
        }

        return refusals;
    }

    /// <summary>Why principals were refused, by name.</summary>
    /// <param name="Sure">Those of whom IAM said no in all that it was asked, so that nothing of it takes effect later.</param>
    private sealed record Refusals(ImmutableDictionary<string, EquatableArray<string>> Reasons, ImmutableHashSet<string> Sure)
    {
        public static Refusals None { get; } = new(ImmutableDictionary<string, EquatableArray<string>>.Empty, []);

        /// <summary>The last reason of a principal stays; it is sure only where each of them is.</summary>
        public Refusals With(string name, string why, bool isSure) =>
            new(Reasons.SetItem(name, [why]), isSure && (Sure.Contains(name) || !Reasons.ContainsKey(name)) ? Sure.Add(name) : Sure.Remove(name));
    }

    private static string Of(AiStep step) => step switch
    {
        AiStep.SetKeys(var principal, _, _) => principal.Name,
        AiStep.SetPolicy(var principal, _) => principal.Name,
        _ => PeoplePolicy.Name,
    };

    private static EquatableSet<string> NamesOf(AiStep step) => step is AiStep.SetPeople(var denied) ? denied : [Of(step)];

    private async Task<AiRegion> RegionAsync(InvocationLog invocation, IReadOnlyList<AiDaySum> days, CancellationToken cancellation)
    {
        var all = days.Where(day => day.Region == invocation.Region).ToList();
        var today = all.Where(day => day.Day == DateOnly.FromDateTime(caller.Now.UtcDateTime)).ToList();
        return await LoggedAsync(invocation, cancellation) with
        {
            LastRecordAt = all.Max(day => day.LastAt),
            UnpricedCalls = today.Sum(day => day.UnpricedCalls),
            UncountedCalls = today.Sum(day => day.UncountedCalls),
            DeadLetters = queues is null ? null : await queues.DepthAsync(invocation.Region, cancellation),
            UnjoinedCalls = today.Where(day => day.Principal == AiPrincipal.Unknown).Sum(day => day.Calls),
        };
    }

    private static async Task<AiRegion> LoggedAsync(InvocationLog invocation, CancellationToken cancellation)
    {
        var region = invocation.Region;
        try
        {
            return await invocation.SeeAsync(cancellation) switch
            {
                null => new(region, AiLog.Blind, LoggingOff),
                { Blind: { } why } => new(region, AiLog.Blind, why),
                { IsOurs: true } => new(region, AiLog.Own, ""),
                _ => new(region, AiLog.Foreign, ""),
            };
        }
        catch (AwsFaultException off) when (off.Fault.IsOfRegionSwitchedOff)
        {
            return new(region, AiLog.Blind, "the account has not switched this Region on; switch it on, or take it from aiRegions");
        }
        catch (AwsFaultException unread)
        {
            return new(region, AiLog.Blind, Redaction.Clean(unread.Message));
        }
    }

    private static AiReport Report(AiFacts facts)
    {
        var records = facts.Records.ToDictionary(record => record.Subject.Key, StringComparer.Ordinal);
        var totals = facts.Totals.ToDictionary(total => total.Subject.Key, StringComparer.Ordinal);
        var subjects = facts.Totals.Select(total => total.Subject).Concat(facts.Records.Select(record => record.Subject)).DistinctBy(subject => subject.Key);
        var keys = facts.Access.Values.OfType<AiAccess.Keys>().Sum(access => access.All.Count(key => key.Active));
        return new AiReport(facts.Now) { ActiveKeys = keys }.With(subjects
            // What no row has any more, and of which nothing is in force, is no budget.
            .Where(subject => facts.Policy.BudgetOf(subject) is not null || records.GetValueOrDefault(subject.Key)?.State is not (null or AiState.Active))
            .Select(subject => Line(facts, subject, records.GetValueOrDefault(subject.Key), totals.GetValueOrDefault(subject.Key))));
    }

    private static AiLine Line(AiFacts facts, AiSubject subject, AiRecord? record, AiTotal? total)
    {
        var budget = facts.Policy.BudgetOf(subject);
        var period = total?.Period ?? record?.Period ?? (budget ?? AiBudget.Default).Window.Of(facts.Now);
        return new AiLine(
            subject, period, total?.Spent ?? 0, budget?.Limit ?? 0, budget?.Mode ?? ResponseMode.WATCH, record?.State ?? new AiState.Active())
        {
            Calls = total?.Calls ?? 0,
            Tokens = total?.Tokens.All ?? 0,
            UnpricedCalls = total?.UnpricedCalls ?? 0,
            UncountedCalls = total?.UncountedCalls ?? 0,
            Mostly = total?.Mostly ?? "",
            Unattachable = facts.WhyNot(subject, record?.State),
            HeldBack = record?.HeldBack ?? "",
            Pool = record?.Pool ?? "",
        };
    }

    /// <summary>What the hub asks for; null where that is not known, so that nothing is decided by half of it.</summary>
    private async Task<AiPolicy?> PolicyAsync(CancellationToken cancellation)
    {
        if (await asked.ReadAsync(cancellation) is { Policy: var policy }) return policy;
        // Whoever deletes the parameter frees nobody by it, and starts no grace anew.
        if ((await table.RecordsAsync(cancellation)).Records.All(kept => kept.Record.State.IsBelowSuspension)) return AiPolicy.Empty;
        log.Error(LogEvent.MeterRefused, account.Value, null, "The parameter was deleted, so nothing is decided about models until the hub writes it again.");
        return null;
    }
}
