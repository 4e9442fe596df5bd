using System.Collections.Immutable;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Spokes;
using BudgetSync.Aws.Stops;
using BudgetSync.Core;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Aws.Restrictions;

/// <summary>
/// Makes the restrictions of a document so, heals what people changed since, and lifts what no document asks for. The same work each time: what is in force is
/// read of AWS and compared, so a lost event, a crash or a hand's change is the next apply's to mend.
/// </summary>
/// <param name="journals">What Apply attached itself; null for a stack from before there was such a journal.</param>
/// <param name="stops">Null where the stack names no region to stop anything in.</param>
public sealed class RestrictionExecutor(
    AccountPrincipals principals, RestrictionSettings settings, JournalParameter? journals, StopExecutor? stops, AccountId account, JsonLog log)
{
    private readonly DenyExecutor denies = new(principals, settings, journals, account, log);

    /// <summary>Restricts what the document says, and nothing else.</summary>
    /// <param name="desired">Those that have ended by themselves are lifted like those that are not there.</param>
    /// <param name="history">
    /// What was asked for once, the newest first: of what cannot be seen to be given back, the report says that it is not, and what was attached before there
    /// was a journal is known by it.
    /// </param>
    /// <returns>What became of each restriction that holds, and of those of which something was given back now or could not be.</returns>
    /// <exception cref="AwsFaultException">AWS cannot be asked.</exception>
    public async Task<RestrictionRun> CarryOutAsync(
        EquatableArray<DesiredRestriction> desired, EquatableArray<DesiredRestriction> history, DateTimeOffset now, CancellationToken cancellation)
    {
        var holding = desired.Where(restriction => restriction.HoldsAt(now)).ToImmutableArray();
        var (results, denied, stuck) = await CarryOutAsync(holding, [.. desired.Concat(history)], isLift: false, now, cancellation);
        // The newest first: they are those that may be about to count as given back.
        List<string> earlier =
        [
            .. desired.Concat(history).Where(restriction => restriction.Kind.IsOfSpoke()).Select(restriction => restriction.Id)
                .Except(holding.Select(restriction => restriction.Id)),
        ];
        var told = results.Ids.Except(holding.Select(restriction => restriction.Id)).ToHashSet(StringComparer.Ordinal);
        // Where silence does not say that something is given back, those of which that is known are named.
        if (denied.Unexplained.Count > 0 || holding.Length + told.Count >= ReportedRestriction.Most) told.UnionWith(earlier);
        var lifted = told.OrderByDescending(results.Changed.Contains).ThenBy(earlier.IndexOf).ThenBy(id => id, StringComparer.Ordinal);
        return new RestrictionRun(
            [.. holding.Select(restriction => results.Reported(restriction.Id)), .. lifted.Select(id => results.Reported(id, RestrictionOutcome.Lifted))])
        {
            Since = now,
            Unexplained = [.. denied.Unexplained],
            Stuck = stuck,
        };
    }

    /// <summary>Lifts everything of ours: the stack is about to lose its policies.</summary>
    /// <returns>
    /// What others attached of them, or nothing says who did, which a person has to detach: <c>DenyNew of role/developer</c>. IAM deletes no policy that is
    /// attached.
    /// </returns>
    /// <exception cref="AwsFaultException">AWS cannot be asked, or something could not be given back.</exception>
    public async Task<EquatableArray<string>> LiftAsync(EquatableArray<DesiredRestriction> history, DateTimeOffset now, CancellationToken cancellation)
    {
        var (_, denied, stuck) = await CarryOutAsync([], history, isLift: true, now, cancellation);
        if (stuck is not null) throw stuck;
        return [.. denied.Foreign.Select(one => $"{one.Policy} of {one.Principal.Resource}")];
    }

    private async Task<(RestrictionResults Results, DenyOutcome Denied, AwsFaultException? Stuck)> CarryOutAsync(
        ImmutableArray<DesiredRestriction> holding,
        EquatableArray<DesiredRestriction> history,
        bool isLift,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        var results = new RestrictionResults();
        var asked = holding.Where(restriction => restriction.Kind.IsDeny()).ToImmutableArray();
        var denied = await denies.CarryOutAsync(asked, history, isLift, now, cancellation);
        results.Add(denied);
        // After the denies: what is stopped is not made anew meanwhile. One that cannot be freed keeps nothing else from being given back.
        var stuck = await StopAsync(
            [.. holding.Where(restriction => restriction.Kind.IsStop())],
            [.. holding.Concat(history).Where(restriction => restriction.Kind.IsStop())],
            results,
            cancellation);
        return (results, denied, stuck ?? denied.Stuck);
    }

    private async Task<AwsFaultException?> StopAsync(
        ImmutableArray<DesiredRestriction> asked,
        ImmutableArray<DesiredRestriction> history,
        RestrictionResults results,
        CancellationToken cancellation)
    {
        if (stops is null)
        {
            foreach (var stop in asked)
                results.Fail(stop.Id, $"this spoke's stack names no region, so nothing is stopped for {stop.Kind}; deploy it with the setting stopRegions");
            return null;
        }

        var outcome = await stops.CarryOutAsync(asked, history, cancellation);
        results.Add(outcome);
        return outcome.Stuck;
    }
}
