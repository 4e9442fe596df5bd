using System.Text;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Responses;

/// <summary>What becomes of one restriction, by the table of transitions.</summary>
internal static class RestrictionStep
{
    public static Restriction Of(Restriction before, TriggerResult? finding, AccountFacts facts, ResponseContext context)
    {
        var now = context.Now;
        // As the rows say now, whatever is known of the amounts.
        var rule = facts.Rules is { } known ? RuleIdentity.Of(known, before) : null;
        var restriction = rule is null ? before : before with { Rule = rule };
        if (End(restriction, finding, facts, context) is { } why) return Clear(restriction with { State = Next(restriction, new RestrictionEvent.Ended(why)) });
        // What is meant in earnest no more begins nothing and binds nobody, also where nobody knows what is spent.
        if (rule is { IsOnlyWatched: true } && restriction.State is RestrictionState.Planned or RestrictionState.AwaitingApproval or RestrictionState.InForce
            or RestrictionState.Failed)
        {
            var watched = Clear(restriction with { State = Next(restriction, new RestrictionEvent.Found(ResponseMode.WATCH, rule.Grace)), ApprovedBy = null });
            return End(watched, finding, facts, context) is { } past ? watched with { State = Next(watched, new RestrictionEvent.Ended(past)) } : watched;
        }

        if (rule is not null && Later(before, rule, now) is { } due)
            restriction = restriction with { State = Next(restriction, new RestrictionEvent.Postponed(due)), ReleasedBy = null };
        var again = !restriction.State.IsEnded || !(restriction.IsFinal || facts.OutOfReach is not null || ResponsePlan.IsSnoozed(facts, context)
            || IsProtected(restriction, facts) || (facts.Protection is AccountProtection.Unknown && AccountProtection.EndedAt(restriction) is not null));
        if (finding is { Doubt: null, Holds: true } && again) restriction = Found(restriction, finding);
        restriction = Knowing(restriction, finding, facts, context);
        var fallen = Fallen(restriction, finding);
        var check = fallen is null ? null : FallCheck.Of(finding!, restriction.Known, facts, context.Bounds, now); // Not null: it has fallen.
        if (check?.Verdict is FallVerdict.Confirmed)
            return Clear(restriction with { State = Next(restriction, new RestrictionEvent.Ended(fallen!)) }); // Not null: it was checked.
        var begun = check?.Verdict switch
        {
            FallVerdict.Unasked => restriction,
            FallVerdict.Doubted => restriction with
            {
                HeldBack = $"the account's events say that {fallen}, and its spoke does not confirm it: {check.Why}",
            },
            _ => IsHidden(restriction, finding, facts, context) ? restriction : Begin(restriction, finding, facts, context),
        };
        if (begun.State is not RestrictionState.AwaitingApproval { Until: var until } || until > now) return begun;
        // An approval is of what was known when it was given.
        RestrictionEvent late = begun.ApprovedBy is { } by
            ? new RestrictionEvent.Ended($"{by} approved it, and it was held back until its time was over: {begun.HeldBack}")
            : new RestrictionEvent.NotApproved();
        return Clear(begun with { State = Next(begun, late), IsFinal = true });

        RestrictionState Next(Restriction of, RestrictionEvent @event) => RestrictionTransition.Next(of.State, @event, now)!; // Not null: it has a state.

        Restriction Found(Restriction of, TriggerResult found)
        {
            var mode = found.Rule.IsOnlyWatched ? ResponseMode.WATCH : found.Rule.Mode;
            var state = Next(of, new RestrictionEvent.Found(mode, found.Rule.Grace));
            // What outlasts its period is of the period in which it was last found: it is not begun once more there.
            var end = of.PeriodEnd > found.Period.End || of.Rule.Until is ResponseEnd.Period ? of.PeriodEnd : found.Period.End;
            return ReferenceEquals(state, of.State)
                ? of with { PeriodEnd = end }
                : of with { State = state, PeriodEnd = end, Fact = found.Fact, HeldBack = "", IsBraked = false, ApprovedBy = null, ReleasedBy = null };
        }
    }

    /// <summary>
    /// When it is to begin after an edit of its row, where that is later than was said: whoever makes it act by itself, where a person was to approve it, gives
    /// it a whole grace, in which the mass brake sees it.
    /// </summary>
    private static DateTimeOffset? Later(Restriction before, ResponseRule rule, DateTimeOffset now) => before.State switch
    {
        RestrictionState.Planned or RestrictionState.AwaitingApproval when before.ApprovedBy is null && IsArmedNow(before, rule) => now + rule.Grace,
        RestrictionState.Planned(var due) when rule.Grace > before.Rule.Grace => due + (rule.Grace - before.Rule.Grace),
        _ => null,
    };

