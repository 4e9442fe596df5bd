using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Ai;

/// <summary>What becomes of one budget, by the table of transitions.</summary>
internal static class AiDecision
{
    /// <summary>Ours: how long a rate that was passed counts, so that who is suspended for it does not come and go with every minute.</summary>
    public static readonly TimeSpan RateHold = TimeSpan.FromHours(1);

    /// <summary>
    /// Ours: for how many minutes after its end a rate's window is looked at. Records come seconds after their calls, and a batch that is tried again minutes.
    /// </summary>
    public const int LateMinutes = 5;

    /// <summary>Ours: for how long a step may be under way, far above what IAM takes.</summary>
    public static readonly TimeSpan StepTime = TimeSpan.FromMinutes(15);

    /// <summary>A pool, a model or the account.</summary>
    public static AiBudgetFacts OfShared(AiBudgetFacts one, AiFacts facts)
    {
        one = Asked(Rolled(one, facts), facts);
        return Found(one, one.Budget?.Mode ?? ResponseMode.WATCH, facts);
    }

    /// <summary>A principal, also where a pool it shares asks for its suspension.</summary>
    /// <param name="pools">Pools that ask now.</param>
    /// <param name="approved">Of these, those whose suspension a person approved.</param>
    public static AiBudgetFacts OfPrincipal(AiBudgetFacts one, IReadOnlyList<string> pools, IReadOnlySet<string> approved, AiFacts facts)
    {
        if (one is not { Principal: { } principal, Budget: { } budget }) throw new InvalidOperationException($"{one.Subject} is no principal.");
        // Whom IAM was not asked of stays as it is where it may be suspended: whether it is is not known.
        if (one.Access is null or AiAccess.Unread && one.After.State is AiState.Suspended) return one;
        if (one is { Access: null, After.Taken.IsEmpty: false }) return one;
        var why = WhyNot(principal, budget, one.Access);
        one = one with { Unattachable = why };
        // A grace goes on, so that whoever keeps IAM from answering does not have another one each time.
        if (one is { Access: AiAccess.Unread, After.State: AiState.Grace }) why = "";
        var pool = why.Length > 0 ? null : pools.FirstOrDefault(name => facts.Policy.Pools[name].Has(principal));
        one = pool is null
            ? OfItself(one, budget, why.Length > 0 ? ResponseMode.WATCH : budget.Mode, facts)
            : OfPool(one, budget, pool, approved.Contains(pool), facts);
        if (facts.Refusals.GetValueOrDefault(principal.Name) is { IsEmpty: false } reasons)
            one = one.Then(new AiEvent.Refused(reasons, facts.SureRefusals.Contains(principal.Name)), facts.Now);
        one = Truth(one, facts.Now);
        if (one.After.State.AsksForSuspension(facts.Now) && (Unread(one) ?? Void(one) ?? Already(one)) is { } reason)
            one = one.Then(new AiEvent.Refused([reason], Sure: true), facts.Now);
        if (one.Access is AiAccess.Unread || one.After.State is AiState.Suspended or AiState.Grace) return one;
        // A step that was under way when its reason went may be done after IAM was asked, and IAM may tell of the time before it. What makes a key Inactive
        // that was given back after a longer suspension may as well be somebody whose key has leaked, and stays so.
        if (facts.Now - one.After.Since >= StepTime) return one with { After = one.After with { Taken = [] } };
        return one.Before is { State: AiState.Suspended, Since: var suspended } && facts.Now - suspended >= StepTime
            ? one with { After = one.After with { Taken = [.. one.After.Taken.Where(taken => taken == AiRecord.Policy)] } }
            : one;
    }

    /// <summary>A principal of which no pool asks anything.</summary>
    private static AiBudgetFacts OfItself(AiBudgetFacts one, AiBudget budget, ResponseMode mode, AiFacts facts)
    {
        one = Asked(Rolled(one, facts), facts);
        // Whoever approved the pool's has not approved its own.
        if (one.After.Pool.Length > 0 && mode == ResponseMode.CONFIRM && !facts.Policy.IsSnoozed(facts.Now)) one = one.Then(new AiEvent.PoolEnded(), facts.Now);
        one = Found(one, mode, facts);
        return one.After is { Pool.Length: > 0, State: not AiState.Suspended { Ends: not null } } ? one with { After = one.After with { Pool = "" } } : one;
    }

