namespace BudgetSync.Simulation.Tests.Metering;

/// <summary>Who took one way to call models: a key set Inactive, or the policy attached to a role or user.</summary>
internal enum Taker
{
    /// <summary>It is not taken.</summary>
    Nobody,
    BudgetSync,
    People,

    /// <summary>A person, while ours was under way or known as taken: IAM does not say who was first, so either may be right.</summary>
    Either,
}

/// <summary>One way of a principal to call models.</summary>
/// <param name="name">A key's id, or <c>policy</c>.</param>
internal sealed class Holding(string account, string principal, string name)
{
    public string Account => account;

    public string Principal => principal;

    public string Name => name;

    public Taker By { get; set; }

    /// <summary>When a person last changed it.</summary>
    public DateTimeOffset? ByHandAt { get; set; }

    /// <summary>When ours last gave it back.</summary>
    public DateTimeOffset? GivenBackAt { get; set; }
}
