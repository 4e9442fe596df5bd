namespace BudgetSync.Core.Restrictions;

/// <summary>Bounds on restrictions. All are ours; the names of IAM are AWS's.</summary>
internal static class RestrictionLimits
{
    /// <summary>Of one account at a time: each takes room in the 8 KB of a parameter.</summary>
    public const int Restrictions = 10;

    /// <summary>Ended restrictions of one budget that are kept to the end of its period, which may be years away: the newest. The ledger has all.</summary>
    public const int EndedOfBudget = 10;

    /// <summary>
    /// Ended restrictions of an account that are kept: an item of DynamoDB has 400 KB, and one of these 8 KB at most, 3 of them why a person took it back.
    /// </summary>
    public const int Ended = 20;

    /// <summary>Restrictions that had no place, of which it is remembered that the ledger says so.</summary>
    public const int LeftOut = 50;

    /// <summary>Roles, or users, that one restriction names.</summary>
    public const int Names = 20;

    /// <summary>IAM API Reference, CreateRole RoleName and CreateUser UserName: 1 to 64.</summary>
    public const int NameLength = 64;

    /// <summary>Responses of one row.</summary>
    public const int Responses = 10;
}