    /// <summary>
    /// A principal whose suspension a pool asks for, whatever it has used itself. A pool's own mode is for all of its members, but whose row says CONFIRM is
    /// suspended when a person has approved it: the pool, where that says CONFIRM too, else the principal. A pool that was suspended without a person, when it
    /// still said ARMED, has no such approval to give.
    /// </summary>
    private static AiBudgetFacts OfPool(AiBudgetFacts one, AiBudget budget, string pool, bool isApproved, AiFacts facts)
    {
        var waits = budget.Mode == ResponseMode.CONFIRM && !(isApproved && facts.Policy.Pools[pool].Budget.Mode == ResponseMode.CONFIRM);
        // Its own window may turn while the pool's goes on: that gives back nothing that is in force for the pool, and ends a restoration by hand.
        one = one.After.State is AiState.Suspended { Ends: null } && (one.After.Pool.Length > 0 || !waits)
            ? one with { After = one.After with { Period = one.Total.Period } }
            : Rolled(one, facts);
        // What its own row asked for before is its own as long as that asks.
        var isOwn = one.After is { Pool: "", State: AiState.Grace or AiState.Suspended { Ends: null } } && budget.Mode != ResponseMode.WATCH
            && budget.Of(one.Total.Spent) == AiStanding.Over;
        one = Asked(one with { After = one.After with { Pool = isOwn ? "" : pool } }, facts);
        return one.Then(new AiEvent.Found(AiStanding.Over, waits ? ResponseMode.CONFIRM : ResponseMode.ARMED, TimeSpan.Zero), facts.Now);
    }

    /// <summary>What is known of whether a pool's members, or the account, are suspended.</summary>
    public static AiBudgetFacts WithTruth(AiBudgetFacts one, IReadOnlyList<AiBudgetFacts> principals, AiFacts facts)
    {
        if (one.Subject is AiSubject.Account) return one.Then(facts.Policy.AccountDenied ? new AiEvent.InForce() : new AiEvent.NotInForce(), facts.Now);
        if (one.Subject is not AiSubject.Pool(var name)) return one;
        one = one with { After = one.After with { HeldBack = "" } };
        var members = principals.Where(principal => principal.Principal is { } of && facts.Policy.Pools.GetValueOrDefault(name)?.Has(of) == true).ToList();
        if (one.After.State is AiState.Suspended { Ends: var ends })
        {
            // Whom its own limit suspends is suspended as well, and not given back with the pool.
            var held = ends is null ? members : principals.Where(principal => principal.After.Pool == name);
            return held.Any(principal => principal.After.State is AiState.Suspended) ? one : one.Then(new AiEvent.NotInForce(), facts.Now);
        }

        if (!one.Wants(facts.Now)) return one;
        var bound = members.Where(member => (member.Unattachable.Length == 0 || member.Access is AiAccess.Unread)
            && member.After.State is not AiState.Restored { ByHand: true }).ToList();
        if (bound.Count == 0) return one.Then(new AiEvent.Refused(["none of its members can be suspended"]), facts.Now);
        if (bound.Find(member => member.Access is AiAccess.Unread && member.After.State is not AiState.Suspended) is { } unread)
            return one with { After = one.After with { HeldBack = AiText.Cut($"{unread.Subject.Key}: {unread.Unattachable}") } };
        var waiting = bound.Where(member => member.After.State is AiState.Exceeded).Select(member => member.Subject.Key).ToList();
        if (waiting is [var first, ..])
        {
            var who = waiting.Count > 1 ? $"{first} and {waiting.Count - 1} more wait" : $"{first} waits";
            return one with { After = one.After with { HeldBack = $"{who} for a person's approval" } };
        }

        return bound.TrueForAll(member => member.After.State is AiState.Suspended { Ends: null }) ? one.Then(new AiEvent.InForce(), facts.Now) : one;
    }

    /// <summary>Why a principal is not suspended whatever its mode; "" where it can be.</summary>
    public static string WhyNot(AiPrincipal principal, AiBudget budget, AiAccess? access) => (principal.Kind, access) switch
    {
        (AiPrincipalKind.Root or AiPrincipalKind.Federated or AiPrincipalKind.Unknown, _) => WhyNever(principal.Kind, budget.Shared),
        (_, AiAccess.Unattachable(var why)) => why,
        (_, AiAccess.Unread(var why)) => $"IAM cannot be asked: {why}",
        (_, AiAccess.Person { Without: { IsEmpty: false } without }) => PermissionSets.WhyNot(without),
        (_, null) => "IAM says nothing of it",
        _ => WhyNever(principal.Kind, budget.Shared),
    };

    /// <summary>As <see cref="WhyNot"/>, of what is known without asking IAM.</summary>
    public static string WhyNever(AiPrincipalKind kind, bool shared) => kind switch
    {
        AiPrincipalKind.Root => "IAM does not bind an account's root",
        AiPrincipalKind.Federated => "the log does not say which IAM user federated it",
        AiPrincipalKind.Unknown => "the log does not say who called",
        AiPrincipalKind.Role when !shared => "others may use the role, and its row does not say Shared",
        _ => "",
    };

    private static AiBudgetFacts Rolled(AiBudgetFacts one, AiFacts facts) => one.After.Period == one.Total.Period
        ? one
        : (one with { After = one.After with { Period = one.Total.Period, RateUntil = null, RatePassed = "" } }).Then(new AiEvent.NewWindow(), facts.Now);

    /// <summary>What people asked for since the window began.</summary>
    private static AiBudgetFacts Asked(AiBudgetFacts one, AiFacts facts)
    {
        var requests = facts.Policy.Requests.Where(request => request.Subject.Key == one.Subject.Key && one.Total.Period.Holds(request.At));
        foreach (var request in requests.OrderBy(request => request.At))
        {
            if (request.Kind == AiRequestKind.Restore) one = one.Then(new AiEvent.RestoreAsked(request.By, request.Why), facts.Now);
            // Who approved an earlier one has not seen this one.
            else if (request.At >= one.After.Since && one.After.State is AiState.Exceeded)
                one = ApprovedBy(request.By);
        }

        return one;

        AiBudgetFacts ApprovedBy(string by)
        {
            var due = one.Then(new AiEvent.Approved(by), facts.Now);
            return due with { After = due.After with { Approved = true } };
        }
    }

