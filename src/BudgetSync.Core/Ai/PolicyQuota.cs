namespace BudgetSync.Core.Ai;

/// <summary>Whether IAM has room for the deny policy at those whom rows suspend by it.</summary>
/// <param name="Asked">Of how many IAM said it.</param>
/// <param name="Full">
/// The names of those that have as many managed policies as IAM attaches, so that a suspension would be refused, in order; at most <see cref="MostNamed"/>.
/// </param>
public sealed record PolicyQuota(int Asked, EquatableArray<string> Full)
{
    public const int MostNamed = 50;

    /// <summary>Why none of the full ones can be suspended.</summary>
    public const string WhyNot = "IAM attaches no more managed policies to it: take one off, or raise the quota";
}
