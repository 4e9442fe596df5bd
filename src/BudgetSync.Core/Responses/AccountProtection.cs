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
    public sealed record None : AccountProtection;

    /// <summary>It has it: nothing is restricted there, and what is in force is lifted.</summary>
    public sealed record Tagged : AccountProtection
    {
        /// <summary>Why, for people.</summary>
        public const string Why = $"the account has the tag {ProtectTag.Key}, so nothing is restricted there";
    }

    /// <summary>AWS did not say: nothing begins, and what is in force stays.</summary>
    /// <param name="Why">For people.</param>
    public sealed record Unknown(string Why) : AccountProtection;
}