    private static AiBudgetFacts Found(AiBudgetFacts one, ResponseMode mode, AiFacts facts)
    {
        if (facts.Policy.IsSnoozed(facts.Now)) mode = ResponseMode.WATCH;
        if (one.Budget is not { } budget) return one.Then(new AiEvent.Found(AiStanding.Within, ResponseMode.WATCH, TimeSpan.Zero), facts.Now);
        one = one with { After = Rated(one.After, budget.Rate, one.Total, facts.Now) };
        var standing = budget.Of(one.Total.Spent);
        // A rate is averaged over its minutes, which are its grace.
        return standing != AiStanding.Over && one.After.RateUntil is not null
            ? one.Then(new AiEvent.Found(AiStanding.Over, mode, TimeSpan.Zero), facts.Now)
            : one.Then(new AiEvent.Found(standing, mode, budget.Grace), facts.Now);
    }

    /// <summary>Remembers that the rate was passed, for as long as that counts and the row has this rate.</summary>
    private static AiRecord Rated(AiRecord record, AiRate? rate, AiTotal total, DateTimeOffset now)
    {
        var words = rate?.ToString() ?? "";
        var before = record.RateUntil > now && record.RatePassed == words ? record.RateUntil : null;
        var until = Passed(rate, total, now) + RateHold;
        if (until is null || before >= until) until = before;
        return record with { RateUntil = until, RatePassed = until is null ? "" : words };
    }

    /// <summary>
    /// When more was called than the rate allows, in the minute that runs and those before it, or in as many that ended in the last few minutes of this
    /// window of the budget; null where in none of them.
    /// </summary>
    public static DateTimeOffset? Passed(AiRate? rate, AiTotal total, DateTimeOffset now)
    {
        if (rate is null) return null;
        var running = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        for (var late = 0; late <= LateMinutes; late++)
        {
            var last = running.AddMinutes(-late);
            if (late > 0 && last < total.Period.Start) break;
            var (calls, tokens) = (0L, 0L);
            foreach (var one in total.Minutes.Where(one => one.Start > last.AddMinutes(-rate.Minutes) && one.Start <= last))
                (calls, tokens) = (calls + one.Calls, tokens + one.Tokens);
            if ((rate.Rpm is { } most && calls > (long)most * rate.Minutes) || (rate.Tpm is { } many && tokens > many * rate.Minutes))
                return late == 0 ? now : last.AddMinutes(1);
        }

        return null;
    }

    private static AiBudgetFacts Truth(AiBudgetFacts one, DateTimeOffset now)
    {
        if (one.Access is null or AiAccess.Unread) return one;
        var (ours, free) = (OursRemains(one), CanCall(one.Access));
        // What is to be taken off is off when nothing of ours is left; what is to be in force is so when nothing is left that calls.
        // What is ours is taken off as soon as nobody asks for it, also half of it, and from somebody whom it does not bind for sure.
        var off = one.After.State is not (AiState.Grace or AiState.Suspended { Ends: null });
        return one.Then(ours && (!free || off) ? new AiEvent.InForce() : new AiEvent.NotInForce(), now);
    }

    private static string? Unread(AiBudgetFacts one) => one.Access is AiAccess.Unread ? one.Unattachable : null;

    private static string? Void(AiBudgetFacts one) => one.Access is { Void: { Length: > 0 } why } ? why : null;

    /// <summary>Nothing is left to be done to it, and nothing of it is ours.</summary>
    private static string? Already(AiBudgetFacts one) => one.Access is { } access && !CanCall(access) && !OursRemains(one)
        ? "it is denied already, by somebody else, which is left alone"
        : null;

    /// <summary>IAM shows that something of its access is taken by us.</summary>
    public static bool OursRemains(AiBudgetFacts one) => one.Access switch
    {
        AiAccess.Keys(var all) keys => all.Any(key => !key.Active && one.After.Taken.Contains(key.Id))
            || (keys.Attached && one.After.Taken.Contains(AiRecord.Policy)),
        AiAccess.Policy(var attached) => attached && one.After.Taken.Contains(AiRecord.Policy),
        AiAccess.Person(var denied) => denied && one.After.Taken.Contains(AiRecord.Policy),
        AiAccess.Unattachable unattachable => unattachable.Bound && one.After.Taken.Contains(AiRecord.Policy),
        _ => false,
    };

    private static bool CanCall(AiAccess access) => access switch
    {
        { Void.Length: > 0 } => true,
        AiAccess.Keys(var all) keys => !keys.Attached || all.Any(key => key.Active),
        AiAccess.Policy(var attached) => !attached,
        AiAccess.Person person => !person.Denied || !person.Without.IsEmpty,
        _ => true,
    };
}
