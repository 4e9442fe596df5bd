namespace BudgetSync.Core.Restrictions;

/// <summary>Bounds on restrictions. All are ours; the names of IAM are AWS's.</summary>
internal static class RestrictionLimits
{
    /// <summary>Of one account at a time: each takes room in the 8 KB of a parameter.</summary>
    public const int Restrictions = 10;

    /// <summary>Roles, or users, that one restriction names.</summary>
    public const int Names = 20;

    /// <summary>IAM API Reference, CreateRole RoleName and CreateUser UserName: 1 to 64.</summary>
    public const int NameLength = 64;

    /// <summary>Responses of one row.</summary>
    public const int Responses = 10;
}
