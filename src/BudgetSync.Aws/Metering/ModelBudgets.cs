using System.Collections.Concurrent;
using System.Collections.Immutable;
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
public sealed class ModelBudgets(
    AccountId account,
    AskedModels asked,
    AiTable table,
    ModelSuspension suspension,
    ImmutableArray<InvocationLog> invocations,
    AwsCaller caller,
    JsonLog log,
    MeterQueues? queues = null)
{
    /// <summary>So many rounds in a row find nothing before a stack that goes counts as having given back all.</summary>
    private const int Quiet = 2;

    private readonly ConcurrentDictionary<DateOnly, ImmutableArray<AiDaySum>> settled = new();

    /// <summary>The Regions in whose queue this instance saw messages last.</summary>
    private volatile string failing = "";

    /// <summary>Decides and does what follows, until nothing is left to do.</summary>
    /// <returns>Where budgets stand now, and whether one has changed; null where the parameter cannot be read, so that nothing was decided.</returns>
    /// <exception cref="AwsFaultException">AWS failed; the next run does what is left.</exception>
    public async Task<(AiReport Report, bool Changed)?> SettleAsync(CancellationToken cancellation)
    {
        if (await PolicyAsync(cancellation) is not { } policy) return null;
        var refusals = ImmutableDictionary<string, EquatableArray<string>>.Empty;
        var changed = false;
        var sets = await suspension.SetsAsync(cancellation);
        for (var round = 0; ; round++)
        {
            var (facts, days, editions) = await FactsAsync(policy, sets, refusals, cancellation);
            var plan = AiPlan.Of(facts);
            foreach (var notice in plan.Notices) log.Info(LogEvent.ModelBudgetChanged, account.Value, null, Redaction.Clean(notice.Text));
            // Said before it is done: whoever dies in between knows what of it was ours.
            var written = await WriteAsync(plan.Records, editions, cancellation);
            // What the cap asks of the organization is told with every look until it is so: whoever hears it acts at once, and a report may be lost.
            changed |= !plan.Records.IsEmpty || plan.DenyAccount != policy.AccountDenied;
            // Another run decided in between, of newer facts; or nothing is left, or IAM has not spread yet what it was told.
            if (!written || plan.IsEmpty || round == Limits.SuspensionRounds)
            {
                var regions = await Task.WhenAll(invocations.OrderBy(one => one.Region, StringComparer.Ordinal)
                    .Select(one => RegionAsync(one, days, cancellation)));
                var waiting = string.Join(',', regions.Where(region => region.DeadLetters > 0).Select(region => region.Name));
                // It is told when it begins and when it ends, and not an hour later.
                changed |= waiting != failing;
                failing = waiting;
                var report = Report(facts) with { Regions = [.. regions], DenyAccount = plan.DenyAccount, PermissionSets = sets };
                return (report with { Days = AiDayCost.Of(await SettledAsync(cancellation), policy.Paid) }, changed);
            }

            refusals = await TakeAsync(plan.Steps, cancellation);
        }
    }

    /// <summary>
    /// Gives everybody back what was taken, because the stack goes. A batch may be counted at this moment: from now on no run suspends anybody, and what one
    /// was about to is given back after it.
    /// </summary>
    /// <exception cref="AwsFaultException">AWS failed.</exception>
    public async Task ReleaseAsync(CancellationToken cancellation)
    {
        await table.GoAsync(cancellation);
        var held = await GiveBackAsync(cancellation);
        for (var (round, quiet) = (0, 0); round < Limits.ReleaseWaits.Length && quiet < Quiet; round++)
        {
            await caller.WaitAsync(Limits.ReleaseWaits[round], cancellation);
            held = await GiveBackAsync(cancellation);
            quiet = held.IsEmpty ? quiet + 1 : 0;
        }

        if (held.IsEmpty) return;
        var names = string.Join(", ", held.Distinct(StringComparer.Ordinal).Take(PermissionSets.MostNamed));
        var why = $"what models were denied for is not given back: {names}; delete the stack again";
        throw new AwsFaultException(
            new AwsFault(FaultKind.Retry, "NotGivenBack", "iam", "ListEntitiesForPolicy", why, Known: true), new InvalidOperationException(why));
    }

    /// <returns>Who was still denied when it began, and whom IAM refused.</returns>
    private async Task<ImmutableArray<string>> GiveBackAsync(CancellationToken cancellation)
    {
        var held = ImmutableArray.CreateBuilder<string>();
        foreach (var (record, _) in await table.RecordsAsync(cancellation))
        {
            var keys = record.Taken.Items.Remove(AiRecord.Policy);
            if (record.Subject is AiSubject.Principal({ Kind: AiPrincipalKind.ApiKey } user) && !keys.IsEmpty)
                await TryAsync(user.Name, () => GiveKeysAsync(user, keys));
        }

        var seen = await suspension.SeeAsync(isOfRoles: false, cancellation);
        var principals = seen.Bound.Select(AiPrincipal.Parse).OfType<AiPrincipal>().ToList();
        held.AddRange(principals.Select(principal => principal.Name));
        if (principals.Exists(principal => principal.Kind == AiPrincipalKind.Person))
            await TryAsync(PeoplePolicy.Name, () => suspension.TakeAsync(new AiStep.SetPeople([]), cancellation));
        foreach (var principal in principals.Where(principal => principal.Kind != AiPrincipalKind.Person))
            await TryAsync(principal.Name, () => suspension.TakeAsync(new AiStep.SetPolicy(principal, Attached: false), cancellation));
        return held.ToImmutable();

        async Task GiveKeysAsync(AiPrincipal user, EquatableSet<string> keys)
        {
            // Of a key that has expired IAM takes no status. Also what is Active to it: another answer of it may be older.
            var listed = await suspension.ListedAsync(user, keys, cancellation);
            held.AddRange(listed.Where(key => !key.Active).Select(key => $"key {key.Id} of {user.Name}"));
            if (!listed.IsEmpty) await suspension.TakeAsync(new AiStep.SetKeys(user, [.. listed.Select(key => key.Id)], Active: true), cancellation);
        }

        // One that IAM refuses keeps no other from being given back.
        async Task TryAsync(string name, Func<Task> give)
        {
            try
            {
                await give();
            }
            catch (AwsFaultException refused)
            {
                log.Error(LogEvent.MeterRefused, account.Value, null, Redaction.Clean($"{name}: {refused.Message}"));
                held.Add($"{name} ({refused.Fault.Code})");
            }
        }
    }

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

    private async Task<(AiFacts Facts, IReadOnlyList<AiDaySum> Days, ImmutableDictionary<string, long> Editions)> FactsAsync(
        AiPolicy policy, PermissionSets? sets, ImmutableDictionary<string, EquatableArray<string>> refusals, CancellationToken cancellation)
    {
        var now = caller.Now;
        var kept = await table.RecordsAsync(cancellation);
        var days = await table.SumsAsync(AiTotals.Since(policy, now), DateOnly.FromDateTime(now.UtcDateTime), cancellation);
        var minutes = AiTotals.MinutesBack(policy) is > 0 and var back ? await table.MinutesAsync(back, cancellation) : [];
        var totals = AiTotals.Of(policy, days, minutes, now);
        var facts = new AiFacts(account, policy, now)
        {
            Totals = totals,
            Records = [.. kept.Select(one => one.Record)],
            Access = await AccessAsync(sets, totals.Select(total => total.Subject).Concat(kept.Select(one => one.Record.Subject)), cancellation),
            Refusals = refusals,
        };
        return (facts, days, kept.ToImmutableDictionary(one => one.Record.Subject.Key, one => one.Edition, StringComparer.Ordinal));
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

    /// <returns>Why principals were refused, by name.</returns>
    private async Task<ImmutableDictionary<string, EquatableArray<string>>> TakeAsync(ImmutableArray<AiStep> steps, CancellationToken cancellation)
    {
        var refusals = ImmutableDictionary<string, EquatableArray<string>>.Empty;
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
                foreach (var name in NamesOf(step)) refusals = refusals.SetItem(name, [Redaction.Clean(refused.Message)]);
            }
        }

        return refusals;
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
                null => new(region, AiLog.Blind, "model invocation logging is off; deploy the stack again, and it is turned on"),
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
        if ((await table.RecordsAsync(cancellation)).All(kept => kept.Record.State.IsBelowSuspension)) return AiPolicy.Empty;
        log.Error(LogEvent.MeterRefused, account.Value, null, "The parameter was deleted, so nothing is decided about models until the hub writes it again.");
        return null;
    }
}
