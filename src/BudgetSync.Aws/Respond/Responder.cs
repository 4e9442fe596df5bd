using System.Collections.Concurrent;
using System.Collections.Immutable;
using Amazon.EventBridge;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Collect;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Organizations;
using BudgetSync.Aws.Spokes;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Respond;

/// <summary>
/// Respond: what is restricted where money runs out. An event says only which account to look at: what follows is decided from its rows and its status. What
/// begins by itself begins in the round over all accounts only, which alone can see that too many are about to. Whatever is lost, the next round finds.
/// </summary>
public sealed class Responder(
    BudgetsTable budgets,
    StatusTable status,
    LedgerTable ledger,
    ArmedSwitch armed,
    IAmazonEventBridge events,
    string busName,
    SpokeQuestion spoke,
    AccountTags tags,
    StackDefaults defaults,
    SpendBounds bounds,
    AwsCaller caller,
    JsonLog log,
    TimeProvider time)
{
    /// <summary>Asks Reconcile for accounts whose parameter is to hold something else; the detail is the request that it takes.</summary>
    public const string Decided = "BudgetSync Restrictions Decided";

    /// <summary>Whether a spoke may be asked.</summary>
    private enum QuestionTurn
    {
        Now,

        /// <summary>In the same round, after all that needs no answer: until then nothing of the account is decided.</summary>
        Later,

        /// <summary>It was asked a moment ago: what needs no answer is decided, and the rest stays as it is.</summary>
        Lately,
    }

    private static readonly SpokeWord Unasked = new SpokeWord.Silent("there was no time to ask it in this round");

    private const string NoTimeForTags = $"whether the account has the tag {ProtectTag.Key} is not known: there was no time to ask in this round";

    private const string TaggedMeanwhile = $"whether the account has the tag {ProtectTag.Key} is not known: a restriction ended for it while it was asked for";

    private readonly SpendEventSender changes = new(status, events, busName, caller, log);

    private readonly ManagementBus bus = new(events, busName, caller);

    private readonly LedgerRecorder recorder = new(status, ledger);

    /// <summary>One account, now: what is found is planned and told, what a person approved begins, what is over is lifted.</summary>
    /// <exception cref="AwsFaultException">A table, the bus or SSM failed; Lambda delivers the event again.</exception>
    public async Task RespondAsync(AccountId account, CancellationToken cancellation)
    {
        if (await status.ReadAsync(account.Value, cancellation) is not { } row) return;
        var rows = await budgets.ReadAsync(StatusRow.ScopesOf(row.Key, row), cancellation);
        var context = new ResponseContext(time.GetUtcNow(), await armed.ReadAsync(cancellation), Brake: null) { Bounds = bounds };
        // Whoever may put events on the account's bus has it asked so often and no more: the round asks in any case.
        var turn = context.Now - row.AskedAt < Limits.AskEvery ? QuestionTurn.Lately : QuestionTurn.Now;
        await DecideAsync(row, [.. rows], context, isFresh: true, new SpokeWord.NotAsked(), turn, cancellation);
    }

    /// <summary>Every account, with the mass brake over all of them.</summary>
    /// <returns>How many accounts were left, because the time was up or something of them failed: the next round takes them.</returns>
    /// <exception cref="AwsFaultException">A table or SSM failed for all of them.</exception>
    public async Task<int> SweepAsync(TimeSpan remaining, CancellationToken cancellation)
    {
        var deadline = new Deadline(time, remaining);
        // What is decided is to be carried out in the same round, so whoever does not answer takes a third of it at most.
        var asking = new Deadline(time, remaining / 3);
        var rows = (await budgets.ScanAsync(cancellation)).ToDictionary(row => row.Key, StringComparer.Ordinal);
        var standings = await status.ScanAsync(cancellation);
        var now = time.GetUtcNow();
        var brake = MassBrake.Of(standings, now);
        var context = new ResponseContext(now, await armed.ReadAsync(cancellation), brake) { Bounds = bounds };
        var left = 0;
        var toBeAsked = new ConcurrentBag<StatusRow>();
        var bugs = new ConcurrentQueue<Exception>();
        await BoundedConcurrency.ForEachAsync(
            standings.Where(row => AccountId.TryParse(row.Key, out _)).OrderBy(row => row.Key, StringComparer.Ordinal),
            Limits.AccountsInFlight,
            (row, stop) => OneAsync(row, new SpokeWord.NotAsked(), QuestionTurn.Later, stop),
            cancellation);
        // Whoever does not answer keeps nobody's restriction waiting, and is not always the last whose turn does not come.
        var asked = toBeAsked.ToArray();
        new Random((int)now.ToUnixTimeSeconds()).Shuffle(asked);
        await BoundedConcurrency.ForEachAsync(
            asked,
            Limits.AccountsInFlight,
            (row, stop) => OneAsync(row, asking.Near ? Unasked : new SpokeWord.NotAsked(), QuestionTurn.Now, stop),
            cancellation);
        log.Info(LogEvent.ResponsesSwept, null, null, $"{brake.Due} restrictions begin within an hour, at most {brake.Most} may; {left} accounts were left.");
        return bugs.TryPeek(out var first) ? throw first : left;

        async Task OneAsync(StatusRow row, SpokeWord word, QuestionTurn turn, CancellationToken stop)
        {
            if (deadline.Near)
            {
                Interlocked.Increment(ref left);
                return;
            }

            var nearestFirst = StatusRow.ScopesOf(row.Key, row).Select(scope => rows.GetValueOrDefault(scope)).OfType<RowImage>();
            try
            {
                if (await DecideAsync(row, [.. nearestFirst], context, isFresh: false, word, turn, stop)) toBeAsked.Add(row);
            }
            catch (AwsFaultException refused)
            {
                // One account in trouble, or whose owner makes some, keeps no other from being decided.
                Interlocked.Increment(ref left);
                log.Error(LogEvent.RestrictionsDecided, row.Key, null, refused.Fault.Reason);
            }
            catch (Exception bug) when (!cancellation.IsCancellationRequested)
            {
                // Nor does one whose status brings out a bug: the round fails after them.
                bugs.Enqueue(bug);
                log.Error(LogEvent.Crashed, row.Key, null, Redaction.Clean(bug.ToString()));
            }
        }
    }

    /// <param name="isFresh">Whether the kill switch was read for this account; where it was not, it is read again before anything begins.</param>
    /// <param name="word">What its spoke has said, or why it has said nothing.</param>
    /// <param name="turn">Whether its spoke may be asked now.</param>
    /// <returns>True where the spoke was to be asked and was not: then nothing was decided.</returns>
    private async Task<bool> DecideAsync(
        StatusRow row,
        ImmutableArray<RowImage> nearestFirst,
        ResponseContext context,
        bool isFresh,
        SpokeWord word,
        QuestionTurn turn,
        CancellationToken cancellation)
    {
        if (!AccountId.TryParse(row.Key, out var account)) return false;
        // Most accounts of most organizations: nothing is asked for, and nothing is left to give back.
        if (row is { Restrictions.IsEmpty: true, Unrecorded.IsEmpty: true, IsToBeAsked: false, Ai: not { DenyAccount: true } }
            && !RowResponses.AreIn(nearestFirst) && !row.AiStopped && (context.Armed || !row.Meters)) return false;
        // What rows ask for does not change with the status: it is resolved once, and looked at with the status as it stands.
        // Where there was no time to ask the spoke there is none to ask for its tags.
        var (waits, asks, asksTags, hasTags, begins) = (false, false, false, false, false);
        var facts = AccountFacts.Of(account, row, nearestFirst, defaults) with
        {
            Word = word,
            Protection = ReferenceEquals(word, Unasked) ? new AccountProtection.Unknown(NoTimeForTags) : tags.Known(account),
        };
        var (_, decided) = await status.StepAsync(row.Key, Step, cancellation, new StatusRead(row));
        while (asks || asksTags)
        {
            if (turn is QuestionTurn.Later) return true;
            if (asks) facts = facts with { Word = await AskAsync(account, decided, cancellation) };
            else
            {
                var protection = await tags.ReadAsync(account, insists: begins || context.Brake is not null, cancellation);
                (facts, hasTags) = (facts with { Protection = protection }, true);
            }

            // A minute may have passed, and somebody may have thrown the kill switch in it.
            (context, isFresh) = (context with { Now = time.GetUtcNow() }, false);
            (_, decided) = await status.StepAsync(row.Key, Step, cancellation);
        }

        if (waits)
        {
            context = context with { Armed = await armed.ReadAsync(cancellation) };
            (isFresh, waits) = (true, false);
            (_, decided) = await status.StepAsync(row.Key, Step, cancellation);
        }

        var after = await recorder.RecordAsync(decided, cancellation);
        await changes.SendAsync(after, cancellation);
        // By what the parameter was last asked to hold, not by this step: a person, or who died here before, leaves it to the next one.
        var carries = !after.Restrictions.IsEmpty || after.AiStopped || row.AiStopped || after.Meters != row.Meters;
        // A reconcile that is asked for one account takes the organization as it was last seen, and would try to reach one that is closed.
        if (carries && !after.IsOutOfReach && IsToBeCarried(facts.Desired)) await AskForReconcileAsync(account, cancellation);
        return false;

        // Where rows are wrong nothing begins; what is lifted is taken out of what the parameter holds, and what is asked of models goes into it.
        bool IsToBeCarried(DesiredBudgets? desired) => desired is { } budgets
            ? after.DesiredRevision != RevisionOf(budgets, facts with { Row = after })
            : facts.Rules is null && after.IsAmendDue(facts.Snooze?.Until, context.Now);

        StatusRow Step(StatusRow? known)
        {
            var now = known ?? row;
            var protection = facts.Protection.Beside(now.Restrictions);
            if (hasTags && protection is AccountProtection.NotAsked) protection = new AccountProtection.Unknown(TaggedMeanwhile);
            var decision = ResponsePlan.Decide(facts with { Row = now, Protection = protection }, context);
            // Before anything that would free the account, and only then: most decisions need no word of the spoke.
            asks = turn is not QuestionTurn.Lately && facts.Word is SpokeWord.NotAsked
                && (decision.AsksSpoke || now is { IsToBeAsked: true } or { Told.IsMissed: true });
            if (asks) return now;
            // Right before something begins too: what was read a while ago may be another by now.
            begins = decision.Restrictions.Any(one => Begins(one, now));
            asksTags = !hasTags && (protection is AccountProtection.NotAsked ? decision.AsksTags : begins && protection is AccountProtection.None);
            if (asksTags) return now;
            waits = !isFresh && begins;
            if (waits) return now;
            return StatusChange.Responded(
                now, decision.Restrictions, [.. decision.Changes, .. decision.Weighed], decision.Entries, context.Armed, decision.LeftOut);
        }

        static bool Begins(Restriction after, StatusRow before) => after.State is RestrictionState.InForce
            && before.Restrictions.FirstOrDefault(one => one.Id == after.Id)?.State is not (RestrictionState.InForce or RestrictionState.Failed);

        static string RevisionOf(DesiredBudgets budgets, AccountFacts known) =>
            ParameterDocument.Revision(ParameterDocument.Format(budgets, known.Row.Travelling, known.TravellingAi));
    }

    /// <summary>The spoke's own word, with what it says of restrictions in the status.</summary>
    private async Task<SpokeWord> AskAsync(AccountId account, StatusRow row, CancellationToken cancellation)
    {
        var models = row.Restrictions.Any(restriction => restriction.Budget == AiPolicy.CapBudget && !restriction.State.IsEnded);
        var (word, absence) = await spoke.AskAsync(account, models, cancellation);
        if (word is SpokeWord.Silent(var why)) log.Warn(LogEvent.RestrictionsDecided, account.Value, null, $"Its spoke did not answer: {why}");
        await status.StepAsync(row.Key, Answered, cancellation);
        return word;

        StatusRow Answered(StatusRow? known) => word is SpokeWord.Said(var report, _)
            ? StatusChange.SpokeAnswered(known ?? row, report, time.GetUtcNow())
            : StatusChange.SpokeGone(known ?? row, absence, time.GetUtcNow());
    }

    private async Task AskForReconcileAsync(AccountId account, CancellationToken cancellation)
    {
        if (await bus.AskForReconcileAsync(Decided, account, cancellation) is not null)
        {
            var reason = $"The bus {busName} refused the event that asks for a reconcile; the hourly one will do it.";
            log.Error(LogEvent.RestrictionsDecided, account.Value, null, reason);
        }
        else
        {
            log.Info(LogEvent.RestrictionsDecided, account.Value, null, "Its restrictions are others now; a reconcile of it is asked for.");
        }
    }
}
