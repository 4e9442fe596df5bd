using System.Collections.Immutable;

namespace BudgetSync.Core.Ai;

/// <summary>
/// What follows for an account's budgets of models. First the records are written, then the steps are taken, then IAM is asked again and all of it decided once
/// more: only what IAM says then makes a principal Suspended or Restored. The same facts give the same plan, and the plan of what is done is empty.
/// </summary>
/// <param name="Records">Those that are others now, in order of key.</param>
/// <param name="Steps">In order: who is to be restored first, so that there is room in IAM.</param>
/// <param name="Notices">What is to be told.</param>
/// <param name="DenyAccount">The account's cap asks the organization to deny its models.</param>
public sealed record AiPlan(ImmutableArray<AiRecord> Records, ImmutableArray<AiStep> Steps, ImmutableArray<AiNotice> Notices, bool DenyAccount)
{
    public bool IsEmpty => Records.IsEmpty && Steps.IsEmpty && Notices.IsEmpty;

    public static AiPlan Of(AiFacts facts)
    {
        var budgets = AiBudgets.Of(facts);
        var shared = budgets.Where(one => one.Subject is not AiSubject.Principal).Select(one => AiDecision.OfShared(one, facts)).ToList();
        var asking = shared.Where(one => one.Wants(facts.Now) && one.Subject is AiSubject.Pool).ToList();
        var (pools, approved) = (asking.ConvertAll(NameOf), asking.Where(one => one.After.Approved).Select(NameOf).ToHashSet(StringComparer.Ordinal));
        var principals = budgets.Where(one => one.Subject is AiSubject.Principal).Select(one => AiDecision.OfPrincipal(one, pools, approved, facts)).ToList();
        shared = [.. shared.Select(one => AiDecision.WithTruth(one, principals, facts))];
        var held = AiBrake.HeldBack(principals, facts);
        var (steps, taking, full) = AiSteps.Of(principals, held, facts);
        held = held.AddRange(full);
        var all = shared.Concat(principals.Select(Kept)).OrderBy(one => one.Subject.Key, StringComparer.Ordinal).ToList();
        return new AiPlan(
            [.. all.Where(one => one.Before != one.After && (one.Before is not null || !one.IsQuiet)).Select(one => one.After)],
            steps,
            AiNotices.Of(all, held, facts),
            shared.Exists(one => one.Subject is AiSubject.Account && one.Wants(facts.Now)));

        static string NameOf(AiBudgetFacts one) => ((AiSubject.Pool)one.Subject).Name;

        AiBudgetFacts Kept(AiBudgetFacts one) => one with
        {
            After = one.After with
            {
                Taken = taking.GetValueOrDefault(one.Subject.Key, one.After.Taken),
                HeldBack = held.GetValueOrDefault(one.Subject.Key, ""),
            },
        };
    }
}