    private static bool IsArmedNow(Restriction before, ResponseRule rule) => rule.Mode == ResponseMode.ARMED && before.Rule.Mode != ResponseMode.ARMED;

    /// <summary>Why the reason for a restriction is gone; null where it is not, or not known to be.</summary>
    private static string? End(Restriction restriction, TriggerResult? finding, AccountFacts facts, ResponseContext context)
    {
        if (restriction.State.IsEnded || restriction.State is RestrictionState.Revoked) return null;
        if (facts.OutOfReach is { } gone) return gone;
        if (IsProtected(restriction, facts)) return AccountProtection.Tagged.Why;
        if (restriction.Until is { } until && until <= context.Now) return "its time is over";
        if (facts.Rules is { } rules && RuleIdentity.Of(rules, restriction) is null)
        {
            var subject = restriction.Rule.OfAnyBudget.Subject;
            return rules.Any(rule => RuleIdentity.IsFor(rule, restriction.Budget) && rule.OfAnyBudget.Subject == subject)
                ? "its row binds others by it now, which is planned anew"
                : "its row does not ask for it any more";
        }

        var goesOn = restriction is { State.IsDesired: true, Rule.Do: RestrictionKind.QUARANTINE };
        // Not null: it is snoozed.
        if (!goesOn && ResponsePlan.IsSnoozed(facts, context)) return $"snoozed through {DayText.Format(facts.Snooze!.Until)}: {facts.Snooze.Why}";
        // That no report tells of a budget says nothing while the rows ask for it.
        if (facts.Rules is not null && finding is null && facts.Desired?.Budgets.Any(budget => budget.Settings.Name == restriction.Budget) is not true)
            return $"{restriction.Budget} is no budget of the account any more";
        return restriction.State is RestrictionState.Watched && finding is { Doubt: null, Holds: false } ? Below(restriction, finding) : null;
    }

    /// <summary>The account's tag keeps from what is meant in earnest, quarantine too; what only watches goes on saying what it would do.</summary>
    internal static bool IsProtected(Restriction restriction, AccountFacts facts) =>
        facts.Protection is AccountProtection.Tagged && !restriction.Rule.IsOnlyWatched;

    /// <summary>It is meant in earnest and has not ended: whether the account's tag keeps it from that has to be known.</summary>
    internal static bool IsToBeProtectedFrom(Restriction restriction) => IsEarnest(restriction) && !restriction.Rule.IsOnlyWatched;

    /// <summary>Events alone say that it is to end, or keep it from beginning: the spoke is to be asked.</summary>
    internal static bool IsUnasked(Restriction restriction, TriggerResult? finding, AccountFacts facts, ResponseContext context) =>
        (finding is not null && Fallen(restriction, finding) is not null
            && FallCheck.Of(finding, restriction.Known, facts, context.Bounds, context.Now).Verdict is FallVerdict.Unasked)
        || IsHidden(restriction, finding, facts, context);

    /// <summary>Events alone keep it from beginning, and nobody was asked yet.</summary>
    private static bool IsHidden(Restriction restriction, TriggerResult? finding, AccountFacts facts, ResponseContext context) =>
        MayBegin(restriction, context) && AnsweredFindings.AreWanted(restriction.Budget, finding, facts);

    /// <summary>It is due, and neither a person nor the number of others holds it back.</summary>
    private static bool MayBegin(Restriction restriction, ResponseContext context) => context.Armed && IsDue(restriction, context.Now)
        && (restriction is not { State: RestrictionState.Planned, Rule.Mode: ResponseMode.ARMED, ReleasedBy: null }
            || (context.Brake is { IsOn: false } && !restriction.IsBraked));

    private static bool IsDue(Restriction restriction, DateTimeOffset now) => restriction.State switch
    {
        RestrictionState.Planned(var at) => at <= now,
        RestrictionState.AwaitingApproval => restriction.ApprovedBy is not null,
        _ => false,
    };

