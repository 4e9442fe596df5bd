using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Ai;

/// <summary>What is told of budgets that have changed, each once for a change.</summary>
internal static class AiNotices
{
    public static ImmutableArray<AiNotice> Of(IReadOnlyList<AiBudgetFacts> all, ImmutableDictionary<string, string> held, AiFacts facts)
    {
        var notices = all.Select(one => Of(one, facts)).OfType<AiNotice>().ToList();
        // One message for all of them, when the first of them comes to be held.
        if (all.FirstOrDefault(one => held.ContainsKey(one.Subject.Key) && one.Before is not { HeldBack.Length: > 0 })?.Subject.Key is { } first)
        {
            notices.Add(new AiNotice(
                AiNoticeKind.HeldBack,
                new AiSubject.Account(),
                $"{held.Count} suspensions of {facts.Account} are due and held back, {first} among them: {held[first]}"));
        }

        return [.. notices];
    }

    private static AiNotice? Of(AiBudgetFacts one, AiFacts facts)
    {
        var (before, after) = (one.Before?.State ?? new AiState.Active(), one.After.State);
        if (after is AiState.Grace { Refused: { IsEmpty: false } refused } && (before is not AiState.Grace { Refused: var known } || known != refused))
            return new AiNotice(AiNoticeKind.Refused, one.Subject, $"{one.Subject} of {facts.Account} is not suspended: {string.Join("; ", refused)}");
        if (before.Name == after.Name) return null;
        return after switch
        {
            AiState.Warned when before is AiState.Active => new(AiNoticeKind.Warned, one.Subject, $"{Used(one, facts)}; {Outlook(one)}"),
            AiState.Critical when before is AiState.Active or AiState.Warned => new(AiNoticeKind.Critical, one.Subject, $"{Used(one, facts)}; {Outlook(one)}"),
            AiState.Exceeded when one is { Unattachable.Length: > 0, Budget.Mode: not ResponseMode.WATCH } =>
                new(AiNoticeKind.Exceeded, one.Subject, $"{Used(one, facts)}; it cannot be suspended: {one.Unattachable}"),
            AiState.Exceeded when one.Budget?.Mode == ResponseMode.CONFIRM =>
                new(AiNoticeKind.AwaitingApproval, one.Subject, $"{Used(one, facts)}; {Ask(one, facts)}"),
            AiState.Exceeded => new(AiNoticeKind.Exceeded, one.Subject, $"{Used(one, facts)}; nothing is done: its row only watches"),
            AiState.Grace when before is AiState.Suspended =>
                new(AiNoticeKind.Undone, one.Subject, $"the suspension of {one.Subject} of {facts.Account} was undone from outside; it is suspended again"),
            AiState.Grace(var until, _) => new(AiNoticeKind.Planned, one.Subject, $"{Used(one, facts)}; {Coming(one, until, facts)}"),
            AiState.Suspended { Ends: { } why } => new(AiNoticeKind.Suspended, one.Subject, $"{Name(one, facts)} is suspended and to be restored: {why}"),
            AiState.Suspended => new(AiNoticeKind.Suspended, one.Subject, $"{Name(one, facts)} is suspended: {Done(one)}{Reason(one)}"),
            AiState.Restored(_, var why, _) => new(AiNoticeKind.Restored, one.Subject, $"{Name(one, facts)} is restored: {why}"),
            _ => null,
        };
    }

    /// <summary><c>BedrockAPIKey-ab12 of 111122223333 has used $0.93 of $1 (93 %), mostly amazon.nova-pro-v1:0 in us-east-1</c></summary>
    private static string Used(AiBudgetFacts one, AiFacts facts)
    {
        var limit = one.Budget?.Limit ?? 0;
        var part = limit > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({Math.Floor(one.Total.Spent * 100 / limit):0} %)") : "";
        var mostly = one.Total.Mostly.Length > 0 ? $", mostly {one.Total.Mostly}" : "";
        return $"{one.Subject} of {facts.Account} has used ${Dollars(one.Total.Spent)} of ${AiText.Number(limit)}{part}{mostly}";
    }

    private static string Name(AiBudgetFacts one, AiFacts facts) => $"{one.Subject} of {facts.Account}";

    private static string Ask(AiBudgetFacts one, AiFacts facts) =>
        $"the suspension{(one.After.Pool.Length > 0 ? $" for the pool {one.After.Pool}" : "")} waits for a person: "
            + $"budgetsync ai approve {facts.Account} {one.Subject} --because TEXT";

    private static string Dollars(decimal amount) => decimal.Round(amount, 2, MidpointRounding.ToZero).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Outlook(AiBudgetFacts one) => one switch
    {
        { Budget.Mode: ResponseMode.WATCH } or { Subject: AiSubject.Model } => "its row only watches",
        { Unattachable: { Length: > 0 } why } => $"it cannot be suspended: {why}",
        { Budget.Mode: ResponseMode.CONFIRM } => "at 100 % a person is asked to suspend it",
        _ => $"suspension at 100 % after {ResponseRule.Text(one.Budget!.Grace)}", // Not null: a budget without a row is Within.
    };

    private static string Coming(AiBudgetFacts one, DateTimeOffset until, AiFacts facts) =>
        one.After.Pool.Length > 0 ? $"it is suspended for the pool {one.After.Pool}"
        : until > facts.Now ? $"it is suspended at {UtcText.Minutes(until)}; stop it: budgetsync ai restore {facts.Account} {one.Subject} --because TEXT"
        : one.After.RateUntil is not null && one.Budget?.Rate is { } rate ? $"it is suspended at once: more than {rate}"
        : "it is suspended at once";

    private static string Done(AiBudgetFacts one) => one switch
    {
        { Subject: AiSubject.Account } => "the organization denies its models",
        { Subject: AiSubject.Pool } => "all of its members",
        { Access: AiAccess.Keys, After.Taken: var taken } when taken.Count > (taken.Contains(AiRecord.Policy) ? 1 : 0) =>
            new AiStep.SetKeys(one.Principal!, taken.Items.Remove(AiRecord.Policy), Active: false) // Not null: it has keys.
                + (taken.Contains(AiRecord.Policy) ? ", the deny policy attached" : ""),
        { Access: AiAccess.Person } => "named by the policy of suspended people",
        _ => "the deny policy attached",
    };

    private static string Reason(AiBudgetFacts one) => one.After.Pool.Length > 0 ? $", for the pool {one.After.Pool}" : "";
}
