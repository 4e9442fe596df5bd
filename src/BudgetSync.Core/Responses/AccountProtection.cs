using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Responses;

/// <summary>Whether an account has the protect tag (<see cref="ProtectTag"/>) in the organization, where the management account alone sets it.</summary>
public abstract record AccountProtection
{
    private AccountProtection()
    {
    }

    /// <summary>Nobody has asked: a restriction does not begin before somebody does.</summary>
    public sealed record NotAsked : AccountProtection;

    /// <summary>It has no such tag, or one that does not protect.</summary>
    /// <param name="ReadAt">When AWS was asked.</param>
    public sealed record None(DateTimeOffset ReadAt) : AccountProtection;

    /// <summary>It has it: nothing is restricted there, and what is in force is lifted.</summary>
    public sealed record Tagged : AccountProtection
    {
        /// <summary>Why, for people.</summary>
        public const string Why = $"the account has the tag {ProtectTag.Key}, so nothing is restricted there";
    }

    /// <summary>AWS did not say: nothing begins, and what is in force stays.</summary>
    /// <param name="Why">For people.</param>
    public sealed record Unknown(string Why) : AccountProtection;

    /// <summary>
    /// What is still to be believed beside an account's restrictions. Each environment of a function remembers what it read for itself: where one of them ended
    /// for the tag, that there is none was true before that, and has to be asked for again.
    /// </summary>
    public AccountProtection Beside(EquatableArray<Restriction> restrictions) =>
        this is None(var at) && restrictions.Any(restriction => EndedAt(restriction) >= at) ? new NotAsked() : this;

    /// <summary>When a restriction ended, or began to be given back, for the tag; null where it did not.</summary>
    internal static DateTimeOffset? EndedAt(Restriction restriction) => restriction.State switch
    {
        RestrictionState.Cancelled(var at, Tagged.Why) => at,
        RestrictionState.Revoked(var since, Tagged.Why) => since,
        RestrictionState.Lifted(var at, Tagged.Why) => at,
        _ => null,
    };
}
