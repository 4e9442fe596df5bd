namespace BudgetSync.Simulation.Tests.Worlds;

/// <summary>How a world differs from others before anything happens in it.</summary>
/// <param name="Accounts">Beside the management account: 111111111111, 222222222222 …</param>
/// <param name="WithoutStack">The last so many of them stand in an OU that gets no stack.</param>
internal sealed record WorldOptions(int Accounts, int WithoutStack)
{
    /// <summary>How long AWS refuses budgets in a new account.</summary>
    public TimeSpan MinimumAccountAge { get; init; }

    public bool RefuseChangeOfTypeOrUnit { get; init; }

    public bool EmptyFirstPages { get; init; }
}
