namespace BudgetSync.LocalAws.Organizations;

/// <summary>An account of the organization, the management account included.</summary>
/// <param name="State"><c>ACTIVE</c>, <c>SUSPENDED</c>, <c>PENDING_CLOSURE</c> or <c>CLOSED</c>.</param>
internal sealed record MemberAccount(string Id, string Name, string Email, string ParentId, string State, DateTimeOffset Joined)
{
    /// <summary><c>CREATED</c> in the organization, or <c>INVITED</c> into it.</summary>
    public string JoinedMethod { get; init; } = "CREATED";

    /// <summary>The older form of <see cref="State"/>, which has no word for a closed account but SUSPENDED.</summary>
    public string Status => State == "CLOSED" ? "SUSPENDED" : State;
}
