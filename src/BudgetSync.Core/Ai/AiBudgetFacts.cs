namespace BudgetSync.Core.Ai;

/// <summary>One budget while it is decided.</summary>
/// <param name="Budget">Null where the rows have none any more.</param>
/// <param name="Total">Of the window that is now.</param>
/// <param name="Before">As it was kept; null where nothing was.</param>
/// <param name="After">As it is to be kept.</param>
/// <param name="Access">What IAM says; null of what is no principal, and where IAM says nothing.</param>
internal sealed record AiBudgetFacts(AiSubject Subject, AiBudget? Budget, AiTotal Total, AiRecord? Before, AiRecord After, AiAccess? Access)
{
    /// <summary>Why the row's mode does not apply; "" where it does.</summary>
    public string Unattachable { get; init; } = "";

    public AiPrincipal? Principal => (Subject as AiSubject.Principal)?.Of;

    /// <summary>Nothing to keep: it never was anything but Active.</summary>
    public bool IsQuiet => After is { State: AiState.Active, Taken.IsEmpty: true, RateUntil: null };

    /// <summary>It is to be suspended, or to stay so.</summary>
    public bool Wants(DateTimeOffset now) => After.State.AsksForSuspension(now) || After.State is AiState.Suspended { Ends: null };

    public AiBudgetFacts Then(AiEvent @event, DateTimeOffset now)
    {
        var next = AiTransition.Next(After.State, @event, now);
        return ReferenceEquals(next, After.State)
            ? this
            : this with
            {
                After = After with
                {
                    State = next,
                    Since = next.Name == After.State.Name ? After.Since : now,
                    Approved = After.Approved && @event is not AiEvent.NewWindow && next is AiState.Grace or AiState.Suspended,
                },
            };
    }
}