    /// <summary>Why it would end by what the status says of the spending, where it binds somebody or is about to; null where it would not.</summary>
    private static string? Fallen(Restriction restriction, TriggerResult? finding)
    {
        if (!IsEarnest(restriction) || finding is not { FallDoubt: null, Holds: false }) return null;
        // Whoever wants it to stay longer than the spending does has said so.
        return restriction.State.IsDesired && restriction.Rule.Until is not ResponseEnd.Period ? null : Below(restriction, finding);
    }

    private static Restriction Knowing(Restriction restriction, TriggerResult? finding, AccountFacts facts, ResponseContext context) =>
        !IsEarnest(restriction)
            || FallCheck.Known(restriction.Known, finding, facts, context.Bounds, context.Now) is not { } known
            || known == restriction.Known
            ? restriction
            : restriction with { Known = known };

    /// <summary>It binds somebody, or is about to.</summary>
    private static bool IsEarnest(Restriction restriction) =>
        !restriction.State.IsEnded && restriction.State is not (RestrictionState.Revoked or RestrictionState.Watched);

    private static string Below(Restriction restriction, TriggerResult finding) => $"{finding.Fact}, which is below {restriction.Rule.At}";

    private static Restriction Begin(Restriction restriction, TriggerResult? finding, AccountFacts facts, ResponseContext context)
    {
        // All of a batch, not only what is due: the rest would begin by itself as soon as some of it is taken back.
        if (context.Brake?.Holds(restriction, context.Now) is true) restriction = restriction with { IsBraked = true };
        if (!IsDue(restriction, context.Now)) return Clear(restriction);
        if (HeldBack(restriction, finding, facts, context) is { } why) return restriction with { HeldBack = why };
        if (restriction is { State: RestrictionState.Planned, Rule.Mode: ResponseMode.ARMED, ReleasedBy: null })
        {
            // Whoever looks at one account cannot see that many are about to be restricted: the next round over all of them begins it.
            if (context.Brake is not { } brake) return restriction;
            if (brake.IsOn) return restriction with { HeldBack = brake.Why };
            if (restriction.IsBraked) return restriction with { HeldBack = MassBrake.WhyStill };
        }

        // After the brake: of many, most are not asked about, and one message tells of all.
        if (facts.Protection is AccountProtection.Unknown(var untold)) return restriction with { HeldBack = untold };
        RestrictionEvent @event = restriction is { State: RestrictionState.AwaitingApproval, ApprovedBy: { } by }
            ? new RestrictionEvent.Approved(by)
            : new RestrictionEvent.Due(restriction.Rule.Mode);
        return Clear(restriction with { State = RestrictionTransition.Next(restriction.State, @event, context.Now)! }); // Not null: it has a state.
    }

    private static string? HeldBack(Restriction restriction, TriggerResult? finding, AccountFacts facts, ResponseContext context)
    {
        if (!context.Armed) return "responses are stopped (budgetsync stop-all); budgetsync arm lets them begin again";
        var unanswered = facts.Word is SpokeWord.Silent(var silence) ? $"; its spoke was asked, and did not answer: {silence}" : "";
        if (finding?.Doubt is { } doubt) return doubt + unanswered;
        if (finding is null) return facts.Rules is null ? "the rows of the account are wrong" : "no report tells of the budget" + unanswered;
        if (facts.Row.Restrictions.Count(other => other.State.IsDesired) >= RestrictionLimits.Restrictions)
            return $"the account has {RestrictionLimits.Restrictions} restrictions already";
        if (restriction.IsOfOrganization) return null;
        if (!facts.Row.Restricts) return "the account's spoke does not restrict: deploy its stack with respond=true";
        if (facts.Desired is { } desired && Fits(restriction, facts, desired)) return null;
        return $"the account's parameter has no room for it: {AwsLimits.ParameterBytes} bytes hold its budgets and its restrictions";
    }

    private static bool Fits(Restriction restriction, AccountFacts facts, DesiredBudgets desired)
    {
        var inForce = restriction with { State = new RestrictionState.InForce(DateTimeOffset.UnixEpoch) };
        EquatableArray<DesiredRestriction> all =
        [
            .. facts.Row.Restrictions.Where(other => other.Id != restriction.Id).Append(inForce).Select(other => other.Desired).OfType<DesiredRestriction>(),
        ];
        return Encoding.UTF8.GetByteCount(ParameterDocument.Format(desired, all, facts.TravellingAi)) <= AwsLimits.ParameterBytes;
    }

    private static Restriction Clear(Restriction restriction) => restriction.HeldBack.Length == 0 ? restriction : restriction with { HeldBack = "" };
}
