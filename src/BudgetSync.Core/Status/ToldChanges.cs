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

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Of the hour that <paramref name="now"/> is in.</summary>
    public static ToldChanges At(ToldChanges? before, DateTimeOffset now) =>
        before is not null && before.Since <= now && now - before.Since < Hour ? before : new ToldChanges(now, 0);

    public bool IsFull => Count >= Most;

    /// <summary>What the ledger says when it takes no more.</summary>
    public static LedgerEntry Entry(DateTimeOffset now) => new(
        now, "", LedgerEntry.Omitted, $"events tell more than {Most} changes of the account's restrictions within an hour: the rest of them is not recorded");
}
