using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Responses;

/// <summary>
/// Holds back everything that would begin by itself where too much would begin within an hour: a wrong default row or a slip of currency makes many accounts
/// pass their limits at once, and must not stop a company. What acts by itself has a grace of an hour at least, so that all that is found within an hour is
/// known before the first of it is due.
/// </summary>
/// <param name="Due">How many restrictions begin within an hour of now: those due, those begun, and those about to be due.</param>
/// <param name="Accounts">How many accounts there are.</param>
public sealed record MassBrake(int Due, int Accounts)
{
    private const int Few = 10;

    private const int OnePartOf = 50;

    private const string WayOut =
        "look at what they follow from, then let this batch begin with budgetsync arm --this-batch, or take its cause away";

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>At most so many begin within an hour: ten, or two in a hundred accounts where that is more.</summary>
    public int Most => Math.Max(Few, Accounts / OnePartOf);

    public bool IsOn => Due > Most;

    /// <summary>Why nothing begins.</summary>
    public string Why => string.Create(
        CultureInfo.InvariantCulture,
        $"{Due} restrictions would begin within an hour, and at most {Most} do by themselves: {WayOut}");

    /// <summary>Why what it held back once stays so although fewer would begin now: some were taken back, and the cause of the others is the same.</summary>
    internal static string WhyStill => $"it was one of too many that would have begun within an hour, and each waits for a person: {WayOut}";

    /// <summary>
    /// As a round over all accounts leaves it, which has counted it: told from then on, where it is not one of too many. Null: not looked at by such a round.
    /// </summary>
    internal static Restriction Weighed(MassBrake? brake, Restriction before, Restriction after, DateTimeOffset now) =>
        brake is not null && before.State is RestrictionState.Planned && after is { IsQuiet: true, IsBraked: false } && !brake.Holds(after, now)
            // Planned in this very moment, it was not there to be counted.
            && after.State.Time - after.Rule.Grace < now
            ? after with { IsWeighed = true }
            : after;

    /// <summary>Whether it is one of those that the brake holds back, due already or within the hour.</summary>
    internal bool Holds(Restriction restriction, DateTimeOffset now) =>
        IsOn && IsHeld(restriction) && restriction.State is RestrictionState.Planned(var due) && due <= now + Window;

    /// <param name="rows">Of all accounts.</param>
    public static MassBrake Of(IReadOnlyCollection<StatusRow> rows, DateTimeOffset now) => new(
        // What cannot begin, because the spoke does not restrict, must not hold back what can.
        rows.Sum(row => row.Restrictions.Count(restriction => (row.Restricts || restriction.IsOfOrganization) && Counts(restriction, now))),
        rows.Count(row => AccountId.TryParse(row.Key, out _)));

    /// <summary>What the brake holds back now, and nothing that is held back for another reason: that, no batch lets pass.</summary>
    public static ImmutableArray<Restriction> Batch(IEnumerable<Restriction> restrictions, DateTimeOffset now) =>
    [
        .. restrictions.Where(restriction => IsHeld(restriction)
            && restriction.HeldBack.EndsWith(WayOut, StringComparison.Ordinal)
            && restriction.State is RestrictionState.Planned planned && planned.Due <= now + Window),
    ];

    private static bool Counts(Restriction restriction, DateTimeOffset now) => restriction.State switch
    {
        RestrictionState.Planned(var due) => IsHeld(restriction) && due <= now + Window,
        RestrictionState.InForce(var since) => ByItself(restriction) && since > now - Window,
        RestrictionState.Failed(var since, _) => ByItself(restriction) && since > now - Window,
        _ => false,
    };

    /// <summary>A person who approved it, or let it pass, has looked at it.</summary>
    private static bool ByItself(Restriction restriction) => restriction is { ApprovedBy: null, ReleasedBy: null };

    private static bool IsHeld(Restriction restriction) =>
        ByItself(restriction) && restriction.Rule is { Mode: ResponseMode.ARMED, Do: not RestrictionKind.NOTIFY };
}
