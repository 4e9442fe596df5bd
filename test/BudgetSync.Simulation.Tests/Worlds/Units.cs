namespace BudgetSync.Simulation.Tests.Worlds;

/// <summary>The OUs of every simulated organization. LocalAws numbers OUs in the order they are made.</summary>
internal static class Units
{
    public const string Root = "r-local";

    /// <summary>The stack set's target.</summary>
    public const string Members = "ou-local-00000001";

    public const string WithoutStack = "ou-local-00000002";

    /// <summary>Below <see cref="Members"/>, so that it has the stack too.</summary>
    public const string Team = "ou-local-00000003";

    public static readonly string[] All = [Members, WithoutStack, Team];
}
