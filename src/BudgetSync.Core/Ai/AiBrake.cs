using System.Collections.Immutable;
using System.Globalization;

namespace BudgetSync.Core.Ai;

/// <summary>
/// Holds suspensions of many at once back: a slip in a row must not stop a company in a minute, and what is really over is suspended in the hours that follow.
/// </summary>
internal static class AiBrake
{
    /// <summary>Suspensions of one account that begin within an hour. Ours.</summary>
    public const int PerHour = 10;

    private const string Stopped = "responses are stopped: budgetsync arm lets them begin again";

    /// <summary>Principals that are due and do not begin now, with why. What has begun goes on: it is made so again where somebody undid it.</summary>
    public static ImmutableDictionary<string, string> HeldBack(IReadOnlyList<AiBudgetFacts> principals, AiFacts facts)
    {
        var due = principals.Where(one => one.After.State.AsksForSuspension(facts.Now))
            .OrderByDescending(one => one.Budget is { Limit: > 0 } budget ? one.Total.Spent / budget.Limit : 0)
            .ThenBy(one => one.Subject.Key, StringComparer.Ordinal)
            .ToList();
        var begun = principals.Count(one => one.After.State is AiState.Suspended && one.After.Since > facts.Now.AddHours(-1));
        if (facts.Policy.Stopped)
        {
            // What IAM refused has not begun, however often it was tried.
            return due.Where(one => one.After.Taken.IsEmpty || IsRefused(one))
                .ToImmutableDictionary(one => one.Subject.Key, _ => Stopped, StringComparer.Ordinal);
        }

        // What was begun and has not been seen in force counts already, and is tried again. What IAM refused for sure has not begun: it holds no place, and
        // is tried again where the others leave one. Of another refusal nobody knows whether it takes effect, for an hour.
        var longAgo = facts.Now.AddHours(-1);
        var open = due.Where(HasStep).ToList();
        var tried = open.Count(one => !HoldsNoPlace(one) && !(IsRefused(one) && one.After.State is AiState.Grace(var until, _) && until <= longAgo));
        var left = Math.Max(0, PerHour - begun - tried);
        var why = string.Create(CultureInfo.InvariantCulture, $"more than {PerHour} suspensions would begin within an hour");
        return open.Where(HoldsNoPlace)
            .OrderBy(one => !one.After.Taken.IsEmpty)
            .Skip(left)
            .ToImmutableDictionary(one => one.Subject.Key, _ => why, StringComparer.Ordinal);
    }

    private static bool HoldsNoPlace(AiBudgetFacts one) =>
        one.After.Taken.IsEmpty || (one.After.State is AiState.Grace { RefusedForSure: true } && !AiDecision.OursRemains(one));

    /// <summary>Something is left to be done to it: nothing is to whom IAM is not asked of, or whom somebody else denies already.</summary>
    private static bool HasStep(AiBudgetFacts one) => one.Access switch
    {
        AiAccess.Keys(var all) keys => !keys.Attached || all.Any(key => key.Active),
        AiAccess.Policy(var attached) => !attached,
        AiAccess.Person(var denied) => !denied,
        _ => false,
    };

    private static bool IsRefused(AiBudgetFacts one) => one.After.State is AiState.Grace { Refused.IsEmpty: false };
}
