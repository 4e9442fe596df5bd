namespace BudgetSync.Core.Ai;

/// <summary>What travels to a spoke of its models beside what its rows say of budgets: what people want and whether the organization denies.</summary>
/// <param name="Requests">As <see cref="AiPolicy.Requests"/>.</param>
/// <param name="Stopped">As <see cref="AiPolicy.Stopped"/>.</param>
/// <param name="AccountDenied">As <see cref="AiPolicy.AccountDenied"/>.</param>
/// <param name="SnoozedThrough">As <see cref="AiPolicy.SnoozedThrough"/>.</param>
public sealed record AiTravel(EquatableArray<AiRequest> Requests, bool Stopped, bool AccountDenied, DateOnly? SnoozedThrough)
{
    /// <summary>Where nobody wants anything.</summary>
    public static AiTravel None { get; } = new([], false, false, null);
}
