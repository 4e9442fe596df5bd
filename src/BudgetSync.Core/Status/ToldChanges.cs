using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Status;

/// <summary>
/// How much events have told of an account's restrictions within an hour. Whoever may put events on its bus could fill the ledger and tell people without end,
/// so beyond <see cref="Most"/> nothing is taken of events until the hour is over; what the spoke answers when it is asked itself always is.
/// </summary>
/// <param name="Since">When the hour began.</param>
/// <param name="Count">Entries of the ledger that events left since.</param>
public sealed record ToldChanges(DateTimeOffset Since, int Count)
{
    /// <summary>An account has ten restrictions, each of which is reported as done by one event and may change by another.</summary>
    public const int Most = 40;

    /// <summary>
    /// Something of what events told since the spoke was last asked was not taken. It may have been true: the spoke is to be asked what it holds, and that is
    /// recorded.
    /// </summary>
    public bool IsMissed { get; init; }

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Of the hour that <paramref name="now"/> is in.</summary>
    public static ToldChanges At(ToldChanges? before, DateTimeOffset now) =>
        before is not null && before.Since <= now && now - before.Since < Hour ? before : new ToldChanges(now, 0) { IsMissed = before?.IsMissed is true };

    public bool IsFull => Count >= Most;

    /// <summary>What the ledger says when it takes no more.</summary>
    public static LedgerEntry Entry(DateTimeOffset now) => new(
        now,
        "",
        LedgerEntry.Omitted,
        $"events tell more than {Most} changes of the account's restrictions within an hour: of the rest, what its spoke itself answers is recorded");
}
