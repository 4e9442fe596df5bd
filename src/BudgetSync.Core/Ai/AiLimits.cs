namespace BudgetSync.Core.Ai;

/// <summary>Bounds on budgets of models. All are ours: a policy travels in the 8 KB of a parameter.</summary>
public static class AiLimits
{
    /// <summary>Principals of one row that have a budget of their own.</summary>
    public const int Principals = 50;

    public const int Pools = 10;

    /// <summary>Patterns of one pool.</summary>
    public const int Members = 20;

    /// <summary>Models of one row that have a budget of their own.</summary>
    public const int Models = 10;

    /// <summary>Above all names of IAM (64) and sessions (64) with what stands before them.</summary>
    public const int NameLength = 100;

    /// <summary>What people want that travels: the newest.</summary>
    public const int Requests = 5;

    public const int Rpm = 1_000_000;

    public const long Tpm = 10_000_000_000;
}
